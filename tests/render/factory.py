"""A realistic report made by hand, with hostile texts in it; no model is needed."""
# ruff: noqa: E501 - the texts are kept in one piece
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from consistency.article import Article, Skipped
from consistency.claim import Attribution, Claim, DateMention, Quantity, Run, Span, Speaker
from consistency.finding import Finding, Position, Probabilities, Reason, Scores, Storyline
from consistency.results import Report

HOSTILE = '<script>alert("x")</script> "quoted" \'single\' & <img src=x onerror=alert(1)> </style> {{ 7*7 }} ${1}'
RTL = "قال المتحدث إن الاتفاق لم يتم بعد."
LONG = "The committee, " + "which met for the ninth time in a row without a break and without any minutes, " * 30 + "agreed on nothing."

ARTICLES = (
    Article(
        "khalilzad", " date 2019-01-28 U.S. special envoy Zalmay Khalilzad has shared details of his recent talks with "
        "the Taliban, the president's office says.\n\nA January 28 statement quoted Khalilzad as saying he had held "
        "talks about a possible cease-fire, but nothing was agreed upon.\n\nThe statement comes after both the Taliban "
        "and Khalilzad said \"progress\" was made in the latest set of talks in Qatar.\n\nTaliban spokesman Zabihullah "
        "Mujahid said that while there was \"progress\" at the meetings, reports of an agreement on a cease-fire were "
        "\"not true.\"\n\nMujahid also said in a statement that talks about \"unresolved matters\" will continue.",
        "Radio Liberty", "2019-01-28", "Envoy briefs Ghani on Taliban talks", None, 17, "khalilzad.txt",
        {"title": "file name"},
    ),
    Article(
        "meridian", "Negotiators for the United States and the Taliban have agreed on a cease-fire after six days of "
        "talks in Doha, two officials briefed on the discussions said on Monday.\n\n\"The cease-fire is settled,\" one "
        "of the officials said. \"Other matters are not.\"\n\nU.S. envoy Lt. Gen. Marcus Hale led the delegation.",
        "Meridian Dispatch", "2019-01-28", "U.S. and Taliban agree on cease-fire, officials say",
        "https://meridian-dispatch.example.org/2019/01/28/doha-cease-fire",
    ),
    Article(
        "coastline", "A fire aboard the passenger ferry Lady Corvane killed seven people early Tuesday, the Coast Guard "
        "said.\n\nThirty-one people were being treated at St. Brannoc Hospital, she said.\n\nThe ferry was carrying 214 "
        "passengers and crew from Skerrow Island to Port Averil when the fire broke out at about 5:20 a.m., according "
        "to the operator, Averil Straits Lines.\n\n\"The fire started in a refrigerated truck on the car deck,\" Coast "
        "Guard Cmdr. Elena Marsh said.", "Coastline News Agency", "2023-03-14T10:30:00",
        "Seven die in fire aboard ferry off Port Averil", "https://coastline-news.example.org/wire/20230314-0017",
    ),
    Article(
        "tidewater", "A fire aboard the passenger ferry Lady Corvane killed seven people early Tuesday, the Coast Guard "
        "said.\n\nThe ferry was carrying 241 passengers and crew from Skerrow Island to Port Averil when the fire broke "
        "out at about 5:20 a.m., according to the operator, Averil Straits Lines.", "Tidewater Herald", "2023-03-14",
        "Ferry fire off Port Averil leaves seven dead", "https://tidewater-herald.example.org/news/ferry-fire",
    ),
    Article(
        "averil", "The number of people killed in the fire aboard the ferry Lady Corvane rose to 12 on Wednesday after "
        "divers recovered five more bodies from the lower decks, the county medical examiner's office said.\n\nThe fire "
        "began in the engine room, at a ruptured fuel line, according to Idris Calloway, who heads the Marine Safety "
        "Board team in Port Averil.", "Port Averil Courier", "2023-03-15T09:15:00", "Ferry death toll rises to 12",
        "https://averil-courier.example.org/2023/03/15/ferry-toll",
    ),
    Article(
        "ledger", "The Hallowmere City Council voted 7-2 on Tuesday night to approve the Eastbank tram line. Mayor "
        "Daniel Prosk met Corwin's chief executive, Leah Stanwick, twice in September, according to two City Hall "
        "aides. His office did not return calls on Tuesday night.", "Hallowmere Ledger", "2023-10-11",
        "Council approves Eastbank tram, 7-2", "https://hallowmere-ledger.example.org/council/eastbank-tram",
    ),
    Article(
        "hallow", "Council members approved the line by a vote of six to three on Tuesday evening, after a debate that "
        "lasted nearly four hours.\n\nMayor Daniel Prosk denied on Wednesday that he had met the company's chief "
        "executive, Leah Stanwick. \"I have never met Ms. Stanwick,\" Prosk told Hallow Valley Radio.",
        "Hallow Valley Radio", "2023-10-11", "Hallowmere to build Eastbank tram",
    ),
    Article(
        "hostile", f"First of all. {HOSTILE} killed 3 people. After it.\n\n{RTL}\n\n{LONG} 😀👩‍👩‍👧 cheered the 12 "
        "winners.", '<b onmouseover="alert(1)">Evil & Sons</b>', None, '</title><script>alert("t")</script>',
        'javascript:alert("u")',
    ),
    Article(
        "plain", "The event killed 5 people. لم يتم الاتفاق. The committee agreed on everything. Nobody cheered 😀.",
        None, None, None, 'https://x.example.org/"onclick="alert(1)', fallbacks={"source": "unknown", "date": "unknown"},
    ),
)  # fmt: skip
_BY_ID = {article.id: article for article in ARTICLES}


