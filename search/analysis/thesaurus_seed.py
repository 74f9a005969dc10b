"""Synonyms of the methods, people and subjects of public participation (form: see `thesaurus`)."""

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
losowanie = losowy = wylosować = dobór losowy
stolik = stół = world café
sołectwo = sołecki = sołtys
zgłaszać pomysły = projekty mieszkańców = budżet obywatelski
wydatki mieszkańców > budżet obywatelski
pytać mieszkańców > konsultacje społeczne = ankieta
opinia mieszkańców > konsultacje społeczne = ankieta = badania potrzeb
zdanie mieszkańców > konsultacje społeczne = ankieta = badania potrzeb
obrady = obradować = narada
spotkanie z mieszkańcami = konsultacje społeczne = narada obywatelska
burza mózgów = warsztat = design thinking
oddolny > inicjatywa lokalna = społeczny
aktywizacja = aktywizować = animacja = animator
animator = animatorka = animacja
debata oksfordzka = debata
gra miejska = gra = grywalizacja
sieciowanie = współpraca = sieć
partnerstwo = współpraca = partner
współpraca z organizacjami > organizacja pozarządowa = stowarzyszenie
lokalna grupa działania = LGD
prosty język = język prosty = zrozumiały = upraszczać
dostępność = dostępny = bez barier = likwidacja barier
"""

PEOPLE = """
niesłyszący = głuchy = głuchoniemy = słabosłyszący = aparat słuchowy = niedosłuch
niewidomy = niewidzący = słabowidzący = ociemniały
niepełnosprawny = niepełnosprawność = osoba z niepełnosprawnością = OzN
wózek > niepełnosprawność = dostępność
senior = emeryt = osoba starsza = emerytka = starszy = seniorka = senioralny
młodzież = młodzieżowy = młody = nastolatek = licealista = uczeń
dziecko = najmłodszy = przedszkolak = dziecięcy
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
maluch = dziecko = przedszkolak
wykluczony = wykluczenie = marginalizowany
wykluczenie cyfrowe = internet = cyfrowy
wykluczenie komunikacyjne = transport = dojazd
chory = choroba = pacjent = zdrowie
opiekun = opieka = opiekunka
samorządowiec = samorząd = samorządowy
dziennikarz = media = redakcja
architekt = architektka = urbanista = projektant
rzemieślnik = rzemiosło = warsztat rzemieślniczy
rybak = rybacki = rybołówstwo
strażak = straż pożarna = OSP
ksiądz = parafia = kościół
kibic = sport
artysta = artystka = sztuka = artystyczny
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
ścieżka rowerowa = droga rowerowa = rower
transport zbiorowy = transport publiczny = autobus
samochód = auto = parking = kierowca
parking = parkowanie = samochód
upał = wyspa ciepła = klimat
deszczówka = retencja = woda
rynna > retencja
ściek = zanieczyszczenie = rzeka
wysypisko = odpady = śmieci
teatr = teatralny = scena
muzyka = muzyczny = chór
fotografia = zdjęcie = fotograficzny
film = filmowy = kino
sztuka = artystyczny = artysta
wiedza = nauka = naukowy
jezioro = jeziorny
góra = górski
rada rodziców = rodzic = szkoła
przemoc = bezpieczeństwo
depresja = zdrowie psychiczne = kryzys psychiczny
uzależnienie = alkohol = narkotyk
bieda = ubóstwo = ubogi
fabryka = zakład = przemysł = przemysłowy
handel = handlowy = targowisko = bazar
targowisko = bazar = handel
światło = oświetlenie = latarnia
remont = odnawiać = modernizacja
osada = osiedle = wieś
wybory = wyborczy = kandydat
jawność = przejrzystość = transparentność = jawny
zaufanie = zaufać
uchwała krajobrazowa = krajobraz
sprawiedliwa transformacja = kopalnia = węgiel
plan działania = strategia
granica = przygraniczny = transgraniczny = pogranicze
wiatrak = elektrownia wiatrowa = farma wiatrowa
kopalnia = górniczy = górnictwo = węgiel
żywność = jedzenie = ogród
ogród = ogródek = ogród społeczny
niemiecki = niemieckojęzyczny = Niemcy
angielski = anglojęzyczny
"""
