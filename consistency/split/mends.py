"""Known slips of the parser, mended in the tree before anything reads it."""

from __future__ import annotations

from consistency.split import cues
from consistency.split.cue_mends import mend_around_cue, mend_noun_for_cue
from consistency.split.tree import Tree
from consistency.split.verbs import is_participle


def mend(tree: Tree) -> Tree:
    """Puts right what the parser is known to get wrong; each rule names the sentence that it was made for."""
    _keep_hyphenated_together(tree)
    for noun in [i for i in tree.order if tree.dep[i] in {"appos", "conj"}]:
        _name_joined_to_its_title(tree, noun)
    for noun in [i for i in tree.order if tree.dep[i] == "appos"]:
        _place_after_apposition(tree, noun)
    _close_single_quotation(tree)
    _participle_for_past_tense(tree)
    _subject_inside_clause_before(tree)
    mend_noun_for_cue(tree)
    _adverb_after_link(tree)
    for verb in tree.order:
        if tree.is_verb(verb):
            _past_tense_without_auxiliary(tree, verb)
            _past_tense_in_list(tree, verb)
            _then_without_and(tree, verb)
            _clause_behind_link(tree, verb)
            _list_of_verbs(tree, verb)
            _participle_for_first_verb(tree, verb)
            _main_clause_below_its_condition(tree, verb)
            _subject_taken_for_clause(tree, verb)
            mend_around_cue(tree, verb)
            _noun_joined_instead_of_clause(tree, verb)
            _phrase_ahead_of_clause(tree, verb)
            _subject_taken_for_apposition(tree, verb)
    return tree


def _keep_hyphenated_together(tree: Tree) -> None:
    """ "e-mails", "31-year-old": the pieces of one written word hang under its last piece."""
    group: list[int] = []
    for i in [*tree.order, -1]:
        token = tree.doc[i] if i >= 0 else None
        joined = (
            group
            and token is not None
            and not tree.doc[group[-1]].whitespace_
            and i == group[-1] + 1
            and (
                (token.text in {"-", "–"} and tree.doc[group[-1]].is_alpha)
                or (tree.doc[group[-1]].text in {"-", "–"} and token.is_alpha)
            )
        )
        if joined:
            group.append(i)
            continue
        if len(group) > 2:
            outside = [j for j in group if tree.head[j] not in group or tree.head[j] == j]
            top = outside[-1] if tree.doc[outside[-1]].is_alpha else outside[0]
            if len(outside) > 1:
                root = next((j for j in outside if tree.head[j] == j), None)
                if root is not None and root != top:
                    top = root
                tree.move({j: (top, "compound") for j in outside if j != top})
        group = [i]


def _close_single_quotation(tree: Tree) -> None:
    """ "put it in 'the high eight figures'.": the second mark goes with the first."""
    opened: int | None = None
    for i in tree.order:
        if tree.low[i] != "'":
            continue
        glued = i > 0 and not tree.doc[i - 1].whitespace_
        if opened is None and not glued and not tree.doc[i].whitespace_:
            opened = i
        elif opened is not None and glued and (tree.tag[i] != "POS" or tree.low.get(i + 1) in {".", ",", None}):
            tree.move({i: (tree.head[opened], "punct")})
            opened = None


def _subject_inside_clause_before(tree: Tree) -> None:
    """ "While much was made of delays, an agent, who read it, told ...": "agent" is no apposition to "delays"."""
    verb = tree.root
    if verb < 0 or not tree.is_finite(verb) or tree.subject(verb) is not None:
        return
    for clause in tree.all(verb, "advcl"):
        for noun in sorted(tree.subtree(clause)):
            if tree.dep[noun] not in {"appos", "conj"} or tree.tag[noun][:2] != "NN" or not clause < noun < verb:
                continue
            words = tree.subtree(noun)
            if tree.low.get(min(words) - 1) == "," and verb - 2 <= max(words) < verb:
                tree.move({noun: (verb, "nsubj")})
                return


def _participle_for_past_tense(tree: Tree) -> None:
    """ "The debate delved into details.": no verb but a participle behind the noun, which is the verb then."""
    noun = tree.root
    if noun < 0 or tree.tag[noun][:2] != "NN" or tree.tokens[-1].text not in {".", "”", '"'}:
        return
    participles = [i for i in tree.all(noun, "acl") if tree.tag[i] == "VBN" and i > noun]
    if not participles or any(tree.is_finite(i) and tree.dep[i] != "relcl" for i in tree.kids[noun]):
        return
    verb = participles[0]
    words = tree.subtree(noun, [verb])
    after = [i for i in tree.kids[noun] if i > verb]
    changes = {verb: (verb, "ROOT"), noun: (verb, "nsubj"), **{i: (verb, tree.dep[i]) for i in after}}
    if verb - 1 in words and tree.move(changes):
        tree.tag[verb] = "VBD"


