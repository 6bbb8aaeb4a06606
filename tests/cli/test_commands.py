"""The commands as a user types them: output, exit codes, one clear line for what is wrong."""
from __future__ import annotations

import csv
import json

import pytest

from consistency.cli.app import main
from tests.test_pipeline import ARTICLES


@pytest.fixture
def folder(tmp_path):
    """A folder with three articles."""
    for article in ARTICLES:
        head = f"---\nsource: {article.source}\ndate: {article.date}\n---\n"
        (tmp_path / "articles").mkdir(exist_ok=True)
        (tmp_path / "articles" / f"{article.id}.md").write_text(head + article.text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def command(monkeypatch, capsys):
    """Runs `consistency ...` and returns exit code, stdout and stderr."""

    def run(*words):
        monkeypatch.setattr("sys.argv", ["consistency", *map(str, words)])
        try:
            main()
            code = 0
        except SystemExit as end:
            code = end.code or 0
        out, err = capsys.readouterr()
        return code, out, err

    return run


def test_report_writes_the_page_and_the_tables(command, folder, doubled):
    code, out, _ = command("report", folder / "articles", "--output", folder / "out" / "report.html")
    assert code == 0
    assert "contradiction" in out.lower()
    names = {path.name for path in (folder / "out").iterdir()}
    assert {"report.html", "findings.csv", "findings.jsonl", "claims.jsonl", "storylines.jsonl", "report.json"} <= names
    rows = [json.loads(line) for line in (folder / "out" / "findings.jsonl").read_text().splitlines()]
    assert all(row["schema"] == 1 for row in rows)
    assert {row["relation"] for row in rows} >= {"contradiction"}


def test_reviews_are_read_back_counted_and_kept(command, folder, doubled):
    page = folder / "out" / "report.html"
    command("report", folder / "articles", "--output", page, "--quiet")
    with (folder / "out" / "findings.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    reviewed = folder / "reviewed.csv"
    with reviewed.open("w", encoding="utf-8") as file:
        table = csv.DictWriter(file, ["id", "review", "review_note"])
        table.writeheader()
        table.writerow({"id": rows[0]["id"], "review": "false_alarm", "review_note": "other ferry"})
    code, out, _ = command("report", folder / "articles", "--output", page, "--review", reviewed, "--review-stats")
    assert code == 0
    assert "Reviewed findings" in out
    assert "false alarm" in out
    told = json.loads((folder / "out" / "report.json").read_text())["review_stats"]
    assert (told[0]["reason"], told[0]["false_alarm"], told[0]["precision"]) == ("all", 1, 0.0)
    assert "other ferry" in page.read_text(encoding="utf-8")


def test_a_review_that_cannot_be_read_ends_the_run_before_it_begins(command, folder, doubled):
    reviewed = folder / "reviewed.csv"
    reviewed.write_text("id,review\nabc,wrong\n", encoding="utf-8")
    output = folder / "out" / "report.html"
    code, _, err = command("report", folder / "articles", "--output", output, "--review", reviewed)
    assert code == 2
    assert "'wrong' is no review word" in err
    assert not output.exists()
    code, _, err = command("report", folder / "articles", "--output", output, "--review-stats")
    assert code == 2
    assert "--review reviewed.csv" in err


def test_full_texts_are_in_the_page_only_when_asked(command, folder, doubled):
    page = folder / "out" / "report.html"
    command("report", folder / "articles", "--output", page, "--quiet")
    assert "Full text" not in page.read_text(encoding="utf-8")
    command("report", folder / "articles", "--output", page, "--quiet", "--embed-articles")
    assert page.read_text(encoding="utf-8").count("Full text") == len(ARTICLES)


def test_a_bad_file_is_skipped_and_named_and_strict_makes_it_fail(command, folder, doubled):
    (folder / "articles" / "broken.json").write_text("{", encoding="utf-8")
    output = folder / "out" / "report.html"
    code, _, err = command("report", folder / "articles", "--output", output)
    assert code == 0
    assert "broken.json" in err
    assert json.loads((folder / "out" / "report.json").read_text())["funnel"]["skipped_articles"] == 1
    assert command("report", folder / "articles", "--output", output, "--strict")[0] == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("report", "no-such-folder"), "no-such-folder"),
        (("report", ".", "--scope", "everything"), "scope"),
        (("compare", "only one"), "two strings"),
        (("compare", "--input", "missing.csv"), "missing.csv"),
        (("report", ".", "--column", "text"), "--column"),
    ],
)
def test_what_is_wrong_is_one_line_and_exit_code_2(command, tmp_path, monkeypatch, doubled, words, said):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "one.txt").write_text(ARTICLES[0].text, encoding="utf-8")
    code, _, err = command(*words)
    assert code == 2
    assert said in err
    assert "Traceback" not in err


