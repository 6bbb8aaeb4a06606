"""Reported speech that is set off by commas, quotation marks or a colon: "..., police said", "according to police".

What stands by place is surer than the parse, which often hangs such a frame in the wrong spot. So each function here
mends the tree: afterwards the cue stands above the head of what is said.
"""

from __future__ import annotations

from consistency.split import cues
from consistency.split.conditions import lacks_main_verb
from consistency.split.cues import words as word_set
from consistency.split.frames import (
    QUOTING,
    Frame,
    announces,
    cue_words,
    is_below,
    relays_in,
    source_of,
    speakers_in,
    stance_of,
    trimmed,
)
from consistency.split.tree import FINITE, Tree

BREAKS = {",", "—", "–", "--", "-", "?", "!", ";", ":", "(", ")", "…", "..."}
NOUN_PHRASE = word_set(
    "DT NN NNS NNP NNPS PRP PRP$ POS JJ JJS JJR CD IN CC FW HYPH $ VBG VBN '' `` RB PDT SYM NFP ADD AFX , ."
)
PHRASE_START = word_set("DT NN NNS NNP NNPS PRP PRP$ JJ JJS JJR CD PDT FW RB VBN ADD")
NOT_TOLD = word_set("calculate adjust vary differ pay grade sort classify rank allocate distribute act proceed")
NO_SPEAKER = word_set("who which that what whom whose it there this")


def by_place(tree: Tree, verb: int, quotes: list[tuple[int, int]]) -> Frame | None:
    """ "..., X said", "..., said X", "..., X was quoted as saying": set off by commas or quotation marks."""
    order, marks = tree.order, {i for pair in quotes for i in pair}
    if any(start < verb < end for start, end in quotes):
        return None
    at = order.index(verb)
    left = _break_before(tree, at, marks)
    if left is None:
        return None
    chain = _quoted_as_saying(tree, at, left)
    quoting = verb
    if chain is not None:
        quoting = next(i for i in reversed(order[left + 1 : at]) if tree.lemma[i] in QUOTING)
    if chain is None and tree.tag[verb] not in {"VBD", "VBZ", "VBP"} and not _has_finite_auxiliary(tree, at, left):
        return None
    before = order[left + 1 : at]
    if chain is None and tree.tag[verb] == "VBN" and any(tree.lemma[i] == "be" for i in before):
        return None  # "none had been confirmed": the subject says nothing
    right = _break_after(tree, at, marks)
    after = order[at + 1 : right]
    subject = None
    if chain is not None:
        source = chain
    elif before and _is_phrase(tree, before):
        source = _phrase_words(tree, before)
    elif not before and _ends_with_name(tree, after, order[right:]) and tree.lemma[verb] not in cues.ADDRESSED:
        source, after = list(after), []
    elif not before and (far := _source_with_clause(tree, at, left, quotes)):
        source, left = far
    elif not before and (subject := _subject_before(tree, verb, order[left], quotes)) is not None:
        source = sorted(tree.subtree(subject))
        start = order.index(source[0])
        if start == 0 or not _is_break(tree, order[start - 1], marks) or source[-1] >= verb:
            return None
        left = start - 1
    elif not before and after and tree.tag[after[0]] in PHRASE_START:
        source, right = _inverted_source(tree, at, right, marks)
        after = [i for i in order[at + 1 : right] if i not in source]
    else:
        return None
    if not source or (tree.low[source[0]] in NO_SPEAKER and len(source) == 1):
        return None
    if chain is None and any(
        tree.tag[i] in FINITE or (tree.low[i] in {"that", "to"} and tree.tag[i] in {"IN", "TO"} and i - verb <= 2)
        for i in after
        if i not in source
    ):
        return None
    rest = order[right:]
    asked = tree.lemma[order[0]] == "ask" and tree.tag[order[0]] == "VBN"
    if (
        rest
        and (tree.low[rest[0]] in {":", ";"} or marks & set(rest[:2]))
        and (asked or not (_is_statement(tree, order[:left], quotes) or _is_phrase(tree, order[:left])))
    ):
        return None  # "When asked, he said: ...": what is said comes after the cue
    content = order[:left] + (rest if _goes_on(tree, rest, marks, _is_statement(tree, order[:left], quotes)) else [])
    if not _is_statement(tree, content, quotes) or (
        chain is None and not set(tree.all(verb, "dobj")) & set(source) and _says_a_thing(tree, verb)
    ):
        return None
    head = _hang_under(tree, quoting, content, [*source, *before, *after, verb])
    if head is None:
        return None
    allowed = set(order[left + 1 : right]) - set(source)
    content_set = frozenset(trimmed(tree, tree.subtree(head) & set(content)))
    if chain is not None:
        behind = tree.low.get(quoting + 1) == "by"  # "X was quoted by the agency as saying"
        passing = [i for i in before if (i > quoting + 1 if behind else i < quoting) and i not in source]
        relay = _phrase_words(tree, [i for i in passing if tree.low[i] != "as"])
        cue = tuple(
            i for i in order[order.index(quoting) - len(tree.all(quoting, "auxpass")) : at + 1] if i in allowed | {verb}
        )
        return Frame(quoting, cue, speakers_in(tree, source), (head,), content_set, "asserts", relays_in(tree, relay))
    return Frame(
        verb, cue_words(tree, verb, allowed), speakers_in(tree, source), (head,), content_set, stance_of(tree, verb)
    )


