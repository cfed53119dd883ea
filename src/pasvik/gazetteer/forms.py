"""Names bend in most languages of these borders (Vaalimaa, Vaalimaalla, Vaalimaan); this file bends them by rule."""

from __future__ import annotations

Rule = tuple[str, str, tuple[str, ...]]

# One rule a line: the end of the base form, what takes its place, and the endings that are then added ("-" = nothing).
# The first rule that fits a name is used and no other. Only what is safe for place names stands here: a form that nobody
# writes costs a little memory, a form that is another word costs a false mention.
FINNISH = """
joki      jo      en essa esta ella elta elle kea keen
niemi     nieme   n ssä stä llä ltä lle ä en
salmi     salme   n ssa sta lla lta lle a en
järvi     järve   n ssä stä llä ltä lle ä en
saari     saar    en essa esta ella elta elle ta een
koski     koske   n ssa sta lla lta lle a en
nto       n       non nossa nosta nolla nolta nolle toa toon
us        u       ksen ksessa ksesta ksella kselta kselle kseen sta
maa       maa     n ssa sta lla lta lle na ta han
jooseppi  joosep  in issa ista illa ilta ille pia piin
lotta     lot     an assa asta alla alta alle taa taan
kanta     kan     nan nassa nasta nalla nalta nalle taa taan
selkä     sel     än ässä ästä ällä ältä älle kää kään
lyttä     lyt     än ässä ästä ällä ältä älle tää tään
a         a       n ssa sta lla lta lle na a an
o         o       n ssa sta lla lta lle na a on
i         i       n ssa sta lla lta lle na a in
e         e       n ssa sta lla lta lle na a en
ä         ä       n ssä stä llä ltä lle nä ä än
m         mi      n ssa sta lla lta lle a in
"""
ESTONIAN = """
linn      linna   - s st sse l lt le t ni ga
a         a       s st sse l lt le t ni ga
e         e       s st sse l lt le t ni ga
i         i       s st sse l lt le t ni ga
"""
RUSSIAN = """
ское      ск      ого ому ом им
ное       н       ого ому ом ым
ский      ск      ого ому ом им
ный       н       ого ому ом ым
ская      ск      ой ую
ная       н       ой ую
аа        аа      -
ка        к       и е у ой
га        г       и е у ой
ша        ш       и е у ей
ца        ц       ы е у ей
ия        и       и ю ей
а         -       ы е у ой
я         -       и е ю ей
во        в       а у ом е
но        н       а у ом е
ье        ь       я ю ем
цы        ц       ах ам ами ев
ы         -       ах ам ами
чи        ч       ах ам ами
ки        к       ах ам ами ов
ги        г       ах ам ами ов
ай        а       я ю ем е
ий        и       я ю ем и
ь         -       я ю ем е и ью
ск        ск      а у ом е ого ому ий ой ая
д         д       а у ом е
г         г       а у ом е
н         н       а у ом е
с         с       а у ом е
т         т       а у ом е
п         п       а у ом е
"""
POLISH = """
owo       ow      a u em ie
ewo       ew      a u em ie
ica       ic      y ę ą
ówka      ówk     i ę ą
cha       -       chy chę chą sze
ża        ż       y ę ą
ka        k       i ę ą
ki        k       ach om ami
dy        d       - ach om ami
ce        c       ach om ami
cze       cz      - ach om ami
spol      spol    a u em owi
dap       dap     i ią
szyn      szyn    a ie em
ść        ści     a u em
"""
LATVIAN = """
a         -       as ai u ā
e         -       es ei i ē
ļi        ļ       u iem us os
i         -       u iem us os
"""
LITHUANIAN = """
ai        -       ų ams us ais uose
ius       i       aus ui ų umi uje
as        -       o ui ą u e
is        -       io iui į iu yje
ės        -       ių ėms es ėmis ėse
ė         -       ės ei ę e ėje
a         -       os ai ą oje
os        -       ų oms as omis ose
"""


def _rules(table: str) -> tuple[Rule, ...]:
    rules = []
    for line in table.strip().splitlines():
        end, instead, *endings = ("" if word == "-" else word for word in line.split())
        rules.append((end, instead, tuple(endings)))
    return tuple(rules)


RULES = {language: _rules(table) for language, table in (
    ("fi", FINNISH), ("et", ESTONIAN), ("ru", RUSSIAN), ("pl", POLISH), ("lv", LATVIAN), ("lt", LITHUANIAN))}


def case_forms(name: str, language: str) -> tuple[str, ...]:
    """The bent forms of a place name in fi, et, ru, pl, lv or lt; () for another language, or an end without a rule."""
    small = name.lower()
    for end, instead, endings in RULES.get(language, ()):
        if small.endswith(end):
            stem = name[: len(name) - len(end)] + _like(instead, name[-len(end):])
            return tuple(dict.fromkeys(form for form in (stem + ending for ending in endings) if form != name))
    return ()


def _like(letters: str, pattern: str) -> str:
    """The letters with a capital where the pattern begins with one: the jooseppi of Raja-Jooseppi keeps its J."""
    return letters[:1].upper() + letters[1:] if pattern[:1].isupper() else letters
