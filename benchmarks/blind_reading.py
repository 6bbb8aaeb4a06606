"""Findings read by people: prepares what readers get, and counts their marks.

    python benchmarks/blind_reading.py clusters --data ../shared/data
    python benchmarks/blind_reading.py articles --data ../shared/data --cluster ID
    python benchmarks/blind_reading.py report --data ../shared/data --output reports
    python benchmarks/blind_reading.py findings reports > pairs.json
    python benchmarks/blind_reading.py tally --data ../shared/data --reports reports --marks *.json --noted noted.json

The clusters are picked by hash, and of large ones six articles, by hash as well. First a reader notes the conflicts of
each cluster, from `articles` alone:
`{"cluster": ID, "conflicts": [{"id": ..., "a": {"article": ID, "quote": ...}, "b": {...}}]}`, or a list of these. Then
two readers mark every flagged contradiction from `findings`, which shows two texts and an id, in no telling order:
`{"reader": NAME, "marks": {ID: {"mark": "real" | "arguable" | "false", "words": [..., ...]}}}`. A pair is real when
all readers say so, false when all say so, and arguable otherwise. `findings --relation agreement` shows seven
agreements of each cluster, by hash, to be marked in the same words. `tally` gives shares with 95 % Wilson intervals.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from measuring.news import Cluster, by_hash, clusters, sampled
from scipy.stats import binomtest

PICKED = {"basil": 4, "ecbplus": 6}
MARKS = ("real", "arguable", "false")
MOST = 20
AGREEMENTS = 7


def picked(data: Path, split: str = "report") -> list[Cluster]:
    """The clusters that are read: chosen by hash before any run."""
    return [c for corpus, n in PICKED.items() for c in clusters(data, split, [corpus])[:n]]


def plain(cluster: Cluster, articles: int) -> str:
    """The articles of a cluster as a reader gets them."""
    parts = [f"CLUSTER {cluster.id}"]
    for article in sampled(cluster, articles):
        known = [part for part in (article.source, article.date, article.title) if part]
        parts.append(f"ARTICLE {article.id}\n{' | '.join(known)}\n\n{article.text.strip()}")
    return ("\n\n" + "-" * 100 + "\n\n").join(parts) + "\n"


def rows(folder: Path, name: str) -> list[dict]:
    """A table of a finished report."""
    return [json.loads(line) for line in (folder / name).read_text(encoding="utf-8").splitlines()]


def flagged(folder: Path, relation: str = "contradiction") -> list[dict]:
    """The findings of a report that are read: the first contradictions, as it ranks them; a few agreements by hash."""
    found = [row for row in rows(folder, "findings.jsonl") if row["relation"] == relation]
    return found[:MOST] if relation == "contradiction" else sorted(found, key=lambda r: by_hash(r["id"]))[:AGREEMENTS]


def shown(folders: Iterable[Path], relation: str = "contradiction") -> list[dict]:
    """What readers see: id and two texts, in an order that tells neither rank nor side."""
    pairs = []
    for folder in folders:
        for row in flagged(folder, relation):
            texts = sorted((row["a"]["text"], row["b"]["text"]), key=by_hash)
            pairs.append({"id": f"{folder.name}:{row['id']}", "one": texts[0], "other": texts[1]})
    return sorted(pairs, key=lambda pair: by_hash(pair["id"]))


def joint(marks: Sequence[Mapping[str, str]], key: str) -> str:
    """What all readers make of a pair.

    Raises:
        SystemExit: a reader left it out or used another word.
    """
    given = [reader.get(key) for reader in marks]
    if any(mark not in MARKS for mark in given):
        raise SystemExit(f"{key}: marks are {given}; every reader gives one of {', '.join(MARKS)}")
    return str(given[0]) if len(set(given)) == 1 else "arguable"


def share(part: int, whole: int) -> dict:
    """A share in percent with its 95 % Wilson interval."""
    if not whole:
        return {"n": 0, "share": None, "interval": None}
    interval = binomtest(part, whole).proportion_ci(method="wilson")
    bounds = [round(100 * interval.low, 1), round(100 * interval.high, 1)]
    return {"n": whole, "share": round(100 * part / whole, 1), "interval": bounds}


def tally(keys: Sequence[str], marks: Sequence[Mapping[str, str]]) -> dict:
    """Shares over all flagged pairs.

    Args:
        keys: ids of the flagged pairs.
        marks: one mapping of id to mark for each reader.
    """
    together = Counter(joint(marks, key) for key in keys)
    n = len(keys)
    equal = sum(len({reader[key] for reader in marks}) == 1 for key in keys)
    return {
        "flagged": n,
        "marks": {mark: together[mark] for mark in MARKS},
        "real": share(together["real"], n),
        "real_or_arguable": share(together["real"] + together["arguable"], n),
        "readers_agree": share(equal, n),
    }


def stands_at(claim: Mapping, article: str, start: int, end: int) -> bool:
    """Whether a claim was taken from the sentence that holds a quote."""
    sentence = claim["sentence"]
    inside = sentence["start"] < end and start < sentence["end"]
    return claim["article_id"] == article and claim["field"] == "text" and inside


def noted_found(folder: Path, conflicts: Sequence[Mapping], texts: Mapping[str, str], relations: Sequence[str]) -> int:
    """How many of the conflicts noted beforehand a report shows.

    Args:
        folder: the report.
        conflicts: with a quote of an article on each side.
        texts: article texts by id.
        relations: which findings count.

    Raises:
        SystemExit: a quote that stands in no such article.
    """
    claims = {row["claim_id"]: row for row in rows(folder, "claims.jsonl")}
    shown_as = [row for row in rows(folder, "findings.jsonl") if row["relation"] in relations]
    places = [place for row in shown_as for place in row["places"]]
    found = 0
    for conflict in conflicts:
        sides = []
        for side in (conflict["a"], conflict["b"]):
            start = texts.get(side["article"], "").find(side["quote"])
            if start < 0:
                raise SystemExit(f"{conflict['id']}: {side['quote']!r} does not stand in article {side['article']!r}")
            sides.append((side["article"], start, start + len(side["quote"])))
        found += any(
            stands_at(claims[x], *sides[0]) and stands_at(claims[y], *sides[1])
            for one, other in places
            for x, y in ((one, other), (other, one))
        )
    return found


def read_json(path: Path) -> list[dict]:
    """One object or a list of them."""
    held = json.loads(path.read_text(encoding="utf-8"))
    return held if isinstance(held, list) else [held]


def write_reports(chosen: Sequence[Cluster], articles: int, output: Path, nli: str | None) -> None:
    """Reports on all clusters at shipped defaults, each in a folder with the cluster's name."""
    import consistency
    from consistency.options import Options
    from consistency.pipeline import Models

    models = Models(Options(nli=nli))
    for cluster in chosen:
        made = consistency.report(list(sampled(cluster, articles)), models=models)
        made.save(output / cluster.id)
        print(f"{cluster.id}: {made!r}", file=sys.stderr, flush=True)