def _subject_before(tree: Tree, verb: int, mark: int, quotes: list[tuple[int, int]]) -> int | None:
    """The cue's subject where something set off stands between the two; what is quoted does not speak."""
    subject = tree.subject(verb)
    quoted = subject is not None and any(start < subject < end for start, end in quotes)
    return subject if subject is not None and subject < mark and not quoted else None


def _source_with_clause(tree: Tree, at: int, left: int, quotes: list[tuple[int, int]]) -> tuple[list[int], int] | None:
    """ ""...," Smith, who lives there, told reporters": the source runs from the quotation to the comma."""
    order, verb = tree.order, tree.order[at]
    if tree.low[order[left]] != "," or not (tree.lemma[verb] in cues.ADDRESSED or _ends_soon(tree, at)):
        return None
    closing = max((end for _, end in quotes if end in tree and end < order[left]), default=None)
    if closing is None:
        return None
    start = order.index(closing) + 1
    source = order[start:left]
    if len(source) < 3 or tree.tag[source[0]] not in PHRASE_START or not any(tree.low[i] == "," for i in source):
        return None
    return source, start - 1


def _ends_with_name(tree: Tree, after: list[int], rest: list[int]) -> bool:
    """ "..., reports the Telegraph.": nothing but a noun phrase after the cue, and then the end."""
    if not after or any(tree.doc[i].is_alpha for i in rest) or any(tree.lemma[i] in cues.TIMES for i in after):
        return False
    return _is_phrase(tree, after) and not any(tree.is_verb(i) for i in after)


def _ends_soon(tree: Tree, at: int) -> bool:
    return at + 1 >= len(tree.order) or tree.doc[tree.order[at + 1]].text in BREAKS | {"."}


def _is_break(tree: Tree, i: int, marks: set[int]) -> bool:
    return i in marks or tree.doc[i].text in BREAKS


def _break_before(tree: Tree, at: int, marks: set[int]) -> int | None:
    """Position (in `order`) of the mark that sets the frame off on its left, None at the sentence's start."""
    for position in range(at - 1, -1, -1):
        if _is_break(tree, tree.order[position], marks) and not _inside_name(tree, tree.order[position]):
            return position if position > 0 else None
    return None


