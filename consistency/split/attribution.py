"""Reported speech in one sentence: who says it, with which words, and what is said.

Each frame is found either by place ("..., police said.", "according to police") or by the parse ("police said that
..."). Frames found by place also mend the tree, so that in the end every cue stands above the head of what is said and
the clause splitter needs one rule only.
"""

from __future__ import annotations

from consistency.split import cues
from consistency.split.frames import (
    QUOTING,
    Frame,
    cue_words,
    relays_in,
    rumour_of,
    source_of,
    speakers_in,
    stance_of,
    trimmed,
)
from consistency.split.phrases import NEGATIVE
from consistency.split.placed import according, as_told, before_colon, by_place
from consistency.split.tree import FINITE, Tree


def find_frames(tree: Tree, quotes: list[tuple[int, int]]) -> dict[int, Frame]:
    """All reported speech in a sentence, by the index of the cue's main word; mends the tree on the way.

    Args:
        tree: the sentence; its `head` and `dep` may change.
        quotes: the paragraph's quotations as token indices.
    """
    if tree.root < 0:
        return {}
    frames: dict[int, Frame] = {}
    for verb in tree.order:
        going_on = tree.lemma[verb] == "go" and tree.low.get(verb + 1) == "on" and tree.low.get(verb + 2) in {",", ":"}
        if (going_on or tree.lemma[verb] in cues.TAIL) and tree.tag[verb] in {"VBD", "VBZ", "VBP", "VBN", "VBG"}:
            placed = by_place(tree, verb, quotes)
            if placed is not None:
                frames[placed.verb] = placed
    for i in tree.order:
        if tree.low[i] == "according" and i not in frames:
            found = according(tree, i)
            if found is not None:
                frames[i] = found
    for verb in tree.order:
        if verb not in frames and (found := as_told(tree, verb) or before_colon(tree, verb, quotes)) is not None:
            frames[verb] = found
    for verb in tree.order:
        if verb not in frames and not any(verb in frame.cue for frame in frames.values()):
            found = _by_parse(tree, verb, quotes)
            if found is not None:
                frames[found.verb] = found
    return _outside_quotations(frames, quotes, tree.low)


def _is_own(frame: Frame, low: dict[int, str]) -> bool:
    """ "I think", "we know"."""
    return any(low[i] in {"i", "we"} for words in frame.sources for i in words[:1])


def _outside_quotations(
    frames: dict[int, Frame], quotes: list[tuple[int, int]], low: dict[int, str]
) -> dict[int, Frame]:
    """Without the speech verbs inside a quotation: what a speaker quotes others with is the speaker's own claim."""
    quoted = [(start, end) for start, end in quotes if any(start < i < end for f in frames.values() for i in f.content)]
    return {
        verb: frame
        for verb, frame in frames.items()
        if not (any(start < verb < end for start, end in quoted) and _is_reported(verb, frames))
        and not (any(start < verb < end for start, end in quotes) and _is_own(frame, low))
    }


def _is_reported(verb: int, frames: dict[int, Frame]) -> bool:
    return any(verb in frame.content for frame in frames.values() if frame.verb != verb)