def marks_in(files: Iterable[Path]) -> list[dict[str, str]]:
    """Mark by id, one mapping for each reader."""
    readers = [reader for path in files for reader in read_json(path)]
    return [{key: given["mark"] for key, given in reader["marks"].items()} for reader in readers]


def counted(arguments: argparse.Namespace, chosen: Sequence[Cluster]) -> dict:
    """The tally of all clusters together."""
    names = [cluster.id for cluster in chosen if (arguments.reports / cluster.id).is_dir()]
    folders = [arguments.reports / name for name in names]
    marks = marks_in(arguments.marks)
    out = {"clusters": names, "readers": len(marks), **tally([pair["id"] for pair in shown(folders)], marks)}
    if arguments.agreements:
        keys = [pair["id"] for pair in shown(folders, "agreement")]
        out["agreements"] = tally(keys, marks_in(arguments.agreements))
    if arguments.noted:
        texts = {article.id: article.text for cluster in chosen for article in cluster.articles}
        noted = {row["cluster"]: row["conflicts"] for path in arguments.noted for row in read_json(path)}
        total = sum(len(conflicts) for conflicts in noted.values())
        for name, relations in (
            ("noted_called_contradiction", ["contradiction"]),
            ("noted_shown_as_any_conflict", ["contradiction", "update", "uncertain"]),
        ):
            found = sum(noted_found(arguments.reports / key, held, texts, relations) for key, held in noted.items())
            out[name] = share(found, total)
    return out


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    steps = parser.add_subparsers(dest="step", required=True)
    for name in ("clusters", "articles", "report", "tally"):
        step = steps.add_parser(name)
        step.add_argument("--data", type=Path, required=True, help="folder with articles/basil.jsonl.gz")
        step.add_argument("--split", default="report", choices=("tune", "report"))
        step.add_argument("--articles", type=int, default=6, help="at most this many of each cluster (0: all)")
        if name == "articles":
            step.add_argument("--cluster", required=True)
        if name == "report":
            step.add_argument("--output", type=Path, required=True)
            step.add_argument("--nli", help="another NLI model")
        if name == "tally":
            step.add_argument("--reports", type=Path, required=True)
            step.add_argument("--marks", type=Path, nargs="+", required=True)
            step.add_argument("--noted", type=Path, nargs="+", default=[])
            step.add_argument("--agreements", type=Path, nargs="+", default=[], help="marks of agreements")
            step.add_argument("--output", type=Path, default=Path(__file__).parent / "results" / "blind_reading.json")
    step = steps.add_parser("findings")
    step.add_argument("reports", type=Path, help="folder with one report folder for each cluster")
    step.add_argument("--relation", default="contradiction", choices=("contradiction", "agreement"))
    arguments = parser.parse_args()
    if arguments.step == "findings":
        folders = sorted(path.parent for path in arguments.reports.glob("*/findings.jsonl"))
        if not folders:
            raise SystemExit(f"{arguments.reports}: no report folders in it; make them with the step report")
        print(json.dumps(shown(folders, arguments.relation), indent=1, ensure_ascii=False))
        return
    chosen = picked(arguments.data, arguments.split)
    if arguments.step == "clusters":
        for cluster in chosen:
            print(cluster.corpus, cluster.id, *(article.id for article in sampled(cluster, arguments.articles)))
    elif arguments.step == "articles":
        found = [cluster for cluster in chosen if cluster.id == arguments.cluster]
        if not found:
            raise SystemExit(f"{arguments.cluster}: not among the picked clusters; the step clusters lists them")
        print(plain(found[0], arguments.articles), end="")
    elif arguments.step == "report":
        write_reports(chosen, arguments.articles, arguments.output, arguments.nli)
    else:
        result = counted(arguments, chosen)
        print(json.dumps(result, indent=2))
        arguments.output.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