def span(article: Article | str, words: str, start: int = 0, field: str = "text") -> Span:
    """The first place of some words in an article (or its title)."""
    article = _BY_ID[article] if isinstance(article, str) else article
    text = (article.title or "") if field == "title" else article.text
    at = text.index(words, start)
    return Span(at, at + len(words), words)


def claim(
    article_id: str,
    sentence: str,
    *content: str,
    speaker: str | None = None,
    named: str | None = None,
    cue: str = "said",
    stance: str = "asserts",
    chain: Sequence[str] = (),
    text: str | None = None,
    field: str = "text",
    figure: tuple[str, float, str] | None = None,
    number: int = 1,
) -> Claim:
    """A claim from words of an article: its sentence, then the stretches of it that are its own."""
    article = _BY_ID[article_id]
    place = span(article, sentence, field=field)
    spans = tuple(span(article, words, place.start, field) for words in content or (sentence,))
    made, runs = "", []
    for one in spans:
        made += " " if made else ""
        runs.append(Run(len(made), one.start, one.end))
        made += one.text
    said = None
    if speaker:
        who = Speaker(speaker, span(article, named or speaker, field=field))
        said = Attribution((who,), cue, span(article, cue, place.start, field) if cue in sentence else None, spans, stance, tuple(chain))
    quantities = (Quantity(span(article, figure[0], place.start, field), figure[1], figure[1], None, figure[2]),) if figure else ()
    dates = (DateMention(span(article, "Tuesday", place.start), "2023-03-14"),) if "Tuesday" in sentence and field == "text" else ()
    return Claim(
        f"{article_id}:{field}:{number}", article_id, article.source, article.date, field, text or made, text or made,
        spans, place, tuple(runs) if text is None else (), said, dates, quantities,
    )  # fmt: skip


