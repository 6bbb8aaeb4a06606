"""Who is meant: surnames, roles and pronouns resolved within one article where one antecedent is plain.

Precision first. A word is resolved only if the article gives one candidate that fits; everything else stays as it
is and is listed as unresolved. Sentences must be shown in reading order, since a pronoun looks back.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from consistency.split.cues import words as word_set
from consistency.split.frames import Frame
from consistency.split.names import HUMAN, TITLES, entity_of, gender_of, name_words, roles
from consistency.split.tree import Tree

HE = word_set("he him his himself")
SHE = word_set("she her hers herself")
FIRST = word_set("i me my")
PLURAL = word_set("they them their theirs")
THING = word_set("it its")
PRONOUNS = HE | SHE | FIRST | PLURAL | THING | word_set("we us our ours mine myself itself themselves you your")
POINTING = word_set("this that these those")
# What no name has: "#EndTheWar".
MIXED = re.compile(r"[#@_\d]|(?<!\bMc)(?<!\bMac)(?<!\bDe)(?<!\bLa)(?<!\bLe)(?<!\bDi)(?<=[a-z])[A-Z]")


@dataclass(frozen=True, slots=True)
class Antecedent:
    """Someone or something named in the article.

    Attributes:
        name: the fullest name.
        start: where it stands in the source.
        end: its end there.
        gender: `m`, `f` or "" when the article does not tell.
        kind: `person`, `group` (plural) or `thing`.
    """

    name: str
    start: int
    end: int
    gender: str = ""
    kind: str = "person"


@dataclass(frozen=True, slots=True)
class Focus:
    """Whom the next sentence's pronouns may mean: the persons of the sentence before it, and its subject."""

    persons: tuple[Antecedent, ...] = ()
    subject: Antecedent | None = None
    speaker: Antecedent | None = None


