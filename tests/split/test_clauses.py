"""Sentences in, claims out: what is split, what stays whole, and how it reads."""

from __future__ import annotations

import pytest

SPLIT = [
    # coordination
    ("The bridge collapsed and the road was closed.", ["The bridge collapsed.", "The road was closed."]),
    (
        "The council approved the budget but rejected the tax.",
        ["The council approved the budget.", "The council rejected the tax."],
    ),
    (
        "The ferry sank on Monday, and divers found two bodies.",
        ["The ferry sank on Monday.", "Divers found two bodies."],
    ),
    (
        "The suspect was arrested on Friday and charged with murder.",
        ["The suspect was arrested on Friday.", "The suspect was charged with murder."],
    ),
    (
        "The minister will visit Oslo and meet local leaders.",
        ["The minister will visit Oslo.", "The minister will meet local leaders."],
    ),
    (
        "Police closed the square, searched the building and arrested three men.",
        ["Police closed the square.", "Police searched the building.", "Police arrested three men."],
    ),
    ("The firm lost money; its rival made a profit.", ["The firm lost money.", "Its rival made a profit."]),
    (
        "The mayor has resigned and has left the country.",
        ["The mayor has resigned.", "The mayor has left the country."],
    ),
    ("The plane landed safely, but one engine was on fire.", ["The plane landed safely.", "One engine was on fire."]),
    # adverbial clauses
    (
        "While the north voted for the treaty, the south rejected it.",
        ["The north voted for the treaty.", "The south rejected it."],
    ),
    (
        "Although the storm had weakened, thousands of homes lost power.",
        ["The storm had weakened.", "Thousands of homes lost power."],
    ),
    ("Exports fell, whereas imports rose.", ["Exports fell.", "Imports rose."]),
    (
        "The factory closed after the bank withdrew its loan.",
        ["The factory closed after the bank withdrew its loan.", "The bank withdrew its loan."],
    ),
    (
        "The match was stopped because fans threw bottles.",
        ["The match was stopped because fans threw bottles.", "Fans threw bottles."],
    ),
    # relative clauses and appositions
    (
        "Maria Lopez, who led the inquiry, resigned on Tuesday.",
        ["Maria Lopez led the inquiry.", "Maria Lopez resigned on Tuesday."],
    ),
    (
        "The report, which was published on Monday, blames the pilots.",
        ["The report was published on Monday.", "The report blames the pilots."],
    ),
    (
        "Anna Berg, the director of the museum, opened the exhibition.",
        ["Anna Berg is the director of the museum.", "Anna Berg opened the exhibition."],
    ),
    ("The company, whose profits fell, cut 200 jobs.", ["The company's profits fell.", "The company cut 200 jobs."]),
    ("The storm hit the coast, killing 12 people.", ["The storm hit the coast.", "The storm killed 12 people."]),
    ("Born in Lima, Carlos Vega moved to Madrid.", ["Carlos Vega was born in Lima.", "Carlos Vega moved to Madrid."]),
    ("Ruth Kahn is a lawyer who lives in Berlin.", ["Ruth Kahn is a lawyer.", "Ruth Kahn lives in Berlin."]),
    (
        "The council sat late, studied the bids, and finally chose a builder.",
        ["The council sat late.", "The council studied the bids.", "The council finally chose a builder."],
    ),
    (
        "Owners must put their anger aside, end the strike, and finally come to the table.",
        ["Owners must put their anger aside.", "Owners must end the strike.", "Owners must finally come to the table."],
    ),
    (
        "Reporters found the man in the photo, who is not a guard but actually works at the port.",
        [
            "Reporters found the man in the photo.",
            "The man in the photo is not a guard.",
            "The man in the photo actually works at the port.",
        ],
    ),
    (
        "Marta Ruiz, a nurse from the town of Lerma, in the north, was dismissed.",
        ["Marta Ruiz is a nurse from the town of Lerma, in the north.", "Marta Ruiz was dismissed."],
    ),
    (
        "The tool is used to find wrecks and the second search covers the shore.",
        ["The tool is used to find wrecks.", "The second search covers the shore."],
    ),
    (
        "The shop closed after the owner died.",
        ["The shop closed after the owner died.", "The owner died."],
    ),
    (
        "The site was broken into by a student or a guard, who had then sent the files.",
        ["The site was broken into by a student or a guard.", "A student or a guard had then sent the files."],
    ),
    (
        'Hugh Balfe, who voted no, called the plan "a waste."',
        ["Hugh Balfe voted no.", 'Hugh Balfe called the plan "a waste".'],
    ),
    (
        "Council member Hugh Balfe, who opposed the plan, said the vote was close.",
        ["Council member Hugh Balfe opposed the plan.", "The vote was close."],
    ),
    (
        "The vote was close, according to Joan Freel, a spokeswoman for the state.",
        ["The vote was close.", "Joan Freel is a spokeswoman for the state."],
    ),
    ("Guards opened the gate while visitors slept.", ["Guards opened the gate.", "Visitors slept."]),
    # who is spoken to is no one spoken of
    ('"You would have liked the wine, Harry," he said.', ["You would have liked the wine, Harry."]),
    # dangling words and marks
    (
        "The firms answer only when the law tells them to do so.",
        ["The firms answer only when the law tells them to do so."],
    ),
    ("But the talks failed.", ["The talks failed."]),
    ('"[I]n general the talks failed," Hugh Balfe said.', ["[I]n general the talks failed."]),
    ("(For the record, the talks failed.)", ["For the record, the talks failed."]),
    ("However, the talks failed again.", ["The talks failed again."]),
    ("So far, the port has not replied.", ["So far, the port has not replied."]),
    ("So the talks failed.", ["The talks failed."]),
    ("The port has not replied yet.", ["The port has not replied yet."]),
    # whose son, and who sang
    (
        "Ann Reed, a nurse, whose son was hurt, left the town.",
        ["Ann Reed is a nurse.", "Ann Reed's son was hurt.", "Ann Reed left the town."],
    ),
    # the main clause does not hang on its condition
    (
        "The council met in haste on Friday, after the pier had burnt down in the storm.",
        [
            "The council met in haste on Friday, after the pier had burnt down in the storm.",
            "The pier had burnt down in the storm.",
        ],
    ),
    (
        "The firm sold the ferries built by Marlow Steel, which was due to close.",
        ["The firm sold the ferries built by Marlow Steel.", "Marlow Steel was due to close."],
    ),
    (
        "Ann Reed met Paul Stone of Marlow, a small town on the coast.",
        ["Ann Reed met Paul Stone of Marlow.", "Marlow is a small town on the coast."],
    ),
    ("The plan, officials said, would cost too much.", ["The plan would cost too much."]),
    (
        "Memories have faded, he said, and the firm did not keep records.",
        ["Memories have faded.", "The firm did not keep records."],
    ),
]

