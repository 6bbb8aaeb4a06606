"""The example articles against the list of what was planted in them.

    python benchmarks/demo.py [--show] [--nli FOLDER]

Counts, at shipped defaults, which planted contradictions, updates and agreements the report finds, whether the deciding
words are highlighted, and which reported ones stand in no list. Repeats (`same_as`) count once; `open` pairs count
neither way. Writes `benchmarks/results/demo.json`.
"""
from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import yaml

import consistency
from consistency.claim import Claim
from consistency.finding import Finding
from consistency.load import load
from consistency.options import Options
from consistency.pipeline import Models

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results" / "demo.json"
# file, start, end
Place = tuple[str, int, int]


def locate(side: dict, texts: dict[str, str]) -> Place:
    """Where a planted quote stands."""
    text = texts[side["file"]]
    start = text.find(side["quote"])
    if start < 0:
        raise SystemExit(f"{side['file']}: the quote {side['quote']!r} is not in the article")
    return side["file"], start, start + len(side["quote"])


def touches(claim: Claim, place: Place, files: dict[str, str]) -> bool:
    """Whether a claim's words overlap a quote."""
    return files[claim.article_id] == place[0] and any(
        span.start < place[2] and place[1] < span.end for span in claim.spans if claim.field == "text"
    )


def matches(finding: Finding, planted: tuple[Place, Place], claims: dict[str, Claim], files: dict[str, str]) -> bool:
    """Whether one of a finding's places joins the two quotes."""
    for a, b in finding.places:
        for one, other in ((a, b), (b, a)):
            if touches(claims[one], planted[0], files) and touches(claims[other], planted[1], files):
                return True
    return False


def highlighted(finding: Finding, planted: tuple[Place, Place], files: dict[str, str]) -> bool:
    """Whether the words that the finding marks overlap the planted quotes on both sides."""
    sides = []
    for claim, name in ((finding.a, "a_spans"), (finding.b, "b_spans")):
        spans = [span for reason in finding.reasons for span in getattr(reason, name)]
        sides.append({i for i, place in enumerate(planted) if files[claim.article_id] == place[0]
                      and any(s.start < place[2] and place[1] < s.end for s in spans)})  # fmt: skip
    return any(i in sides[0] and 1 - i in sides[1] for i in (0, 1))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nli", help="another NLI model")
    parser.add_argument("--show", action="store_true", help="print what was missed and what stands in no list")
    parser.add_argument("--output", type=Path, default=RESULTS)
    arguments = parser.parse_args()
    listed = yaml.safe_load((ROOT / "data/expected/demo.yaml").read_text(encoding="utf-8"))
    articles = load([ROOT / "data/articles"]).articles
    files = {a.id: Path(a.path or "").name for a in articles}
    texts = {files[a.id]: a.text for a in articles}
    report = consistency.report(articles, models=Models(Options(nli=arguments.nli)))
    claims = {c.id: c for c in report.claim_list}
    places = {
        kind: [(entry, (locate(entry["a"], texts), locate(entry["b"], texts))) for entry in listed[kind]]
        for kind in ("findings", "none", "open")
    }
    shown = [f for f in report.items if f.relation in ("contradiction", "update", "agreement")]

    found: dict[str, set[str]] = {}
    marked: Counter = Counter()
    for entry, place in places["findings"]:
        hits = [f for f in shown if f.relation == entry["relation"] and matches(f, place, claims, files)]
        if hits:
            key = entry.get("same_as", entry["id"])
            if key not in found.setdefault(entry["relation"], set()):
                # A finding of several places highlights the words of its surest one.
                marked[entry["relation"]] += any(len(f.places) > 1 or highlighted(f, place, files) for f in hits)
            found[entry["relation"]].add(key)
    wanted = {kind: {e["id"] for e, _ in places["findings"] if e["relation"] == kind and "same_as" not in e}
              for kind in ("contradiction", "update", "agreement")}  # fmt: skip
    alarms, unlisted = [], []
    for finding in shown:
        same = [place for entry, place in places["findings"] if entry["relation"] == finding.relation]
        if any(matches(finding, place, claims, files) for place in (*same, *(p for _, p in places["open"]))):
            continue
        look_alike = next((e["id"] for e, p in places["none"] if finding.relation not in (e.get("may_be"), "agreement")
                           and matches(finding, p, claims, files)), None)  # fmt: skip
        (alarms if look_alike else unlisted).append((look_alike, finding))
    result = {
        "nli": report.meta["models"]["nli"],
        "funnel": dict(report.funnel),
        "seconds": report.meta["seconds"],
        "planted": {kind: len(ids) for kind, ids in wanted.items()},
        "found": {kind: len(found.get(kind, set()) & ids) for kind, ids in wanted.items()},
        "highlighted": dict(marked),
        "reported": dict(Counter(f.relation for f in report.items)),
        "look_alikes_flagged": len(alarms),
        "in_no_list": dict(Counter(f.relation for _, f in unlisted)),
    }
    if arguments.show:
        for kind, ids in wanted.items():
            for entry, _ in places["findings"]:
                if entry["id"] in ids - found.get(kind, set()):
                    print(f"MISSED {kind} {entry['id']}: {entry['a']['quote']!r} / {entry['b']['quote']!r}")
        for look_alike, finding in alarms + unlisted:
            print(f"{'LOOK-ALIKE ' + look_alike if look_alike else 'IN NO LIST'}\n{finding.explain()}")
    print(json.dumps(result, indent=2))
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    arguments.output.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
