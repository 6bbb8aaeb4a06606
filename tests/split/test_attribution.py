"""Who says what, in all the shapes that news gives it, and how the speaker stands to it."""

from __future__ import annotations

from collections import Counter

import pytest

from consistency.article import Article
from consistency.split import find_attributions

# text, claim, speaker, cue
SAID = [
    ("Police said that the road was closed.", "The road was closed.", "Police", "said"),
    ("The road was closed, police said.", "The road was closed.", "police", "said"),
    ('"The road is closed," said Chief Anna Berg.', "The road is closed.", "Anna Berg", "said"),
    ('"The road," Anna Berg said, "is closed to traffic."', "The road is closed to traffic.", "Anna Berg", "said"),
    ("According to the mayor, the road was closed.", "The road was closed.", "the mayor", "According to"),
    ("The road was closed, according to the mayor.", "The road was closed.", "the mayor", "according to"),
    ("The mayor told reporters that the road was closed.", "The road was closed.", "the mayor", "told"),
    ("As the Daily Star reported, the road was closed.", "The road was closed.", "the Daily Star", "reported"),
    (
        "Anna Berg was quoted as saying that the road was closed.",
        "The road was closed.",
        "Anna Berg",
        "was quoted as saying",
    ),
    (
        "The road was closed, Anna Berg was quoted as saying.",
        "The road was closed.",
        "Anna Berg",
        "was quoted as saying",
    ),
    (
        "The spokesman, who asked not to be named, said the road was closed.",
        "The road was closed.",
        "the spokesman",
        "said",
    ),
    ('The mayor said: "The road is closed."', "The road is closed.", "the mayor", "said"),
    ("The road was closed, the mayor told the Daily Star on Monday.", "The road was closed.", "the mayor", "told"),
    ("The firm announced that the plant would close.", "The plant would close.", "the firm", "announced"),
    ("‘The road is closed,’ said Anna Berg.", "The road is closed.", "Anna Berg", "said"),
    (
        'Anna Berg leaned over the desk and said, "The road will stay closed."',
        "The road will stay closed.",
        "Anna Berg",
        "said",
    ),
    (
        'Anna Berg issued the following statement: "The road is closed."',
        "The road is closed.",
        "Anna Berg",
        "issued",
    ),
    ('The harbor policy states: "The fine is small."', "The fine is small.", "the harbor policy", "states"),
    (
        "The road was closed, said Secretary of Transport Anna Berg, who lives nearby.",
        "The road was closed.",
        "Anna Berg",
        "said",
    ),
    (
        "The plan drew the anger of Justice Anna Berg who said the road was unsafe.",
        "The road was unsafe.",
        "Anna Berg",
        "said",
    ),
    (
        "He called the law that allows trucks a mistake and said the road was unsafe.",
        "The road was unsafe.",
        "he",
        "said",
    ),
    (
        'The mayor said "pleas for help have gone unheard," adding that the road was unsafe.',
        "The road was unsafe.",
        "the mayor",
        "adding",
    ),
    (
        "Asked on the radio whether he would go, the mayor said, “The road was unsafe.”",
        "The road was unsafe.",
        "the mayor",
        "said",
    ),
    (
        "The road was closed at 5:20 a.m., according to the operator, Averil Straits Lines.",
        "The road was closed at 5:20 a.m.",
        "Averil Straits Lines",
        "according to",
    ),
    (
        "In a talk with the Daily Star, the head of the board, Ann Reed, said the bridge was safe.",
        "The bridge was safe.",
        "Ann Reed",
        "said",
    ),
    (
        'Hill said: "I was a bit surprised that she had not come, and was unaware that the fire had spread."',
        "I was unaware that the fire had spread.",
        "Hill",
        "said",
    ),
    ("The clerk said four men are free but drew a map.", "Four men are free.", "the clerk", "said"),
    # when it was said, and when it was
    ("The mayor said on Monday the road was closed.", "The road was closed.", "the mayor", "said"),
    ("The general said earlier this week the men had left.", "The men had left.", "the general", "said"),
    ("The mayor said that on Monday the road was closed.", "On Monday the road was closed.", "the mayor", "said"),
    ("The mayor said Monday was a holiday.", "Monday was a holiday.", "the mayor", "said"),
    # a letter before a colon, with more between the two
    (
        'Anna Berg sent an email to the staff about the move: "The road is closed."',
        "The road is closed.",
        "Anna Berg",
        "sent",
    ),
    (
        'A girl wrote a letter to the firm that makes the dolls asking for more: "The dolls are too small."',
        "The dolls are too small.",
        "a girl",
        "wrote",
    ),
    (
        'The captain wrote to the port last year to ask for help: "All the men did was sit, and they had no bread."',
        "They had no bread.",
        "the captain",
        "wrote",
    ),
    ("Officials have confirmed that two men died.", "Two men died.", "Officials", "have confirmed"),
]


