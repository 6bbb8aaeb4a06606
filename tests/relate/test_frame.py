"""Frames: what a claim speaks of, whether it is negated, and its mood."""
from __future__ import annotations

import pickle

import pytest
from pydantic import TypeAdapter

from consistency.relate.frame import Frame, frame_of


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("The council approved the plan.", False),
        ("The council did not approve the plan.", True),
        ("The council never approved the plan.", True),
        ("No agreement was reached in Geneva.", True),
        ("Nothing was agreed upon.", True),
        ("The mayor denied the report.", True),
        ("The mayor did not deny the report.", False),
        ("The bridge is not only old.", False),
        ("The bridge is no longer open.", True),
        ("The minister refused to resign.", True),
        ("A man with no shoes crossed the street.", False),
    ],
)
def test_negation_of_the_main_predicate(nlp, text, negated):
    assert frame_of(nlp(text)).negated is negated


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("The council approved the plan.", "fact"),
        ("The council will approve the plan.", "future"),
        ("The council may approve the plan.", "possible"),
        ("The council is expected to approve the plan.", "future"),
        ("The council plans to approve the project.", "future"),
        ("The plan fails if the council votes no.", "condition"),
        ("Talks begin once a date has been agreed.", "condition"),
    ],
)
def test_mood(nlp, text, mood):
    assert frame_of(nlp(text)).mood == mood


def test_offsets_of_words_names_and_negations(nlp):
    text = "Mayor Ada Lind did not meet Stanwick Rail in Oldcastle."
    frame = frame_of(nlp(text))
    assert all(text[w.start : w.end] for w in frame.words)
    assert [text[a:b] for a, b in frame.negations] == ["not"]
    assert any(text[n.start : n.end].endswith("Ada Lind") for n in frame.names)
    assert "meet" in frame.anchors


@pytest.mark.parametrize("text", ["", "Yes.", "🙂", "!!!", "Fire", "The"])
def test_any_text_has_a_frame(nlp, text):
    assert frame_of(nlp(text)).text == text


def test_hyphens_do_not_part_words(nlp):
    one, other = frame_of(nlp("They discussed a cease-fire.")), frame_of(nlp("They discussed a ceasefire."))
    assert "ceasefire" in other.lemmas
    assert one.lemmas & other.lemmas >= {"discuss"}


def test_proper_nouns_are_names_even_if_the_recogniser_passes_over_them(nlp):
    (frame,) = [frame_of(nlp("The jury in Belvar cleared Oddvar Krinn of fraud."))]
    assert {"belvar", "oddvar krinn"} <= {name.key for name in frame.names}


def test_what_a_frame_keeps_for_comparisons_is_no_part_of_it(nlp):
    used, fresh = (frame_of(nlp("The council approved the new tram line.")) for _ in range(2))
    assert used.lemmas is used.lemmas
    assert used.ordered_lemmas == ("approve", "council", "line", "tram")
    assert used.stems == {"appr", "coun", "line", "tram"}
    assert used == fresh
    kept = TypeAdapter(Frame)
    assert kept.dump_json(used) == kept.dump_json(fresh)
    assert kept.validate_json(kept.dump_json(used)) == pickle.loads(pickle.dumps(used)) == used


@pytest.mark.parametrize(
    ("text", "running", "lasting"),
    [
        ("Police have traced 14 victims.", True, True),
        ("Investigators said they had traced 14 victims.", True, True),
        ("The appeal had brought in 600,000 dollars by Monday.", True, True),
        ("Six hikers are missing.", False, True),
        ("The strike continues.", False, True),
        ("The singer is being held.", False, True),
        ("Police traced 14 victims.", False, False),
        ("The plane was carrying 80 people.", False, False),
        ("The mayor said the fire killed two people.", False, False),
        ("The firm had 80 workers.", False, False),
    ],
)
def test_a_running_count_and_a_lasting_state_are_told_by_tense(nlp, text, running, lasting):
    frame = frame_of(nlp(text))
    assert (frame.running, frame.lasting) == (running, lasting)
