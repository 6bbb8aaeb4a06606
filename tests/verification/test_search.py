"""Where a claim is looked for."""
from __future__ import annotations

from consistency.article import Article
from consistency.verification.passages import sentences
from consistency.verification.search import SHORTLIST, SINGLE, Library, find, stems_of
from tests.doubles import WordEncoder

FILLER = " ".join(f"Filler number {n} talks of weather in town {n}." for n in range(60))


def library(text):
    return Library([sentences(Article("x", text))])


def passages(text, claim):
    shelf = library(text)
    stems = stems_of(claim)
    places = shelf.shortlist(stems)
    texts = [claim, *(shelf.sentence(place).text for place in places)]
    vectors = dict(zip(texts, WordEncoder().encode(texts), strict=True))
    return find(shelf, stems, places, vectors[claim], vectors)


def test_only_the_relevant_part_of_a_long_source_is_looked_at():
    shelf = library(f"{FILLER} The mayor resigned. {FILLER}")
    places = shelf.shortlist(stems_of("The mayor resigned on Monday."))
    assert len(places) == SHORTLIST
    assert "The mayor resigned." in {shelf.sentence(place).text for place in places}


def test_the_closest_sentence_is_first_and_a_window_is_last():
    source = f"{FILLER} The mayor resigned. He cited his health. {FILLER}"
    found = passages(source, "The mayor resigned over his health.")
    assert found[0].text == "The mayor resigned."
    assert found[-1].text == "The mayor resigned. He cited his health."
    assert len(found) == SINGLE + 1


def test_without_a_better_neighbour_the_window_takes_the_sentence_before():
    found = passages("Ada Lind spoke. She resigned. The sun shone.", "She resigned.")
    assert found[-1].text == "Ada Lind spoke. She resigned."


def test_a_source_of_one_sentence_has_no_window():
    assert [p.text for p in passages("The mayor resigned.", "The mayor left.")] == ["The mayor resigned."]


def test_windows_never_join_two_sources():
    shelf = Library([sentences(Article("a", "The mayor resigned.")), sentences(Article("b", "His health was bad."))])
    claim = "The mayor resigned over his health."
    texts = [claim, *(shelf.sentence(place).text for place in shelf.places)]
    vectors = dict(zip(texts, WordEncoder().encode(texts), strict=True))
    found = find(shelf, stems_of(claim), shelf.places, vectors[claim], vectors)
    assert all(len({place.source for place in p.places}) == 1 for p in found)
    assert len(found) == 2


def test_rare_words_weigh_more():
    shelf = library("The town council met. The town council voted. The council hired a falconer.")
    stems = stems_of("The council hired a falconer.")
    closeness = [shelf.closeness(stems, place) for place in shelf.places]
    assert closeness[2] == 1.0
    assert closeness[0] < 0.5
