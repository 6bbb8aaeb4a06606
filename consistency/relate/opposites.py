"""Opposites: the words of two claims that set them against each other when no value does."""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from consistency.relate.align import Alignment
from consistency.relate.frame import Frame

OppositeKind = Literal["antonym", "quantifier", "order", "cause"]
# Words of one class that say how much of a whole is meant, or when or why something happened. Two claims are told apart
# by such a word when each holds one of the same kind and of another class.
CLASSES: dict[OppositeKind, tuple[str, ...]] = {
    "quantifier": (
        r"all|every|everyone|everybody|each|both|always|unanimous|unanimously|entire|entirely|whole",
        r"no|none|nobody|nothing|neither|never|not (?:one|a single)",
        r"most|majority|mostly|nearly all|almost all|two-thirds|three-quarters",
        r"few|handful|minority|hardly any|a fraction|rarely",
        r"some|several|many|a number of|sometimes|often|half|only|just",
    ),
    "order": (
        r"before|prior to|ahead of|already|until|earlier|first",
        r"after|following|since|later|once|only then|subsequently|afterwards",
    ),
}
CAUSE = re.compile(
    r"\b(because|due to|owing to|caused?|causing|thanks to|as a result of|resulted|result of|led to|blamed?|triggered|"
    r"sparked|set off|stemmed|brought on|brought about|responsible|reason|to blame|fault)\b",
    re.IGNORECASE,
)
_PATTERNS = {
    kind: tuple(re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for words in classes)
    for kind, classes in CLASSES.items()
}


@dataclass(frozen=True, slots=True)
class Opposite:
    """Deciding words: offsets in the text of each frame."""

    kind: OppositeKind
    a: tuple[int, int]
    b: tuple[int, int]


@cache
def antonyms() -> dict[str, set[str]]:
    """By lemma those that mean its opposite, from WordNet."""
    found: dict[str, set[str]] = {}
    for line in (files("consistency.relate") / "antonyms.tsv").read_text(encoding="utf-8").splitlines():
        one, other = line.split("\t")[1:]
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return found


def opposites(a: Frame, b: Frame, alignment: Alignment) -> tuple[Opposite, ...]:
    """What sets two claims against each other by its meaning: antonyms that the other side lacks, then words of amount,
    order and cause."""
    return (*opposed_words(a, b, alignment), *_classes(a.text, b.text), *_causes(a.text, b.text))


def opposed_words(a: Frame, b: Frame, alignment: Alignment) -> list[Opposite]:
    """The antonyms among `opposites`."""
    table = antonyms()
    return [
        Opposite("antonym", (x.start, x.end), (y.start, y.end))
        for x in a.words
        if x.lemma in alignment.only_a and x.lemma in table
        for y in b.words
        if y.lemma in alignment.only_b and y.lemma in table[x.lemma]
    ]


def _classes(a: str, b: str) -> Iterator[Opposite]:
    for kind, patterns in _PATTERNS.items():
        one = [pattern.search(a) for pattern in patterns]
        other = [pattern.search(b) for pattern in patterns]
        # A class that stands on both sides tells nothing.
        only_a = [m for m, n in zip(one, other, strict=True) if m and not n]
        only_b = [n for m, n in zip(one, other, strict=True) if n and not m]
        if only_a and only_b:
            yield Opposite(kind, only_a[0].span(), only_b[0].span())


def _causes(a: str, b: str) -> Iterator[Opposite]:
    one, other = CAUSE.search(a), CAUSE.search(b)
    if one and other:
        yield Opposite("cause", one.span(), other.span())
