"""English verb forms, as far as news prose needs them."""

from __future__ import annotations

_IRREGULAR = """
be was been|beat beat beaten|become became become|begin began begun|bend bent bent|bite bit bitten|blow blew blown
break broke broken|bring brought brought|build built built|burn burned burned|buy bought bought|catch caught caught
choose chose chosen|come came come|cost cost cost|cut cut cut|deal dealt dealt|dig dug dug|do did done|draw drew drawn
drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen|feed fed fed|feel felt felt|fight fought fought
find found found|flee fled fled|fly flew flown|forget forgot forgotten|forgive forgave forgiven|freeze froze frozen
get got gotten|give gave given|go went gone|grow grew grown|hang hung hung|have had had|hear heard heard|hide hid hidden
hit hit hit|hold held held|hurt hurt hurt|keep kept kept|know knew known|lay laid laid|lead led led|leave left left
lend lent lent|let let let|lie lay lain|light lit lit|lose lost lost|make made made|mean meant meant|meet met met
overcome overcame overcome|overstate overstated overstated|pay paid paid|prove proved proven|put put put|quit quit quit
read read read|ride rode ridden|ring rang rung|rise rose risen|run ran run|say said said|see saw seen|seek sought sought
sell sold sold|send sent sent|set set set|shake shook shaken|shine shone shone|shoot shot shot|show showed shown
shut shut shut|sing sang sung|sink sank sunk|sit sat sat|sleep slept slept|slide slid slid|speak spoke spoken
spend spent spent|split split split|spread spread spread|stand stood stood|steal stole stolen|stick stuck stuck
strike struck struck|swear swore sworn|sweep swept swept|swim swam swum|swing swung swung|take took taken
teach taught taught|tear tore torn|tell told told|think thought thought|throw threw thrown
understand understood understood|undergo underwent undergone|wake woke woken|wear wore worn|win won won
withdraw withdrew withdrawn|write wrote written|bet bet bet|bind bound bound|cast cast cast|hurl hurled hurled
"""
_FORMS = {
    base: (past, participle)
    for base, past, participle in (entry.split() for entry in _IRREGULAR.replace("\n", "|").split("|") if entry.strip())
}
# Two-syllable verbs stressed at the end, and the like, that double their last letter.
_DOUBLING = {
    "admit", "commit", "submit", "permit", "refer", "prefer", "occur", "control", "compel", "regret", "stop", "plan",
    "drop", "ban", "beg", "grab", "grip", "hop", "jam", "jog", "kidnap", "nod", "plot", "rob", "rub", "scan", "ship",
    "skip", "slam", "slip", "snap", "spot", "step", "strip", "tap", "tip", "top", "trap", "trim", "trip", "wrap", "pin",
    "dub", "mob", "transfer", "equip", "cancel", "propel", "expel", "rebel", "stun", "shrug", "star", "stir", "tag",
}  # fmt: skip


def past(verb: str) -> str:
    """Give the simple past of a base form (`was` for `be`)."""
    return _FORMS[verb][0] if verb in _FORMS else _regular(verb, "ed")


def participle(verb: str) -> str:
    """Give the past participle of a base form."""
    return _FORMS[verb][1] if verb in _FORMS else _regular(verb, "ed")


def gerund(verb: str) -> str:
    """Give the -ing form of a base form."""
    if verb in {"be", "see", "flee", "agree", "disagree", "free"} or verb.endswith(("ee", "ye", "oe")):
        return verb + "ing"
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb in {
        "win",
        "run",
        "cut",
        "hit",
        "put",
        "get",
        "let",
        "set",
        "sit",
        "shut",
        "begin",
        "forget",
        "swim",
        "dig",
        "bet",
        "quit",
        "split",
    }:
        return verb + verb[-1] + "ing"
    return _regular(verb, "ing")


def third(verb: str) -> str:
    """Give the third person singular present of a base form."""
    if verb in {"be", "have"}:
        return {"be": "is", "have": "has"}[verb]
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return verb + "es"
    return verb[:-1] + "ies" if verb.endswith("y") and verb[-2] not in "aeiou" else verb + "s"


def inflect(verb: str, tag: str) -> str:
    """Bring a base form into the form that a Penn Treebank tag names."""
    forms = {"VBD": past, "VBN": participle, "VBG": gerund, "VBZ": third}
    return forms[tag](verb) if tag in forms else verb


def _regular(verb: str, ending: str) -> str:
    """Join a regular ending to a verb."""
    if verb.endswith("e"):
        return verb[:-1] + ending
    if verb.endswith("y") and verb[-2] not in "aeiou" and ending == "ed":
        return verb[:-1] + "ied"
    return verb + (verb[-1] if verb in _DOUBLING else "") + ending