WHOLE = [
    "If the strike goes on, the mine will close.",
    "The mine will close unless the owners find a buyer.",
    "Until the border opens, trade is impossible.",
    "Once the vote is counted, the results will be published.",
    "Neither the army nor the police fired on the crowd.",
    "The government neither confirmed nor denied the report.",
    "The bank may sell the unit or close it.",
    "The new engine is faster than the old one was.",
    "Voters who live abroad cannot take part.",
    "The law that parliament passed in May bans smoking.",
    "Nobody saw the car and reported it.",
    "The army did not enter the city and burn the market.",
    "The two sides met and talked for hours.",
    "Sales of the car rose as much as experts had hoped.",
    "The club bought and sold six players.",
    "Tom and Mary married in June.",
    "The minister did not resign because he was ill.",
    "Even if prices fall, demand will stay low.",
    "The court ruled on whether the ban was legal.",
    "Rebels hold the east and the south of the country.",
    # what is still to come is a condition
    "Trading can resume after the exchange reopens.",
    "The museum will stay shut while the roof is repaired.",
    "In the event they are late, the train leaves without them.",
    # the whole event is what leads to it
    "The region lies on a fault where plates meet, causing frequent quakes.",
    "The keeper will rest, meaning the club plays without a captain.",
    # either noun may be meant
    "The firm will close its plant in Marlow Bend, which employs 410 people.",
    "The party left the talks with the government, whose officials it calls traitors.",
    "The channel sells its streaming service, built and designed by Marlow Media, which is due to open in April.",
    # without its middle it says nothing
    "It's a bar called Kind, a Marlow wine bar based on a boat.",
    "Ruth Kahn is a lawyer who lives in Berlin, a friend of the mayor.",
    # the film is no person, the town no mayor
    "Rogan has the part of Woz in Harbor, the upcoming film about the founder.",
    "Ann Reed met Paul Stone of Marlow, the mayor.",
    # the parser takes the first verb for the main one
    "When Hill was 18 he got in trouble with the port twice – for a brawl and then a theft.",
    # "once" as time, a helper with its verb, an account that is named
    "Once the bridge was a road.",
    "The mayor was in Ostle, by the way.",
    "The firm - a branch of Ostle Steel (@ostle) - was closed.",
    # comments, not what the subject does
    "The suit may soon be dropped, considering the tone of the hearing.",
    # parts of a question
    "The panel asked how long the repair takes and whether the bridge is safe.",
    # the clause lacks what stands before the cue
    "The minister knew of the warning which agents say amounted to a cry for help.",
    # no word joins the second verb to the first
    "Thieves could also strike by mail, by sending owners cleverly forged brown letters.",
    # the noun sums up what was said before it
    "The paper named Hugh Balfe as a guest of Rita Dunn, a claim repeated by a rival.",
    # no place is a car
    "In an odd twist in Marlow Bend, the stolen car (or at least one of the models) is missing.",
    # what one would like is not told as what is
    "Officials hope that the road will be open by Monday.",
    # what is set up is the page
    "The sum does not count the page he said he set up for Thomas.",
    # what should be is not said to be
    "The maker recommends that owners set the brake to manual.",
    "The opposition is demanding the full report be released.",
]