def test_claims_go_to_stdout_as_json_lines(command, folder, doubled):
    code, out, err = command("claims", folder / "articles" / "wire.md")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert rows
    assert {"schema", "claim_id", "text", "proposition", "spans", "sentence", "attribution"} <= set(rows[0])
    assert "claims from" in err


def test_pairs_estimate(command, folder, doubled):
    code, out, _ = command("pairs", folder / "articles", "--estimate", "--json")
    assert code == 0
    assert json.loads(out)["pairs"] > 0


def test_compare_two_strings_and_a_file(command, tmp_path, doubled):
    code, out, _ = command("compare", "The plan was approved.", "The plan was not approved.", "--json")
    assert code == 0
    assert json.loads(out)["relation"] == "contradiction"
    source, output = tmp_path / "pairs.csv", tmp_path / "scored.csv"
    source.write_text("id,premise,hypothesis\n7,The plan was approved.,The plan was not approved.\n", encoding="utf-8")
    assert command("compare", "--input", source, "--output", output)[0] == 0
    header, row = output.read_text().splitlines()
    assert header.startswith("id,premise,hypothesis,p_entailment")
    assert row.startswith("7,")


def test_bad_json_lines_are_named_by_line(command, tmp_path, doubled):
    path = tmp_path / "pairs.jsonl"
    path.write_text('{"a": "x y", "b": "z"}\nnot json\n', encoding="utf-8")
    code, _, err = command("compare", "--input", path)
    assert code == 2
    assert "pairs.jsonl:2" in err


def test_help_is_there_for_every_command(command):
    for words in ([], ["report"], ["claims"], ["pairs"], ["compare"], ["models"]):
        code, out, err = command(*words, "--help")
        assert code == 0
        assert "Usage" in out + err


def test_a_folder_that_is_no_model(command, folder):
    (folder / "empty").mkdir()
    code, _, err = command("report", folder / "articles", "--nli", folder / "empty", "--encoder", folder / "empty")
    assert code == 2
    assert "empty" in err


def test_a_store_from_the_command_line(command, folder, doubled):
    db, output = folder / "corpus.db", folder / "out" / "report.html"
    code, out, _ = command("store", "add", folder / "articles" / "wire.md", "--store", db)
    assert code == 0
    assert "1 added" in out
    code, _, _ = command("report", folder / "articles", "--store", db, "--output", output)
    assert code == 0
    whole = (folder / "out" / "findings.jsonl").read_text()
    assert whole
    plain = folder / "plain" / "report.html"
    assert command("report", folder / "articles", "--output", plain)[0] == 0
    assert (folder / "plain" / "findings.jsonl").read_text() == whole
    code, out, _ = command("store", "status", "--store", db, "--json")
    assert (json.loads(out)["articles"], json.loads(out)["new"]) == (3, 0)
    assert command("report", "--store", db, "--since", "last", "--output", output)[0] == 0
    assert (folder / "out" / "findings.jsonl").read_text() == ""
    code, _, _ = command("store", "remove", "other", "--store", db)
    assert code == 0
    assert command("report", "--store", db, "--output", output)[0] == 0
    rows = [json.loads(line) for line in (folder / "out" / "findings.jsonl").read_text().splitlines()]
    assert "other" not in {row[side]["article_id"] for row in rows for side in "ab"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("store", "status", "--store", "none.db"), "no such store"),
        (("store", "remove", "x", "--store", "none.db"), "no such store"),
        (("report", "--store", "none.db"), "no such store"),
        (("report", "--since", "last"), "--store"),
        (("report",), "no articles"),
    ],
)
def test_what_is_wrong_with_a_store_is_one_line(command, tmp_path, monkeypatch, doubled, words, said):
    monkeypatch.chdir(tmp_path)
    code, _, err = command(*words)
    assert code == 2
    assert said in err
    assert "Traceback" not in err
