"""Changed facts and whether the report finds them.

Two settings. *Copies*: two outlets carry one text at one time, and in one a few facts are changed. *Clusters*: in a
cluster of independent reports a fact is changed that another article also states, told by shared words alone, so that
neither the encoder nor the NLI model under test has a say in what is tested.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from editor import KINDS, Edit, Passage, Place, apply, choose, find_edits, read
from editor.sentences import SPEECH

from consistency.article import Article
from consistency.claim import Claim, Span
from consistency.finding import Finding
from consistency.pipeline import Models
from consistency.relate.evidence import Evidence
from measuring.judging import Run
from measuring.news import Cluster, sampled

# A copy carries the time of its original, or this one: a figure that differs at one stated time is no update.
TIME = "2015-06-01T12:00"
MIN_SENTENCES, MAX_SENTENCES = 6, 30
# Content words that a sentence must share with another, beside the fact itself, to be taken to state it too: so many,
# and these parts of the shorter and the longer one. A value says much by itself, a name or a verb less.
SHARED_WORDS = 3
SHARED_PARTS = {kind: (0.5, 0.3) if kind in ("figure", "date", "quantifier") else (0.6, 0.45) for kind in KINDS}
CONFLICTS = ("contradiction", "update", "uncertain")
NEGATIONS = frozenset(["not", "n't", "n’t", "never", "no", "nobody", "nothing", "none", "neither", "nor"])
# A place in an article: article id, start, end.
Stretch = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Case:
    """One changed fact in a set of articles.

    Attributes:
        setting: `copies` or `clusters`.
        article_id: where it was changed.
        place: the edit, with its offsets before and after.
        stated: the sentences of other articles that state the fact unchanged.
    """

    setting: str
    article_id: str
    place: Place
    stated: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """Articles with changed facts, to be run at once.

    Attributes:
        id: the article or cluster.
        articles: as changed.
        cases: the changed facts.
    """

    id: str
    articles: tuple[Article, ...]
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the report made of one changed fact.

    Attributes:
        case: the changed fact.
        pairs: the judged pairs that join the changed words with a sentence that states the fact.
        relation: the strongest relation that the report shows there: `contradiction`, then `update`, `uncertain`.
        rank: of the finding among the report's contradictions, from 1; None when it is none.
        right_spans: whether the finding marks the changed words.
    """

    case: Case
    pairs: tuple[Evidence, ...]
    relation: str
    rank: int | None
    right_spans: bool


def copied(
    articles: Iterable[Article], models: Models, count: int, facts: int, *, run_in: frozenset[str]
) -> list[Trial]:
    """Trials of the setting *copies*.

    Args:
        articles: to choose from, in order.
        models: for their parser.
        count: how many articles.
        facts: how many facts are changed in each.
        run_in: ids of articles whose headline is run into their first sentence, which is then left alone.
    """
    trials: list[Trial] = []
    used: Counter[str] = Counter()
    for article in articles:
        if len(trials) == count:
            break
        (passages,) = read([article.text], models.get_parser())
        if not MIN_SENTENCES <= sum(len(list(p.doc.sents)) for p in passages) <= MAX_SENTENCES:
            continue
        edits = choose(find_edits(passages, article.id, skip_first=article.id in run_in), facts, used, article.id)
        if not edits:
            continue
        edited = apply(article.text, edits)
        date = f"{article.date[:10]}T12:00" if article.date else TIME
        first = replace(article, source="First outlet", date=date, title=None, url=None)
        copy = replace(first, id=f"{article.id}-copy", text=edited.text, source="Second outlet")
        cases = tuple(
            Case("copies", copy.id, place, ((first.id, *place.edit.sentence),)) for place in edited.places
        )
        trials.append(Trial(article.id, (first, copy), cases))
    return trials


def clustered(clusters: Iterable[Cluster], models: Models, size: int, facts: int) -> list[Trial]:
    """Trials of the setting *clusters*, one a cluster; those in which no fact is stated twice have no cases.

    Args:
        clusters: in order.
        models: for their parser.
        size: at most this many articles of each (0: all).
        facts: how many facts are changed in each.
    """
    used: Counter[str] = Counter()
    return [_in_cluster(cluster, sampled(cluster, size), models, facts, used) for cluster in clusters]


