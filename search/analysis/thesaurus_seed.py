"""The built-in groups of the thesaurus: methods, people, subjects, regions, English names (form: see `thesaurus`)."""

METHODS = """
BO = budżet obywatelski = budżet partycypacyjny
NGO = organizacja pozarządowa = trzeci sektor = III sektor = fundacja = stowarzyszenie
PJM = polski język migowy = język migowy
panel obywatelski = panel deliberatywny = zgromadzenie obywatelskie
panelista > panel obywatelski
losowanie mieszkańców > panel obywatelski
narada obywatelska > debata = deliberacja
deliberacja = deliberatywny = debata
sondaż deliberatywny = badanie deliberatywne
world café = kawiarenka obywatelska = kawiarnia obywatelska = rozmowa przy stolikach
open space = otwarta przestrzeń
design thinking = myślenie projektowe = projektowanie usług = prototyp
warsztaty przyszłości = warsztaty wizyjne = foresight
spacer badawczy = spacer obywatelski = spacer studyjny = spacer diagnostyczny
geoankieta = ankieta na mapie = ankieta internetowa z mapą
badania potrzeb = diagnoza potrzeb = diagnoza społeczna = badanie opinii = ankieta
wysłuchanie publiczne = wysłuchanie obywatelskie
wysłuchanie > wysłuchanie publiczne
inicjatywa lokalna > czyn społeczny
inicjatywa uchwałodawcza = obywatelska inicjatywa uchwałodawcza = projekt uchwały
fundusz sołecki = budżet sołecki = pieniądze dla sołectwa
zebranie wiejskie = fundusz sołecki
rada młodzieżowa = młodzieżowa rada gminy = młodzieżowa rada miasta = MRG = MRM
samorząd uczniowski = samorząd szkolny
rada seniorów = rada senioralna
szkolny budżet = budżet szkolny = szkolny budżet obywatelski
konsultacje społeczne = konsultacja = konsultować = konsultacyjny
e-konsultacje = konsultacje internetowe = konsultacje online
e-partycypacja = partycypacja cyfrowa
planowanie partycypacyjne = współprojektowanie = warsztaty projektowe = charrette
mediacja = mediator = mediacyjny = mediować
godzić = mediacja
pogodzić > mediacja = mediator = godzić
spór = konflikt = kłótnia
kłócić > konflikt = spór = mediacja
ugoda = porozumienie = mediacja
facylitacja = facylitator = facylitatorka = facylitować = prowadzenie spotkań
moderator = moderatorka = moderacja = moderować
prowadzący > moderator = facylitator
ewaluacja = ocena skutków = ewaluator
głosowanie = głosować = wybory
szkolenie = trener = warsztat = szkolić = kurs
mentor = mentorka = mentoring = tutor
partycypacja = uczestnictwo = udział mieszkańców = partycypacyjny
dialog = rozmowa = debata
petycja = skarga = wniosek
dotacja = grant = mikrogrant = dofinansowanie
hackathon = maraton projektowy
prosty język = język prosty = zrozumiały = upraszczać
dostępność = dostępny = bez barier = likwidacja barier
"""