class References:
    """The names of one article, and what its pronouns may mean at the sentence last shown.

    Args:
        paragraphs: each parsed paragraph with its offset in the source.
    """

    def __init__(self, paragraphs: Iterable[tuple[Doc, int]]):
        self.by_surname: dict[str, dict[str, Antecedent]] = defaultdict(dict)
        self._seen: Counter[str] = Counter()
        self.by_role: dict[str, dict[str, Antecedent]] = defaultdict(dict)
        self.focus = Focus()
        for doc, offset in paragraphs:
            for entity in doc.ents:
                if entity.label_ == "PERSON":
                    self._learn(entity, offset)
        self._join_names()

    def _join_names(self) -> None:
        """ "Panthers Reggie Bush" is "Reggie Bush": a word before a known full name belongs to what stands before."""
        for known in self.by_surname.values():
            for name in sorted(known, key=len, reverse=True):
                shorter = [o for o in known if name.endswith(f" {o}") and self._seen[o] > self._seen[name]]
                if shorter:
                    longer, short = known.pop(name), known[max(shorter, key=len)]
                    if longer.gender and not short.gender:
                        known[short.name] = replace(short, gender=longer.gender)
        for holders in self.by_role.values():
            for name in list(holders):
                known_as = next(
                    (o for k in self.by_surname.values() for o in k.values() if name.endswith(f" {o.name}")), None
                )
                if known_as is not None and known_as.name != name:
                    del holders[name]
                    holders[known_as.name] = known_as

    def _learn(self, entity: TokenSpan, offset: int) -> None:
        words = name_words(entity)
        if len(words) < 2 or not all(word.text[:1].isupper() for word in (words[0], words[-1])):
            return
        name = " ".join(word.text for word in words)
        self._seen[name] += 1
        known = self.by_surname[words[-1].text].get(name)
        gender = gender_of(words[0], entity)
        if known is None or (gender and not known.gender):
            start = offset + words[0].idx if known is None else known.start
            end = offset + words[-1].idx + len(words[-1]) if known is None else known.end
            known = Antecedent(name, start, end, gender)
            self.by_surname[words[-1].text][name] = known
        for role in roles(entity):
            self.by_role[role][name] = known

    # ---- naming -----------------------------------------------------------------------------------------------------

    def person(self, token: Token, offset: int) -> Antecedent | None:
        """The person that a token belongs to the name of."""
        entity = entity_of(token)
        if entity is None:
            known = self.by_surname.get(token.text, {}) if token.tag_ == "NNP" and token.dep_ != "compound" else {}
            alone = token.i == 0 or token.nbor(-1).tag_ not in {"NNP", "NN"} or token.nbor(-1).lower_ in TITLES
            return next(iter(known.values())) if len(known) == 1 and alone else None
        words = name_words(entity)
        if not words or token.i not in {word.i for word in words}:
            return None
        here = Antecedent(
            " ".join(word.text for word in words),
            offset + words[0].idx,
            offset + words[-1].idx + len(words[-1]),
            gender_of(words[0], entity),
        )
        known = self.by_surname.get(words[-1].text, {})
        if len(words) > 1:
            return known.get(here.name, here)
        if len(known) == 1:
            return next(iter(known.values()))
        return here if not known and not MIXED.search(here.name) else None

    def is_known(self, token: Token) -> bool:
        """Whether a name has a second word here, or elsewhere in the article."""
        entity = entity_of(token)
        return bool(self.by_surname.get(token.text)) or (entity is not None and len(name_words(entity)) > 1)

    def role(self, tree: Tree, noun: int) -> Antecedent | None:
        """The one person in the article who is "the envoy"."""
        known = self.by_role.get(tree.lemma[noun], {})
        if len(known) != 1 or tree.tag[noun] != "NN":
            return None
        below = tree.kids[noun]
        if any(tree.dep[i] not in {"det", "compound", "amod", "nmod", "punct", "case", "poss"} for i in below):
            return None
        if not any(tree.low[i] == "the" for i in below) or any(tree.dep[i] == "poss" for i in below):
            return None
        return next(iter(known.values()))

    def antecedent(self, tree: Tree, top: int, offset: int) -> Antecedent | None:
        """Who or what a noun phrase names: a person, a role, or the thing itself."""
        token = tree.doc[top]
        person = self.person(token, offset)
        if person is not None or token.ent_type_ == "PERSON":
            return person
        found = self.role(tree, top)
        if found is not None:
            return found
        if tree.tag[top][:2] != "NN":
            return None
        clauses = [
            i for i in tree.kids[top] if tree.dep[i] in {"relcl", "acl", "appos", "punct", "conj", "cc"} and i > top
        ]
        words = sorted(tree.subtree(top, clauses))
        if clauses:
            words = [i for i in words if i < min(min(tree.subtree(i)) for i in clauses)]
        if not words:  # a clause that the parser hangs on the noun begins before it
            return None
        if words != list(range(words[0], words[-1] + 1)) or words[-1] < top or len(words) > 10:
            return None
        if any(tree.tag[i] == "PRP$" and tree.low[i] not in {"our", "my"} for i in words):
            return None  # "his wife" stands for nobody outside her sentence
        start, end = tree.doc[words[0]].idx, tree.doc[words[-1]].idx + len(tree.doc[words[-1]])
        firm = tree.tag[top] == "NNPS" and token.ent_type_ != "NORP" and tree.kid(top, "det") is None
        several = tree.tag[top] in {"NNS", "NNPS"} and not firm
        kind = "group" if several else "person" if tree.lemma[top] in HUMAN else "thing"
        name = tree.doc.text[start:end]
        if tree.tag[words[0]] in {"DT", "PRP$"}:  # "The company" at the head of a sentence
            name = name[:1].lower() + name[1:]
        return Antecedent(name, offset + start, offset + end, "", kind)

    # ---- pronouns ---------------------------------------------------------------------------------------------------

    def pronoun(
        self, tree: Tree, i: int, offset: int, speaker: Antecedent | None, frame: Frame | None, quoted: bool
    ) -> Antecedent | None:
        """What a pronoun means, None if that is not plain.

        Args:
            tree: its sentence.
            i: its index.
            offset: where the paragraph stands in the source.
            speaker: who says the clause that it stands in.
            frame: the words that attribute the clause to that speaker, when they stand in this sentence.
            quoted: it stands between quotation marks.
        """
        word = tree.low[i]
        content = frame.content if frame is not None else frozenset()
        if word in FIRST:
            return speaker if quoted and speaker is not None and speaker.kind == "person" else None
        if word in {"himself", "herself"}:
            return None  # its antecedent stands in the same clause
        if word in HE | SHE:
            return None if quoted else self._he_or_she(tree, i, offset, speaker, frame, "m" if word in HE else "f")
        if quoted:
            return None
        near = self._subject_above(tree, i, offset) if word in PLURAL | THING else None
        if near is not None or speaker is None:
            return near
        if (word in PLURAL and speaker.kind == "group") or (word in THING and speaker.kind == "thing"):
            rivals = [
                j
                for j in tree.order
                if j in content and j < i and tree.tag[j][:2] == "NN" and (tree.tag[j][-1] == "S") == (word in PLURAL)
            ]
            follows = frame is not None and bool(frame.sources) and frame.sources[0][0] > i
            return None if rivals or follows or is_empty_it(tree, i) else speaker
        return None

    def _subject_above(self, tree: Tree, i: int, offset: int) -> Antecedent | None:
        """ "The ship sank after it hit a reef": the subject of the clause above, if no other noun comes between."""
        verb = tree.head[i]
        if tree.dep[i] not in {"nsubj", "nsubjpass"} or tree.dep[verb] != "advcl" or is_empty_it(tree, i):
            return None
        subject = tree.subject(tree.head[verb])
        if subject is None or subject > i or tree.tag[subject][:2] != "NN":
            return None
        plural = tree.low[i] in PLURAL
        tags = {"NNS", "NNPS"} if plural else {"NN", "NNP"}
        rivals = [
            j
            for j in tree.order
            if j < i and j != subject and tree.tag[j] in tags and tree.dep[j] not in {"compound", "nmod", "amod"}
        ]
        found = self.antecedent(tree, subject, offset)
        if rivals or found is None or found.kind != ("group" if plural else "thing"):
            return None
        return found

    def pronoun_of_speaker(self, tree: Tree, i: int, offset: int, frame: Frame) -> Antecedent | None:
        """Whom "he" in "he said" means: whoever spoke last, if there is one who fits; no one named in what is said."""
        word = tree.low[i]
        if word not in HE | SHE:
            return self.pronoun(tree, i, offset, None, None, False)
        gender = "m" if word in HE else "f"
        before = [j for j in tree.order if j < i and j not in frame.content]
        here = [p for p in self._persons(tree, before, offset) if _fits(p, gender)]
        if here:
            return here[0] if len(here) == 1 else None
        if self.focus.speaker is not None and _fits(self.focus.speaker, gender):
            return self.focus.speaker
        candidates = [p for p in self.focus.persons if _fits(p, gender)]
        subject = self.focus.subject
        return candidates[0] if len(candidates) == 1 else subject if subject in candidates else None

    def _he_or_she(
        self, tree: Tree, i: int, offset: int, speaker: Antecedent | None, frame: Frame | None, gender: str
    ) -> Antecedent | None:
        here = [p for p in self._persons(tree, [j for j in tree.order if j < i], offset) if _fits(p, gender)]
        told_before = frame is None or not frame.sources or frame.sources[0][0] < i
        if speaker is not None and _fits(speaker, gender) and told_before:
            content = frame.content if frame is not None else frozenset()
            aimed_at = tree.dep[i] in {"dobj", "dative", "pobj"} and not _is_possessive(tree, i)
            # "said they owe him an apology", "said P, though he trusts his skills": him and his are hardly the speaker
            if content and _is_possessive(tree, i) and self._is_someone_else(tree, i, offset, content):
                return None  # "The mayor said the youth dropped his bag"
            near = tree.order if aimed_at or i not in content else content
            rivals = self._persons(tree, [j for j in near if j < i], offset)
            return None if any(_fits(p, gender) and p.name != speaker.name for p in rivals) else speaker
        if speaker is not None:  # "He was at home, the officer said": whoever speaks is not "he"
            here = [p for p in here if p.name != speaker.name]
        if speaker is None and self._is_someone_else(tree, i, offset):
            return None
        if _is_possessive(tree, i) and (owner := _same_pronoun_above(tree, i)) is not None:
            return self._he_or_she(tree, owner, offset, speaker, frame, gender)  # "he shared it with his friends"
        if here:
            if len(here) > 1 or (tree.dep[i] in {"dobj", "dative", "pobj"} and not _is_possessive(tree, i)):
                return None
            return here[0]
        persons = [p for p in self.focus.persons if speaker is None or p.name != speaker.name]
        candidates = [p for p in persons if _fits(p, gender)]
        if len(candidates) == 1:
            return candidates[0]
        subject = self.focus.subject
        if subject in candidates and subject is not None and tree.dep[i] in {"nsubj", "nsubjpass"}:
            certain = [p for p in candidates if p.gender == gender]
            return subject if not certain or certain == [subject] else None
        return None

    def _is_someone_else(self, tree: Tree, i: int, offset: int, within: frozenset[int] = frozenset()) -> bool:
        """ "The striker ended his career": the nearest subject above is meant, though nothing tells who that is.

        Args:
            tree: the sentence.
            i: the pronoun.
            offset: where the paragraph stands in the source.
            within: the words among which the subject must stand, when only some count.
        """
        for verb in tree.above(i):
            subject = tree.subject(verb)
            if subject is not None and subject < i:
                if within and subject not in within:
                    return False
                token = tree.doc[subject]
                # The name of a body, said of him or her, is a surname that the recogniser does not know.
                surname = token.ent_type_ == "ORG" and tree.kid(subject, "det", "compound") is None
                named = tree.tag[subject] == "NNP" and (token.ent_type_ in {"", "PERSON", "NORP"} or surname)
                unknown = named or (tree.lemma[subject] in HUMAN and tree.tag[subject] != "NNS")
                if within and not unknown:
                    continue
                return unknown and self.person(token, offset) is None and self.role(tree, subject) is None
        return False

    def _persons(self, tree: Tree, words: Iterable[int], offset: int) -> list[Antecedent]:
        found: dict[str, Antecedent] = {}
        for j in words:
            if tree.doc[j].ent_type_ == "PERSON" or tree.doc[j].text in self.by_surname:
                person = self.person(tree.doc[j], offset)
                if person is not None:
                    found.setdefault(person.name, person)
        return list(found.values())

    def show(self, tree: Tree, offset: int, frames: dict[int, Frame], speakers: list[Antecedent]) -> None:
        """Takes note of a sentence after its own pronouns were resolved, for those of the next one."""
        persons = self._persons(tree, tree.order, offset)
        for speaker in speakers:
            if speaker.kind == "person" and speaker.name not in {p.name for p in persons}:
                persons.append(speaker)
        told_first = [f for f in frames.values() if f.sources and f.heads and f.heads[0] < f.sources[0][0]]
        main = self._subject(tree, told_first[0].heads[0] if told_first else tree.root, offset, speakers)
        if main is None and speakers and speakers[0].kind == "person":
            main = speakers[0]
        if main is not None and main.kind == "person" and main.name not in {p.name for p in persons}:
            persons.append(main)
        if persons or main is not None:
            self.focus = Focus(
                tuple(persons),
                main if main is not None and main.kind == "person" else None,
                speakers[0] if speakers and speakers[0].kind == "person" else None,
            )
        elif not any(tree.low[j] in HE | SHE for j in tree.order):
            self.focus = Focus()

    def _subject(self, tree: Tree, verb: int, offset: int, speakers: list[Antecedent]) -> Antecedent | None:
        """Whom the sentence is about: of "She fell, Smith said" the one who fell."""
        subject = tree.subject(verb) if verb >= 0 else None
        if subject is None:
            return None
        if tree.low[subject] in HE | SHE:
            speaker = speakers[0] if speakers and speakers[0].kind == "person" else None
            if speaker is not None and verb == tree.root:
                return speaker
            found = self.pronoun(tree, subject, offset, None, None, False)
            return None if found is not None and speaker is not None and found.name == speaker.name else found
        return self.antecedent(tree, subject, offset)


def _fits(person: Antecedent, gender: str) -> bool:
    return person.kind == "person" and person.gender in {"", gender}


def _same_pronoun_above(tree: Tree, i: int) -> int | None:
    """The subject of the nearest clause above, if it is a pronoun of the same gender."""
    for verb in tree.above(i):
        subject = tree.subject(verb)
        if subject is not None and subject < i:
            return subject if any({tree.low[i], tree.low[subject]} <= group for group in (HE, SHE)) else None
    return None


def _is_possessive(tree: Tree, i: int) -> bool:
    return tree.tag[i] == "PRP$"


def is_empty_it(tree: Tree, i: int) -> bool:
    """ "it is clear that ...", "it rained": the word refers to nothing."""
    if tree.low[i] != "it" or tree.dep[i] not in {"nsubj", "nsubjpass", "expl"}:
        return False
    verb = tree.head[i]
    if tree.dep[i] == "expl" or tree.lemma[verb] in {"rain", "snow"}:
        return True
    below = [verb, *tree.all(verb, "acomp", "attr", "oprd")]
    return tree.lemma[verb] in {"be", "seem", "appear", "take"} and any(
        tree.kid(j, "ccomp", "csubj", "xcomp", "advcl", "acl", "relcl") is not None for j in below
    )