def _in_cluster(
    cluster: Cluster, articles: tuple[Article, ...], models: Models, facts: int, used: Counter[str]
) -> Trial:
    parsed = dict(zip([a.id for a in articles], read([a.text for a in articles], models.get_parser()), strict=True))
    stated = {}
    for key, passages in parsed.items():
        others = [(other, found) for other, found in parsed.items() if other != key]
        for edit in find_edits(passages, cluster.id, skip_first=cluster.corpus == "ecbplus"):
            places = tuple(_stating(edit, passages, others))
            if places:
                stated[key, edit.id, edit.sentence] = (edit, places)
    chosen: dict[str, list[Edit]] = {}
    taken: set[Stretch] = set()
    for _ in range(facts):
        # A sentence that states an edited fact stays as it is, and no sentence is edited twice.
        free = {
            at: edit for at, (edit, places) in stated.items()
            if (at[0], *edit.sentence) not in taken and not taken & set(places)
        }  # fmt: skip
        picked = choose(list(free.values()), 1, used, f"{cluster.id}|{len(taken)}")
        if not picked:
            break
        key = next(at[0] for at, edit in free.items() if edit is picked[0])
        chosen.setdefault(key, []).append(picked[0])
        taken |= {(key, *picked[0].sentence), *stated[key, picked[0].id, picked[0].sentence][1]}
    changed, cases, shifted = [], [], {}
    for article in articles:
        edited = apply(article.text, chosen.get(article.id, []))
        changed.append(replace(article, text=edited.text))
        shifted[article.id] = edited.places
    for article in articles:
        for place in shifted[article.id]:
            places = stated[article.id, place.edit.id, place.edit.sentence][1]
            moved = tuple(_moved(stretch, shifted[stretch[0]]) for stretch in places)
            cases.append(Case("clusters", article.id, place, moved))
    return Trial(cluster.id, tuple(changed), tuple(cases))


def _moved(stretch: Stretch, places: Sequence[Place]) -> Stretch:
    """Where an unedited stretch stands once the edits before it are made."""
    before = [place for place in places if place.edit.sentence[1] <= stretch[1]]
    shift = before[-1].sentence[1] - before[-1].edit.sentence[1] if before else 0
    return stretch[0], stretch[1] + shift, stretch[2] + shift


def _content(words: Iterable) -> frozenset[str]:
    return frozenset(
        word.lemma_.lower()
        for word in words
        if word.pos_ in ("NOUN", "PROPN", "VERB", "ADJ", "NUM") and not word.is_stop and word.lemma_ not in SPEECH
    )


def _stating(edit: Edit, own: Sequence[Passage], others: list[tuple[str, list[Passage]]]) -> Iterator[Stretch]:
    """Sentences of other articles that state what an edit changes, by their words."""
    sentence = next(
        s for p in own for s in p.doc.sents
        if p.offset + s.start_char == edit.sentence[0] and p.offset + s.end_char == edit.sentence[1]
    )  # fmt: skip
    wanted = frozenset(fact for fact in edit.facts if not _is_pronoun(fact))
    words = _content(sentence)
    denied = bool({t.lower_ for t in sentence} & NEGATIONS)
    for key, passages in others:
        for passage in passages:
            for other in passage.doc.sents:
                forms = {t.lower_ for t in other} | {t.lemma_.lower() for t in other}
                there = _content(other)
                shared = (words & there) - wanted
                if not wanted <= forms or len(shared) < SHARED_WORDS or bool(forms & NEGATIONS) != denied:
                    continue
                shorter, longer = sorted((len(words - wanted), len(there - wanted)))
                of_shorter, of_longer = SHARED_PARTS[edit.kind]
                if len(shared) >= of_shorter * shorter and len(shared) >= of_longer * longer:
                    yield key, passage.offset + other.start_char, passage.offset + other.end_char


def _is_pronoun(word: str) -> bool:
    return word in ("he", "she", "it", "they", "we", "i", "you", "this", "these", "those", "who")


