"""What a figure counts: the head noun through the dependency parse, and the role that many wordings share.

`Quantity.of` is a lemma ("passenger"), a role ("dead"), or a role and a lemma ("dead soldier") when the text names a
narrower group than people at large; "change share" is by how much shares rose or fell, without a sign.
"killed 12 people", "12 people died", "12 dead" and "12 deaths" are all "dead".
"""

from __future__ import annotations

from spacy.tokens import Token

from consistency.values.units import CURRENCY_WORDS, SMALL_MONEY, UNITS
from consistency.values.wordlists import words

_WORDS_OF_ROLE = {
    "dead": "dead dies died die dying killed kill kills killing perish perished death deaths fatality fatalities slain"
    " murder murdered drown drowned slay executed massacred behead beheaded electrocuted assassinated",
    "injured": "injured injure injures injuring injury injuries wounded wound wounding hurt hospitalized hospitalised"
    " hospitalize hospitalise",
    "missing": "missing unaccounted",
    "arrested": "arrested arrest arrests arresting detained detain detaining detention detentions detainee",
    "evacuated": "evacuated evacuate evacuating evacuee displaced displace displacing evacuation",
    "rescued": "rescued rescue rescuing",
    "homeless": "homeless",
    "infected": "infected infect infecting infection infections",
    "casualty": "casualty casualties",
}
ROLE_OF = {word: role for role, forms in _WORDS_OF_ROLE.items() for word in forms.split()}
ROLES = frozenset(_WORDS_OF_ROLE) | {"change"}
# These say it of their subject; the others of their object, or of the subject of a passive.
_OF_SUBJECT = frozenset({"die", "perish", "drown", "evacuate"})
# Participles and adjectives that may stand behind what they count: "20 others injured", "12 dead".
_BEHIND = words(
    "dead killed injured wounded hurt missing arrested detained evacuated displaced rescued homeless infected "
    "died perished drowned hospitalized hospitalised executed slain"
)
_SKIP_BEHIND = words(
    "were was are is have has had been be being reported confirmed left also more others "
    "other still feared found remain remained remains went gone go presumed"
)
_ANYONE = words("people person other others more victim all total number figure anyone soul fatality death")

_SYNONYMS = (
    "people person individual resident man-or-woman", "troop soldier serviceman servicewoman gi",
    "protester demonstrator protestor marcher", "policeman policewoman officer cop",
    "deal agreement pact contract accord takeover acquisition",
    "fine penalty", "worker employee staff job staffer", "child kid youngster",
    "militant rebel insurgent fighter gunman extremist guerrilla",
    "home house", "plane aircraft airplane aeroplane jet airliner", "car vehicle automobile", "damage loss",
    "price sum", "voter elector", "refugee asylum-seeker", "inmate prisoner", "film movie", "shot bullet round",
)  # fmt: skip
_CANONICAL = {word: group.split()[0] for group in _SYNONYMS for word in group.split()}

_THROUGH = frozenset({"amod", "nummod", "quantmod", "nmod", "compound", "npadvmod", "advmod"})
_OBJECTS = frozenset({"dobj", "obj", "attr", "oprd", "dative", "acomp", "ccomp"})
_CHANGES = words(
    "rise fall climb drop increase decrease jump grow decline slip gain lose surge plunge soar shrink tumble "
    "dip slide advance rally shed edge swell expand contract raise cut reduce boost lower rocket plummet add"
)
_REACH = words("rise fall climb drop increase grow reach stand hit jump exceed remain be total top pass number go come")
_BUYING = frozenset(["buy", "sell", "acquire", "purchase", "auction", "fetch", "offer", "bid"])
_TOTALS = words("toll number total count figure crowd audience attendance population membership force staff")
# These change something else than their subject: "raised $5 million", "lost 12 seats".
_TRANSITIVE = words("raise cut reduce boost lower add lose gain shed contract expand advance drop")
_PUTTING = frozenset({"put", "place", "set", "estimate", "list", "keep", "leave", "peg", "bring", "take"})
_SCALES = frozenset({"Celsius", "Fahrenheit", "C", "F"})
_PARTS = frozenset(["including", "include", "among"])


def split_of(of: str | None) -> tuple[str | None, str | None]:
    """Role and noun of a `Quantity.of`.

    Args:
        of: the field, such as "dead", "dead soldier", "passenger".

    Returns:
        (role or None, noun or None): ("dead", None), ("dead", "soldier"), (None, "passenger").
    """
    if of is None:
        return None, None
    first, _, rest = of.partition(" ")
    return (first, rest or None) if first in ROLES else (None, of)


def counted_key(of: str | None) -> str | None:
    """The field with synonyms made one ("demonstrator" and "protester") and in lower case, for comparing."""
    role, noun = split_of(of.lower() if of else None)
    noun = _CANONICAL.get(noun, noun) if noun else None
    return " ".join(part for part in (role, noun) if part) or None