@pytest.mark.parametrize(("text", "claim", "speaker", "cue"), SAID, ids=[text[:40] for text, *_ in SAID])
def test_speaker_and_cue_leave_the_text(read, text, claim, speaker, cue):
    found = {made.text: made for made in read(text).claims}
    assert claim in found
    said = found[claim].attribution
    assert (said.speaker, said.cue) == (speaker, cue)
    assert text[said.cue_span.start : said.cue_span.end] == said.cue_span.text


def test_two_speakers_at_once(read):
    claim = read("Both the Taliban and Ashraf Ghani said that progress was made.").claims[0]
    assert [speaker.name for speaker in claim.attribution.speakers] == ["the Taliban", "Ashraf Ghani"]


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("Anna Berg confirmed that the road was closed, the palace said.", ("Anna Berg", "the palace")),
        ('"The road is closed," Anna Berg said, according to the palace.', ("Anna Berg", "the palace")),
        ("The agency quoted Anna Berg as saying that the road was closed.", ("Anna Berg", "the agency")),
        ("The road was closed, the agency quoted Anna Berg as saying on Monday.", ("Anna Berg", "the agency")),
        ("The road was closed, Anna Berg was quoted by the agency as saying.", ("Anna Berg", "the agency")),
    ],
)
def test_chains_run_from_the_nearest_source_outwards(read, text, chain):
    claim = read(text).claims[-1]
    assert claim.attribution.chain == chain
    assert claim.speaker == chain[0]


def test_a_participle_goes_on_with_the_speaker(read):
    claims = read("The mayor said that the road was closed, adding that buses would run.").claims
    assert [(claim.text, claim.speaker) for claim in claims] == [
        ("The road was closed.", "the mayor"),
        ("Buses would run.", "the mayor"),
    ]


def test_a_surname_gets_the_full_name(read):
    claims = read("Zabihullah Mujahid met reporters in Doha.\n\nMujahid said the talks had failed.").claims
    assert claims[-1].speaker == "Zabihullah Mujahid"


def test_a_pronoun_speaker_is_the_one_person_before(read):
    claims = read("Zabihullah Mujahid met reporters in Doha. He said the talks had failed.").claims
    assert claims[-1].speaker == "Zabihullah Mujahid"


def test_a_quotation_that_goes_on_keeps_its_speaker(read):
    claims = read('"The road is closed," said Anna Berg. "Two buses are stuck."').claims
    assert [(claim.text, claim.speaker) for claim in claims] == [
        ("The road is closed.", "Anna Berg"),
        ("Two buses are stuck.", "Anna Berg"),
    ]


@pytest.mark.parametrize(
    "end",
    ["True heroes…” added Peter Marlow.", "True heroes,” said Peter Marlow on Monday.", "Heroes!” Peter Marlow said."],
)
def test_the_last_words_of_a_quotation_have_the_speaker_behind_them(read, end):
    claims = read(f"“They came home today. {end}").claims
    assert [(claim.text, claim.speaker) for claim in claims] == [("They came home today.", "Peter Marlow")]


def test_a_quotation_before_its_speaker_has_that_speaker(read):
    claims = read('"The road is closed. Two buses are stuck," said Anna Berg.').claims
    assert [claim.speaker for claim in claims] == ["Anna Berg", "Anna Berg"]


