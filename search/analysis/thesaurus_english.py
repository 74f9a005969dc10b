"""English names of methods, people and subjects, for Polish texts (form: see `thesaurus`)."""

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
transportation = public transport > transport = autobus
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
green space = green spaces > park = zieleń
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
digital exclusion = digital divide > wykluczenie cyfrowe = internet
social inclusion = inclusion = inclusive > dostępność = wykluczenie
community = communities > społeczność = sąsiedzki
community center = community centre > dom kultury
local fund > fundusz sołecki
random selection = sortition > losowanie = panel obywatelski
participation = participatory = public participation > partycypacja
moderation > moderator = facylitacja
hospital = clinic = doctor > szpital = przychodnia = lekarz
nurse > pielęgniarka
fishing = fishermen > rybak
sea = coast > morze
lake = lakes > jezioro
mountains > góra
mine = mining = coal > kopalnia = węgiel
wind farm = wind turbines > wiatrak
solar > fotowoltaika
animals = animal = dogs > zwierzę
sports > sport
theatre = theater > teatr
music > muzyka
photography > fotografia
market = trade > targowisko = handel
craft = crafts > rzemiosło
students > student = uczeń
university > uczelnia = uniwersytet
ethnic = minority = minorities > mniejszość
Roma > romski
Jewish > żydowski
Czech > czeski
Russian > rosyjski
Belarusian > białoruski
Kashubian > kaszubski
"""