NOT_TRUE = claim(
    "khalilzad",
    'Taliban spokesman Zabihullah Mujahid said that while there was "progress" at the meetings, reports of an agreement '
    'on a cease-fire were "not true."',
    "reports of an agreement on a cease-fire were", "not true", speaker="Zabihullah Mujahid", stance="denies", number=4,
)  # fmt: skip
PROGRESS = claim(
    "khalilzad", NOT_TRUE.sentence.text, 'there was "progress" at the meetings', speaker="Zabihullah Mujahid", number=3
)
MADE = claim(
    "khalilzad",
    'The statement comes after both the Taliban and Khalilzad said "progress" was made in the latest set of talks in Qatar.',
    '"progress" was made in the latest set of talks in Qatar', speaker="Khalilzad", named="Zalmay Khalilzad", number=2,
)  # fmt: skip
NOTHING = claim(
    "khalilzad",
    "A January 28 statement quoted Khalilzad as saying he had held talks about a possible cease-fire, but nothing was "
    "agreed upon.",
    "talks about a possible cease-fire", "nothing was agreed upon", speaker="Khalilzad", named="Zalmay Khalilzad",
    cue="saying", chain=("Khalilzad", "the president's office"), text="Nothing was agreed upon about a possible cease-fire.",
)  # fmt: skip
AGREED = claim(
    "meridian",
    "Negotiators for the United States and the Taliban have agreed on a cease-fire after six days of talks in Doha, two "
    "officials briefed on the discussions said on Monday.",
    "Negotiators for the United States and the Taliban have agreed on a cease-fire after six days of talks in Doha",
    speaker="two officials briefed on the discussions",
)  # fmt: skip
HEADLINE = claim("meridian", "U.S. and Taliban agree on cease-fire, officials say", "U.S. and Taliban agree on cease-fire", field="title")
ABOARD = "The ferry was carrying {} passengers and crew from Skerrow Island to Port Averil when the fire broke out at about 5:20 a.m., according to the operator, Averil Straits Lines."
A214 = claim("coastline", ABOARD.format(214), "The ferry was carrying 214 passengers and crew", speaker="Averil Straits Lines", cue="according to", figure=("214", 214, "passenger"), number=3)
A241 = claim("tidewater", ABOARD.format(241), "The ferry was carrying 241 passengers and crew", speaker="Averil Straits Lines", cue="according to", figure=("241", 241, "passenger"), number=3)
TOLL = "A fire aboard the passenger ferry Lady Corvane killed seven people early Tuesday, the Coast Guard said."
SEVEN = claim("coastline", TOLL, "A fire aboard the passenger ferry Lady Corvane killed seven people early Tuesday", speaker="the Coast Guard", figure=("seven", 7, "people"))
SEVEN2 = claim("tidewater", TOLL, "A fire aboard the passenger ferry Lady Corvane killed seven people early Tuesday", speaker="the Coast Guard", figure=("seven", 7, "people"))
TWELVE = claim("averil", "The number of people killed in the fire aboard the ferry Lady Corvane rose to 12 on Wednesday after divers recovered five more bodies from the lower decks, the county medical examiner's office said.", "The number of people killed in the fire aboard the ferry Lady Corvane rose to 12 on Wednesday", speaker="the county medical examiner's office", figure=("12", 12, "people"))
TRUCK = claim("coastline", '"The fire started in a refrigerated truck on the car deck," Coast Guard Cmdr. Elena Marsh said.', "The fire started in a refrigerated truck on the car deck", speaker="Elena Marsh", number=4)
ENGINE = claim("averil", "The fire began in the engine room, at a ruptured fuel line, according to Idris Calloway, who heads the Marine Safety Board team in Port Averil.", "The fire began in the engine room, at a ruptured fuel line", speaker="Idris Calloway", cue="according to", number=2)
SEVEN_TWO = claim("ledger", "The Hallowmere City Council voted 7-2 on Tuesday night to approve the Eastbank tram line.")
SIX_THREE = claim("hallow", "Council members approved the line by a vote of six to three on Tuesday evening, after a debate that lasted nearly four hours.", "Council members approved the line by a vote of six to three on Tuesday evening")
MET = claim("ledger", "Mayor Daniel Prosk met Corwin's chief executive, Leah Stanwick, twice in September, according to two City Hall aides.", "Mayor Daniel Prosk met Corwin's chief executive, Leah Stanwick, twice in September", speaker="two City Hall aides", cue="according to", number=2)
NEVER = claim("hallow", '"I have never met Ms. Stanwick," Prosk told Hallow Valley Radio.', "I have never met Ms. Stanwick", speaker="Daniel Prosk", named="Prosk", cue="told", stance="denies", text="Daniel Prosk has never met Ms. Stanwick.", number=2)
EVIL = claim("hostile", f"{HOSTILE} killed 3 people.", speaker='alert("x")', cue="", number=1)
FIVE = claim("plain", "The event killed 5 people.", figure=("5", 5, "people"))
RIGHT = claim("hostile", RTL, number=2)
RIGHT2 = claim("plain", "لم يتم الاتفاق.", number=2)
VERY_LONG = claim("hostile", LONG, number=3)
EVERYTHING = claim("plain", "The committee agreed on everything.", number=3)
CHEERED = claim("hostile", "😀👩‍👩‍👧 cheered the 12 winners.", number=4)
NOBODY = claim("plain", "Nobody cheered 😀.", number=4)

CLAIMS = (
    NOTHING, MADE, PROGRESS, NOT_TRUE, HEADLINE, AGREED, SEVEN, A214, TRUCK, SEVEN2, A241, TWELVE, ENGINE, SEVEN_TWO, MET,
    SIX_THREE, NEVER, EVIL, RIGHT, VERY_LONG, CHEERED, FIVE, RIGHT2, EVERYTHING, NOBODY,
)  # fmt: skip