DENIED = [
    (
        "Zabihullah Mujahid said that reports of an agreement on a cease-fire were not true.",
        "Reports of an agreement on a cease-fire were not true.",
        "There was an agreement on a cease-fire.",
    ),
    ("Reports of a plane crash are false.", "Reports of a plane crash are false.", "There is a plane crash."),
    (
        "The mayor denied that the road was closed.",
        "The mayor denied that the road was closed.",
        "The road was closed.",
    ),
    ("The mayor denied taking bribes.", "The mayor denied taking bribes.", "The mayor took bribes."),
    (
        "The mayor denied having met the suspect.",
        "The mayor denied having met the suspect.",
        "The mayor had met the suspect.",
    ),
    (
        "The firm dismissed claims that it had cheated customers.",
        "The firm dismissed claims that it had cheated customers.",
        "The firm had cheated customers.",
    ),
    (
        "The army rejected reports of heavy losses.",
        "The army rejected reports of heavy losses.",
        "There were heavy losses.",
    ),
    ("It is not true that the road was closed.", "It is not true that the road was closed.", "The road was closed."),
    (
        "Claims that the vote was rigged are baseless.",
        "Claims that the vote was rigged are baseless.",
        "The vote was rigged.",
    ),
]


@pytest.mark.parametrize(("text", "claim", "proposition"), DENIED, ids=[text[:40] for text, *_ in DENIED])
def test_a_denial_keeps_its_polarity_and_names_what_it_denies(read, text, claim, proposition):
    made = read(text).claims
    assert [(c.text, c.proposition, c.stance) for c in made] == [(claim, proposition, "denies")]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The road was closed on Monday.", "asserts"),
        ("The road will be closed on Monday.", "future"),
        ("The council plans to close the road.", "future"),
        ("If it rains, the road will be closed.", "conditional"),
        ("The mayor said the road would be closed.", "future"),
        ("The road was reportedly closed.", "reports"),
        ("The driver is said to have fled the scene.", "reports"),
        ("The mayor thinks the road is dangerous.", "opinion"),
        ("The council should close the road.", "opinion"),
        ("The mayor said the road was closed.", "asserts"),
    ],
)
def test_stance(read, text, stance):
    assert [claim.stance for claim in read(text).claims] == [stance]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # the event suggests it
        ("The firm sold its boats, suggesting that Hill may leave.", {None: 1}),
        ("Officials suspect that one of the men has made contact, suggesting that he may return.", {"Officials": 1}),
        ("The mayor left, meaning that the deputy was in charge.", {None: 1}),
        # the mayor suggests it
        ("The mayor wrote to the board, suggesting that the bridge was unsafe.", {None: 1, "the mayor": 1}),
        # the writer guesses
        ("Mark Hill obviously thought the road was open.", {None: 1}),
        ("Mark Hill thought the road was open.", {"Mark Hill": 1}),
        ("Mark Hill thought the road was obviously open.", {"Mark Hill": 1}),
    ],
)
def test_what_is_inferred_is_nobodys_word(read, text, said):
    assert Counter(claim.speaker for claim in read(text).claims) == said


@pytest.mark.parametrize(
    "text",
    [
        "The mayor did not say that the road was closed.",
        "The mayor declined to say whether the road was closed.",
        "If the mayor says that the road is closed, buses will stop.",
        "Nobody asked whether the road was closed.",
    ],
)
def test_what_was_not_said_is_no_claim_of_the_speaker(read, text):
    claims = read(text).claims
    assert [claim.text for claim in claims] == [text]
    assert claims[0].speaker is None


def test_a_trailing_contrast_is_not_the_speakers(read):
    claims = read("The U.N. said 40 people died, while the army put the toll at 25.").claims
    assert [(claim.text, claim.speaker) for claim in claims] == [
        ("40 people died.", "the U.N."),
        ("The army put the toll at 25.", None),
    ]


def test_an_apposition_names_the_speaker(read):
    claim = read("A spokesman for the ministry, John Smith, said that 12 people had died.").claims[0]
    assert claim.speaker == "John Smith"


def test_a_quotation_goes_on_with_whoever_it_began_with(read):
    text = 'Ann Reed fell.\n\nMark Hill issued a statement on it: "We know of the case. It is being studied."'
    assert [claim.speaker for claim in read(text).claims] == [None, "Mark Hill", "Mark Hill"]


