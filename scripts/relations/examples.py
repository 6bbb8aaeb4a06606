"""Labelled pairs for the relation weights: claim sets, edited news sentences, and pairs found in real clusters."""
from __future__ import annotations

import gzip
import hashlib
import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from consistency.article import Article
from consistency.copies import copy_groups
from consistency.gate.deferred import Deferred, judge_together
from consistency.nli import NLIScorer
from consistency.pair import Pair, Statement, normalise
from consistency.pipeline import Candidates, Models, canonical, pair_claims, split_articles
from consistency.relate.context import contexts
from consistency.relate.evidence import Evidence
from consistency.relate.features import content_scores, features
from consistency.relate.findings import judge_pairs
from consistency.relate.reasons import grows_apart
from consistency.statements import Prepared, read_split, read_whole

from .changed import changed_pair

if TYPE_CHECKING:
    from .readers import Readers

# Articles of a cluster that are paired: clusters of twenty would outweigh all others.
PER_CLUSTER = 6
# Claims of a found pair that neither contradict nor follow from each other, as far as the NLI model goes.
SILENT = 0.3


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled pair.

    Attributes:
        source: `claim_sets`, `edits`, `changed`, `clusters` or `noted`.
        kind: suite, kind of edit, or cluster.
        group: examples of one group stay on one side of a split.
        key: names the pair in the file of readings.
        values: its features.
        contradiction: whether it is a conflict (contradiction, update or undated); None when that is not known.
        agreement: whether it is an agreement; None when that is not known.
        texts: both texts, for reading.
    """

    source: str
    kind: str
    group: str
    key: str
    values: dict[str, float]
    contradiction: bool | None
    agreement: bool | None
    texts: tuple[str, str]


def reading_key(evidence: Evidence) -> str:
    """Names a pair of found claims in the file of readings, without its text."""
    return reading_key_of(*(frame.text for frame in evidence.frames))


def reading_key_of(a: str, b: str) -> str:
    """As `reading_key`, of the texts of both claims."""
    return hashlib.sha256("\x1e".join(sorted((normalise(a), normalise(b)))).encode()).hexdigest()[:12]


def sentence_key(a: str, b: str) -> str:
    """Names a pair of source sentences in the file of noted ones, without their text."""
    return reading_key_of(a, b)


def from_claim_sets(folder: Path, models: Models, readers: Readers) -> Iterator[Example]:
    """The tuning halves of the suites, split into claims as the gate does it.

    An update is a conflict that its dates explain, so it counts as one where the figures are of a kind that grows. A
    conflict or an agreement of two statements is one of two of their claims: the pair that the NLI model takes for it
    most surely stands for the item, and the item's other pairs are left out. Where there is none to find, all pairs
    are examples of that.
    """
    items = [
        {**item, "kind": path.name.split(".")[0]}
        for path in sorted(folder.glob("*.tune.yaml"))
        for item in yaml.safe_load(path.read_text(encoding="utf-8"))["items"]
    ]
    yield from _of_items("claim_sets", items, _statements(items, models, readers))


def contrasts(folder: Path) -> Iterator[tuple[str, str, dict]]:
    """Each group's name, its anchor, and one of its others."""
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            group = json.loads(line)
            for other in group["others"]:
                yield f"{path.stem}-{number}", group["anchor"], other


def from_contrast_sets(folder: Path, models: Models, readers: Readers) -> Iterator[Example]:
    """Anchors and their others, as the gate reads pairs."""
    items = [
        {"id": group, "a": anchor, "b": other["text"], "expected": other["relation"], "kind": other["shape"]}
        for group, anchor, other in contrasts(folder)
    ]
    yield from _of_items("contrast_sets", items, _statements(items, models, readers))


def _of_items(source: str, items: list[dict], read: Iterable[list[Evidence]]) -> Iterator[Example]:
    for item, found in zip(items, read, strict=True):
        if not found:
            continue
        expected = {item["expected"]} if isinstance(item["expected"], str) else set(item["expected"])
        surest = max(found, key=lambda e: max(p.contradiction for p in content_scores(e)))
        closest = max(found, key=lambda e: max(p.entailment for p in content_scores(e)))
        grows = expected <= {"update", "uncertain"} and any(map(grows_apart, found))
        conflict = expected == {"contradiction"} or grows
        surest = next(filter(grows_apart, found)) if grows else surest
        agrees = expected == {"agreement"}
        for evidence in found:
            yield _example(
                source, item["kind"], item["id"], evidence,
                (True if evidence is surest else None) if conflict else False,
                (True if evidence is closest else None) if agrees else (None if "agreement" in expected else False),
            )  # fmt: skip