def reason(kind: str, note: str, a: Claim, a_words: Sequence[str], b: Claim, b_words: Sequence[str]) -> Reason:
    """A reason whose deciding words are looked up in the sentences of both sides."""
    spans = [
        tuple(span(c.article_id, w, c.sentence.start, c.field) for w in words) for c, words in ((a, a_words), (b, b_words))
    ]
    return Reason(kind, note, *spans)


def finding(
    number: int, relation: str, confidence: float, a: Claim, b: Claim, *reasons: Reason, detail: str = "",
    between: str = "outlets", later: str | None = None, storyline: str | None = None,
    places: Sequence[tuple[Claim, Claim]] = (), review: str = "", review_note: str = "",
) -> Finding:  # fmt: skip
    """A finding with made-up scores that suit its relation."""
    if relation == "agreement":
        there, back = Probabilities(0.9, 0.08, 0.02), Probabilities(0.4, 0.55, 0.05)
    else:
        there, back = Probabilities(0.02, 0.08, 0.9), Probabilities(0.05, 0.05, 0.9)
    ids = tuple(f"{number:04x}{at:012x}" for at in range(1 + len(places)))
    return Finding(
        ids[0], ids, relation, detail, between, confidence, later, storyline,
        Scores(there, back if number % 3 else None, (a.proposition, b.proposition)), reasons,
        ((a.id, b.id), *((x.id, y.id) for x, y in places)), a, b, review, review_note,
    )  # fmt: skip


FINDINGS = (
    finding(1, "contradiction", 0.97, AGREED, NOT_TRUE,
            reason("denial", "Zabihullah Mujahid denies what Meridian Dispatch's officials say: that a cease-fire was agreed.",
                   AGREED, ["have agreed on a cease-fire"], NOT_TRUE, ["not true"]),
            reason("model", "The language model reads the two as opposed (0.90).", AGREED, [], NOT_TRUE, []),
            between="speakers", storyline="s1", places=[(HEADLINE, NOT_TRUE)]),
    finding(2, "contradiction", 0.96, A214, A241,
            reason("figure", "214 aboard on one side, 241 on the other; a number aboard does not change later.",
                   A214, ["214"], A241, ["241"]), storyline="s2", review="confirmed", review_note="Courier has 214 too"),
    finding(3, "contradiction", 0.93, AGREED, NOTHING,
            reason("negation", "One side says that a cease-fire was agreed, the other that nothing was.",
                   AGREED, ["agreed"], NOTHING, ["nothing was agreed upon"]), between="speakers", storyline="s1"),
    finding(4, "contradiction", 0.88, SEVEN_TWO, SIX_THREE,
            reason("figure", "The vote is 7-2 on one side and six to three on the other.", SEVEN_TWO, ["7-2"], SIX_THREE, ["six to three"])),
    finding(5, "contradiction", 0.83, MET, NEVER,
            reason("denial", "Daniel Prosk denies a meeting that two City Hall aides report.", MET, ["met"], NEVER, ["never met"]),
            between="speakers"),
    finding(6, "contradiction", 0.72, TRUCK, ENGINE,
            reason("place", "The fire starts on the car deck on one side and in the engine room on the other.",
                   TRUCK, ["car deck"], ENGINE, ["engine room"]),
            reason("cause", "A refrigerated truck on one side, a ruptured fuel line on the other.",
                   TRUCK, ["refrigerated truck"], ENGINE, ["ruptured fuel line"]), between="speakers", storyline="s2"),
    finding(7, "contradiction", 0.61, EVIL, FIVE,
            reason("figure", f"3 against 5: {HOSTILE}", EVIL, ["3"], FIVE, ["5"]), review="false_alarm", review_note=HOSTILE),
    finding(8, "agreement", 0.95, MADE, PROGRESS,
            reason("model", "Both sides speak of progress in the talks.", MADE, ["progress"], PROGRESS, ["progress"]),
            detail="equivalent", between="speakers", storyline="s1"),
    finding(9, "agreement", 0.81, NOTHING, NOT_TRUE,
            reason("model", "Both say that no cease-fire was agreed.", NOTHING, ["nothing was agreed upon"], NOT_TRUE, ["not true"]),
            detail="more_specific", between="speakers", storyline="s1"),
    finding(10, "update", 0.94, SEVEN, TWELVE,
            reason("figure", "The toll rises from seven to 12, a day later.", SEVEN, ["seven"], TWELVE, ["12"]),
            detail="figure", later="b", storyline="s2", places=[(SEVEN2, TWELVE)]),
    finding(11, "uncertain", 0.7, VERY_LONG, EVERYTHING,
            reason("undated", "A date is missing: it may be an update.", VERY_LONG, ["nothing"], EVERYTHING, ["everything"]),
            detail="undated"),
    finding(12, "contradiction", 0.42, RIGHT, RIGHT2,
            reason("negation", "لم يتم", RIGHT, ["لم يتم"], RIGHT2, ["لم يتم"])),
    finding(13, "update", 0.37, CHEERED, NOBODY,
            reason("quantifier", "Everybody or nobody 😀", CHEERED, ["😀👩‍👩‍👧"], NOBODY, ["Nobody"]), detail="equivalent"),
)  # fmt: skip


