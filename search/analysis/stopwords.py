"""Words that carry no weight in a question or a text: grammar, and what people wrap a question in."""

# As they stand in a text (a form, not a lemma: "koło gospodyń" is no preposition, so lemmas would say too much).
_WORDS = """
    a aby acz aczkolwiek albo albowiem ale ależ ani aż bardzo bądź bez bo by być był była było były będą
    będzie bym byśmy cali ci cię co cokolwiek coś czy czyli dla dlaczego dlatego do dość gdy gdyby gdyż
    gdzie gdzieś i ich ile im inna inne inny innych iż ja jak jaka jakaś jaki jakie jakiego jakiej jakiś
    jakich jako jakby je jeden jedna jedno jednak jego jej jemu jest jestem jesteś jesteśmy jeszcze jeśli
    jeżeli już każda każde każdy kiedy kim kimś kogo kogoś komu komuś kto ktoś ktokolwiek która którą które
    którego której któremu którzy którym których który którymi ku lecz lub ma mają mam mamy masz mi mieć mną
    mnie moja moje mojego mojej mój możesz może można mu my na nad nam nami nas nasz nasza nasze naszego
    naszej naszych nie niech nią nich nim nimi niż no o obok od oraz on ona one oni ono pan pana panem pani
    panią panie panów panu państwa państwo po pod podczas ponad ponieważ poza pro proszę przed przede przez
    przy raz są się siebie skąd sobie sobą swoich swoim swoja swoje swojego swojej swój ta tak taka taki
    takie także tam te tego tej temu ten też to tobą tobie toteż tu tutaj twoja twoje twój ty tych tylko tym
    tymi u w wam wami was wasz wasza wasze we więc wszyscy wszystkich wszystkie wszystko wy z za zaś ze zza
    że żeby ds np itp itd tzw szuka szukam szukamy szukać poszukuję poszukujemy poszukiwany potrzebuję
    potrzebujemy potrzebny potrzebna potrzebuje znajdź znaleźć chcę chcemy chciałbym chciałabym chcielibyśmy
    umie umiał umiałby potrafi potrafiłby mógłby mogłaby mogę możemy zna znam zrobi robi robił robiła
    zajmuje zajmował zajmowała prowadzi prowadził prowadziła poprowadzi pomoże pomógł pomogła pomaga ktory
    ktora ktore ktorzy ktorych ktos kogos cos sa sie zeby chce moze mozna szukajac rowniez również osoba
    osobę osoby osób osobą osobie osobom człowiek człowieka doświadczenie doświadczenia doświadczeniem
    doświadczony doświadczona doświadczonego doświadczonej temat tematu tematem tematy zakres zakresie
    zakresu sprawie robić zrobić zrobiłby zrobiłaby przeprowadzić przeprowadzi przeprowadził przeprowadziła
    zorganizować zorganizuje zorganizował zorganizowała organizuje prowadzić prowadzący prowadząca pomóc
    pomagać pomógłby pomogłaby pomagał pomagała podjąć wie wiedzieć zajmie zajmować zajmujący zajmująca
    zajmującego kogokolwiek abym abyśmy żebym żebyśmy jakąś któryś którąś pracuje pracował pracowała działa
    działał działała osobe doswiadczenie doswiadczeniem doswiadczony zrobic przeprowadzic zorganizowac
    pomoze prowadzic the of for and or in at with who what how an is are from about someone somebody person
    people need needs looking want wants find help helps can could which that this our me has have
    experience experienced run runs who's does did any some okolica okolice okolicy okolicach okolicę niedaleko
    blisko nieopodal ktoś kogoś komuś pomóżcie pomocy ludzie ludzi ludziom ludźmi ludziach ludzmi trzeba warto
    witam witamy witajcie szanowni szanowny szanowna dziękuję dziękujemy dziekuje pozdrawiam pozdrawiamy uprzejmie
    prosimy prosi proszą polecić poleci poleca polecacie polecisz doradzi doradzić macie jestem jesteśmy
    gdzie kiedy czemu dlaczego czego planuję planujemy planuje interesuje zależy przydałby przydałaby przydałoby
    przyda ogarnie ogarnąć zająłby zajęłaby chcielibyśmy chciałybyśmy chciałoby umiałaby potrafiłaby
    chodzi dotyczący dotycząca dotyczące dotyczących związany związana związane związanych
"""
_SURFACES = frozenset(_WORDS.split())


def is_stop(word: str) -> bool:
    """Whether a lower-case word, as it stands in a text, carries no weight."""
    return word in _SURFACES or (len(word) == 1 and not word.isdigit())