def _break_after(tree: Tree, at: int, marks: set[int]) -> int:
    for position in range(at + 1, len(tree.order)):
        i = tree.order[position]
        if _is_break(tree, i, marks) and not _inside_name(tree, i):
            return position
    return len(tree.order)


def _inside_name(tree: Tree, i: int) -> bool:
    """A hyphen inside a word, a comma inside a number."""
    token = tree.doc[i]
    return token.text in {"-", "–"} and i > 0 and not tree.doc[i - 1].whitespace_ and not token.whitespace_


def _is_phrase(tree: Tree, words: list[int]) -> bool:
    """A noun phrase, perhaps with auxiliaries and adverbs after it, as stands before "said"."""
    if not words or tree.tag[words[0]] not in PHRASE_START or tree.low[words[0]] in {"then", "so", "also"}:
        return False
    if not any(tree.tag[i][:2] in {"NN", "PR", "DT", "CD"} for i in words):
        return False
    return all(tree.tag[i] in NOUN_PHRASE or tree.dep[i] in {"aux", "auxpass", "neg", "advmod"} for i in words)


def _phrase_words(tree: Tree, words: list[int]) -> list[int]:
    """The noun phrase of such a stretch, without the auxiliaries and adverbs at its end."""
    words = list(words)
    while words and (tree.dep[words[-1]] in {"aux", "auxpass", "advmod", "neg"} or tree.tag[words[-1]] in {"RB", "MD"}):
        words.pop()
    return words


def _has_finite_auxiliary(tree: Tree, at: int, left: int) -> bool:
    return any(tree.tag[i] in FINITE for i in tree.order[left + 1 : at]) and tree.tag[tree.order[at]] == "VBN"


def _quoted_as_saying(tree: Tree, at: int, left: int) -> list[int] | None:
    """The source in "X was quoted as saying" and "the agency quoted X as saying", for the verb `saying`."""
    order = tree.order
    if at < 3 or tree.low[order[at - 1]] != "as" or tree.tag[order[at]] != "VBG":
        return None
    quote = next((p for p in range(at - 2, left, -1) if tree.lemma[order[p]] in QUOTING), None)
    if quote is None:
        return None
    between = order[quote + 1 : at - 1]
    if between and tree.low[between[0]] != "by":  # "X was quoted by the agency as saying"
        return between
    return _phrase_words(tree, order[left + 1 : quote])


def _inverted_source(tree: Tree, at: int, right: int, marks: set[int]) -> tuple[list[int], int]:
    """ "said Smith, who lives there": the noun phrase after the cue, with what hangs on it, and where it ends."""
    order, words = tree.order, []
    for position in range(at + 1, len(order)):
        i = order[position]
        if i in marks or tree.doc[i].text in {"—", "–", "--", ";", ":"}:
            break
        words.append(i)
    nouns = [i for i in words if tree.tag[i][:2] in {"NN", "PR"}]
    tops = [i for i in nouns if not set(words) & set(tree.above(i))]
    top = next(iter([*tops, *(i for i in nouns if not tree.dep[i].startswith("compound"))]), None)
    if top is None:
        return [], right
    hanging = tree.subtree(top) if order[at] not in tree.subtree(top) else {top}
    source = [i for i in words if i <= top]
    for i in words[len(source) :]:
        if i not in hanging:
            break
        source.append(i)
    while source and tree.doc[source[-1]].text in {",", "."}:
        source.pop()
    end = order.index(source[-1]) + 1 if source else right
    first_break = next((p for p in range(end, len(order)) if _is_break(tree, order[p], marks)), len(order))
    return source, first_break


def _goes_on(tree: Tree, rest: list[int], marks: set[int], complete: bool) -> bool:
    """Whether what follows a frame in mid-sentence goes on with what is said, rather than telling how or by whom."""
    words = [i for i in rest if not _is_break(tree, i, marks) and tree.doc[i].text != "."]
    if not words or tree.low[words[0]] in {
        "according",
        "who",
        "which",
        "whose",
        "whom",
        "citing",
        "speaking",
        "referring",
    }:
        return False
    if complete:  # it goes on with "but ..." or with a new quotation
        return tree.low[words[0]] in {"and", "but", "because", "so", "that"} or any(i in marks for i in rest[:2])
    return any(tree.is_verb(i) for i in words)


