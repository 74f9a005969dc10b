"""Adjectives of towns, as counties are called: who asks for "sieradzki" also gets Sieradz (form: see `thesaurus`)."""

TOWNS = """
aleksandrowski > Aleksandrów Kujawski
augustowski > Augustów
bartoszycki > Bartoszyce
będziński > Będzin
bełchatowski > Bełchatów
białobrzeski > Białobrzegi
białogardzki > Białogard
białostocki > Białystok
bialski > Biała Podlaska
bielski > Bielsk Podlaski = Bielsko-Biała
bieruński > Bieruń
bieszczadzki > Ustrzyki Dolne
biłgorajski > Biłgoraj
bocheński > Bochnia
bolesławiecki > Bolesławiec
braniewski > Braniewo
brodnicki > Brodnica
brzeski > Brzeg = Brzesko
brzeziński > Brzeziny
brzozowski > Brzozów
buski > Busko-Zdrój
bydgoski > Bydgoszcz
bytomski > Bytom
bytowski > Bytów
chełmiński > Chełmno
chełmski > Chełm
chodzieski > Chodzież
chojnicki > Chojnice
chorzowski > Chorzów
choszczeński > Choszczno
chrzanowski > Chrzanów
ciechanowski > Ciechanów
cieszyński > Cieszyn
czarnkowski > Czarnków
częstochowski > Częstochowa
człuchowski > Człuchów
dąbrowski > Dąbrowa Górnicza = Dąbrowa Tarnowska
dębicki > Dębica
drawski > Drawsko Pomorskie
działdowski > Działdowo
dzierżoniowski > Dzierżoniów
elbląski > Elbląg
ełcki > Ełk
garwoliński > Garwolin
gdański > Gdańsk
gdyński > Gdynia
giżycki > Giżycko
gliwicki > Gliwice
głogowski > Głogów
głubczycki > Głubczyce
gnieźnieński > Gniezno
gołdapski > Gołdap
goleniowski > Goleniów
gorlicki > Gorlice
górowski > Góra
gorzowski > Gorzów Wielkopolski
gostyniński > Gostynin
gostyński > Gostyń
grajewski > Grajewo
grodziski > Grodzisk Mazowiecki = Grodzisk Wielkopolski
grójecki > Grójec
grudziądzki > Grudziądz
gryficki > Gryfice
gryfiński > Gryfino
hajnowski > Hajnówka
hrubieszowski > Hrubieszów
iławski > Iława
inowrocławski > Inowrocław
janowski > Janów Lubelski
jarociński > Jarocin
jarosławski > Jarosław
jasielski > Jasło
jastrzębski > Jastrzębie-Zdrój
jaworski > Jawor
jaworznicki > Jaworzno
jędrzejowski > Jędrzejów
jeleniogórski > Jelenia Góra
kaliski > Kalisz
kamiennogórski > Kamienna Góra
kamieński > Kamień Pomorski
karkonoski > Jelenia Góra
kartuski > Kartuzy
katowicki > Katowice
kazimierski > Kazimierza Wielka
kępiński > Kępno
kętrzyński > Kętrzyn
kielecki > Kielce
kłobucki > Kłobuck
kłodzki > Kłodzko
kluczborski > Kluczbork
kolbuszowski > Kolbuszowa
kolneński > Kolno
kołobrzeski > Kołobrzeg
kolski > Koło
konecki > Końskie
koniński > Konin
kościański > Kościan
kościerski > Kościerzyna
koszaliński > Koszalin
kozielski > Kędzierzyn-Koźle
kozienicki > Kozienice
krakowski > Kraków
krapkowicki > Krapkowice
kraśnicki > Kraśnik
krasnostawski > Krasnystaw
krośnieński > Krosno = Krosno Odrzańskie
krotoszyński > Krotoszyn
kutnowski > Kutno
kwidzyński > Kwidzyn
łańcucki > Łańcut
łaski > Łask
lęborski > Lębork
łęczycki > Łęczyca
łęczyński > Łęczna
lędziński > Lędziny
legionowski > Legionowo
legnicki > Legnica
leski > Lesko
leszczyński > Leszno
leżajski > Leżajsk
lidzbarski > Lidzbark
limanowski > Limanowa
lipnowski > Lipno
lipski > Lipsko
łobeski > Łobez
łódzki > Łódź
łomżyński > Łomża
łosicki > Łosice
łowicki > Łowicz
lubaczowski > Lubaczów
lubański > Lubań
lubartowski > Lubartów
lubelski > Lublin
lubiński > Lubin
lubliniecki > Lubliniec
łukowski > Łuków
lwówecki > Lwówek Śląski
makowski > Maków Mazowiecki
malborski > Malbork
miechowski > Miechów
międzychodzki > Międzychód
międzyrzecki > Międzyrzecz
mielecki > Mielec
mikołowski > Mikołów
milicki > Milicz
miński > Mińsk Mazowiecki
mławski > Mława
mogileński > Mogilno
moniecki > Mońki
mrągowski > Mrągowo
myślenicki > Myślenice
myśliborski > Myślibórz
myszkowski > Myszków
nakielski > Nakło nad Notecią
namysłowski > Namysłów
nidzicki > Nidzica
niżański > Nisko
nowodworski > Nowy Dwór Gdański = Nowy Dwór Mazowiecki
nowomiejski > Nowe Miasto Lubawskie
nowosądecki > Nowy Sącz
nowosolski > Nowa Sól
nowotarski > Nowy Targ
nowotomyski > Nowy Tomyśl
nyski > Nysa
obornicki > Oborniki
oławski > Oława
olecki > Olecko
oleski > Olesno
oleśnicki > Oleśnica
olkuski > Olkusz
olsztyński > Olsztyn
opatowski > Opatów
opoczyński > Opoczno
opolski > Opole = Opole Lubelskie
ostródzki > Ostróda
ostrołęcki > Ostrołęka
ostrowiecki > Ostrowiec Świętokrzyski
ostrowski > Ostrów Mazowiecka = Ostrów Wielkopolski
ostrzeszowski > Ostrzeszów
oświęcimski > Oświęcim
otwocki > Otwock
pabianicki > Pabianice
pajęczański > Pajęczno
parczewski > Parczew
piaseczyński > Piaseczno
piekarski > Piekary Śląskie
pilski > Piła
pińczowski > Pińczów
piotrkowski > Piotrków Trybunalski
piski > Pisz
pleszewski > Pleszew
płocki > Płock
płoński > Płońsk
poddębicki > Poddębice
podhalański > Nowy Targ
policki > Police
polkowicki > Polkowice
poznański > Poznań
proszowicki > Proszowice
prudnicki > Prudnik
pruszkowski > Pruszków
przasnyski > Przasnysz
przemyski > Przemyśl
przeworski > Przeworsk
przysuski > Przysucha
pszczyński > Pszczyna
pucki > Puck
puławski > Puławy
pułtuski > Pułtusk
pyrzycki > Pyrzyce
raciborski > Racibórz
radomski > Radom
radomszczański > Radomsko
radziejowski > Radziejów
radzyński > Radzyń Podlaski
rawicki > Rawicz
rawski > Rawa Mazowiecka
ropczycki > Ropczyce
rudzki > Ruda Śląska
rybnicki > Rybnik
rycki > Ryki
rypiński > Rypin
rzeszowski > Rzeszów
sądecki > Nowy Sącz
sandomierski > Sandomierz
sanocki > Sanok
sejneński > Sejny
sępoleński > Sępólno Krajeńskie
siedlecki > Siedlce
siemianowicki > Siemianowice Śląskie
siemiatycki > Siemiatycze
sieradzki > Sieradz
sierpecki > Sierpc
skarżyski > Skarżysko-Kamienna
skierniewicki > Skierniewice
sławieński > Sławno
słubicki > Słubice
słupecki > Słupca
słupski > Słupsk
sochaczewski > Sochaczew
sokołowski > Sokołów Podlaski
sokólski > Sokółka
sopocki > Sopot
sosnowiecki > Sosnowiec
średzki > Środa Wielkopolska = Środa Śląska
śremski > Śrem
stalowowolski > Stalowa Wola
starachowicki > Starachowice
stargardzki > Stargard
starogardzki > Starogard Gdański
staszowski > Staszów
strzelecki > Strzelce Opolskie
strzeliński > Strzelin
strzyżowski > Strzyżów
sulęciński > Sulęcin
suski > Sucha Beskidzka
suwalski > Suwałki
świdnicki > Świdnica = Świdnik
świdwiński > Świdwin
świebodziński > Świebodzin
świecki > Świecie
świętochłowicki > Świętochłowice
świnoujski > Świnoujście
szamotulski > Szamotuły
szczecinecki > Szczecinek
szczeciński > Szczecin
szczycieński > Szczytno
sztumski > Sztum
szydłowiecki > Szydłowiec
tarnobrzeski > Tarnobrzeg
tarnogórski > Tarnowskie Góry
tarnowski > Tarnów
tatrzański > Zakopane
tczewski > Tczew
tomaszowski > Tomaszów Lubelski = Tomaszów Mazowiecki
toruński > Toruń
trójmiejski > Gdańsk = Gdynia = Sopot
trzcianecki > Trzcianka
trzebnicki > Trzebnica
tucholski > Tuchola
turecki > Turek
tyski > Tychy
wąbrzeski > Wąbrzeźno
wadowicki > Wadowice
wągrowiecki > Wągrowiec
wałbrzyski > Wałbrzych
wałecki > Wałcz
warszawski > Warszawa
węgorzewski > Węgorzewo
węgrowski > Węgrów
wejherowski > Wejherowo
wielicki > Wieliczka
wieluński > Wieluń
wieruszowski > Wieruszów
włocławski > Włocławek
włodawski > Włodawa
włoszczowski > Włoszczowa
wodzisławski > Wodzisław Śląski
wołomiński > Wołomin
wołowski > Wołów
wolsztyński > Wolsztyn
wrocławski > Wrocław
wrzesiński > Września
wschowski > Wschowa
wysokomazowiecki > Wysokie Mazowieckie
wyszkowski > Wyszków
ząbkowicki > Ząbkowice Śląskie
zabrzański > Zabrze
żagański > Żagań
zakopiański > Zakopane
zambrowski > Zambrów
zamojski > Zamość
żarski > Żary
zawierciański > Zawiercie
zduńskowolski > Zduńska Wola
zgierski > Zgierz
zgorzelecki > Zgorzelec
zielonogórski > Zielona Góra
złotoryjski > Złotoryja
złotowski > Złotów
żniński > Żnin
żorski > Żory
żuromiński > Żuromin
zwoleński > Zwoleń
żyrardowski > Żyrardów
żywiecki > Żywiec
"""
