"""The Python twins of the commands: one function each, batch in, batch out."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from consistency.claim import Claim
from consistency.engines import models_of
from consistency.errors import ConsistencyError, InputError
from consistency.finding import Reason, Relation
from consistency.given import given_claims
from consistency.load import load
from consistency.options import Options
from consistency.pair import Statement
from consistency.pipeline import (
    Candidates,
    Models,
    Progress,
    _silent,
    canonical,
    judge,
    pair_claims,
    run,
    split_articles,
)
from consistency.progress import watched
from consistency.relate.context import contexts
from consistency.relate.findings import judge_pairs, rarities, unread
from consistency.results import Report
from consistency.statements import read_whole

if TYPE_CHECKING:
    import pandas as pd

# What an API call may be given as articles: paths, a DataFrame, or a list of articles, dicts or texts.
Articles = Any


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two strings against each other.

    Attributes:
        p_entailment: calibrated NLI probability that the first string entails the second, over the whole strings.
        p_neutral: that it leaves it open.
        p_contradiction: that it contradicts it.
        relation: the judged relation of the pair, with value rules, both directions.
        confidence: how sure the relation is, 0 to 1; 0 for `none`.
        reasons: why.
    """

    p_entailment: float
    p_neutral: float
    p_contradiction: float
    relation: Relation
    confidence: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a run would cost before it is paid.

    Attributes:
        articles: articles read.
        claims: claims found.
        pairs: candidate pairs.
        by_reason: pairs by why they were paired; a pair can have two reasons.
        dropped: what each cap dropped.
        screened_out: pairs that features alone tell to be no findings, so that no model reads them.
        seconds: estimated scoring time on this machine, measured on a sample of the other pairs; the second direction
            is read of some of them only, so it is the most that it takes.
    """

    articles: int
    claims: int
    pairs: int
    by_reason: dict[str, int]
    dropped: dict[str, int]
    screened_out: int
    seconds: float


def options_of(options: Options | None, given: Mapping[str, Any]) -> Options:
    """Options from an object or from keyword arguments, not both.

    Raises:
        ConsistencyError: both, or an unknown name.
    """
    if options is not None and given:
        raise ConsistencyError("give options=... or single options, not both")
    try:
        return options or Options(**given)
    except TypeError as error:
        raise ConsistencyError(str(error).split(") ")[-1], where="options") from error


def report(
    articles: Articles,
    *,
    options: Options | None = None,
    models: Models | None = None,
    columns: Mapping[str, str] | None = None,
    progress: Progress | None = None,
    **settings: Any,
) -> Report:
    """The main job: where articles agree and where they contradict each other.

    Args:
        articles: paths, folders, globs, a DataFrame, or a list of `Article`, dicts or texts.
        options: all options at once; or give single ones as keywords (`scope="outlets"`).
        models: loaded models, to use them for several calls.
        columns: names of your columns, `{"text": "body"}`.
        progress: called with stage, done and total; by default bars in a notebook and nothing elsewhere.

    Raises:
        InputError: nothing could be read.
        ModelError: a model is missing or not fit.

    Example:
        >>> result = report("data/articles", threshold=0.6)  # doctest: +SKIP
        >>> result.contradictions()[["a", "b", "confidence"]]  # doctest: +SKIP
    """
    chosen = options_of(options, settings)
    loaded = load(articles, columns=columns)
    with watched(progress) as show:
        return run(loaded.articles, chosen, models or models_of(chosen), loaded.skipped, loaded.warnings, show)


def report_claims(
    frame: pd.DataFrame | Iterable[Mapping[str, Any]],
    *,
    options: Options | None = None,
    models: Models | None = None,
    progress: Progress | None = None,
    **settings: Any,
) -> Report:
    """Where given claims agree and contradict each other; they are taken as they are, without splitting.

    Args:
        frame: rows with `text`, and optionally `id`, `source`, `date`, `speaker`.
        options: as for `report`.
        models: as for `report`.
        progress: as for `report`.

    Raises:
        InputError: an empty text or a repeated id.
    """
    chosen = options_of(options, settings)
    models = models or models_of(chosen)
    rows = _rows(frame)
    if rows and "text" not in rows[0]:
        raise InputError(f"no column text; there are {', '.join(map(str, rows[0]))}", how="rename it")
    made = given_claims(rows, models.get_parser())
    articles = canonical(made.articles)
    order = {article.id: i for i, article in enumerate(articles)}
    ordered = sorted(made.claims, key=lambda c: order[c.article_id])
    with watched(progress) as show:
        candidates = pair_claims(articles, ordered, models, chosen, show)
        return judge(candidates, chosen, models, progress=show)


def claims(
    articles: Articles,
    *,
    options: Options | None = None,
    models: Models | None = None,
    columns: Mapping[str, str] | None = None,
    progress: Progress | None = None,
    **settings: Any,
) -> list[Claim]:
    """Splitting and attribution only; arguments as for `report`."""
    chosen = options_of(options, settings)
    loaded = load(articles, columns=columns)
    with watched(progress) as show:
        return list(split_articles(loaded.articles, models or Models(chosen), show).claims)


def pairs(
    articles: Articles,
    *,
    options: Options | None = None,
    models: Models | None = None,
    columns: Mapping[str, str] | None = None,
    progress: Progress | None = None,
    **settings: Any,
) -> Candidates:
    """Candidate pairs without judging them; arguments as for `report`."""
    chosen = options_of(options, settings)
    models = models or models_of(chosen)
    loaded = load(articles, columns=columns)
    ordered = canonical(loaded.articles)
    with watched(progress) as show:
        made = split_articles(ordered, models, show)
        return pair_claims(ordered, made.claims, models, chosen, show)


# Pairs timed for an estimate: enough to be within a fifth on a calm machine.
SAMPLE = 48


def estimate(candidates: Candidates, models: Models) -> Estimate:
    """What judging candidate pairs will cost, from the time of an even sample of those that pass screening."""
    import time

    screen = models.get_screen(models.options)
    frames = candidates.frames
    rarity = rarities([frames[key] for key in sorted(frames)])
    context = contexts(candidates.claims, frames)
    read = [
        pair
        for pair in candidates.pairs
        if screen is None or screen.passes_unread(unread(pair, frames, context, rarity))
    ]
    inputs = [(frames[p.a.id].text, frames[p.b.id].text) for p in read]
    sample = inputs[:: max(1, len(inputs) // SAMPLE)][:SAMPLE]
    scorer = models.get_scorer()
    begun = time.monotonic()
    scorer.score(sample)
    each = (time.monotonic() - begun) / max(1, len(sample))
    by_reason: dict[str, int] = {}
    for pair in candidates.pairs:
        for why in pair.why:
            name = "close in meaning" if why.startswith("close") else "shared anchors"
            by_reason[name] = by_reason.get(name, 0) + 1
    return Estimate(
        articles=len(candidates.articles),
        claims=len(candidates.claims),
        pairs=len(candidates.pairs),
        by_reason=by_reason,
        dropped=candidates.dropped,
        screened_out=len(candidates.pairs) - len(read),
        seconds=round(2 * each * len(inputs), 1),
    )


def compare(
    a: str, b: str, *, models: Models | None = None, options: Options | None = None, **settings: Any
) -> Comparison:
    """Two strings against each other.

    Args:
        a: the premise.
        b: the hypothesis.
        models: as for `report`.
        options: as for `report`.

    Raises:
        InputError: one of the strings is empty.
    """
    return compare_rows([{"a": a, "b": b}], models or Models(options_of(options, settings)))[0]


def compare_many(
    frame: pd.DataFrame | Iterable[Mapping[str, Any]],
    *,
    models: Models | None = None,
    options: Options | None = None,
    progress: Progress | None = None,
    **settings: Any,
) -> pd.DataFrame:
    """Many pairs of strings, batched across all of them.

    Args:
        frame: rows with `premise, hypothesis` or `a, b`, and optionally `a_source, a_date, a_speaker` and the same
            for b; other columns are kept.
        models: as for `report`.
        options: as for `report`.
        progress: as for `report`.

    Returns:
        All input columns, and `p_entailment, p_neutral, p_contradiction, relation, confidence`.

    Raises:
        InputError: a missing column or an empty text.
    """
    import pandas as pd

    rows = _rows(frame)
    with watched(progress) as show:
        made = compare_rows(rows, models or Models(options_of(options, settings)), show)
    out = pd.DataFrame(rows)
    for name in ("p_entailment", "p_neutral", "p_contradiction", "relation", "confidence"):
        out[name] = [getattr(item, name) for item in made]
    return out


def compare_rows(
    rows: list[dict[str, Any]], models: Models, progress: Progress = _silent
) -> list[Comparison]:
    """Rows with `premise, hypothesis` or `a, b` to comparisons, in order."""
    if not rows:
        return []
    names = ("premise", "hypothesis") if "premise" in rows[0] else ("a", "b")
    missing = [name for name in names if name not in rows[0]]
    if missing:
        raise InputError(
            f"no column {missing[0]}; there are {', '.join(map(str, rows[0]))}",
            how="columns premise and hypothesis, or a and b",
        )
    pairs = [
        (
            Statement(row[names[0]], row.get("a_source"), row.get("a_date"), row.get("a_speaker")),
            Statement(row[names[1]], row.get("b_source"), row.get("b_date"), row.get("b_speaker")),
        )
        for row in rows
    ]
    made = read_whole(pairs, models)
    done = 0

    def step(count: int) -> None:
        nonlocal done
        done += count
        progress("score", done, 2 * len(rows))

    # What else stands in the table decides nothing: no word is rarer than another.
    judged = judge_pairs(
        made.pairs, made.frames, models.get_scorer(), models.get_reader(), made.articles, made.copies, step, rarity={}
    )
    found = {f.places[0]: f for f in judged.findings}
    threshold = models.options.threshold
    out = []
    for item in judged.evidence:
        finding = found.get((item.pair.a.id, item.pair.b.id))
        shown = finding is not None and finding.confidence >= threshold
        out.append(
            Comparison(
                p_entailment=item.a_to_b.entailment,
                p_neutral=item.a_to_b.neutral,
                p_contradiction=item.a_to_b.contradiction,
                relation=finding.relation if shown and finding else "none",
                confidence=finding.confidence if shown and finding else 0.0,
                reasons=finding.reasons if shown and finding else (),
            )
        )
    return out


def _rows(frame: pd.DataFrame | Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    if hasattr(frame, "to_dict"):
        return frame.to_dict("records")
    return [dict(row) for row in frame]