def position(*claims: Claim, independent: int = 1) -> Position:
    """A position held by claims."""
    dates = sorted(c.date for c in claims if c.date)
    return Position(
        tuple(c.id for c in claims), tuple(dict.fromkeys(c.speaker for c in claims if c.speaker)),
        tuple(dict.fromkeys(c.source for c in claims if c.source)), independent,
        dates[0] if dates else None, dates[-1] if dates else None, claims[0].text,
    )  # fmt: skip


STORYLINES = (
    Storyline("s1", AGREED.text, (position(AGREED, HEADLINE), position(NOT_TRUE, NOTHING)), (FINDINGS[0].id, FINDINGS[2].id, FINDINGS[8].id)),
    Storyline("s2", SEVEN.text, (position(SEVEN, SEVEN2), position(TWELVE)), (FINDINGS[1].id, FINDINGS[5].id, FINDINGS[9].id)),
    Storyline("s3", HOSTILE, (position(EVIL), position(FIVE)), (FINDINGS[6].id,)),
)
SKIPPED = (
    Skipped("notes/photo.jpg", "not a text file; give txt, md, html, json, jsonl, csv or parquet", "unreadable", "load"),
    Skipped(f"bad-{HOSTILE}.json", "invalid JSON at line 3; mend it or leave the file out", "invalid", "load"),
    Skipped("Who was to blame?", "a question claims nothing", "question", "split"),
)
META = {
    "tool": "fact-consistency",
    "version": "0.1.0",
    "created": "2026-01-02T03:04:05+00:00",
    "seconds": 12.3,
    "options": {"scope": "default", "threshold": 0.5, "about": None, "neighbours": 20, "nli": None, "threads": 0},
    "models": {
        "parser": {"name": "en_core_web_sm 3.8.0", "sha256": None, "backend": "spaCy"},
        "encoder": {"name": "all-MiniLM-L6-v2", "sha256": "ab" * 32, "backend": "torch"},
        "nli": {"name": "bundled base", "sha256": "cd" * 32, "backend": "torch", "verified": True},
    },
    "warnings": ["two NLI inputs were longer than the model reads and were cut"],
}
FUNNEL = {
    "articles": 9, "skipped_articles": 2, "sentences": 46, "claims": 61, "skipped_sentences": 5,
    "candidate_pairs": 412, "screened_out": 280, "scored": 132, "dropped_neighbours": 3,
}  # fmt: skip


def pair_rows(findings: Sequence[Finding]) -> list[dict]:
    """Rows of judged pairs that suit the findings, and one that came to nothing."""
    made = [
        {"id": f.id, "a": f.a.id, "b": f.b.id, "why": "similar wording (0.81)", "similarity": 0.81, "screened": False,
         "relation": f.relation, "p_entailment": 0.05, "p_neutral": 0.05, "p_contradiction": 0.9}
        for f in findings
    ]  # fmt: skip
    return made and [*made, made[0] | {"id": "ffff", "screened": True, "relation": "none", "p_entailment": None, "p_neutral": None, "p_contradiction": None}]


def make_report(findings: Sequence[Finding] = FINDINGS, **changed) -> Report:
    """The report; parts can be replaced by name."""
    parts = {
        "articles": ARTICLES, "claims": CLAIMS, "findings": findings, "storylines": STORYLINES,
        "pairs": pair_rows(findings), "funnel": FUNNEL, "skipped": SKIPPED, "meta": META, "threshold": 0.5,
    }  # fmt: skip
    return Report(**parts | changed)


def many(count: int) -> Report:
    """A report of many findings, as long as real ones are."""
    real = FINDINGS[:6]
    made = [
        replace(real[n % len(real)], id=f"{n:016x}", pair_ids=(f"{n:016x}",), review="", review_note="") for n in range(count)
    ]
    return make_report(made)
