"""Finds and chooses edits of an article."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from spacy.language import Language
from spacy.tokens import Doc

from editor.antonyms import antonyms
from editor.dates import dates
from editor.edit import KINDS, Change, Edit
from editor.entities import entities, surnames
from editor.figures import figures
from editor.negation import negations
from editor.quantifiers import quantifiers
from editor.roles import roles
from editor.sentences import usable


@dataclass(frozen=True, slots=True)
class Passage:
    """A parsed stretch of an article.

    Attributes:
        doc: as the parser read it.
        offset: where it begins in the article.
    """

    doc: Doc
    offset: int


def read(texts: Iterable[str], nlp: Language) -> Iterator[list[Passage]]:
    """The parsed lines of each text; blank ones are left out."""
    lines: list[list[tuple[int, str]]] = []
    for text in texts:
        at, found = 0, []
        for line in text.splitlines(keepends=True):
            if line.strip():
                lead = len(line) - len(line.lstrip())
                found.append((at + lead, line.strip()))
            at += len(line)
        lines.append(found)
    docs = nlp.pipe([line for found in lines for _, line in found], batch_size=64)
    for found in lines:
        yield [Passage(next(docs), offset) for offset, _ in found]


def find_edits(passages: Sequence[Passage], seed: str = "0", *, skip_first: bool = False) -> list[Edit]:
    """All edits of one article, one value for each place.

    Args:
        passages: the article, from `read`.
        seed: decides the new values; the same seed gives the same edits.
        skip_first: leave out the first sentence, where a headline may be run into it.
    """
    known = surnames([passage.doc for passage in passages])
    found: list[Edit] = []
    first = skip_first
    for passage in passages:
        for sentence in passage.doc.sents:
            if first or not usable(sentence):
                first = False
                continue
            chance = random.Random(f"{seed}|{passage.offset}|{sentence.start_char}")
            makers = (figures, dates, negations, antonyms, quantifiers, roles)
            made = chain(*(maker(sentence, chance) for maker in makers), entities(sentence, chance, known))
            found.extend(_shifted(edit, passage.offset) for edit in made)
    return found


def _shifted(edit: Edit, offset: int) -> Edit:
    return Edit(
        edit.kind,
        edit.detail,
        tuple(Change(c.start + offset, c.end + offset, c.new) for c in edit.changes),
        (edit.sentence[0] + offset, edit.sentence[1] + offset),
        edit.facts,
    )


def choose(edits: Sequence[Edit], count: int, used: Counter[str], seed: str = "0") -> list[Edit]:
    """A few edits of one article, at most one a sentence, the kinds that are rarest so far first.

    Args:
        edits: from `find_edits`.
        count: how many at most.
        used: how often each kind was chosen so far; counted on.
        seed: decides among edits of one kind.
    """
    chance = random.Random(f"choose|{seed}|{len(edits)}")
    left = list(edits)
    chosen: list[Edit] = []
    while left and len(chosen) < count:
        kinds = {edit.kind for edit in left}
        kind = min((k for k in KINDS if k in kinds), key=lambda k: used[k])
        edit = chance.choice([e for e in left if e.kind == kind])
        chosen.append(edit)
        used[kind] += 1
        left = [e for e in left if e.sentence != edit.sentence]
    return sorted(chosen, key=lambda edit: edit.sentence)