def counted_by(first: Token, last: Token, unit: str | None) -> str | None:
    """What a figure counts or measures.

    Args:
        first: first token of the figure.
        last: its last token, of the number for a plain count, of the unit for a measure.
        unit: the unit as in `Quantity`, None for a plain count.

    Returns:
        The value for `Quantity.of`, None when the parse names nothing.
    """
    top = _top(first, last)
    noun = _noun(top, last, unit)
    if noun is not None and unit != "score" and noun.i < top.i and _is_change(top, unit):
        return f"change {_name(noun)}" if _name(noun) else "change"
    if unit is None:
        return _with_role(noun, top, last)
    if unit in ("age", "score", "ordinal"):
        return _name(noun)
    name = _name(noun)
    governor = _governor(top)
    if governor is not None and governor.pos_ == "VERB":
        lemma = governor.lemma_.lower()
        if name is None or name in _CHANGES:
            if lemma == "cost":
                return "cost"
            if unit.isupper() and lemma in _BUYING and top.dep_ in ("pobj", "dobj"):
                return "price"
    return name


def _is_change(top: Token, unit: str | None) -> bool:
    """Whether a figure says by how much something changed, not what it reached ("rose 3 percent", "fell by 40")."""
    prep = top.head if top.dep_ == "pobj" else None
    verb = prep.head if prep is not None else top.head
    if verb.lower_ in ("up", "down") and top.i < verb.i + 4:
        return True
    if prep is None and verb.lemma_.lower() in _TRANSITIVE and unit != "%":
        return False
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in _CHANGES:
        return False
    return prep.lower_ == "by" if prep is not None else top.dep_ in ("npadvmod", "dobj", "obj", "advmod", "attr")


def _top(first: Token, last: Token) -> Token:
    """The token of a figure whose head stands outside it."""
    at, seen = last, 0
    while first.i <= at.head.i <= last.i and at.head.i != at.i and seen < 12:
        at, seen = at.head, seen + 1
    return at


def _name(noun: Token | None) -> str | None:
    if noun is None or noun.pos_ in ("PRON", "SYM") or not noun.text[0].isalpha():
        return None
    if noun.lower_ in UNITS or noun.lower_ in CURRENCY_WORDS or noun.lower_ in SMALL_MONEY or noun.text in _SCALES:
        return None
    # The tagger takes many a capital at the head of a sentence for a name.
    name = noun.pos_ == "PROPN" and (noun.ent_type_ or not noun.is_sent_start)
    return noun.text if name else noun.lemma_.lower()


def _noun(top: Token, last: Token, unit: str | None) -> Token | None:
    """The noun that is counted: head, noun after "of", subject of a copula or of a verb of change."""
    following = _of_object(top)
    if following is None or following.i <= last.i:
        following = _of_object(last)
    head = top.head
    if following is not None and (unit is None or unit == "%" or not _is_nominal(head) or head.i < top.i):
        return following
    if unit is None and top.pos_ == "NOUN" and top.i > last.i:
        return top
    if head != top and head.i > top.i and top.dep_ in _THROUGH:
        # "about 12 of the": climb through numbers and adjectives to the noun.
        seen = 0
        while head.pos_ not in ("NOUN", "PROPN") and head.dep_ in _THROUGH and head.head.i > head.i and seen < 5:
            head, seen = head.head, seen + 1
        if head.lower_ == "magnitude" and _is_nominal(head.head):
            return head.head
        if _is_nominal(head) and head.i - top.i < 12:
            return _of_object(head) or head if head.lemma_ in ("number", "pair", "group") else head
    if following is not None:
        return following
    if top.dep_ == "nummod" and _is_nominal(head) and unit is None:
        return head
    if top.dep_ == "appos" and _is_nominal(head):
        return head
    if head.lower_ in ("up", "down") and head.head.pos_ in ("VERB", "AUX"):
        return _subject(head.head)
    if top.dep_ == "pobj":
        return _over_preposition(top, unit)
    if top.dep_ in ("attr", "dobj", "obj", "oprd", "npadvmod", "acomp", "advmod", "nummod", "ccomp") and head.pos_ in (
        "VERB",
        "AUX",
    ):
        if unit is None and head.lemma_.lower() not in _REACH:
            return None
        subject = _subject(head)
        if head.lemma_.lower() in _REACH | _CHANGES | {"measure", "weigh", "average"} and subject is not None:
            return subject
    return None


def _of_object(token: Token) -> Token | None:
    for child in token.rights:
        if (
            child.dep_ == "prep"
            and child.lower_ in ("of", "in")
            and (child.lower_ == "of" or token.pos_ in ("SYM", "NUM") or token.lower_.endswith(("s", "%")))
        ):
            if child.i - token.i > 2:
                return None
            for inner in child.rights:
                if inner.dep_ == "pobj" and inner.ent_type_ not in ("DATE", "GPE", "TIME"):
                    return inner
    return None


