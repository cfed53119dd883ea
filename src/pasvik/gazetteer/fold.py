"""A name is the same name in capitals, without its accents, or with another kind of dash; folding makes them look alike."""

from __future__ import annotations

import re
import unicodedata

# Folding keeps the length: the place of a letter in the folded text is its place in the page, so a quote stays exact.
SPACES = "\t\n\r\x0b\x0c\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
QUOTES = "\u2018\u2019\u201a\u201b\u02b9\u02bb\u02bc\u00b4`\u2032"
LETTERS = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŋ": "n", "ŧ": "t", "ѐ": "е", "ё": "е"}


def _without_accent(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0]
    return base if base.isascii() and base.isalpha() else letter


def _table() -> dict[int, str]:
    table = {code: _without_accent(chr(code)) for code in (*range(0xDF, 0x250), *range(0x1E00, 0x1F00))}
    table |= {ord(letter): plain for letter, plain in LETTERS.items()}
    for family, plain in ((SPACES, " "), (DASHES, "-"), (QUOTES, "'")):
        table |= {ord(letter): plain for letter in family}
    # Half a character (a lone surrogate, from broken bytes) cannot be searched for; it becomes the sign for an unreadable one.
    table |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
    return {code: plain for code, plain in table.items() if plain != chr(code)}


FOLDED = {chr(code): plain for code, plain in _table().items()}
# Few letters of a page need folding: to look for those is ten times as quick as to translate every letter.
_TO_FOLD = re.compile("[" + re.escape("".join(FOLDED)) + "]")


def fold(text: str) -> str:
    """The text in small letters without Latin accents, with plain blanks, dashes and apostrophes; as long as before."""
    # İ is the one letter that grows when made small.
    return _TO_FOLD.sub(lambda hit: FOLDED[hit[0]], text.replace("İ", "I").lower())
