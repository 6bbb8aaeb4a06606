"""Writes the figures of README.md from benchmarks/results/*.json, between its two marker lines."""
from __future__ import annotations

import json
from pathlib import Path

ROOT = Path(__file__).parent.parent
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
SHOWN = (
    "mnli_matched", "snli", "lingnli", "fever_symmetric", "breaking_nli", "curriculum_counting", "anli_r1", "anli_r3",
)  # fmt: skip

TRUE_CONFLICTS = {
    "figure", "date", "place", "person", "negation", "denial", "antonym", "quantifier", "cause", "order-of-events",
}  # fmt: skip


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
{found()}{verified()}{screened()}{timed()}"""


def found() -> str:
    """What readers said of findings, and what the reported halves of the claim sets are called."""
    reading, suites = read("blind_reading"), read("findings")["suites"]["suites"]
    halves = {}
    for kind in ("true-conflict", "false-alarm"):
        names = [name for name in suites if (name in TRUE_CONFLICTS) == (kind == "true-conflict")]
        called = [suites[name]["called"] for name in names]
        words = ("contradiction", "uncertain")
        halves[kind] = [round(sum(one[word] for one in called) / len(called)) for word in words]
    against, agreed = ([_share(marks[kind]) for kind in ("real", "real_or_arguable")]
                       for marks in (reading, reading["agreements"]))  # fmt: skip
    changed, alarms = read("findings")["corruption"]["copies"]["kinds"], read("findings")["alarms"]
    kinds = ", ".join(f"{name} {kind['recall']:.0f}" for name, kind in changed.items())
    per = {name: alarms[name]["per_1000_sentences"]["contradiction"] for name in ("single articles", "clusters")}
    noted = reading["noted_called_contradiction"]
    true, false = halves["true-conflict"], halves["false-alarm"]
    return f"""
`benchmarks/blind_reading.py`, ten clusters of real news that nothing was tuned on, read by two readers who saw only the
two texts: of {reading["flagged"]} flagged contradictions {against[0]} are real and
{against[1]} real or arguable (95 % intervals), of {reading["agreements"]["flagged"]} agreements {agreed[0]}
and {agreed[1]}. Of {noted["n"]} conflicts that a reader had noted beforehand, {noted["share"]:.0f} % were flagged:
conflicts told in other words are missed.

`benchmarks/findings.py`, facts changed by an editor in one of two copies of a text, percent called contradictions:
{kinds}.
On untouched text {per["single articles"]:.1f} contradictions in 1,000 sentences of single articles (all pairs within
one), and {per["clusters"]:.1f} between the articles of clusters.

`benchmarks/findings.py`, reported halves of the claim sets: of 300 true conflicts {true[0]} % are called contradictions
({true[1]} % uncertain), and so are {false[0]} % of 300 pairs that only look like one ({false[1]} % uncertain).
"""


def _share(shown: dict) -> str:
    """A share with its interval, in percent."""
    return f"{shown['share']:.0f} % ({shown['interval'][0]:.0f}-{shown['interval'][1]:.0f})"


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


def screened() -> str:
    """What screening keeps and drops, "" before it was measured."""
    if not (ROOT / "benchmarks/results/screen.json").is_file():
        return ""
    made = read("screen")
    found = made["findings"]["shown"]
    return f"""
`scripts/fit_screen.py`, screening on {made["pairs"]["tune"]:,} candidate pairs of the tuning
clusters ({found} of them findings): {100 * made["dropped"]:.0f} % of the pairs are dropped unread and
{100 * made["half_read"]:.0f} % by their sentences alone; {100 * made["shown_kept"]:.1f} % of the findings are kept.
A pair costs {made["inputs_a_pair"]:.2f} inputs instead of {made["inputs_a_pair_unscreened"]:.0f}, shared ones
counted for each.
"""


def timed() -> str:
    """What a run costs, "" before it was measured."""
    if not (ROOT / "benchmarks/results/speed.json").is_file():
        return ""
    made = read("speed")
    rows = "\n".join(
        f"| {run['claims']:,} | {run['pairs']:,} | {total:,.0f} | {run['seconds']['score']:,.0f}"
        f"{'*' if run['stand_in'] else ''} | {max(run['peak_mb'].values()):,.0f} |"
        for run, total in zip(made["runs"], made["total_seconds"], strict=True)
    )
    ratios = "; ".join(f"{name.replace('_', ' ')} {value}" for name, value in made["ratios"].items())
    parts = made["parts"]
    more = f"Times faster: {ratios}." if ratios else ""
    if "increment" in parts:
        grown = parts["increment"]
        share = 100 * grown["share"]
        more += f" One more article in a store of {grown['claims']:,} claims: {share:.1f} % of a full run."
    if "cold" in parts:
        cold = parts["cold"]
        more += (
            f" Fresh process: `import consistency` {cold['import_consistency']} s, `--help` {cold['help']} s, the "
            f"reference article's report {cold['reference_report']} s."
        )
    return f"""
`benchmarks/speed.py`, {made["threads"]} threads, {made["clock"]} clock (* reckoned from the rate of a sample):

| claims | pairs | seconds | of these scoring | peak MB |
|---|---|---|---|---|
{rows}

Seconds grow with claims to the power {made["growth"]["total"]}, without the search {made["growth"]["without_search"]}.
{more}
"""


def scaled() -> str:
    """Core-hours by number of claims, from measured rates; "" before they were measured."""
    if not (ROOT / "benchmarks/results/speed.json").is_file():
        return ""
    made = read("speed")
    if not made["runs"]:
        return ""
    last, cores = made["runs"][-1], made["threads"]
    seconds, claims = last["seconds"], last["claims"]
    texts = (seconds["split"] + seconds["analyse"] + seconds["encode"]) / claims
    scoring = seconds["score"] * cores / claims
    relating, searching = seconds["relate"] / claims, seconds["block"] * cores / claims**2

    def hours(count: float) -> str:
        each = (texts * count, searching * count**2, scoring * count, relating * count)
        return " | ".join(f"{value / 3600:,.2g}" for value in each)

    rows = "\n".join(f"| {count:,} | {hours(count)} |" for count in (10_000, 100_000, 1_000_000, 10_000_000))
    even = (texts + scoring + relating) / searching
    return f"""Core-hours by the rates of a run on {claims:,} claims:

| claims | split, analyse, encode | search | score | relate (driver) |
|---|---|---|---|---|
{rows}

By these rates the search costs as much as all the rest at {even:,.0f} claims.
"""


def main() -> None:
    """Rewrites the sections in place."""
    for name, section in (("README.md", figures()), ("docs/scaling.md", scaled())):
        path = ROOT / name
        text = path.read_text(encoding="utf-8")
        before, _, rest = text.partition(BEGIN)
        _, _, after = rest.partition(END)
        path.write_text(f"{before}{BEGIN}\n{section}{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