PEOPLE = """
niesłyszący = głuchy = słabosłyszący = aparat słuchowy = niedosłuch
niewidomy = niewidzący = słabowidzący = ociemniały
niepełnosprawny = niepełnosprawność = osoba z niepełnosprawnością = OzN
wózek > niepełnosprawność = dostępność
senior = emeryt = osoba starsza = emerytka = starszy = seniorka = senioralny
młodzież = młodzieżowy = młody = nastolatek = licealista = uczeń
dziecko = dzieci = najmłodszy = przedszkolak = dziecięcy
rodzic = rodzina = matka = ojciec
kobieta = kobiecy = dziewczyna
bezdomny = bezdomność = kryzys bezdomności
migrant = imigrant = cudzoziemiec = uchodźca = uchodźczy = przybysz = obcokrajowiec
Ukrainiec = ukraiński = Ukrainka = Ukraina
przedsiębiorca = firma = biznes = handlowiec = przedsiębiorstwo = pracodawca
rolnik = gospodarz = rolnictwo = rolniczy
gospodyni wiejska = koło gospodyń wiejskich = KGW
urzędnik = urząd = urzędniczka = urzędowy
radny = radna = rada gminy
wójt = burmistrz = prezydent miasta
sołtys = sołtyska = sołectwo = sołecki
prawnik = prawniczka = radca prawny = adwokat = kancelaria
lekarz = medyk = ochrona zdrowia
nauczyciel = nauczycielka = pedagog = szkoła
student = studentka = uczelnia = akademicki
badacz = badaczka = naukowiec = socjolog
psycholog = psychologiczny = zdrowie psychiczne = kryzys psychiczny
lokator = mieszkanie = najemca
sąsiad = sąsiedzki = sąsiedztwo
wolontariusz = wolontariat = wolontariuszka
działacz = aktywista = społecznik = aktywistka = społeczniczka
mieszkańcy wsi = wieś = wiejski
bezrobotny = bezrobocie = bez pracy
mniejszość = mniejszościowy = etniczny = narodowościowy
"""

SUBJECTS = """
smog = czyste powietrze = jakość powietrza = powietrze = antysmogowy = niska emisja
ogrzewanie = kocioł = piec = ciepło
hałas = głośny = hałasować
powódź = powodziowy = przeciwpowodziowy = zalanie = wał
susza = brak wody = retencja
osuwisko = osuwać = osunięcie
klimat = klimatyczny = zmiana klimatu
środowisko = ekologia = ekologiczny = przyroda = środowiskowy
las = leśny
drzewo = zieleń = park = zadrzewienie
park = zieleniec = skwer
rzeka = rzeczny
woda = wodny
morze = morski = nadmorski
energia = energetyka = energetyczny = prąd = fotowoltaika
odpady = śmieci = recykling
zwierzę = zwierzęcy = pies
transport = komunikacja = autobus = dojazd
autobus = komunikacja miejska = transport publiczny
kolej = kolejowy = pociąg = tory
rower = rowerowy = rowerzysta = droga rowerowa
pieszy = chodnik = przejście dla pieszych
ruch drogowy = uspokojenie ruchu = bezpieczeństwo na drodze
ulica = uliczny = droga
szkoła = szkolny = uczeń = edukacja
przedszkole = przedszkolny
edukacja = edukacyjny = nauczanie = lekcja
kultura = kulturalny = dom kultury
biblioteka = biblioteczny = bibliotekarka = czytelnia
muzeum = muzealny
sport = sportowy = boisko
zabytek = zabytkowy = dziedzictwo = kamienica
historia = pamięć = historyczny
zdrowie = zdrowotny = przychodnia = szpital
samotność = samotny = osamotnienie
starość = starzenie = senior
mieszkalnictwo = mieszkaniowy = mieszkanie = lokatorski
deweloper = inwestor = zabudowa
zagospodarowanie przestrzenne = plan miejscowy = urbanistyka = planowanie przestrzenne = MPZP
plan ogólny = zagospodarowanie przestrzenne
studium uwarunkowań > zagospodarowanie przestrzenne
rewitalizacja = odnowa = rewitalizacyjny
rynek = plac miejski
plac zabaw = podwórko
osiedle = osiedlowy = dzielnica
miasto = miejski
gmina = gminny
cyfrowy = internet = internetowy = nowe technologie = online
aplikacja = oprogramowanie = platforma
sztuczna inteligencja = AI = algorytm
bezpieczeństwo = bezpieczny
turystyka = turysta = turystyczny
ekonomia społeczna = spółdzielnia = spółdzielczość
polityka społeczna = pomoc społeczna = opieka społeczna
prawo samorządowe = prawo = ustawa = uchwała
statut = regulamin = uchwała
strategia = strategiczny
granica = przygraniczny = transgraniczny = pogranicze
wiatrak = elektrownia wiatrowa = farma wiatrowa
kopalnia = górniczy = górnictwo = węgiel
żywność = jedzenie = ogród
ogród = ogródek = ogród społeczny
niemiecki = niemieckojęzyczny = Niemcy
angielski = anglojęzyczny
"""

