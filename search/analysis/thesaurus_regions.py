"""Regions, historical and geographic, and what stands for them in an address (form: see `thesaurus`)."""

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