def _adverb_after_link(tree: Tree) -> None:
    """ "welcomed the news but also kept calm": "also" goes with "kept", not with "but"."""
    for adverb in tree.order:
        link = tree.head[adverb]
        if tree.tag[adverb] == "RB" and tree.tag[link] == "CC" and link < adverb:
            verb = next((i for i in tree.all(tree.head[link], "conj") if i > adverb and tree.is_verb(i)), None)
            if verb is not None:
                tree.move({adverb: (verb, "advmod")})


def _participle_for_first_verb(tree: Tree, verb: int) -> None:
    """ "The aid dropped/VBD by planes was good", "Anyone found/VBD guilty can expect ...": which aid, and who."""
    if tree.dep[verb] != "conj" or not tree.is_finite(verb) or tree.subject(verb) is not None:
        return
    above, first = tree.head[verb], min(tree.subtree(verb))
    if first - 1 not in tree or not tree.doc[first - 1].is_alpha or tree.tag[first - 1] in {"CC", "RB"}:
        return
    for participle in (above, *tree.all(above, "conj")):
        noun = tree.kid(participle, "nsubj")
        told = tree.tag[participle] == "VBD" and is_participle(tree.low[participle])
        if not told or noun is None or not noun < participle < verb or tree.all(participle, "aux", "dobj", "ccomp"):
            continue
        if max(tree.subtree(participle, [verb])) >= first and participle != above:
            continue
        role = "nsubjpass" if tree.kid(verb, "auxpass") is not None else "nsubj"
        changes = {noun: (verb, role), participle: (noun, "acl")}
        if participle == above:
            place = (verb, "ROOT") if tree.head[above] == above else (tree.head[above], tree.dep[above])
            around = [i for i in tree.kids[above] if i not in {verb, noun} and not noun < i < verb]
            changes |= {verb: place, **{i: (verb, tree.dep[i]) for i in around}}
        if tree.move(changes):
            tree.tag[participle] = "VBN"
        return


def _main_clause_below_its_condition(tree: Tree, verb: int) -> None:
    """ "The council met, after the pier had burnt down", with "met" below "burnt"."""
    mark = tree.kid(verb, "mark")
    main = next((i for i in tree.all(verb, "ccomp") if i < verb and tree.is_finite(i)), None)
    if mark is None or main is None or tree.low[mark] not in cues.ASSERTED | cues.CONTRASTS | cues.CONDITIONS:
        return
    if max(tree.subtree(main)) < mark and tree.subject(main) is not None and tree.subject(verb) is not None:
        above = (main, "ROOT") if tree.root == verb else (tree.head[verb], tree.dep[verb])
        tree.move({main: above, verb: (main, "advcl")})


def _past_tense_without_auxiliary(tree: Tree, verb: int) -> None:
    """ "Hugh Balfe, who voted no, called/VBN the tram a waste": a participle with a subject and no auxiliary."""
    if tree.tag[verb] != "VBN" or tree.dep[verb] not in {"ROOT", "ccomp", "conj"} or tree.all(verb, "aux", "auxpass"):
        return
    subject = tree.kid(verb, "nsubj")
    main = tree.dep[verb] == "ROOT" and tree.tokens[-1].text == "." and is_participle(tree.low[verb])
    if subject is not None and subject < verb and (main or tree.kid(verb, "dobj") is not None):
        tree.tag[verb] = "VBD"


def _past_tense_in_list(tree: Tree, verb: int) -> None:
    """ "killed a child, injured/VBN dozens and destroyed homes": with an object of its own it is no passive."""
    first = tree.head[verb]
    if tree.dep[verb] != "advcl" or tree.tag[verb] != "VBN" or tree.tag[first] != "VBD" or first > verb:
        return
    if tree.kid(verb, "dobj") is None or tree.all(verb, "aux", "auxpass", "mark") or tree.lemma[verb] in cues.GIVING:
        return
    if tree.low.get(min(tree.subtree(verb)) - 1) == "," and tree.move({verb: (first, "conj")}):
        later = [i for i in tree.all(verb, "conj") if tree.tag[i] == "VBN" and not tree.all(i, "aux", "auxpass")]
        tree.tag.update(dict.fromkeys([verb, *later], "VBD"))