def _by_parse(tree: Tree, verb: int, quotes: list[tuple[int, int]]) -> Frame | None:
    """ "X said that ...", "told Y that ...", "adding that ...", "denied having ..."."""
    lemma = tree.lemma[verb]
    if not tree.is_verb(verb) or not (lemma in cues.SPEECH or lemma in cues.THOUGHT or lemma in cues.DENIAL):
        return None
    if tree.dep[verb] == "xcomp" and tree.tag[verb] == "VBN":
        return None  # "told the paper suspected terrorists had come"
    if any(tree.low[i] in cues.WRONGLY for i in tree.all(verb, "advmod")):
        return None  # "reported incorrectly that ...": the outlet says that it is not so
    if _is_guess(tree, verb) or _is_implied(tree, verb):
        return None
    if lemma in cues.THOUGHT and tree.dep[verb] == "pcomp":
        return None  # "tricked them into thinking that ..."
    if _is_negated(tree, verb) or _is_hypothetical(tree, verb):
        return None
    heads = [i for i in tree.all(verb, "ccomp") if _is_said(tree, verb, i) and (i > verb or _may_follow(tree, verb, i))]
    if any(i > verb and tree.subject(i) is not None for i in heads):
        heads = [i for i in heads if i > verb]
    if lemma in cues.DENIAL and not heads:
        heads = [
            i
            for i in tree.all(verb, "xcomp", "pcomp")
            if tree.tag[i] == "VBG" or any(tree.tag[k] == "VBG" for k in tree.all(i, "aux", "auxpass"))
        ]
    rumour = rumour_of(tree, verb)
    if rumour is not None and not any(tree.is_finite(i) for i in heads if lemma in cues.DENIAL):
        heads = [rumour]
    if not heads or _is_extracted(tree, verb, heads):
        return None
    if tree.dep[verb] == "pcomp" and tree.low[tree.head[verb]] == "as":
        quoting = tree.head[tree.head[verb]]
        if tree.lemma[quoting] in QUOTING:
            return _quoting(tree, quoting, verb, heads)
    source = source_of(tree, verb)
    content = set().union(*(tree.subtree(head) for head in heads))
    own = tree.subtree(verb, heads)
    cue = cue_words(tree, verb, own - set(source))
    if lemma in cues.THOUGHT and not source:
        return None
    return Frame(
        verb,
        cue,
        speakers_in(tree, source),
        tuple(heads),
        frozenset(trimmed(tree, content)),
        stance_of(tree, verb) if rumour is None else "denies",
    )


def _is_guess(tree: Tree, verb: int) -> bool:
    """ "The driver obviously thought that ...": the writer guesses, the driver said nothing."""
    near = (verb, *(tree.all(verb, "aux", "auxpass")))
    return tree.lemma[verb] in cues.THOUGHT | {"think"} and any(
        tree.low[i] in cues.GUESSED for above in near for i in tree.all(above, "advmod")
    )


def _is_implied(tree: Tree, verb: int) -> bool:
    """ "has made contact, suggesting that he may return": the event suggests it, its subject says nothing."""
    if tree.tag[verb] != "VBG" or tree.lemma[verb] not in cues.IMPLYING or tree.subject(verb) is not None:
        return False
    if tree.low.get(min(tree.subtree(verb)) - 1) != "," or tree.dep[verb] not in {"advcl", "acl", "dep", "conj"}:
        return False
    above = tree.head[verb]  # "wrote to the board, suggesting that ..."
    return tree.lemma[verb] != "suggest" or tree.lemma[above] not in cues.SPEECH or not tree.is_finite(above)


def _is_extracted(tree: Tree, verb: int, heads: list[int]) -> bool:
    """ "what he said was odd", "a warning which agents say meant war": the clause lacks what stands before the cue."""
    if any(tree.low[i] == "what" and i < verb for i in tree.all(verb, "dobj", "attr")):
        return True
    lacking = [i for i in heads if tree.is_finite(i) and (tree.subject(i) is None or _lacks_object(tree, verb))]
    return tree.dep[verb] == "relcl" and bool(lacking) and rumour_of(tree, verb) is None


def _lacks_object(tree: Tree, verb: int) -> bool:
    """ "the page she said she set up": no word stands for what the clause is about."""
    return all(tree.tag[i] not in {"WDT", "WP", "WRB"} for i in tree.subtree(verb) if i < verb)


def _quoting(tree: Tree, quoting: int, saying: int, heads: list[int]) -> Frame | None:
    """ "the agency quoted X as saying that P": P hangs under "quoted", X says it, the agency passes it on."""
    passive = tree.kid(quoting, "auxpass") is not None
    speaker, relay = tree.kid(quoting, "nsubjpass" if passive else "dobj"), tree.kid(quoting, "nsubj")
    if not tree.move({head: (quoting, "ccomp") for head in heads}):
        return None
    content = set().union(*(tree.subtree(head) for head in heads))
    cue = sorted({quoting, tree.head[saying], saying, *tree.all(quoting, "auxpass")})
    source = sorted(tree.subtree(speaker)) if speaker is not None else []
    via = sorted(tree.subtree(relay)) if relay is not None else []
    return Frame(
        quoting,
        tuple(cue),
        speakers_in(tree, source),
        tuple(heads),
        frozenset(trimmed(tree, content)),
        "asserts",
        relays_in(tree, via),
    )


