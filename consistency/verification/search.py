"""Search: where in the sources a claim may rest, first by shared words over all of them, then by meaning."""
from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from consistency.verification.passages import Sentence, stemmed

if TYPE_CHECKING:
    import numpy as np

# Sentences that are looked at by meaning, for each claim; the rest of a long source is ruled out by its words alone.
SHORTLIST = 8
# Sources of at most this many sentences are looked at by meaning as a whole.
WHOLE = 12
# Single sentences that the NLI model reads for each claim; beside them the best one together with a neighbour.
SINGLE = 3


@dataclass(frozen=True, slots=True)
class Place:
    """One sentence of one source.

    Attributes:
        source: position of the source.
        number: position of the sentence in it.
    """

    source: int
    number: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence or two neighbouring ones, found for a claim.

    Attributes:
        places: one place, or two in the order of the text.
        rank: how close it is to the claim in words and meaning, -1 to 1.
        cosine: closeness in meaning alone.
        text: what the NLI model reads.
    """

    places: tuple[Place, ...]
    rank: float
    cosine: float
    text: str


class Library:
    """The sentences of one item's sources, with the rarity of their words.

    Args:
        sources: the sentences of each source.
        titles: stems of their titles: no evidence, but words that the sources hold.

    Attributes:
        places: of all sentences, in order.
        held: stems of everything that the sources say.
        counts: in how many sentences each stem stands.
    """

    def __init__(self, sources: Sequence[tuple[Sentence, ...]], titles: frozenset[str] = frozenset()):
        self.sources = tuple(sources)
        self.places = tuple(
            Place(at, number) for at, found in enumerate(self.sources) for number in range(len(found))
        )
        self.held = titles | frozenset(stem for found in self.sources for sentence in found for stem in sentence.stems)
        self.counts = Counter(stem for place in self.places for stem in self.sentence(place).stems)

    def sentence(self, place: Place) -> Sentence:
        """The sentence at a place."""
        return self.sources[place.source][place.number]

    def weight(self, stem: str) -> float:
        """Rarity of a stem over the sentences: inverse document frequency, at least 0.2."""
        return max(0.2, math.log((1 + len(self.places)) / (1 + self.counts[stem])))

    def closeness(self, stems: frozenset[str], place: Place) -> float:
        """Share of a claim's words, weighed by rarity, that stand in a sentence; 0 to 1."""
        total = sum(self.weight(stem) for stem in sorted(stems))
        shared = sum(self.weight(stem) for stem in sorted(stems & self.sentence(place).stems))
        return shared / total if total else 0.0

    def shortlist(self, stems: frozenset[str]) -> tuple[Place, ...]:
        """The places that are worth a look by meaning."""
        if len(self.places) <= WHOLE:
            return self.places
        scored = [(-round(self.closeness(stems, place), 3), at) for at, place in enumerate(self.places)]
        return tuple(self.places[at] for _, at in sorted(scored)[:SHORTLIST])


def stems_of(text: str) -> frozenset[str]:
    """Stems of the content words of a claim."""
    return frozenset(key for _, _, key in stemmed(text))


def find(
    library: Library,
    stems: frozenset[str],
    places: Sequence[Place],
    vector: np.ndarray,
    vectors: Mapping[str, np.ndarray],
) -> tuple[Passage, ...]:
    """The passages in which a claim is looked for by the NLI model.

    Args:
        library: the sources.
        stems: of the claim.
        places: the shortlist for it.
        vector: of the claim, length one.
        vectors: of the sentences at these places by text, length one.

    Returns:
        The closest sentences, best first, then the best one with whichever neighbour is closer.
    """
    found = []
    for place in places:
        text = library.sentence(place).text
        cosine = round(float(vectors[text] @ vector), 3)
        rank = round((cosine + library.closeness(stems, place)) / 2, 3)
        found.append(Passage((place,), rank, cosine, text))
    found.sort(key=lambda p: (-p.rank, p.places[0].source, p.places[0].number))
    return (*found[:SINGLE], *_window(library, stems, found[0])) if found else ()


def _window(library: Library, stems: frozenset[str], best: Passage) -> tuple[Passage, ...]:
    """The best sentence and the neighbour that adds most of the claim's other words."""
    place = best.places[0]
    near = [
        Place(place.source, number)
        for number in (place.number - 1, place.number + 1)
        if 0 <= number < len(library.sources[place.source])
    ]
    if not near:
        return ()
    missing = stems - library.sentence(place).stems
    # Where neither adds a word the sentence before serves: it holds what a pronoun stands for.
    other = max(near, key=lambda p: (round(library.closeness(missing, p), 3), p.number < place.number))
    both = tuple(sorted((place, other), key=lambda p: p.number))
    text = " ".join(library.sentence(p).text for p in both)
    return (Passage(both, best.rank, best.cosine, text),)
