"""Names of persons: their words, the gender that they tell, the roles they are introduced with."""

from __future__ import annotations

from spacy.tokens import Span, Token

from consistency.split.cues import words as word_set

MALE = word_set(
    "james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark "
    "donald steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob "
    "gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory frank alexander "
    "raymond patrick jack dennis jerry tyler aaron jose adam nathan henry douglas zachary peter kyle walter ethan "
    "jeremy harold keith christian roger noah gerald carl terry sean austin arthur lawrence jesse dylan bryan joe "
    "jordan billy bruce albert willie gabriel logan alan juan wayne roy ralph randy eugene vincent russell elijah "
    "louis bobby philip johnny barack mitt rick newt ted marco bernie mike tim jim tom bob bill steve dave dan ben "
    "sam matt chris greg jeff tony nick rob ron ken ed fred harry charlie simon ian neil graham stuart nigel colin "
    "martin alex vladimir sergei dmitri ivan mohammed muhammad mohamed ahmed ali hassan hussein omar abdullah "
    "khalid carlos luis miguel pedro jorge antonio francisco fernando diego pierre jean francois hans karl klaus "
    "wolfgang giovanni marco luca paolo"
)
FEMALE = word_set(
    "mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra margaret "
    "ashley kimberly emily donna michelle carol amanda melissa deborah stephanie dorothy rebecca sharon laura "
    "cynthia amy kathleen angela shirley brenda emma anna pamela nicole samantha katherine christine helen debra "
    "rachel carolyn janet maria catherine heather diane olivia julie joyce victoria ruth virginia lauren kelly "
    "christina joan evelyn judith andrea hannah megan cheryl jacqueline martha madison teresa gloria sara janice "
    "ann kathryn abigail sophia frances jean alice judy isabella julia grace amber denise danielle marilyn beverly "
    "charlotte natalie theresa diana brittany doris kayla alexis hillary nancy condoleezza angelina lindsay tara "
    "fatima aisha zainab elena natalia olga svetlana ingrid anne jane kate claire sally jill megyn melania ivanka "
    "monica wendy anita theresa angela"
)
# What one person may be called without a name: whoever "he" or "she" may mean, and "it" does not ("old" as in "the
# 23-year-old").
HUMAN = word_set(
    "spokesman spokeswoman spokesperson official officer attorney lawyer prosecutor judge minister president premier "
    "chancellor mayor governor senator congressman congresswoman lawmaker lawyer diplomat envoy ambassador general "
    "colonel major captain lieutenant sergeant soldier commander inspector detective constable sheriff chief chairman "
    "chairwoman director manager coach player striker goalkeeper quarterback receiver pitcher owner founder executive "
    "analyst economist expert scientist professor researcher doctor nurse surgeon teacher student pupil reporter "
    "journalist anchor editor author writer novelist actor actress singer musician artist comedian director producer "
    "man woman boy girl father mother son daughter brother sister husband wife widow uncle aunt cousin friend "
    "neighbor neighbour colleague boss worker employee driver pilot passenger climber victim suspect defendant "
    "plaintiff witness survivor resident candidate nominee leader deputy secretary aide adviser advisor assistant "
    "representative delegate bishop priest pope imam king queen prince princess hero teenager teen adult youngster "
    "veteran old rookie champion winner loser rival person tourist hiker sailor fisherman farmer banker broker trader "
    "businessman businesswoman engineer technician guard gunman attacker killer thief hostage refugee migrant source "
    "youth infant head elect girlfriend boyfriend lady star spouse bystander onlooker motorist cyclist pedestrian "
    "shopper caller rider patient cop policeman policewoman inmate prisoner shooter robber burglar landlord tenant "
    "customer guy grandfather grandmother nephew niece dad mum mom monk nun baby child toddler"
)
HUMAN_ENDINGS = ("ist", "man", "woman", "ian", "ee", "er", "or", "ant", "ent")
TITLES = word_set("mr mr. mrs mrs. ms ms. miss sir lady lord dr. dr president sen. rep. gov.")
MALE_WORDS = word_set("mr. sir lord spokesman businessman chairman congressman king prince father husband actor son")
FEMALE_WORDS = word_set(
    "mrs. ms. miss lady spokeswoman businesswoman chairwoman congresswoman queen princess mother wife actress daughter"
)
# A spokesman or a chairman may be a woman where a paper has one word for both.
MALE_NOUNS = word_set(
    "sir lord king prince father husband actor son man boy brother uncle boyfriend grandfather nephew monk guy dad "
    "policeman fisherman gunman pope"
)
FEMALE_NOUNS = FEMALE_WORDS | word_set(
    "woman girl sister aunt girlfriend grandmother niece nun mum mom policewoman widow"
)