def _may_follow(tree: Tree, verb: int, head: int) -> bool:
    """Whether a clause before the cue may be what is said: "X left, he said", not "X left; the agency agreed"."""
    between = [tree.low[i] for i in tree.order if max(tree.subtree(head)) < i < verb]
    subject = tree.kid(verb, "nsubjpass")
    if subject is not None and tree.low[subject] != "it" and tree.kid(verb, "agent") is None:
        return False  # "several have been seen, none had been confirmed"
    return tree.lemma[verb] in cues.TAIL and ";" not in between and not {"and", "but"} & set(between)


def _is_said(tree: Tree, verb: int, head: int) -> bool:
    """A clause with tense that reports a statement, not a question ("asked whether ...")."""
    words = tree.subtree(head)
    marks = {tree.low[i] for i in tree.all(head, "mark", "advmod", "dobj", "nsubj", "attr", "pobj", "det")}
    first = next((i for i in sorted(words) if tree.doc[i].is_alpha), head)
    if (head > verb and tree.tag[first] in {"WP", "WRB", "WDT"}) or "whether" in marks or "if" in marks:
        return False
    if (
        tree.lemma[verb] in cues.ORDERING
        and head > verb
        and not any(tree.tag[i] == "MD" for i in tree.all(head, "aux"))
    ):
        return False  # "recommends that users set it to high": nothing is said to be the case
    if tree.lemma[verb] in cues.DEMANDING and any(tree.low[i] == "be" for i in tree.all(head, "aux", "auxpass")):
        return tree.is_finite(head)  # "demand that the report be released": nothing is said to be the case
    return tree.is_finite(head) or tree.tag[head] in {"VBN", "VBD"} or not tree.is_verb(head)


def _is_negated(tree: Tree, verb: int) -> bool:
    if tree.kid(verb, "neg") is not None or any(tree.low[i] in {"never", "n't", "not"} for i in tree.kids[verb]):
        return True
    who = tree.kid(verb, "nsubj")  # "Nobody said that ...", "No officer has said ..."
    return who is not None and any(tree.low[i] in NEGATIVE for i in (who, *tree.all(who, "det", "neg")))


def _is_hypothetical(tree: Tree, verb: int) -> bool:
    """ "refused to say", "would say", "if he says", "to say that": nothing has been said."""
    if any(
        tree.low[i] in {"would", "could", "might", "may", "should", "must", "can", "cannot"} and tree.dep[i] == "aux"
        for i in tree.kids[verb]
    ):
        return True
    if tree.tag[verb] == "VB":
        return not (tree.dep[verb] == "xcomp" and tree.lemma[tree.head[verb]] in {"go", "continue", "come", "begin"})
    if any(tree.low[i] in cues.CONDITIONS for i in tree.all(verb, "mark")):
        return True
    return any(
        tree.low[i] in {"did", "does", "do"} and tree.dep[i] == "aux" and i < verb and _asks(tree)
        for i in tree.kids[verb]
    )


def _asks(tree: Tree) -> bool:
    return any(token.text == "?" for token in tree.tokens[-2:])


def introduced_speaker(tree: Tree) -> tuple[int, tuple[int, ...]] | None:
    """The cue and the speaker of a sentence that only announces what follows: "He said:", "From the Daily Star:"."""
    if len(tree.tokens) < 3 or tree.tokens[-1].text != ":":
        return None
    if tree.low[tree.order[0]] in cues.HEADING and not any(tree.tag[i] in FINITE for i in tree.order):
        named = tree.order[1:-1]
        end = next((at for at, i in enumerate(named) if tree.low[i] in {",", "(", "—", "-"} and at), len(named))
        if any(tree.tag[i][:3] == "NNP" for i in named[:end]):
            return tree.order[0], tuple(named[:end])
    for verb in reversed(tree.order):
        if tree.lemma[verb] in cues.SPEECH and tree.is_verb(verb):
            source = source_of(tree, verb)
            if source:
                return verb, tuple(source)
    return None


def partly_quoted(tree: Tree, quotes: list[tuple[int, int]]) -> tuple[int, tuple[int, ...]] | None:
    """The verb and the subject of a sentence with some words of a person in it: "She called the plan "a sham"."""
    verb = tree.root
    if verb < 0 or tree.tag[verb] not in FINITE | {"VBN"} or not any(a in tree and a > verb for a, _ in quotes):
        return None
    subject = tree.kid(verb, "nsubj")
    if subject is None or not (tree.doc[subject].ent_type_ == "PERSON" or tree.low[subject] in {"he", "she"}):
        return None
    return verb, tuple(source_of(tree, verb))