def _statements(items: list[dict], models: Models, readers: Readers) -> list[list[Evidence]]:
    """Evidence of every claim of `a` against every claim of `b`, by item, as the gate sees it."""
    pairs = [(_statement(item, "a"), _statement(item, "b")) for item in items]
    scorer = Deferred(models.get_scorer())
    own = [readers.of_item(item["id"]) for item in items]
    deferred = {id(reader): Deferred(reader) for reader in own}

    def judge(made: Prepared, reader: NLIScorer) -> list[Evidence]:
        context = contexts(made.claims, made.frames)
        found = judge_pairs(
            made.pairs, made.frames, scorer, deferred[id(reader)], made.articles, made.copies, context=context,
            rarity={},
        )  # fmt: skip
        return list(found.evidence)

    jobs = [partial(judge, made, reader) for made, reader in zip(read_split(pairs, models), own, strict=True)]
    return judge_together(jobs, [scorer, *deferred.values()], lambda done: None)


def from_edits(
    path: Path, models: Models, reader: NLIScorer, used: int, seed: int, wanted: int
) -> Iterator[Example]:
    """Edited news sentences that the NLI model was not trained on.

    Args:
        path: what `scripts/build_news_pairs.py` wrote.
        models: parser, encoder and NLI model.
        reader: what reads sentences.
        used: rows that training drew, from the front of the order that its seed fixes.
        seed: training's seed.
        wanted: how many pairs.
    """
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    random.Random(f"{seed}:news_pairs").shuffle(rows)
    rows = [row for row in rows[used:] if row["label"] != "not_entailment" and row["kind"] != "update"][:wanted]
    sides = [{"a": row["premise"], "b": row["hypothesis"]} for row in rows]
    for row, evidence in zip(rows, _given(sides, models, reader), strict=True):
        label = row["label"]
        agrees = None if label == "not_contradiction" else label == "entailment"
        yield _example("edits", row["kind"], str(row["group"]), evidence, label == "contradiction", agrees)


def from_clusters(
    data: Path,
    models: Models,
    readers: Readers,
    wanted: int,
    readings: Mapping[str, str],
    noted: Mapping[str, str],
    share: float,
) -> Iterator[Example]:
    """Pairs found in clusters of the training split: those of sentences that a reader noted, and a share of the others,
    which are no conflict unless a reader said so. Pairs that state one figure or date come a second time with it
    changed on one side.

    Args:
        data: folder of the articles.
        models: parser, encoder and NLI model.
        readers: what reads the sentences of each cluster.
        wanted: clusters from each collection.
        readings: relation by key of the two claims, as read by a person.
        noted: relation by key of the two sentences; `unsure` for those that are left out.
        share: of the pairs that nobody noted, 0 to 1, by hash.
    """
    for cluster, rows in read_by_people(data, wanted):
        reader = readers.of_cluster(cluster)
        found = found_in(rows, models, reader, noted, share)
        plain = [e for e in found if _sentences(e.pair) not in noted]
        changed = [pair for evidence in plain if (pair := changed_pair(evidence)) is not None]
        for pair, evidence in zip(changed, _given(changed, models, reader), strict=True):
            yield _example("changed", pair["kind"], cluster, evidence, True, False)
        for evidence in plain:
            read = readings.get(reading_key(evidence))
            quiet = max(p.entailment for p in (evidence.a_to_b, evidence.b_to_a, *evidence.sentences)) < SILENT
            agrees = read == "agreement" if read is not None else (False if quiet else None)
            yield _example("clusters", cluster, cluster, evidence, read in ("contradiction", "update"), agrees)
        yield from _noted(cluster, [e for e in found if _sentences(e.pair) in noted], noted)


def read_by_people(data: Path, wanted: int) -> Iterator[tuple[str, list[dict]]]:
    """Clusters in which readers noted conflicts, with their articles.

    Args:
        data: folder of the articles.
        wanted: clusters from each labelled collection; of the web press, the stories in `stories.json`.
    """
    for name in ("basil", "ecbplus"):
        yield from list(clusters(data / f"{name}.jsonl.gz").items())[:wanted]
    yield from stories(data / "fnc1_bodies.jsonl.gz").items()


