"""Verb forms that splitting has to make: "killing 12 people" told of its subject is "killed 12 people"."""

from __future__ import annotations

from consistency.split.cues import words as word_set

_IRREGULAR = """
    be:was begin:began become:became beat:beat bind:bound bite:bit blow:blew break:broke bring:brought build:built
    burst:burst buy:bought catch:caught choose:chose cling:clung come:came cost:cost cut:cut deal:dealt dig:dug
    do:did draw:drew drink:drank drive:drove eat:ate fall:fell feed:fed feel:felt fight:fought find:found flee:fled
    fly:flew forbid:forbade forget:forgot forgive:forgave freeze:froze get:got give:gave go:went grow:grew hang:hung
    have:had hear:heard hide:hid hit:hit hold:held hurt:hurt keep:kept know:knew lay:laid lead:led leave:left
    lend:lent let:let lie:lay light:lit lose:lost make:made mean:meant meet:met overcome:overcame pay:paid put:put
    quit:quit read:read ride:rode ring:rang rise:rose run:ran say:said see:saw seek:sought sell:sold send:sent
    set:set shake:shook shed:shed shine:shone shoot:shot show:showed shrink:shrank shut:shut sing:sang sink:sank
    sit:sat sleep:slept slide:slid speak:spoke spend:spent spin:spun split:split spread:spread stand:stood
    steal:stole stick:stuck strike:struck strive:strove swear:swore sweep:swept swim:swam swing:swung take:took
    teach:taught tear:tore tell:told think:thought throw:threw understand:understood undergo:underwent uphold:upheld
    wake:woke wear:wore win:won withdraw:withdrew write:wrote overtake:overtook undertake:undertook
    broadcast:broadcast cast:cast
"""
IRREGULAR = dict(pair.split(":") for pair in _IRREGULAR.split())
# Irregular verbs whose participle is not their past tense ("took", "taken").
_OWN_PARTICIPLE = word_set(
    "be begin become beat bite blow break choose come do draw drink drive eat fall fly forbid forget forgive freeze "
    "give go grow hide know lie overcome ride ring rise run see shake show shrink sing sink speak steal strive swear "
    "swim take tear throw undergo wake wear withdraw write overtake undertake"
)
PARTICIPLES = frozenset(past for verb, past in IRREGULAR.items() if verb not in _OWN_PARTICIPLE)
DOUBLED = word_set(
    "stop plan ban rob drop ship trap grab slip strip step spot plot admit commit permit submit refer occur "
    "prefer transfer control compel rebel propel regret beg hug jog nod pat rub scrap shop skip slam snap "
    "top trim wrap zip equip"
)


# What follows "I" in a quotation, once "I" is a name.
THIRD_PERSON = {"'m": "is", "am": "is", "'ve": "has", "'ll": "will", "'d": "would"}


def past(lemma: str) -> str:
    """The simple past of a verb."""
    if lemma in IRREGULAR:
        return IRREGULAR[lemma]
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return lemma[:-1] + "ied"
    return lemma + (lemma[-1] if lemma in DOUBLED else "") + "ed"


def is_participle(word: str) -> bool:
    """Whether a past tense is a participle too: "closed", "held", not "took"."""
    return word.endswith("ed") or word in PARTICIPLES


def present(lemma: str, plural: bool) -> str:
    """The present tense of a verb, third person."""
    if plural:
        return {"be": "are"}.get(lemma, lemma)
    if lemma in {"be", "have"}:
        return {"be": "is", "have": "has"}[lemma]
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + ("es" if lemma.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")