def _over_preposition(top: Token, unit: str | None) -> Token | None:
    """From the object of a preposition to what is measured: "a fine of 12", "the toll rose to 12"."""
    prep = top.head
    above = prep.head
    if _is_nominal(above) and above.i < prep.i:
        if unit is None and above.lemma_.lower() not in _TOTALS:
            return None
        return above if prep.lower_ in ("of", "at", "to", "over", "than", "between") else None
    if above.pos_ in ("VERB", "AUX") and prep.lower_ in ("to", "at", "from", "by", "between", "above", "below", "past"):
        subject = _subject(above)
        if subject is not None and above.lemma_.lower() in _REACH | _CHANGES:
            return subject
        if above.lemma_.lower() in _CHANGES | _PUTTING:
            return next((c for c in above.rights if c.dep_ in ("dobj", "obj")), None)
    return None


def _governor(top: Token) -> Token | None:
    head = top.head
    return head.head if head.dep_ == "prep" else head


def _subject(verb: Token) -> Token | None:
    for _ in range(3):
        for child in verb.lefts:
            if child.dep_ in ("nsubj", "nsubjpass"):
                return _of_object(child) or child if child.lemma_ in ("number", "total") else child
        if verb.dep_ not in ("conj", "xcomp"):
            return None
        verb = verb.head
    return None


def _is_nominal(token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN")


def _with_role(noun: Token | None, top: Token, last: Token) -> str | None:
    """Lemma and role of a plain count."""
    if noun is not None and noun.lemma_.lower() == "toll":
        return "dead"
    name = _name(noun)
    # "claimed 9 lives", "nine people lost their lives".
    if noun is not None and noun.pos_ == "NOUN" and noun.head.lemma_ in ("claim", "cost", "lose", "take"):
        lives = noun if name == "life" else next((c for c in noun.head.rights if c.lemma_ == "life"), None)
        if lives is not None and lives.dep_ in ("dobj", "obj") and (lives == noun or noun.dep_ == "nsubj"):
            return "dead" if lives == noun or name in _ANYONE else f"dead {name}"
    if noun is not None and (role := ROLE_OF.get(noun.lower_)) and noun.i != last.i:
        return role
    role = _role_behind(noun, last) or _role_of_verb(noun if noun is not None else top, last)
    if role is None:
        return name
    if noun is None or name is None or name in _ANYONE or name in ROLE_OF or noun.i < last.i:
        return role
    return f"{role} {name}"


def _role_behind(noun: Token | None, last: Token) -> str | None:
    doc = last.doc
    start = max(last.i, noun.i if noun is not None and noun.i - last.i < 6 else last.i) + 1
    for i in (range(last.i + 1, min(last.i + 2, len(doc))), range(start, min(start + 5, len(doc)))):
        for at in i:
            word = doc[at]
            lower = word.lower_
            if lower in _BEHIND:
                # "12 gunmen killed a guard": there the figure counts those who did it.
                if word.dep_ not in ("amod",) and any(c.dep_ in ("dobj", "obj") for c in word.rights):
                    return None
                if word.dep_ == "amod" and word.head.i > word.i and word.head != noun:
                    return None
                return ROLE_OF[lower]
            if lower not in _SKIP_BEHIND:
                break
    return None


def _role_of_verb(noun: Token, last: Token) -> str | None:
    """Role from the verb that governs the counted noun, or a participle that hangs from it."""
    at, seen = noun, 0
    while seen < 4 and (at.dep_ == "conj" or (at.dep_ in ("pobj", "prep", "appos") and _through_part(at))):
        at, seen = at.head, seen + 1
    for child in noun.children:
        if child.dep_ in ("acl", "relcl", "amod") and (role := ROLE_OF.get(child.lower_)):
            passive = child.tag_ in ("VBN", "JJ") or child.lemma_ in _OF_SUBJECT
            if passive and not any(c.dep_ in ("dobj", "obj") for c in child.rights):
                return role
    verb = at.head
    role = ROLE_OF.get(verb.lower_) if verb.pos_ in ("VERB", "ADJ", "AUX", "NOUN") else None
    if role is None:
        return None
    if verb.pos_ == "NOUN":
        return role if at.dep_ == "pobj" else None
    if verb.lemma_.lower() in _OF_SUBJECT and at.dep_ in ("nsubj", "nsubjpass"):
        return role
    return role if at.dep_ in ("dobj", "obj", "nsubjpass") else None


def _through_part(token: Token) -> bool:
    return token.lower_ in _PARTS or token.head.lower_ in _PARTS or token.dep_ == "appos"