def stories(path: Path) -> dict[str, list[dict]]:
    """Articles of the web press that tell of one event, by the first article's id.

    The collection does not say which do; `stories.json` lists groups that average linkage found over the encoder's
    vectors of the training split's first 900 characters (cosine distance 0.42), near-copies left out.
    """
    groups = json.loads((Path(__file__).parent / "stories.json").read_text())
    wanted = {key for group in groups for key in group}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = {row["id"]: row for row in map(json.loads, lines) if row["id"] in wanted and row["split"] == "train"}
    return {group[0]: [rows[key] for key in group] for group in groups}


def _noted(cluster: str, found: Sequence[Evidence], noted: Mapping[str, str]) -> Iterator[Example]:
    """Pairs of sentences that a reader noted. A conflict or an agreement of two sentences is one of two of their
    claims, as in claim sets."""
    together: dict[str, list[Evidence]] = {}
    for evidence in found:
        together.setdefault(_sentences(evidence.pair), []).append(evidence)
    for key, own in together.items():
        conflict, agrees = noted[key] in ("contradiction", "update"), noted[key] == "agreement"
        surest, closest = max(own, key=_conflicting), max(own, key=_agreeing)
        for evidence in own:
            against, support = (None if noted[key] == "unsure" else False), None
            if conflict:
                against, support = (True, False) if evidence is surest else (None, None)
            elif agrees and evidence is closest:
                support = True
            elif noted[key] in ("agreement", "none") and _agreeing(evidence) < SILENT:
                support = False  # two sentences that agree in one thing tell others besides
            yield _example("noted", noted[key], f"{cluster}:{key}", evidence, against, support)


def _agreeing(evidence: Evidence) -> float:
    return max(p.entailment for p in content_scores(evidence))


def _conflicting(evidence: Evidence) -> float:
    values = len(evidence.figures.conflicts) + len(evidence.dates.conflicts)
    return max(p.contradiction for p in content_scores(evidence)) + (evidence.substituted or 0.0) * min(1, values)


def _sentences(pair: Pair) -> str:
    return sentence_key(pair.a.sentence.text, pair.b.sentence.text)


def found_in(
    rows: list[dict], models: Models, reader: NLIScorer, noted: Mapping[str, str], share: float
) -> tuple[Evidence, ...]:
    """Evidence of the candidate pairs of some articles: of all that were noted, and of a share of the others."""
    made, articles = candidates_in(rows, models)
    pairs = [p for p in made.pairs if _sentences(p) in noted or by_hash(_sentences(p)) < share]
    context = contexts(made.claims, made.frames)
    by_id = {article.id: article for article in articles}
    return judge_pairs(
        pairs, made.frames, models.get_scorer(), reader, by_id, copy_groups(articles), None, context
    ).evidence


def candidates_in(rows: list[dict], models: Models) -> tuple[Candidates, tuple[Article, ...]]:
    """Candidate pairs of some articles."""
    fields = ("id", "text", "source", "date", "title", "url")
    articles = canonical([Article(**{field: row.get(field) for field in fields}) for row in rows])
    return pair_claims(articles, split_articles(articles, models).claims, models, models.options), articles


def by_hash(key: str) -> float:
    """A number from 0 to 1 that nobody chose."""
    return int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) / 2**32


def clusters(path: Path) -> dict[str, list[dict]]:
    """Articles of the training split; two clusters of one topic go together, as the traps that they are."""
    found: dict[str, list[dict]] = {}
    taken: dict[str, int] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["split"] == "train" and taken.setdefault(row["cluster"], 0) < PER_CLUSTER:
                taken[row["cluster"]] += 1
                topic = row["cluster"].removesuffix("-ecbplus").removesuffix("-ecb")
                found.setdefault(topic, []).append(row)
    return found


def _given(rows: Iterable[dict], models: Models, reader: NLIScorer) -> tuple[Evidence, ...]:
    """Evidence of pairs of texts that are taken for ones that blocking found."""
    sides = [(_statement(row, "a"), _statement(row, "b")) for row in rows]
    made = read_whole(sides, models)
    pairs = [replace(pair, why=("found",)) for pair in made.pairs]
    return judge_pairs(pairs, made.frames, models.get_scorer(), reader, made.articles, made.copies).evidence


def _statement(row: dict, side: str) -> Statement:
    return Statement(row[side], *(row.get(f"{side}_{key}") for key in ("source", "date", "speaker")))


def _example(
    source: str, kind: str, group: str, evidence: Evidence, conflict: bool | None, agrees: bool | None
) -> Example:
    values = features(evidence)
    texts = (evidence.frames[0].text, evidence.frames[1].text)
    return Example(source, kind, f"{source}:{group}", reading_key(evidence), values, conflict, agrees, texts)