def _is_statement(tree: Tree, words: list[int], quotes: list[tuple[int, int]]) -> bool:
    """Enough to be said by someone: a clause of its own, or a quotation."""
    if any(start in words and (end in words or end - start > 2) for start, end in quotes):
        return True
    if words and any(start < tree.order[0] and words[0] < end - 1 and end in tree for start, end in quotes):
        return True  # "True heroes ...", of a quotation that began sentences before
    return any(
        tree.is_verb(i)
        and tree.is_finite(i)
        and tree.subject(i) is not None
        and tree.dep[i] not in {"advcl", "relcl", "acl", "pcomp"}
        for i in words
    )


def _says_a_thing(tree: Tree, verb: int) -> bool:
    """ "said just that", "read the letter": the cue has an object of its own."""
    thing = tree.kid(verb, "dobj")
    if thing is None or thing < verb or tree.lemma[verb] in cues.ADDRESSED:
        return False
    return tree.lemma[thing] not in cues.TIMES


def _hang_under(tree: Tree, verb: int, content: list[int], frame: list[int]) -> int | None:
    """Mends the tree so that all of `content` hangs under one head, and that head under `verb`."""
    inside, framed = set(content), {verb, *frame}
    tops = [i for i in content if tree.head[i] not in inside or tree.head[i] == i]
    verbs = [i for i in tops if tree.is_verb(i)]
    finite = sorted((i for i in verbs if tree.is_finite(i)), key=lambda i: (lacks_main_verb(tree, i), i))
    head = next(iter(finite or verbs or [i for i in tops if tree.tag[i][0].isalpha()] or tops), None)
    if head is None:
        return None
    changes: dict[int, tuple[int, str]] = {}
    above = tree.head[head]
    if verb in tree.subtree(head):  # the frame hangs somewhere in the content: it takes the content's place
        outer = (verb, "ROOT") if above == head else (above, tree.dep[head])
        changes[verb] = outer
    changes[head] = (verb, "ccomp")
    for i in tops:
        if i != head:
            changes[i] = (head, _relation(tree, i, head, framed))
    for i in frame:
        if tree.head[i] in inside:
            changes[i] = (verb, "nsubj" if tree.tag[i][:2] in {"NN", "PR"} else "dep")
    return head if tree.move(changes) else None


def _relation(tree: Tree, i: int, head: int, framed: set[int]) -> str:
    """What a word of the content is to its new head."""
    if not tree.doc[i].is_alpha:
        return "punct"
    if tree.head[i] not in framed:
        return tree.dep[i]
    is_subject = i < head and tree.tag[i][:2] in {"NN", "PR"} and tree.subject(head) is None and tree.is_finite(head)
    return "nsubj" if is_subject else "dep"


def according(tree: Tree, i: int) -> Frame | None:
    to = tree.kid(i, "prep", "pcomp", "prt")
    if to is None or tree.low[to] != "to":
        return None
    object_ = tree.kid(to, "pobj", "dobj")
    if object_ is None:
        return None
    _take_in_name_behind(tree, i, object_)
    words = tree.subtree(i)
    source = sorted(tree.subtree(object_) - {j for j in tree.all(object_, "punct") if j > object_})
    ends = [j for j in tree.order if tree.doc[j].is_alpha]
    at_edge = min(words) <= ends[0] + 1 or max(words) >= ends[-1]
    host = tree.head[i]
    target = tree.root if at_edge else next((j for j in (host, *tree.above(host)) if tree.is_verb(j)), tree.root)
    if not at_edge and tree.dep[target] in {"relcl", "acl", "advcl"}:
        return None
    if target == i or target in words or (tree.lemma[host] in NOT_TOLD and tree.low.get(min(words) - 1) != ","):
        return None
    above, dep = tree.head[target], tree.dep[target]
    if not tree.move({i: (i, "ROOT") if above == target else (above, dep), target: (i, "ccomp")}):
        return None
    content = tree.subtree(target)
    return Frame(i, (i, to), speakers_in(tree, source), (target,), frozenset(trimmed(tree, content)))