SKIPPED = [
    ("Who ordered the attack on the village?", "question"),
    ("Read more about the election here.", "byline"),
    ("Jane Smith contributed to this report.", "byline"),
    ("Photo by John Miller", "byline"),
    ("Vote for the best player of the season.", "command"),
    ("Click here for the full list of winners.", "byline"),
    ("A quiet evening in the old town.", "fragment"),
    ("Not today.", "short"),
    # a helper without its verb, a clause without its sentence
    ("The mayor hasn't, by the way.", "fragment"),
    ("He hasn't, of course.", "fragment"),
    ("Particularly when rents like $5,000 are being asked.", "fragment"),
    ("(Because the mayor was ill.)", "fragment"),
    # posts that the article shows
    ("DONT LOSE MY KEYS pic.twitter.com/abcdef", "fragment"),
    ("The pier is shut today. — Ann Reed (@annreed) April 3, 2014", "fragment", 2),
    ("The pier is shut today.\n\n— Ann Reed (@annreed) April 3, 2014", "fragment", 2),
    ("(AP)", "byline"),
    ("* * *", "short"),
]


@pytest.mark.parametrize(("text", "claims"), SPLIT, ids=[text[:40] for text, _ in SPLIT])
def test_what_stands_alone_becomes_a_claim(read, text, claims):
    assert [claim.text for claim in read(text).claims] == claims


@pytest.mark.parametrize("text", WHOLE, ids=[text[:40] for text in WHOLE])
def test_what_a_cut_would_change_stays_whole(read, text):
    assert [claim.text for claim in read(text).claims] == [text]


@pytest.mark.parametrize(("text", "kind", "times"), [(*case, 1)[:3] for case in SKIPPED])
def test_what_is_no_claim_is_told(read, text, kind, times):
    found = read(text)
    assert found.claims == ()
    assert [skipped.kind for skipped in found.skipped] == [kind] * times
    assert found.skipped[0].stage == "split"
    assert found.skipped[0].why


@pytest.mark.parametrize("title", ["Mayor resigns after bribery probe", "Three killed in mine blast"])
def test_titles_keep_headline_grammar(read, title):
    claims = read("", title=title).claims
    assert [(claim.field, claim.text) for claim in claims] == [("title", title)]


def test_a_title_without_a_verb_is_a_fragment(read):
    assert [skipped.kind for skipped in read("", title="The old bridge of Mostar").skipped] == ["fragment"]
