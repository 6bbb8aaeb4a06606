"""Writes the figures of README.md from benchmarks/results/*.json, between its two marker lines."""
from __future__ import annotations

import json
from pathlib import Path

ROOT = Path(__file__).parent.parent
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
SHOWN = (
    "mnli_matched", "snli", "lingnli", "fever_symmetric", "breaking_nli", "curriculum_counting", "anli_r1", "anli_r3",
)  # fmt: skip


def read(name: str) -> dict:
    """One results file."""
    return json.loads((ROOT / "benchmarks/results" / f"{name}.json").read_text(encoding="utf-8"))


def figures() -> str:
    """The section's text."""
    demo, nli = read("demo"), next(iter(read("nli")["models"].values()))
    rows = "\n".join(f"| {name} | {nli['sets'][name]['accuracy']} |" for name in SHOWN)
    planted = "\n".join(
        f"| {kind} | {demo['planted'][kind]} | {demo['found'][kind]} | {demo['reported'].get(kind, 0)} |"
        for kind in demo["planted"]
    )
    return f"""`benchmarks/demo.py`, the example articles against the list of what was planted in them, written before
any result was seen (repeats count once; {demo["look_alikes_flagged"]} planted look-alikes are flagged):

| relation | planted | found | reported findings |
|---|---|---|---|
{planted}

`benchmarks/nli.py`, accuracy of the bundled model in percent on samples of {nli["sets"]["mnli_matched"]["pairs"]} pairs
({nli["backend"]}, {nli["pairs_per_second"]} pairs a second on one core of a busy machine; the card has all sets):

| set | accuracy |
|---|---|
{rows}
{verified()}"""


def verified() -> str:
    """Tables of the verify benchmark, "" before it was run."""
    if not (ROOT / "benchmarks/results/verify.json").is_file():
        return ""
    found = read("verify")
    ways = ("verify", "summac_zs", "whole_document")
    rows = "\n".join(
        f"| {name} | {one['texts']} | {' | '.join(str(one[way]['roc_auc']) for way in ways)} "
        f"| {one['verify']['balanced_accuracy']} | {one['verify']['balanced_accuracy_at_0.5']} |"
        for name, one in found["sets"].items()
    )
    verdicts = ("contradicted", "not_found", "uncertain", "supported")
    edits = "\n".join(
        f"| {kind.replace('_', ' ')} | {' | '.join(str(counts.get(verdict, 0)) for verdict in verdicts)} |"
        for kind, counts in found["edits"].items()
    )
    means, far = found["mean"], found["long_documents"]
    return f"""
`benchmarks/verify.py`, `consistency verify` beside SummaC-ZS's rule and whole-document NLI with the same NLI model, on
documents that the weights were not fitted on: ROC-AUC in percent; our balanced accuracy with a threshold chosen on the
other half, and at the fixed 0.5. On documents of at least {found["long_words"]} words it takes {far["ratio"]} of the
processor time of SummaC-ZS's rule, batched alike.

| set | texts | verify | SummaC-ZS | whole document | balanced accuracy | at 0.5 |
|---|---|---|---|---|---|---|
{rows}
| mean | | {" | ".join(str(means[way]["roc_auc"]) for way in ways)} | | |

How edited summaries of SummEdits come out, by the only kind of edit in them:

| edit | contradicted | not found | uncertain | supported |
|---|---|---|---|---|
{edits}
"""


def main() -> None:
    """Rewrites the section in place."""
    path = ROOT / "README.md"
    text = path.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    path.write_text(f"{before}{BEGIN}\n{figures()}{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
