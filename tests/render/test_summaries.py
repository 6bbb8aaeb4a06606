"""Terminal and Markdown summaries."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt
from rich.console import Console

from consistency.finding import Reason
from consistency.render import words
from consistency.render.terminal import print_summary, to_text
from tests.render.factory import FINDINGS, HOSTILE, make_report, many


def test_off_a_terminal_the_summary_is_plain_and_marks_the_deciding_words():
    text = to_text(make_report(), width=100)
    assert "\x1b" not in text
    assert "9 articles read → 46 sentences → 61 claims → 412 candidate pairs → 132 pairs scored → 13 findings" in text
    assert "CONTRADICTIONS: 7" in text
    assert "Meridian Dispatch, 28 Jan 2019: two officials briefed on the discussions said" in text
    assert '"*not true*."' in text
    assert text.index("CONTRADICTIONS") < text.index("AGREEMENTS") < text.index("UPDATES")
    assert "3 uncertain (in the page); 2 inputs skipped" in text
    assert words.TAGLINE in text


@pytest.mark.parametrize("width", [40, 80, 160])
def test_lines_fit_the_width(width):
    assert max(map(len, to_text(make_report(), width).splitlines())) <= width


def test_on_a_terminal_deciding_words_are_bold_and_underlined():
    out = io.StringIO()
    print_summary(make_report(), Console(file=out, width=100, force_terminal=True, color_system="standard"))
    assert "\x1b[1;4mnot true\x1b[0m" in out.getvalue()
    assert "*not true*" not in out.getvalue()


def test_a_source_cannot_steer_the_terminal_or_the_styles():
    hostile = replace(FINDINGS[0].a, source="[bold]x[/bold] \x1b[2J\x07")
    text = to_text(make_report([replace(FINDINGS[0], a=hostile)]))
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "[bold]x[/bold]" in text


def test_long_lists_are_cut_and_counted():
    text = to_text(many(60), limit=5)
    assert "C5" in text
    assert "C6" not in text
    assert "and 55 more in the page and the tables" in text


def test_markdown_has_findings_and_no_markup_of_a_source():
    text = make_report().to_markdown()
    shown = MarkdownIt("commonmark", {"html": True}).render(text)
    assert "<h1>Consistency report</h1>" in shown
    assert "<strong>not true</strong>" in shown
    assert "<script" not in shown
    assert "<img" not in shown
    assert "&lt;script&gt;" in shown
    assert HOSTILE not in text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.83, "likely, 0.83"),
        (0.9996, "almost certain, 0.99"),
        (0.9994, "almost certain, 0.99"),
        (0.7, "more likely than not, 0.70"),
        (0.5, "about even, 0.50"),
        (0.2, "doubtful, 0.20"),
        (0.9, "very likely, 0.90"),
    ],
)
def test_confidence_in_words(value, text):
    assert words.confidence(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2019-01-28", "28 Jan 2019"),
        ("2023-03-14T10:30:00", "14 Mar 2023, 10:30"),
        ("2023-03-14T10:30:00Z", "14 Mar 2023, 10:30"),
        (None, "undated"),
        ("", "undated"),
        ("2019-01", "2019-01"),
        ("soon", "soon"),
    ],
)
def test_dates_for_reading(value, text):
    assert words.day(value) == text


def test_clip_cuts_between_words():
    assert words.clip("one two three", 9) == "one two…"
    assert words.clip("one two", 9) == "one two"


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        (
            'a: "7-2"; b: "six to three"; nothing else sets them apart',
            "“7-2” against “six to three”; nothing else sets them apart",
        ),
        ('a: "not "agreed""; b: "x"', '“not "agreed"” against “x”'),
        ("b follows from a (0.85)", "the second follows from the first (0.85)"),
        ("Daniel Prosk denies what the other side says", "Daniel Prosk denies what the other side says"),
    ],
)
def test_notes_name_no_letters_that_a_reader_does_not_see(note, shown):
    assert words.note(Reason("figure", note)) == shown


def test_headlines_say_what_it_is_about():
    spans = FINDINGS[3].reasons[0]
    model = replace(spans, kind="model", note="read as contradictory by the NLI model (0.90 and 0.90)")
    assert words.headline(FINDINGS[7]) == FINDINGS[7].b.text
    assert words.headline(replace(FINDINGS[3], reasons=(model,))) == "“7-2” against “six to three”"
    told = "Hallowmere Ledger and Hallow Valley Radio cannot both be right"
    assert words.headline(replace(FINDINGS[3], reasons=())) == told
    assert words.headline(replace(FINDINGS[3], b=FINDINGS[3].a, reasons=())) == "The two sides cannot both be right"
    assert words.notes(replace(FINDINGS[3], reasons=(model, spans))) == []
    assert words.notes(FINDINGS[5]) == ["A refrigerated truck on one side, a ruptured fuel line on the other."]


def test_explain_tells_a_finding_in_words():
    assert FINDINGS[1].explain().splitlines() == [
        "contradiction (very likely, 0.96), between two outlets",
        f"  a: {FINDINGS[1].a.text} [Coastline News Agency, 14 Mar 2023, 10:30: Averil Straits Lines said]",
        f"  b: {FINDINGS[1].b.text} [Tidewater Herald, 14 Mar 2023: Averil Straits Lines said]",
        "  figure: 214 aboard on one side, 241 on the other; a number aboard does not change later.",
    ]


@pytest.mark.parametrize(
    ("sources", "told"),
    [
        (["The Post", "the post", "The Herald"], "2 outlets"),
        (["The Post"], "1 outlet"),
        (["The Post", None, None], "1 outlet and unknown ones"),
        ([None, None], "unknown outlets"),
    ],
)
def test_unknown_outlets_are_not_counted_as_one(sources, told):
    assert words.outlets_of(sources) == told