def test_a_quotation_after_some_quoted_words_is_the_same_speakers(read):
    text = 'Mark Hill called the plan "a joke."\n\n"The money will never come back to this town," he said.'
    assert read(text).claims[-1].speaker == "Mark Hill"
    text = 'Mark Hill called the plan "a joke." "The money will never come back to this town."'
    said = read(text).claims[-1].attribution
    assert (said.speaker, said.cue) == ("Mark Hill", "")


def test_a_quotation_without_a_speaker_is_not_the_outlets_own_voice(read):
    claim = read('The square was empty. "The sky fell on all of us that night."').claims[-1]
    assert claim.speaker is None
    assert claim.attribution.content_spans


def test_a_quotation_goes_on_in_the_next_paragraph_without_a_mark(read):
    text = '"The firm is large," said Ann Reed. "That is known.\n\nBut the firm can be taken to court. We will do so."'
    assert {claim.speaker for claim in read(text).claims} == {"Ann Reed"}


def test_what_is_denied_in_a_word_has_its_speaker(read):
    claim = read("Mark Hill has denied knowledge of the payments.").claims[0]
    assert (claim.speaker, claim.stance) == ("Mark Hill", "denies")
    assert claim.proposition == "Mark Hill had knowledge of the payments."


def test_a_carried_should_is_still_an_opinion(read):
    claims = read("The city should close the pier and sell the boats.").claims
    assert [claim.stance for claim in claims] == ["opinion", "opinion"]


def test_what_cannot_be_taken_apart_stays_whole(read):
    text = "He marveled at what he said on MSNBC was the “Alice in Wonderland world” in which a note had become a tale."
    assert [claim.text for claim in read(text).claims] == [text]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The captain stayed aboard until everyone was off.", "asserts"),
        ("Talks did not resume until the men were freed.", "asserts"),
        ("Talks cannot resume until the men are freed.", "conditional"),
        ("The road is closed unless it rains.", "conditional"),
    ],
)
def test_until_is_a_condition_of_what_is_not_past(read, text, stance):
    assert read(text).claims[0].stance == stance


def test_the_speakers_place_holds_what_is_told_of_the_speaker(read):
    text = "Ann Reed, a former aide, said the road was closed."
    said = read(text).claims[-1].attribution
    assert (said.speaker, said.speaker_span.text) == ("Ann Reed", "Ann Reed, a former aide")


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The mayor called for calm.", "The mayor", "called for", "calm"),
        ("The senator wants to keep the old bridge.", "The senator", "wants", "to keep the old bridge"),
        ("The minister accused the bank of fraud.", "The minister", "accused", "the bank of fraud"),
    ],
)
def test_an_attitude_is_listed_but_stays_one_claim(nlp, read, text, source, cue, content):
    found = [
        (said.speakers[0].span.text, said.cue, said.content_spans[0].text)
        for said in find_attributions(Article("a", text), nlp)
    ]
    assert found == [(source, cue, content)]
    assert [claim.text for claim in read(text).claims] == [text]
    assert read(text).claims[0].attribution is None


def test_a_heading_names_whose_text_follows(read):
    text = (
        "From the Daily Star:\n\nThe bridge was closed on Monday. Police said four men were hurt.\n\n"
        "The pier will be shut in May.\n\nThe Daily Star has often erred. The road is open."
    )
    assert [
        (claim.text, claim.speaker, claim.attribution and claim.attribution.chain) for claim in read(text).claims
    ] == [
        ("The bridge was closed on Monday.", "the Daily Star", ()),
        ("Four men were hurt.", "Police", ("Police", "the Daily Star")),
        ("The pier will be shut in May.", "the Daily Star", ()),
        ("The Daily Star has often erred.", None, None),
        ("The road is open.", None, None),
    ]


@pytest.mark.parametrize("block", ["The bridge is safe. The pier is shut.", '"The bridge is safe. The pier is shut."'])
def test_one_paragraph_follows_a_cue_with_a_colon(read, block):
    claims = read(f"The mayor said in a letter:\n\n{block}\n\nThe road was open at noon.").claims
    assert [claim.speaker for claim in claims] == ["the mayor", "the mayor", None]


def test_what_was_not_confirmed_has_no_speaker(read):
    claims = read("The boat was moored in Ostle, but none of the talks had been confirmed.").claims
    assert {claim.speaker for claim in claims} == {None}