def _list_of_verbs(tree: Tree, verb: int) -> None:
    """ "Owners must pay, leave the site and go home", with "leave" above "pay"."""
    first = next((i for i in tree.all(verb, "ccomp") if i < verb and tree.tag[i] == tree.tag[verb]), None)
    if first is None or tree.lemma[verb] in cues.TAIL or tree.subject(verb) is not None or tree.subject(first) is None:
        return
    if not tree.all(verb, "conj") or tree.low.get(verb - 1) != ",":
        return
    above = (first, "ROOT") if tree.root == verb else (tree.head[verb], tree.dep[verb])
    marks = [i for i in tree.all(verb, "punct") if i < verb or tree.doc[i].text in {".", "!"}]
    tree.move({first: above, verb: (first, "conj"), **{i: (first, "punct") for i in marks}})


def _then_without_and(tree: Tree, verb: int) -> None:
    """ "He paused, then added: ...": the second verb goes on with the first."""
    first = tree.head[verb]
    if (
        tree.dep[verb] not in {"dep", "ccomp", "advcl"}
        or not tree.tag[verb] == tree.tag[first] == "VBD"
        or first > verb
    ):
        return
    if tree.low.get(verb - 1) == "then" and tree.low.get(verb - 2) in {",", "and"} and tree.subject(verb) is None:
        tree.move({verb: (first, "conj"), verb - 1: (verb, "advmod")})


def _clause_behind_link(tree: Tree, verb: int) -> None:
    """ "sold the shop and, when the rent rose, moved away": the clause goes with the verb that it stands before."""
    first = tree.head[verb]
    if tree.dep[verb] != "conj" or tree.subject(verb) is not None or first > verb:
        return
    links = [i for i in tree.all(first, "cc") if first < i < verb]
    for clause in [i for i in tree.all(first, "advcl") if first < i < verb]:
        words = tree.subtree(clause)
        if links and tree.is_finite(clause) and min(words) - 1 in {links[-1], links[-1] + 1} and max(words) < verb:
            tree.move({clause: (verb, "advcl")})


def _subject_taken_for_clause(tree: Tree, verb: int) -> None:
    """ "said that talks/VBZ about X will continue", "will begin once a date/advcl for X has been agreed"."""
    said = [i for i in tree.all(verb, "ccomp") if i > verb]
    orphans = [i for i in said if tree.is_finite(i) and tree.subject(i) is None]
    noun: int | None
    for orphan in orphans:
        words = tree.subtree(orphan)
        start = min(words)
        if start - 1 in tree and tree.low[start - 1] == ",":
            _subject_with_inset(tree, verb, orphan)
        if start - 1 not in tree or tree.low[start - 1] in {",", ";", "and", "or", "but"}:
            continue
        role = "nsubjpass" if tree.kid(orphan, "auxpass") is not None else "nsubj"
        before = [i for i in said if i < orphan]
        if before and tree.tag[before[-1]] in {"VBZ", "NNS"}:
            noun = before[-1]
            marks = [i for i in tree.kids[noun] if tree.low[i] == "that"]
            if tree.move({noun: (orphan, role), **{i: (orphan, "mark") for i in marks}}):
                tree.tag.update({noun: "NNS", **dict.fromkeys(marks, "IN")})
        elif before and tree.tag[before[-1]] in {"VBD", "VBN"} and not tree.all(before[-1], "aux", "auxpass"):
            _reduced_relative(tree, before[-1], orphan, role)
        elif not before:
            noun = next(
                (i for i in tree.all(verb, "dobj", "npadvmod", "dative") if max(tree.subtree(i)) == start - 1), None
            )
            if noun is not None and noun > verb and tree.lemma[verb] not in cues.ADDRESSED:
                tree.move({noun: (orphan, role)})
        else:
            noun = next((i for i in tree.all(before[-1], "advcl") if tree.doc[i].pos_ in {"NOUN", "PROPN"}), None)
            if noun is not None:
                marks = [
                    i
                    for i in tree.kids[noun]
                    if tree.low[i] in cues.CONDITIONS | cues.ASSERTED | cues.CONTRASTS | {"when", "before"}
                ]
                tree.move(
                    {
                        orphan: (before[-1], "advcl"),
                        noun: (orphan, role),
                        **{i: (orphan, "mark") for i in marks},
                    }
                )