REGIONS = """
Śląsk > śląski
Górny Śląsk > śląski
Górnoślązak > śląski
Dolny Śląsk > dolnośląski
Śląsk Opolski > opolski
Śląsk Cieszyński > Cieszyn = śląski
Zagłębie > Sosnowiec = Dąbrowa Górnicza = Będzin = Czeladź
Zagłębie Dąbrowskie > Sosnowiec = Dąbrowa Górnicza = Będzin = Czeladź
Opolszczyzna > opolski
Wielkopolska > wielkopolski
Małopolska > małopolski
Galicja > małopolski = podkarpacki
Podhale > Zakopane = Nowy Targ
Mazowsze > mazowiecki
Kurpie > Ostrołęka = kurpiowski
Podlasie > podlaski
Białostocczyzna > podlaski
Suwalszczyzna > Suwałki = podlaski
Pomorze > pomorski
Kaszuby > kaszubski = pomorski
Kociewie > Starogard Gdański = Tczew = pomorski
Żuławy > Malbork = Nowy Dwór Gdański = pomorski
Trójmiasto > Gdańsk = Gdynia = Sopot
Pomorze Zachodnie > zachodniopomorski
Pomorze Środkowe > Koszalin = Słupsk
Zachodniopomorskie = zachodniopomorski
Kujawy > kujawsko
Pałuki > Żnin
Ziemia Dobrzyńska > Lipno = Rypin
Warmia > warmińsko
Mazury > mazurski
Lubelszczyzna > lubelski
Zamojszczyzna > Zamość = Biłgoraj = Hrubieszów = Tomaszów Lubelski
Roztocze > Zamość = Biłgoraj = Tomaszów Lubelski
Polesie > Włodawa = Parczew
Ziemia Lubuska > lubuski
Lubuszczyzna > lubuski
Kielecczyzna > świętokrzyski
Góry Świętokrzyskie > świętokrzyski
Ziemia Łódzka > łódzki
Ponidzie > Pińczów = Busko-Zdrój
Podkarpacie > podkarpacki
Rzeszowszczyzna > podkarpacki
Bieszczady > Ustrzyki Dolne = Lesko = Sanok = podkarpacki
Beskidy > Bielsko-Biała = Żywiec
Żywiecczyzna > Żywiec
Karkonosze > Jelenia Góra = Karpacz
Sudety > dolnośląski
Kotlina Kłodzka > Kłodzko
Ziemia Kłodzka > Kłodzko
Orawa > Jabłonka
Tatry > Zakopane
Wybrzeże > pomorski = zachodniopomorski
Gdańszczanin > Gdańsk
warszawiak > Warszawa
krakowianin > Kraków
łodzianin > Łódź
poznaniak > Poznań
stolica > Warszawa
Silesia > śląski
Upper Silesia > śląski
Lower Silesia > dolnośląski
Greater Poland > wielkopolski
Lesser Poland > małopolski
Masovia = Mazovia > mazowiecki
Pomerania > pomorski
West Pomerania > zachodniopomorski
Warmia and Masuria > mazurski
Subcarpathia > podkarpacki
Warsaw > Warszawa
Cracow = Krakow > Kraków
"""

