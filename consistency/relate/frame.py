"""Frame: what one claim speaks of - predicate, participants, names, polarity, mood - read off its parse."""
from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from consistency.relate.cores import Core, cores

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span, Token

SUBJECTS = {"nsubj", "nsubjpass", "csubj", "csubjpass", "agent"}
OBJECTS = {"dobj", "obj", "attr", "dative", "oprd"}
NAMED = {"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "EVENT", "PRODUCT", "LAW", "WORK_OF_ART"}
PLACES = {"GPE", "LOC", "FAC"}
CONTENT = {"NOUN", "VERB", "ADJ", "PROPN", "NUM", "ADV"}
NEGATIVE_WORDS = {"no", "not", "n't", "never", "nothing", "nobody", "none", "neither", "nor", "without", "nowhere"}
# Verbs that make what they govern untrue or undone.
NEGATIVE_VERBS = {"fail", "refuse", "decline", "deny", "reject", "lack", "avoid", "prevent"}
SAYING = {"say", "report", "announce", "state", "confirm", "tell", "add", "estimate", "show"}
CONDITION_WORDS = {"if", "unless", "until", "whether", "once"}
POSSIBLE = {"may", "might", "could", "can", "would", "should"}
POSSIBLE_WORDS = {"possibly", "perhaps", "likely", "probably", "reportedly", "allegedly"}
# Light verbs say too little to make two claims speak of one thing.
LIGHT = {"be", "have", "do", "make", "take", "get", "go", "come", "say", "tell", "give", "add", "will", "see", "also",
         "include", "become", "year", "people", "time", "day", "new", "more", "other", "very", "just", "now",
         "only", "still", "then", "so", "well", "even"}  # fmt: skip

# First letters that all forms of a word share.
STEM = 4
# How a word that tells its head from others of its kind hangs on it: "Lorvian court", "tennis player Yuki Tanabe".
QUALIFYING = {"amod", "compound", "poss", "nmod"}
# Content words from which a phrase is a story of its own.
LONGEST_QUALIFIER = 4


@dataclass(frozen=True, slots=True)
class Word:
    """A content word: offsets in the frame's text, lemma, coarse part of speech."""

    start: int
    end: int
    lemma: str
    pos: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name: offsets in the frame's text, spaCy label (empty for one that it does not know), normalised words, and
    its grammatical role."""

    start: int
    end: int
    label: str
    key: str
    role: str


@dataclass(frozen=True, slots=True)
class Time:
    """A date or time: offsets in the frame's text, and the lemma of what it is the time of ("voted", "election")."""

    start: int
    end: int
    of: str


@dataclass(frozen=True, slots=True)
class Qualifier:
    """Words that say which one of a kind, or which part, is meant: "of Castria" in "the court of Castria".

    Attributes:
        start: offset in the frame's text of the words without their preposition.
        end: where they end.
        head: lemma of what they qualify; for the main predicate, empty.
        link: the preposition, empty for a word before what it qualifies and for "of".
        lemmas: the content words among them.
    """

    start: int
    end: int
    head: str
    link: str
    lemmas: frozenset[str]


# Not slotted: a frame is compared with hundreds of others, and keeps what each comparison would draw from it again.
@dataclass(frozen=True)
class Frame:
    """What one claim speaks of.

    Attributes:
        text: the analysed text; all offsets count in it.
        words: its content words.
        names: its named entities, and other proper nouns.
        predicate: the main predicate's content word (the complement for a copula), or None.
        subjects: lemmas of the subject phrases' words.
        subject: offsets of the first subject phrase, or None.
        objects: lemmas of the object phrases' words.
        negations: offsets of negating words that govern the main predicate or its arguments.
        mood: `fact`, `condition`, `future` or `possible`.
        running: whether its main verb is in the perfect, so that what it counts may go on: "has traced 14 victims".
        lasting: whether it tells how things stand at its time, in the perfect or the present: "are missing".
        anchors: what it can be found by: names, figures, content lemmas.
        times: its dates and times, each with what it is the time of.
        qualifiers: what tells its things, and where it happened, from others of their kind.
        cores: the least that says what each of its values is of, for those of which that is not the whole text.
    """

    text: str
    words: tuple[Word, ...]
    names: tuple[Name, ...]
    predicate: Word | None
    subjects: frozenset[str]
    subject: tuple[int, int] | None
    objects: frozenset[str]
    negations: tuple[tuple[int, int], ...]
    mood: str
    anchors: frozenset[str]
    times: tuple[Time, ...] = ()
    qualifiers: tuple[Qualifier, ...] = ()
    cores: tuple[Core, ...] = ()
    running: bool = False
    lasting: bool = False

    @property
    def negated(self) -> bool:
        """Whether the main predicate is negated; two negations cancel out."""
        return len(self.negations) % 2 == 1

    @cached_property
    def lemmas(self) -> frozenset[str]:
        """Lemmas of content words that are not light."""
        return frozenset(w.lemma for w in self.words if w.lemma not in LIGHT)

    @cached_property
    def ordered_lemmas(self) -> tuple[str, ...]:
        """The same in alphabetical order, in which their weights are summed."""
        return tuple(sorted(self.lemmas))

    @cached_property
    def stems(self) -> frozenset[str]:
        """Their first letters, as many as the forms of a word have in common."""
        return frozenset(word[:STEM] for word in self.lemmas)


def analyse(texts: Iterable[str], nlp: Language, batch_size: int = 128) -> Iterator[Frame]:
    """Frames of texts, in order.

    Args:
        texts: one short declarative text each.
        nlp: a spaCy pipeline with tagger, parser, lemmatizer and named entities.
        batch_size: texts a batch.
    """
    for doc in nlp.pipe(texts, batch_size=batch_size):
        yield frame_of(doc)


def frame_of(doc: Doc) -> Frame:
    """The frame of one parsed text."""
    words = tuple(
        Word(t.idx, t.idx + len(t), lemma(t), t.pos_)
        for t in doc
        if t.pos_ in CONTENT and not t.is_punct and any(c.isalnum() for c in t.text)
    )
    names = tuple(sorted((*_entities(doc), *_unlabelled(doc)), key=lambda name: name.start))
    root = next((t for t in doc if t.dep_ == "ROOT"), None)
    told = _told(root) if root is not None else []
    predicate = _predicate(root)
    subjects = [t for t in root.children if t.dep_ in SUBJECTS] if root is not None else []
    objects = _objects(root) if root is not None else []
    anchors = {w.lemma for w in words if w.lemma not in LIGHT and w.pos != "ADV"}
    anchors |= {name.key for name in names}
    return Frame(
        text=doc.text,
        words=words,
        names=names,
        predicate=Word(predicate.idx, predicate.idx + len(predicate), lemma(predicate), predicate.pos_)
        if predicate is not None
        else None,
        subjects=_lemmas(subjects),
        subject=_phrase(subjects[0]) if subjects else None,
        objects=_lemmas(objects),
        negations=tuple(_negations(root)) if root is not None else (),
        mood=_mood(doc, root),
        anchors=frozenset(anchors),
        times=tuple(_time(ent) for ent in doc.ents if ent.label_ in {"DATE", "TIME"}),
        qualifiers=tuple(_qualifiers(doc, root)),
        cores=tuple(cores(doc)),
        running=any(map(_perfect, told)),
        lasting=any(_perfect(verb) or _present(verb) for verb in told),
    )


def lemma(token: Token) -> str:
    """Lower-case lemma; hyphens are dropped so that "cease-fire" and "ceasefire" are one."""
    return token.lemma_.lower().replace("-", "").replace("’", "'") or token.lower_


def _entities(doc: Doc) -> Iterator[Name]:
    return (_name(ent, ent.label_) for ent in doc.ents if ent.label_ in NAMED)


def _unlabelled(doc: Doc) -> Iterator[Name]:
    """Runs of proper nouns that the entity recogniser passes over, as it does with rare names."""
    start = None
    for i in range(len(doc) + 1):
        inside = i < len(doc) and doc[i].pos_ == "PROPN" and not doc[i].ent_type_ and doc[i].is_alpha
        if inside and start is None:
            start = i
        elif not inside and start is not None:
            if any(len(t) > 2 and t.is_title for t in doc[start:i]):
                yield _name(doc[start:i], "")
            start = None


def _name(ent: Span, label: str) -> Name:
    words = [t.lower_.replace("-", "").replace("’", "'") for t in ent if t.lower_ not in {"the", "'s", "’s", "a", "an"}]
    root = ent.root
    role = "subject" if root.dep_ in SUBJECTS else "object" if root.dep_ in OBJECTS else root.dep_
    if root.dep_ == "pobj" and root.head.dep_ == "agent":
        role = "subject"
    start, end = ent.start_char, ent.end_char
    return Name(start, end, label, " ".join(words) or ent.text.lower(), role)


def _time(ent) -> Time:
    """A date with the verb or noun that it hangs on, over prepositions and other dates; a copula gives way to what it
    links."""
    head = ent.root.head
    while head.head != head and (head.pos_ in {"ADP", "SCONJ", "NUM"} or head.ent_type_ in {"DATE", "TIME"}):
        head = head.head
    return Time(ent.start_char, ent.end_char, lemma(_predicate(head) or head))


def _qualifiers(doc: Doc, root: Token | None) -> Iterator[Qualifier]:
    for head in doc:
        if head.pos_ not in {"NOUN", "PROPN"} and head is not root:
            continue
        name = "" if head is root else lemma(head)
        for child in head.children:
            phrases = [(child, "")] if child.dep_ in QUALIFYING and head is not root else []
            if child.dep_ == "prep":
                link = "" if child.lower_ == "of" and head is not root else child.lower_
                phrases = [(t, link) for t in child.children if t.dep_ == "pobj"]
            for phrase, link in phrases:
                tokens = [t for t in phrase.subtree if t.pos_ in CONTENT and not t.is_stop]
                dated = any(t.ent_type_ in {"DATE", "TIME"} for t in phrase.subtree)
                if tokens and len(tokens) <= LONGEST_QUALIFIER and not dated:
                    yield Qualifier(*_phrase(phrase), name, link, frozenset(lemma(t) for t in tokens))


def _predicate(root: Token | None) -> Token | None:
    """The word that carries the predicate: a copula's complement, otherwise the main verb."""
    if root is None:
        return None
    if root.lemma_ == "be":
        for child in root.children:
            if child.dep_ in {"attr", "acomp", "oprd"}:
                return child
    return root


def _objects(root: Token) -> list[Token]:
    found = [t for t in root.children if t.dep_ in OBJECTS]
    for prep in root.children:
        if prep.dep_ == "prep":
            found.extend(t for t in prep.children if t.dep_ == "pobj")
        if prep.dep_ in {"xcomp", "ccomp"}:
            found.extend(t for t in prep.children if t.dep_ in OBJECTS)
    return found


def _lemmas(heads: list[Token]) -> frozenset[str]:
    return frozenset(
        lemma(t) for head in heads for t in head.subtree if t.pos_ in {"NOUN", "PROPN", "NUM", "ADJ"} and not t.is_stop
    )


def _phrase(head: Token) -> tuple[int, int]:
    left, right = head.left_edge, head.right_edge
    return left.idx, right.idx + len(right)


def _negations(root: Token) -> Iterator[tuple[int, int]]:
    """Words that negate the main predicate: on the verb, its complement, its subject or its object."""
    chain = [root] + [t for t in root.children if t.dep_ in {"xcomp", "acomp", "attr", "oprd", "aux", "auxpass"}]
    if root.lemma_ in NEGATIVE_VERBS:
        yield root.idx, root.idx + len(root)
    arguments = [t for t in root.children if t.dep_ in SUBJECTS | OBJECTS]
    # "not only" and "no less than" affirm; "no longer" negates what is now.
    for token in chain:
        for child in token.children:
            if child.lower_ in {"not", "n't", "n’t", "never"} and child.nbor(1).lower_ != "only" \
                    if child.i + 1 < len(child.doc) else child.dep_ == "neg":
                yield child.idx, child.idx + len(child)
            elif child.lower_ == "longer" and child.i and child.nbor(-1).lower_ == "no":
                yield child.nbor(-1).idx, child.idx + len(child)
    for token in arguments:
        if token.lower_ in NEGATIVE_WORDS:
            yield token.idx, token.idx + len(token)
        for child in token.children:
            if child.lower_ in {"no", "neither"} and child.dep_ in {"det", "neg", "preconj", "cc"}:
                yield child.idx, child.idx + len(child)


def _told(root: Token) -> list[Token]:
    """The main verb, or those of what somebody is said to have said."""
    said = [t for t in root.children if t.dep_ == "ccomp"] if root.lemma_ in SAYING else []
    return said or [root]


def _helpers(verb: Token) -> set[str]:
    return {t.lemma_ for t in verb.children if t.dep_ in {"aux", "auxpass"}}


def _perfect(verb: Token) -> bool:
    return "have" in _helpers(verb) and verb.tag_ in {"VBN", "VBD", "VBG"}


def _present(verb: Token) -> bool:
    return verb.tag_ in {"VBZ", "VBP"} or any(
        t.lemma_ == "be" and t.tag_ in {"VBZ", "VBP"} for t in verb.children if t.dep_ in {"aux", "auxpass"}
    )


def _mood(doc: Doc, root: Token | None) -> str:
    if any(t.lower_ in CONDITION_WORDS and t.dep_ in {"mark", "advmod"} for t in doc):
        return "condition"
    if root is None:
        return "fact"
    verbs = [root] + [t for t in root.children if t.dep_ in {"xcomp", "ccomp"}]
    auxiliaries = [t.lower_ for verb in verbs[:1] for t in verb.children if t.dep_ in {"aux", "auxpass"}]
    if any(word in POSSIBLE for word in auxiliaries) or any(t.lower_ in POSSIBLE_WORDS for t in doc):
        return "possible"
    if any(word in {"will", "'ll", "’ll", "shall"} for word in auxiliaries):
        return "future"
    if root.lemma_ in {"plan", "expect", "intend", "hope", "aim", "want", "seek", "vow", "schedule"} or (
        root.lemma_ == "go" and any(t.dep_ == "xcomp" for t in root.children)
    ):
        return "future"
    return "fact"
