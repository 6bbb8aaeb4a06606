"""Reading: an NLI model's scores put into the evidence of pairs."""
from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from consistency.finding import Probabilities
from consistency.nli import NLIScorer
from consistency.pair import normalise
from consistency.relate.evidence import Evidence
from consistency.relate.substitute import cored_pairs, reconciled_text, requalified_pairs, substituted_pairs

# Scores of a pair that no model has read.
UNREAD = Probabilities(0.0, 1.0, 0.0)
# Probability from which a relation is looked at again, in other words and with the words around the claims.
SUSPECTED = 0.3


def rounded(
    scorer: NLIScorer, inputs: Sequence[tuple[str, str]], progress: Callable[[int], None] | None = None
) -> list[Probabilities]:
    """Scores rounded to three decimals, so that the last bits of a batch never decide."""
    return [Probabilities(*(round(float(p), 3) for p in row)) for row in scorer.score(inputs, progress)]


def read_both_ways(
    evidence: Sequence[Evidence],
    scorer: NLIScorer,
    reader: NLIScorer,
    progress: Callable[[int], None] | None = None,
) -> list[Evidence]:
    """The evidence with what both models make of it in both directions.

    Args:
        evidence: n pairs; of those whose sentences were read with a's first, only the other order is read.
        scorer: the NLI model, which reads the claims.
        reader: what reads their sentences.
        progress: called with the number of pairs and directions just read.
    """
    texts = [(item.frames[0].text, item.frames[1].text) for item in evidence]
    rows = rounded(scorer, texts + [(b, a) for a, b in texts], progress)
    first = iter(rounded(reader, [sentences_of(item) for item in evidence if not item.sentences]))
    second = rounded(reader, [sentences_of(item)[::-1] for item in evidence])
    both = zip(evidence, rows[: len(texts)], rows[len(texts) :], second, strict=True)
    return [
        replace(item, a_to_b=ab, b_to_a=ba, sentences=(item.sentences[0] if item.sentences else next(first), other))
        for item, ab, ba, other in both
    ]


def read_sentences(
    evidence: Sequence[Evidence], reader: NLIScorer, progress: Callable[[int], None] | None = None
) -> list[Evidence]:
    """The evidence with what a model makes of the sentences, a's first."""
    rows = rounded(reader, [sentences_of(item) for item in evidence], progress)
    return [replace(item, sentences=(row,)) for item, row in zip(evidence, rows, strict=True)]


def inputs_of(one_order: Iterable[Evidence], both_orders: Sequence[Evidence]) -> int:
    """How many inputs the models read for evidence whose sentences were read in one order, and in both with the claims:
    what several pairs have in common is read once."""
    sentences = {sentences_of(item) for item in one_order} | {sentences_of(item)[::-1] for item in both_orders}
    texts = {tuple(frame.text for frame in item.frames) for item in both_orders}
    return len(sentences) + len(texts | {(b, a) for a, b in texts})


def sentences_of(evidence: Evidence) -> tuple[str, str]:
    """The sentences of both claims, each on one line; the claims themselves when they stand in one sentence."""
    a, b = evidence.pair.a, evidence.pair.b
    if a.article_id == b.article_id and a.field == b.field and a.sentence == b.sentence:
        return evidence.frames[0].text, evidence.frames[1].text
    return " ".join(a.sentence.text.split()), " ".join(b.sentence.text.split())


def read_again(
    evidence: Sequence[Evidence], scorer: NLIScorer, progress: Callable[[int], None] | None = None
) -> tuple[list[Evidence], int]:
    """The evidence with what a model makes of changed words: values that differ made equal, in all pairs that have
    them; in suspected pairs also values that both can hold worded alike, qualifiers made equal, and what each claim
    was cut from as premise.

    Returns:
        The evidence, and how many inputs were scored.
    """
    made, inputs = list(evidence), 0

    def read(wanted: list[tuple[int, tuple[str, str]]]) -> Iterator[tuple[int, Probabilities]]:
        nonlocal inputs
        inputs += len(wanted)
        return zip((i for i, _ in wanted), rounded(scorer, [pair for _, pair in wanted], progress), strict=True)

    for i, row in read([(i, pair) for i, item in enumerate(made) for pair in substituted_pairs(item)]):
        made[i] = replace(made[i], substituted=max(made[i].substituted or 0.0, row.entailment))
    cores = [(i, pairs) for i, item in enumerate(made) for pairs in cored_pairs(item)]
    rows = read([(i, pair) for i, pairs in cores for pair in pairs])
    for i, pairs in cores:
        ways = sorted((next(rows)[1].entailment for _ in pairs), reverse=True)
        made[i] = replace(made[i], cored=max(made[i].cored or (0.0, 0.0), (ways[0], ways[-1])))
    suspects = [i for i, item in enumerate(made) if _suspected(item)]
    alike = [(i, made[i].frames[1].text, text) for i in suspects if (text := reconciled_text(made[i])) is not None]
    reworded = list(read([(i, pair) for i, b, text in alike for pair in ((text, b), (b, text))]))
    for (i, forward), (_, backward) in zip(reworded[::2], reworded[1::2], strict=True):
        made[i] = replace(made[i], reconciled=(forward, backward))
    renamed = [(i, pair) for i in suspects for pair in requalified_pairs(made[i])]
    for i, row in read(renamed):
        made[i] = replace(made[i], requalified=max(made[i].requalified or 0.0, row.entailment))
    around = [(i, name, pair) for i in suspects for name, pair in _surroundings(made[i])]
    for (i, name, _), (_, row) in zip(around, read([(i, pair) for i, _, pair in around]), strict=True):
        made[i] = replace(made[i], around_a=row) if name == "around_a" else replace(made[i], around_b=row)
    return made, inputs


def _suspected(evidence: Evidence) -> bool:
    """Whether a pair is looked at again: values differ, or the model takes it for a relation."""
    return bool(evidence.figures.conflicts or evidence.dates.conflicts) or any(
        max(p.contradiction, p.entailment) >= SUSPECTED for p in (evidence.a_to_b, evidence.b_to_a)
    )


def _surroundings(evidence: Evidence) -> Iterator[tuple[str, tuple[str, str]]]:
    """What each claim was cut from, against the other claim."""
    (a, b), pair = evidence.frames, evidence.pair
    for name, claim, own, other in (("around_a", pair.a, a, b), ("around_b", pair.b, b, a)):
        # What surrounds a denial is the denial; the proposition it denies stands for itself.
        if claim.stance != "denies" and normalise(claim.around) != normalise(own.text):
            yield name, (claim.around, other.text)