ENGLISH = """
participatory budget = participatory budgeting = civic budget = citizens budget > budżet obywatelski
citizens assembly = citizens panel = citizens jury = citizen assembly = citizen jury > panel obywatelski
citizen panel = mini public > panel obywatelski
public consultation = consultation = consultations = public consultations > konsultacje społeczne
public hearing = hearing > wysłuchanie publiczne
deliberative poll = deliberative polling > sondaż deliberatywny
deliberation = deliberative > narada obywatelska = panel obywatelski = deliberacja
citizens dialogue = citizens meeting > narada obywatelska
village fund = rural fund > fundusz sołecki
village head = village leader > sołtys
village = villages = rural > wieś = wiejski
youth council > młodzieżowa rada gminy
youth = young people = teenagers > młodzież
seniors council = senior council > rada seniorów
elderly = older people = older adults = seniors > senior
research walk = walking audit = exploratory walk = walkability > spacer badawczy
walk > spacer
geosurvey = map survey = online map survey = mapping > geoankieta
survey = surveys = questionnaire > ankieta = badanie
needs assessment = needs analysis > badania potrzeb
future workshop = futures workshop > warsztaty przyszłości
workshop = workshops > warsztat
local initiative > inicjatywa lokalna
legislative initiative > inicjatywa uchwałodawcza = projekt uchwały
participatory planning = co-design = codesign > planowanie partycypacyjne
facilitation = facilitator > facylitacja
mediation = mediator = conflict resolution > mediacja
conflict = dispute > konflikt = spór = mediacja
dialogue > dialog
vote = voting > głosowanie
training = trainer > szkolenie = trener
adviser = advisor = advice > doradca
lawyer = legal = law > prawnik = prawo
research = researcher > badania = badacz
climate = climate change > klimat
environment = environmental > środowisko
air pollution = air quality = clean air > smog = powietrze
flood = flood protection = floods > powódź = przeciwpowodziowy
drought > susza
water > woda
river > rzeka
forest > las
trees = tree > drzewo
noise > hałas
waste > odpady
energy > energia = energetyka
heating > ogrzewanie
transport = transportation = public transport > transport = autobus
bus > autobus
railway = train = rail > kolej = kolejowy
cycling = bicycle = bike > rower
pedestrian = walking > pieszy = chodnik
road safety = traffic > ruch drogowy = ulica
street = streets > ulica
school street = safe street > ulica przy szkole
school = schools = teacher > szkoła
education > edukacja
kindergarten > przedszkole
culture > kultura
library > biblioteka
heritage = monument > zabytek = dziedzictwo
museum > muzeum
art = arts > sztuka
health > zdrowie
mental health > zdrowie psychiczne = psycholog
loneliness > samotność
housing > mieszkalnictwo = mieszkanie
homeless = homelessness > bezdomność
urban regeneration = revitalisation = revitalization = regeneration > rewitalizacja
spatial planning = urban planning = town planning = zoning > zagospodarowanie przestrzenne
city = urban > miasto = miejski
neighbourhood = neighborhood = neighbours = neighbors > sąsiad = osiedle
park = green space = green spaces > park = zieleń
playground > plac zabaw
public space = public spaces > przestrzeń publiczna
security = safety = safe > bezpieczeństwo
technology = digital = online > nowe technologie = internet
artificial intelligence > algorytm = sztuczna inteligencja
migrants = refugees = immigrants = migration = refugee > migrant = uchodźca = migracje
foreigners > cudzoziemiec
Ukrainian = Ukrainians > ukraiński
German > niemiecki
English = English speaking > angielski
women = woman = gender > kobieta
children = kids = child > dziecko
parents = families = family > rodzic
disability = disabled = disabilities = people with disabilities > niepełnosprawność
accessibility = accessible = wheelchair > dostępność
deaf = sign language > niesłyszący = głuchy
blind > niewidomy
plain language > prosty język
entrepreneurs = business = entrepreneur = companies > przedsiębiorca
farmers = farmer = agriculture > rolnik
officials = civil servants = local government = municipality > urzędnik = samorząd
mayor > burmistrz = wójt
councillor = councillors > radny
non profit = nonprofit = charity = civil society > organizacja pozarządowa
volunteers = volunteering > wolontariat
cooperative > spółdzielnia
tourism > turystyka
border = cross border > transgraniczny = granica
social policy = social work = welfare > polityka społeczna
grants = funding > dotacja
strategy > strategia
"""
