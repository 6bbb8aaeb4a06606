"""A tree stays a tree, whatever is moved."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from consistency.split.tree import Tree

TEXT = "The mayor said that the old road was closed after the storm hit the coast."


def test_a_move_is_done(nlp):
    tree = Tree(next(nlp(TEXT).sents))
    said, closed = 2, 7
    assert tree.move({closed: (closed, "ROOT"), said: (closed, "parataxis")})
    assert tree.root == closed
    assert said in tree.subtree(closed)


def test_a_move_under_itself_is_not_done(nlp):
    tree = Tree(next(nlp(TEXT).sents))
    before = dict(tree.head)
    assert not tree.move({tree.root: (tree.order[-2], "dep")})
    assert tree.head == before


@settings(max_examples=60, deadline=None)
@given(moves=st.lists(st.dictionaries(st.integers(0, 14), st.integers(0, 14), max_size=4), max_size=8))
def test_every_word_reaches_the_root_after_any_moves(nlp, moves):
    tree = Tree(next(nlp(TEXT).sents))
    for changes in moves:
        tree.move({i: (head, "dep") for i, head in changes.items() if i in tree and head in tree})
        assert tree.subtree(tree.root) == set(tree.order)