def covers(claim: Claim, place: Place) -> bool:
    """Whether a claim holds changed words; where words were only taken out, those around the gap."""
    return claim.field == "text" and any(_overlap(span, *stretch) for span in claim.spans for stretch in _wide(place))


def _wide(place: Place) -> list[tuple[int, int]]:
    return [(start, end) if end > start else (start - 2, end + 2) for start, end in place.spans]


def _overlap(span: Span, start: int, end: int) -> bool:
    return span.start < end and start < span.end


def _states(claim: Claim, stretches: Sequence[Stretch]) -> bool:
    return claim.field == "text" and any(
        claim.article_id == key and _overlap(claim.sentence, start, end) for key, start, end in stretches
    )


def joins(a: Claim, b: Claim, case: Case) -> bool:
    """Whether two claims are the changed one and one that states the fact unchanged."""
    return any(
        one.article_id == case.article_id and covers(one, case.place) and _states(other, case.stated)
        for one, other in ((a, b), (b, a))
    )


def outcomes(trial: Trial, made: Run) -> list[Outcome]:
    """What the report makes of each changed fact of a trial."""
    found = []
    contradictions = made.report.of("contradiction")
    for case in trial.cases:
        pairs = tuple(e for e in made.evidence if joins(e.pair.a, e.pair.b, case))
        there = {(e.pair.a.id, e.pair.b.id) for e in pairs}
        hits = [f for f in made.report.items if f.relation in CONFLICTS and there & set(f.places)]
        relation = next((r for r in CONFLICTS if any(f.relation == r for f in hits)), "none")
        best = next((f for f in hits if f.relation == relation), None)
        rank = contradictions.index(best) + 1 if best is not None and relation == "contradiction" else None
        at_place = [best, *(made.findings[place] for place in best.places if place in there)] if best else []
        marked = any(_marks(finding, case) for finding in at_place)
        found.append(Outcome(case, pairs, relation, rank, marked))
    return found


def _marks(finding: Finding, case: Case) -> bool:
    """Whether the words that a finding marks on the changed side are the changed ones."""
    for claim, side in ((finding.a, "a_spans"), (finding.b, "b_spans")):
        if claim.article_id == case.article_id and covers(claim, case.place):
            marked = [span for reason in finding.reasons for span in getattr(reason, side)]
            return any(_overlap(span, *stretch) for span in marked for stretch in _wide(case.place))
    return False


def also_flagged(trial: Trial, made: Run) -> list[Finding]:
    """The report's contradictions that stand at no changed sentence."""
    claims = made.report.claims_by_id
    touched = [(case.article_id, *case.place.sentence) for case in trial.cases]
    return [
        finding for finding in made.report.of("contradiction")
        if not any(_states(claims[key], touched) for place in finding.places for key in place)
    ]  # fmt: skip


def summary(found: Sequence[Outcome], also: int, sentences: int) -> dict:
    """Recall, rank and right spans for each kind, and what else was flagged."""
    kinds = {kind: [o for o in found if o.case.place.edit.kind == kind] for kind in KINDS}
    edits = [outcome.case.place.edit for outcome in found]
    details = sorted({(edit.kind, edit.detail) for edit in edits if edit.kind != "role"})
    return {
        "sentences": sentences,
        "all": _shares(found),
        "kinds": {kind: _shares(part) for kind, part in kinds.items() if part},
        "details": {
            f"{kind}: {detail}": _shares([o for o in kinds[kind] if o.case.place.edit.detail == detail])
            for kind, detail in details
        },
        "also_flagged_per_1000_sentences": round(1000 * also / max(1, sentences), 2),
    }


def _shares(found: Sequence[Outcome]) -> dict:
    n = len(found)
    told = Counter(o.relation for o in found)
    ranks = [o.rank for o in found if o.rank is not None]
    return {
        "facts": n,
        "recall": _percent(told["contradiction"], n),
        "recall_as_any_conflict": _percent(n - told["none"], n),
        "paired": _percent(sum(bool(o.pairs) for o in found), n),
        "right_spans": _percent(sum(o.right_spans for o in found), n - told["none"]),
        "median_rank": median(ranks) if ranks else None,
        "among_first_ten": _percent(sum(r <= 10 for r in ranks), n),
    }


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None
