"""Pictures: what they show, and what is said where there is nothing to show."""
from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from consistency.errors import InputError, MissingExtraError
from tests.render.factory import STORYLINES, make_report

pyplot = pytest.importorskip("matplotlib.pyplot")


@pytest.fixture(autouse=True)
def _closed():
    pyplot.switch_backend("agg")
    yield
    pyplot.close("all")


def test_the_funnel_has_a_bar_with_its_count_for_each_stage():
    ax = make_report().plot_funnel()
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "articles read", "sentences", "claims", "candidate pairs", "pairs scored", "findings",
    ]  # fmt: skip
    assert [bar.get_width() for bar in ax.patches] == [9, 46, 61, 412, 132, 13]
    assert [text.get_text() for text in ax.texts] == ["9", "46", "61", "412", "132", "13"]


def test_a_timeline_has_a_row_for_each_position_and_a_spot_for_each_date():
    ax = make_report().plot_timeline("s2")
    labels = [label.get_text() for label in ax.get_yticklabels()]
    assert labels[0].startswith("1. ")
    assert "Coastline News Agency, Tidewater Herald" in labels[0]
    # Two articles of one day, one of them with an hour, then one of the day after.
    assert [len(spots.get_offsets()) for spots in ax.collections] == [2, 1]


def test_without_a_name_it_is_the_storyline_with_most_findings():
    assert make_report().plot_timeline().get_title(loc="left") .startswith(STORYLINES[0].question[:70])


def test_they_draw_where_they_are_told():
    _, axes = pyplot.subplots(2)
    assert make_report().plot_funnel(axes[0]) is axes[0]
    assert make_report().plot_timeline("s1", axes[1]) is axes[1]


def test_money_is_no_mathematics():
    line = replace(STORYLINES[1], question="$45 million or $54 million")
    ax = make_report(storylines=(line,)).plot_timeline()
    ax.figure.canvas.draw()
    assert ax.get_title(loc="left") == r"\$45 million or \$54 million"


@pytest.mark.parametrize(
    ("report", "storyline", "message"),
    [
        (make_report(), "nope", "no storyline 'nope'"),
        (make_report(), "s3", "storyline 's3' has no dates"),
        (make_report(storylines=()), None, "no storyline has dates"),
    ],
)
def test_what_cannot_be_drawn_is_told(report, storyline, message):
    with pytest.raises(InputError, match=message):
        report.plot_timeline(storyline)


def test_without_matplotlib_the_error_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtraError, match=r"fact-consistency\[plot\]"):
        make_report().plot_funnel()
