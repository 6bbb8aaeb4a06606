"""The benchmark commands from end to end, on a handful of articles with doubles for the models."""

from __future__ import annotations

import gzip
import json

import blind_reading
import findings
import pytest
import same_article

from tests.doubles import WordEncoder, WordScorer

FIRE = (
    "The fire at the Marrow refinery injured 14 workers.\n\nThe company paid a fine of 300 dollars for the leak.\n\n"
    "The fire at the Marrow refinery was reported by 3 workers.\n\n"
    "The mayor of the town opened a school for sailors.\n\n"
    "Divers from the coast searched the wreck for old coins.\n\nThe bakery on the square sold cakes to many visitors.\n"
)
ANOTHER = "A doctor in the town said that the fire at the Marrow refinery injured 14 workers.\n"


@pytest.fixture
def data(tmp_path):
    """A data folder with a cluster of each corpus and two single articles, in both splits."""
    folder = tmp_path / "data" / "articles"
    folder.mkdir(parents=True)
    for corpus in ("basil", "ecbplus", "fnc1_bodies"):
        rows = []
        for split in ("tune", "report"):
            for number, text in enumerate((FIRE, ANOTHER)):
                row = {"split": split, "id": f"{corpus}-{split}-{number}", "text": text, "cluster": f"{corpus}-{split}"}
                rows.append(row | {"source": f"outlet {number}", "date": "2020-02-03"})
        with gzip.open(folder / f"{corpus}.jsonl.gz", "wt", encoding="utf-8") as lines:
            lines.write("\n".join(map(json.dumps, rows)) + "\n")
    suites = tmp_path / "suites"
    suites.mkdir()
    (suites / "figure.tune.yaml").write_text(
        "schema: 1\nname: figure\nitems:\n"
        "- {id: f1, a: The blast injured 14 men., b: The blast injured 20 men., expected: [update, uncertain]}\n",
        encoding="utf-8",
    )
    return tmp_path / "data"


@pytest.fixture
def command(monkeypatch, doubled, nlp):
    """Calls a benchmark's command."""
    for module in (findings, same_article):
        monkeypatch.setattr(module, "load_scorer", lambda *a, **k: WordScorer())
    monkeypatch.setattr(same_article, "SentenceEncoder", WordEncoder)
    monkeypatch.setattr(same_article, "load_parser", lambda: nlp)

    def call(module, *words):
        monkeypatch.setattr("sys.argv", [module.__name__, *map(str, words)])
        module.main()

    return call


def test_findings(command, data, tmp_path, capsys):
    output, dump = tmp_path / "findings.json", tmp_path / "pairs.jsonl"
    command(findings, "--data", data, "--suites", tmp_path / "suites", "--output", output, "--dump", dump)
    figures = json.loads(output.read_text())
    assert figures["split"] == "tune"
    assert set(figures["corruption"]) == {"copies", "clusters"}
    assert figures["corruption"]["copies"]["kinds"]["figure"]["recall"] == 100.0
    assert figures["suites"]["suites"]["figure"]["as_expected"] == 100.0
    assert set(figures["alarms"]) == {"single articles", "clusters"}
    assert set(figures["against_baselines"]["at_equal_recall"]) == {"shipped", "raw_nli_same_pairs", "notebook"}
    pairs = [json.loads(line) for line in dump.read_text().splitlines()]
    assert {row["setting"] for row in pairs} == {"copies", "clusters", "single articles", "suites"}
    changed = [row for row in pairs if row["setting"] == "copies" and row["label"] == "contradiction"]
    assert {"figure", "negation"} <= {row["kind"] for row in changed}
    assert all(row["features"] for row in pairs if row.get("paired"))
    assert all(row["label"] == "none" for row in pairs if row["setting"] == "single articles")
    assert "Changed facts, copies" in capsys.readouterr().out


def test_parts_can_be_left_out(command, data, tmp_path):
    output = tmp_path / "findings.json"
    command(findings, "--data", data, "--only", "alarms", "--no-notebook", "--split", "report", "--output", output)
    figures = json.loads(output.read_text())
    assert "alarms" in figures
    assert not {"corruption", "suites", "against_baselines"} & set(figures)


def test_same_article(command, data, tmp_path, capsys):
    output = tmp_path / "same_article.json"
    command(same_article, "--data", data, "--cosine", "0.5", "--output", output)
    figures = json.loads(output.read_text())
    (model,) = figures["models"].values()
    assert figures["pairs"]["report"] > 0
    assert figures["changed_sentences"] == sum(model["edits_by_kind"].values()) > 0
    assert model["chosen"]["alarms_tune"] <= 1.0
    assert "recall" in capsys.readouterr().out


def test_blind_reading_from_picking_to_the_tally(command, data, tmp_path, capsys):
    command(blind_reading, "clusters", "--data", data)
    listed = [line.split()[:2] for line in capsys.readouterr().out.splitlines()]
    assert listed == [["basil", "basil-report"], ["ecbplus", "ecbplus-report"]]
    command(blind_reading, "articles", "--data", data, "--cluster", "basil-report")
    assert FIRE.strip() in capsys.readouterr().out
    reports = tmp_path / "reports"
    command(blind_reading, "report", "--data", data, "--output", reports)
    command(blind_reading, "findings", reports)
    pairs = json.loads(capsys.readouterr().out)
    marks = tmp_path / "marks.json"
    marks.write_text(json.dumps({"reader": "x", "marks": {pair["id"]: {"mark": "false"} for pair in pairs}}))
    tallied = tmp_path / "tally.json"
    command(
        blind_reading, "tally", "--data", data, "--reports", reports, "--marks", marks, "--output", tallied
    )
    counted = json.loads(tallied.read_text())
    assert counted["flagged"] == len(pairs)
    assert counted["marks"]["false"] == len(pairs)
    with pytest.raises(SystemExit, match="no-such: not among the picked clusters"):
        command(blind_reading, "articles", "--data", data, "--cluster", "no-such")
