"""The speed benchmark's own arithmetic: clocks, growth, sizes."""
from __future__ import annotations

import json

import numpy as np
import pytest
from measuring import sizes

from benchmarks import speed
from consistency.article import Article
from consistency.options import Options
from consistency.pipeline import Models
from tests.doubles import WordEncoder

TEXT = "The mayor of Oldcastle, Ada Lind, opened 3 bridges in Novello on Monday. The council praised 12 engineers."


def test_an_inner_stage_is_not_counted_twice(monkeypatch):
    clock = speed.Clock("wall")
    times = iter(range(0, 100, 10))
    clock.now = lambda: next(times)
    with clock.stage("block"), clock.stage("encode"):
        pass
    assert (clock.seconds["block"], clock.seconds["encode"]) == (20, 10)
    with clock.stage("block"):
        pass
    assert clock.seconds["block"] == 30


@pytest.mark.parametrize(("power", "told"), [(1.0, 1.0), (2.0, 2.0)])
def test_growth(power, told):
    sizes = [100.0, 1000.0, 10000.0]
    assert speed.exponent(sizes, [3 * n**power for n in sizes]) == told
    assert speed.exponent([100.0], [1.0]) is None


def test_a_repeated_article_has_other_names_and_figures():
    names = ["Alder", "Birch", "Cedar"]
    fresh = sizes.varied(Article("x", TEXT, source="A"), 2, names)
    assert fresh.id == "x-2"
    assert "5 bridges" in fresh.text
    assert "14 engineers" in fresh.text
    assert "Novello" not in fresh.text
    assert fresh.text == sizes.varied(Article("x", TEXT, source="A"), 2, names).text


def test_a_size_is_reached_by_whole_articles_and_repetitions_are_counted(nlp):
    models = Models(Options(), nlp, WordEncoder())
    few = [Article(f"a{i}", TEXT) for i in range(2)]
    one = len(models.split(few[:1]).claims)
    assert one
    articles, repeated, split = sizes.of_size(few, 2 * one, models)
    assert (len(articles), repeated, len(split.claims)) == (2, 0, 2 * one)
    articles, repeated, split = sizes.of_size(few, 3 * one, models)
    assert (len(articles), repeated) == (4, 2)
    assert {claim.article_id for claim in split.claims} == {article.id for article in articles}
    assert len({article.id for article in articles}) == 4


def test_an_even_sample():
    assert speed.sampled(list(range(10)), 5) == [0, 2, 4, 6, 8]
    assert speed.sampled([1, 2], 5) == [1, 2]


def test_the_stand_in_gives_probabilities():
    rows = speed.StandIn().score([("a", "b")] * 200)
    assert rows.shape == (200, 3)
    assert np.allclose(rows.sum(axis=1), 1)


def run(claims, score, stand_in=False, read=100):
    """A run part whose stages take a second each, but for scoring."""
    seconds = dict.fromkeys(speed.STAGES, 1.0) | {"score": score}
    return {"claims": claims, "pairs": 4 * read, "read": read, "nli_inputs": 2 * read, "stand_in": stand_in,
            "seconds": seconds}  # fmt: skip


def test_scoring_of_a_stand_in_is_reckoned_from_what_was_scored_in_full():
    parts = {"run:1000": run(1000, 20.0), "run:3000": run(3000, 0.0, stand_in=True, read=300)}
    made = speed.summary(parts)
    assert [r["seconds"]["score"] for r in made["runs"]] == [20.0, 60.0]
    assert made["growth"]["score"] == 1.0
    assert made["rates"]["nli_inputs_per_second_of_score"] == 10.0


def test_a_folder_without_articles_ends_with_a_message(tmp_path):
    with pytest.raises(SystemExit, match="name the folder that holds"):
        sizes.read(tmp_path)


def test_ratios_are_taken_at_the_size_of_the_peers():
    ways = {"pairs_per_second": 5.0, "scoring_seconds": 250.0, "embed_seconds": 0.0, "search_seconds": 0.0}
    peers = {"claims": 1010, "ours": {"pairs_per_second": 10.0}, "notebook": ways, "all_pairs": ways,
             "one_by_one": ways, "same_pairs": {"ours": 10.0, "cross_encoder": 4.0}}  # fmt: skip
    made = speed.summary({"run:1000": run(1000, 20.0), "peers": peers})
    assert made["ratios"]["scoring_same_pairs"] == 2.5
    assert made["ratios"]["end_to_end_notebook"] == 10.0
    assert speed.summary({"run:1000": run(1000, 20.0)})["ratios"] == {}


@pytest.mark.parametrize("parts", [{}, {"cold": {"help": 0.4}}, {"run:9": run(9, 0.0, stand_in=True)}])
def test_parts_alone_give_what_they_can(parts):
    assert speed.summary(parts)["runs"] == []


def test_a_run_goes_on_where_the_file_ends(monkeypatch, tmp_path, capsys):
    asked = []

    def child(arguments):
        asked.append(arguments[-1])
        return {"help": 0.4} if arguments[-1] == "cold" else run(1000, 20.0)

    monkeypatch.setattr(speed, "child", child)
    output = tmp_path / "speed.json"
    for parts in (["cold"], ["cold", "run:1000"]):
        monkeypatch.setattr("sys.argv", ["speed.py", "--missing", "--output", str(output), "--parts", *parts])
        speed.main()
    assert asked == ["cold", "run:1000"]
    held = json.loads(output.read_text())
    assert set(held["parts"]) == {"cold", "run:1000"}
    assert held["total_seconds"] == [25.0]
    capsys.readouterr()