def entity_of(token: Token) -> Span | None:
    if token.ent_type_ != "PERSON":
        return None
    start, end = token.i, token.i + 1
    while start > 0 and token.doc[start].ent_iob_ == "I":
        start -= 1
    while end < len(token.doc) and token.doc[end].ent_iob_ == "I":
        end += 1
    return token.doc[start:end]


def name_words(entity: Span) -> list[Token]:
    """The words of a name without titles and the possessive mark."""
    words = [token for token in entity if token.tag_ != "POS" and token.text not in {"'s", "'", '"', ",", "-"}]
    while words and (words[0].lower_ in TITLES | {"the"} or (words[0].tag_ == "NNPS" and len(words) > 2)):
        words.pop(0)
    while len(words) > 1 and words[-1].lower_.rstrip(".") in {"jr", "sr", "ii", "iii", "iv"}:
        words.pop()
    return [word for word in words if word.text[:1].isalnum()]


def gender_of(first: Token, entity: Span) -> str:
    near = {token.lower_ for token in entity}
    for token in reversed(entity.doc[max(0, entity.start - 3) : entity.start]):
        if token.tag_[:2] in {"IN", "CC", "VB"}:  # "the wife of Mark Hill"
            break
        near.add(token.lower_)
    if near & MALE_WORDS:
        return "m"
    if near & FEMALE_WORDS:
        return "f"
    name = first.lower_
    return "m" if name in MALE else "f" if name in FEMALE else _gender_of_description(entity)


def gender_of_noun(lemma: str) -> str:
    """The gender that a common noun tells: "a woman", "his uncle"."""
    return "m" if lemma in MALE_NOUNS else "f" if lemma in FEMALE_NOUNS else ""


def _gender_of_description(entity: Span) -> str:
    """ "a girl named Rosa Lund", "the woman, Rosa Lund, ..."."""
    before = entity.start - 1
    while before > 0 and entity.doc[before].lower_ in {"named", "called", "identified", "as"}:
        before -= 1
    told = gender_of_noun(entity.doc[before].lower_) if before >= 0 else ""
    return told or (gender_of_noun(entity.root.head.lower_) if entity.root.dep_ == "appos" else "")


def roles(entity: Span) -> set[str]:
    """What a name is introduced as: "U.S. special envoy Zalmay Khalilzad", "Ashraf Ghani, the president"."""
    head = entity.root
    roles = {
        kid.lemma_.lower()
        for kid in head.lefts
        if kid.i < entity.start
        and kid.dep_ in {"compound", "nmod", "appos"}
        and kid.pos_ in {"NOUN", "PROPN"}
        and kid.ent_type_ in {"", "PERSON"}
    }
    if entity.start > 0 and entity.doc[entity.start - 1].tag_ == "NN":
        roles.add(entity.doc[entity.start - 1].lemma_.lower())
    roles |= {kid.lemma_.lower() for kid in head.rights if kid.dep_ == "appos" and kid.pos_ == "NOUN"}
    return {role for role in roles if role.isalpha() and len(role) > 2}
