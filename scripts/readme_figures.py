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
({nli["backend"]}, {nli["pairs_per_second"]} pairs a second on two cores; the card has all sets):

| set | accuracy |
|---|---|
{rows}
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