def _reduced_relative(tree: Tree, participle: int, orphan: int, role: str) -> None:
    """ "said a worker held/VBD by rebels has been freed": "held" tells which worker."""
    noun = tree.kid(participle, "nsubj", "nsubjpass")
    if noun is None or max(tree.subtree(participle)) + 1 != min(tree.subtree(orphan)):
        return
    marks = {i: (orphan, "mark") for i in tree.all(participle, "mark")}
    if tree.move({noun: (orphan, role), participle: (noun, "acl"), **marks}):
        tree.tag[participle] = "VBN"


def _subject_with_inset(tree: Tree, verb: int, orphan: int) -> None:
    """ "believed his account, or a site linked to it, had been hacked": the object is the subject of what follows."""
    last = min(tree.subtree(orphan)) - 2
    for noun in tree.all(verb, "dobj"):
        words = tree.subtree(noun)
        if verb < noun and max(words) in {last, last + 1} and any(tree.low[i] == "," for i in words if i < last):
            tree.move({noun: (orphan, "nsubjpass" if tree.kid(orphan, "auxpass") is not None else "nsubj")})
            return


def _phrase_ahead_of_clause(tree: Tree, verb: int) -> None:
    """ "runs out in 2036 and under the law, seniors would ...": the second phrase opens the second clause."""
    subject = tree.subject(verb)
    if subject is None or subject > verb:
        return
    start = min(tree.subtree(subject))
    if tree.low.get(start - 1) != ",":
        return
    for phrase in tree.order:
        if tree.dep[phrase] != "conj" or tree.tag[phrase] != "IN" or not phrase < start:
            continue
        if tree.tag[tree.head[phrase]] != "IN" or tree.head[tree.head[phrase]] == verb:
            continue
        if max(tree.subtree(phrase)) in {start - 1, start - 2} and tree.low.get(phrase - 1) in {"and", "but"}:
            tree.move({phrase: (verb, "prep"), phrase - 1: (verb, "cc"), start - 1: (verb, "punct")})
            return


def _place_after_apposition(tree: Tree, named: int) -> None:
    """ "Sandoval, a teacher from the city of S, in the north, was ...": the place belongs to the apposition."""
    noun, last = tree.head[named], max(tree.subtree(named))
    for place in tree.all(noun, "prep"):
        if place > last and tree.low.get(place - 1) == ",":
            tree.move({place: (named, "prep")})


def _name_joined_to_its_title(tree: Tree, name: int) -> None:
    """ "the head of the board, Ann Reed, said": one person where no "and" makes two."""
    noun, first = tree.head[name], min(tree.subtree(name))
    if tree.dep[name] != "conj" or tree.tag[noun] != "NN" or tree.doc[name].ent_type_ != "PERSON":
        return
    if tree.low.get(first - 1) == "," and not tree.all(noun, "cc") and not tree.all(name, "cc", "conj"):
        tree.move({name: (noun, "appos")})


def _noun_joined_instead_of_clause(tree: Tree, verb: int) -> None:
    """ "It is the largest case, and the decision, expected by June, will ...": "decision" is a subject."""
    if tree.dep[verb] != "conj" or tree.subject(verb) is not None or not tree.is_finite(verb):
        return
    start = min(tree.subtree(verb))
    for noun in tree.order:
        if (
            tree.dep[noun] != "conj"
            or not tree.head[verb] < noun < start
            or tree.doc[noun].pos_ not in {"NOUN", "PROPN"}
        ):
            continue
        words = tree.subtree(noun)
        linker = tree.low.get(min(words) - 1)
        set_off = max(words) + 1 >= start - 1 and tree.low.get(min(words) - 2) == ","
        if linker in {"and", "but"} and (set_off or max(words) + 1 == start == verb):
            role = "nsubjpass" if tree.kid(verb, "auxpass") is not None else "nsubj"
            tree.move({noun: (verb, role), min(words) - 1: (tree.head[verb], "cc")})
            return


def _subject_taken_for_apposition(tree: Tree, verb: int) -> None:
    """ "During a shoot in Detroit, the car (or one of them) is gone": "car" is no apposition to "Detroit"."""
    if tree.subject(verb) is not None or not tree.is_finite(verb):
        return
    opening = [i for i in tree.all(verb, "prep") if i < verb]
    inside = tree.subtree(opening[0]) if len(opening) == 1 else set()
    if not inside or min(inside) != tree.order[0]:
        return
    for noun in sorted(i for i in inside if tree.dep[i] == "appos"):
        first = min(tree.subtree(noun))
        if tree.low.get(first - 1) == "," and tree.low[first] in {"the", "a", "an", "his", "her", "their", "its"}:
            names = {i: (noun, "appos") for i in tree.all(tree.head[noun], "appos") if i > noun}
            tree.move({noun: (verb, "nsubj"), **names})
            return