def _take_in_name_behind(tree: Tree, i: int, object_: int) -> None:
    """ "..., according to the operator, Averil Lines.": the name at the end belongs to the source."""
    last = max(tree.subtree(i))
    rest = [j for j in tree.order if j > last and tree.doc[j].text not in {".", "”", '"'}]
    if len(rest) < 2 or tree.low[rest[0]] != "," or not all(tree.tag[j][:3] in {"NNP", "DT", "POS"} for j in rest[1:]):
        return
    changes = {j: (object_, "appos") for j in rest[1:] if tree.head[j] not in rest or tree.head[j] == j}
    if tree.root in changes:  # the parser hung the whole sentence on the name
        main = next((j for j in tree.kids[tree.root] if tree.is_finite(j)), None)
        if main is None:
            return
        others = {j: (main, tree.dep[j]) for j in tree.kids[tree.root] if j not in rest}
        changes |= {**others, main: (main, "ROOT")}
    tree.move(changes)


def as_told(tree: Tree, verb: int) -> Frame | None:
    """ "As the Daily News reports, ...": everything else in the sentence is said."""
    if tree.dep[verb] != "advcl" or tree.lemma[verb] not in cues.AS_TOLD or tree.kid(verb, "ccomp", "dobj") is not None:
        return None
    if not any(tree.low[i] == "as" for i in tree.all(verb, "mark", "advmod")) or tree.kid(verb, "nsubj") is None:
        return None
    source, target = source_of(tree, verb), tree.head[verb]
    above, dep = tree.head[target], tree.dep[target]
    if not tree.move({verb: (verb, "ROOT") if above == target else (above, dep), target: (verb, "ccomp")}):
        return None
    content = frozenset(trimmed(tree, tree.subtree(target)))
    return Frame(verb, (verb,), speakers_in(tree, source), (target,), content)


def before_colon(tree: Tree, verb: int, quotes: list[tuple[int, int]]) -> Frame | None:
    """ "She said on Monday: "...", "She rose and said, "...", "She issued a statement: "...": what follows the mark."""
    if not announces(tree, verb) or tree.tag[verb] not in FINITE or any(a < verb < b for a, b in quotes):
        return None
    order = tree.order
    at = order.index(verb)
    opening = {a for a, _ in quotes}
    colon = next(
        (
            p
            for p in range(at + 1, len(order))
            if tree.low[order[p]] == ":" or (tree.low[order[p]] == "," and order[p] + 1 in opening)
        ),
        None,
    )
    if colon is None or any(tree.tag[i] in FINITE and not is_below(tree, i) for i in order[at + 1 : colon]):
        return None
    closed = next((end for start, end in quotes if start == order[colon] + 1), order[colon])
    beside = {i for kid in tree.all(verb, "advcl", "conj") if kid > closed for i in tree.subtree(kid) if i > closed}
    content, source = [i for i in order[colon + 1 :] if i not in beside], source_of(tree, verb)
    if not source or source[-1] > verb or not any(i in opening for i in content[:1]):
        return None
    head = _hang_under(tree, verb, content, [i for i in order[:colon] if i != verb])
    if head is None:
        return None
    said = frozenset(trimmed(tree, tree.subtree(head) & set(content)))
    return Frame(
        verb, cue_words(tree, verb, set(order[:colon]) - set(source)), speakers_in(tree, source), (head,), said
    )
