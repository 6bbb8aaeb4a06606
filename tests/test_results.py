"""Report: frames, views, reviews, files."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.errors import InputError
from consistency.finding import Finding
from consistency.render import tables
from consistency.results import Report
from tests.render.factory import FINDINGS, HOSTILE, RIGHT, make_report

SIDES = ("source", "date", "speaker", "stance", "article_id", "claim_id")


@pytest.fixture(scope="module")
def report():
    return make_report()


def test_it_loads_nothing_heavy():
    heavy = ("pandas", "jinja2", "rich", "torch", "spacy")
    code = f"import sys, consistency.results; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_findings_have_the_columns_of_the_contract(report):
    frame = report.findings
    assert {"id", "relation", "confidence", "between", "detail", "later", "storyline", "review", "review_note"} <= set(
        frame
    )
    assert {f"{side}_{name}" for side in "ab" for name in SIDES} | {"a", "b"} <= set(frame)
    first = frame.iloc[0]
    assert first.a_source == "Meridian Dispatch"
    assert first.b_speaker == "Zabihullah Mujahid"
    assert first.a_date == pd.Timestamp("2019-01-28")
    assert first.reasons == "denial, model"
    assert first.pair_ids.split() == list(FINDINGS[0].pair_ids)
    assert json.loads(first.b_deciding) == [[s.start, s.end] for s in FINDINGS[0].reasons[0].b_spans]


def test_dtypes_do_not_depend_on_the_rows(report):
    for name in ("findings", "claims", "pairs", "articles", "storylines"):
        full, empty = (
            getattr(report, name),
            getattr(make_report((), claims=(), pairs=(), articles=(), storylines=()), name),
        )
        kinds = [{column: str(kind) for column, kind in frame.dtypes.items()} for frame in (full, empty)]
        assert kinds[0] == kinds[1]
        assert not [column for column, kind in kinds[0].items() if kind == "object"]
    assert str(report.findings.dtypes["a_date"]).startswith("datetime64")
    assert str(report.findings.dtypes["relation"]) == "category"


def test_views_by_relation(report):
    assert [
        len(frame) for frame in (report.contradictions(), report.agreements(), report.updates(), report.uncertain())
    ] == [7, 2, 1, 3]
    assert set(report.uncertain().detail) == {"undated", "contradiction", "update"}
    assert len(report.items) == len(report) == len(report.findings) == len(FINDINGS)
    assert all(isinstance(item, Finding) for item in report.items)


def test_at_goes_both_ways_and_computes_nothing_again(report):
    high = report.at(0.9)
    assert len(high.contradictions()) == 3
    assert len(high) < len(report)
    assert all(item.confidence >= 0.75 for item in high.uncertain().itertuples())
    low = high.at(0.3)
    assert len(low.contradictions()) == 8
    assert len(low.updates()) == 2
    assert set(low.uncertain().detail) == {"undated"}
    back = low.at(report.threshold)
    assert [item.to_dict() for item in back.items] == [item.to_dict() for item in report.items]
    assert report.threshold == 0.5


@given(st.floats(0, 1), st.floats(0, 1))
def test_at_depends_on_the_last_threshold_alone(one, two):
    report = make_report()
    assert report.at(one).at(two).items == report.at(two).items
    shown = report.at(two, hide=True)
    assert all(round(item.confidence, 3) >= round(two, 3) for item in shown.items)
    assert shown.at(two).items == report.at(two).items


@pytest.mark.parametrize("threshold", [-0.1, 1.1])
def test_a_threshold_that_is_none_is_an_error(report, threshold):
    with pytest.raises(InputError, match="from 0 to 1"):
        report.at(threshold)


def test_funnel_counts_what_is_shown(report):
    funnel = report.funnel
    assert list(funnel)[:6] == [
        "articles",
        "skipped_articles",
        "sentences",
        "claims",
        "skipped_sentences",
        "candidate_pairs",
    ]
    assert (funnel["findings"], funnel["contradiction"], funnel["uncertain"]) == (13, 7, 3)
    assert funnel["dropped_neighbours"] == 3
    assert report.at(0.9, hide=True).funnel["findings"] == 5


def test_matrix_is_symmetric_and_counts_findings(report):
    matrix = report.matrix()
    against = matrix["contradiction"]
    assert (against.to_numpy() == against.to_numpy().T).all()
    assert against.loc["Meridian Dispatch", "Radio Liberty"] == 2
    assert matrix["agreement"].loc["Radio Liberty", "Radio Liberty"] == 2
    assert matrix.dtypes.eq("int64").all()
    # Copies: the toll of both outlets stands against the later one, at two places of one finding.
    updates = report.matrix("update")
    assert updates.loc["Tidewater Herald", "Port Averil Courier"] == 1
    speakers = report.matrix("contradiction", by="speaker")
    assert speakers.loc["Elena Marsh", "Idris Calloway"] == 1


def test_claims_pairs_articles_and_storylines(report):
    assert len(report.claims) == len(report.claim_list)
    assert report.claims.set_index("claim_id").loc[RIGHT.id, "text"] == RIGHT.text
    pair = report.pairs.iloc[0]
    assert (pair.a, pair.b_source) == (FINDINGS[0].a.text, "Radio Liberty")
    assert report.pairs.screened.tolist()[-1]
    assert report.articles.set_index("article_id").loc["khalilzad", ["claims", "findings"]].tolist() == [4, 4]
    assert report.storylines.storyline.tolist() == ["s1", "s1", "s2", "s2", "s3", "s3"]


# -- reviews ---------------------------------------------------------------------------------------------------------


def test_reviews_come_back_from_every_table_that_save_writes(report, tmp_path):
    report.save(tmp_path)
    fresh = make_report([replace(finding, review="", review_note="") for finding in FINDINGS])
    for name in ("findings.csv", "findings.xlsx", "findings.jsonl"):
        again = fresh.with_review(tmp_path / name)
        assert [(f.review, f.review_note) for f in again.items] == [(f.review, f.review_note) for f in report.items], (
            name
        )
        assert again.reviewed_as == {}
    assert fresh.with_review(report.findings).items == report.items
    assert report.items[6].review_note == HOSTILE


def test_a_review_matches_on_any_pair_and_the_own_id_goes_first(report):
    pair = FINDINGS[0].pair_ids[1]
    rows = [
        {"id": "gone", "pair_ids": f"other {pair}", "review": "False alarm", "review_note": "by pair"},
        {"id": FINDINGS[2].id, "pair_ids": "", "review": "unsure", "review_note": ""},
        {"id": "lost", "pair_ids": "", "review": "confirmed", "review_note": "kept for later"},
        {"id": FINDINGS[3].id, "pair_ids": float("nan"), "review": float("nan"), "review_note": None},
    ]
    made = report.with_review(rows)
    found = {f.id: (f.review, f.review_note) for f in made.items}
    assert found[FINDINGS[0].id] == ("false_alarm", "by pair")
    assert found[FINDINGS[2].id] == ("unsure", "")
    assert found[FINDINGS[3].id] == ("", "")
    assert [review.id for review in made.reviews] == ["gone", FINDINGS[2].id, "lost"]
    own = report.with_review([*rows, {"id": FINDINGS[0].id, "review": "confirmed", "review_note": ""}])
    assert own.items[0].review == "confirmed"


def test_a_review_of_one_finding_of_a_pair_is_not_one_of_the_other(tmp_path):
    one, two = FINDINGS[2], replace(FINDINGS[8], id=f"{FINDINGS[2].id}-2", pair_ids=FINDINGS[2].pair_ids)
    for reviewed, other in ((one, two), (two, one)):
        row = {"id": reviewed.id, "pair_ids": " ".join(reviewed.pair_ids), "review": "confirmed"}
        made = {f.id: f.review for f in make_report([one, two]).with_review([row]).items}
        assert made == {reviewed.id: "confirmed", other.id: ""}
    # When only one is left, whatever its number is now, the review is its own.
    assert make_report([one]).with_review([row | {"id": two.id}]).items[0].review == "confirmed"


def test_reviews_that_match_nothing_are_saved_for_the_next_run(report, tmp_path):
    made = report.with_review([{"id": "lost", "review": "confirmed", "review_note": "=x"}])
    made.save(tmp_path)
    again = make_report(()).with_review(tmp_path / "reviews.csv")
    assert [(r.id, r.word, r.note) for r in again.reviews] == [("lost", "confirmed", "=x")]


def test_a_finding_that_has_changed_since_its_review_says_so(report, tmp_path):
    row = {"id": FINDINGS[0].id, "relation": "agreement", "review": "confirmed", "review_note": ""}
    made = report.with_review([row])
    assert made.reviewed_as == {FINDINGS[0].id: "agreement"}
    assert "since changed (it was: agreement)" in made.to_html()
    # ... and still after another round, though the table then names the new relation.
    made.to_csv(tmp_path / "f.csv")
    assert make_report().with_review(tmp_path / "f.csv").reviewed_as == {FINDINGS[0].id: "agreement"}
    # Another threshold is no change of the finding.
    assert report.with_review([row | {"relation": "contradiction"}]).at(0.99).reviewed_as == {}


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            [{"id": "x", "review": ""}, {"id": "x", "review": "true"}],
            r"row 3.*'true' is no review word.*confirmed, false_alarm",
        ),
        ([{"review": "confirmed"}], "no column id or pair_ids"),
        ([{"id": "x", "note": "confirmed"}], "no column review"),
    ],
)
def test_reviews_that_cannot_be_read_are_errors(report, rows, message):
    with pytest.raises(InputError, match=message):
        report.with_review(rows)
    with pytest.raises(InputError, match=message):
        report.with_review(pd.DataFrame(rows))


def test_review_stats_tell_precision(report):
    stats = report.review_stats().set_index(["relation", "reason"])
    assert stats.loc[("contradiction", "all"), ["confirmed", "false_alarm"]].tolist() == [1, 1]
    assert stats.loc[("contradiction", "figure"), "precision"] == 0.5
    assert make_report([]).review_stats().empty


# -- files -----------------------------------------------------------------------------------------------------------


def test_save_writes_the_page_and_all_tables_beside_it(report, tmp_path):
    expected = {
        "findings.jsonl",
        "findings.csv",
        "findings.xlsx",
        "claims.jsonl",
        "claims.csv",
        "storylines.jsonl",
        "storylines.csv",
        "pairs.csv",
        "report.json",
        "summary.md",
    }
    for target, page in ((tmp_path / "a", "report.html"), (tmp_path / "b" / "page.html", "page.html")):
        written = report.save(target)
        assert written[0].name == page
        assert (
            {path.name for path in written} == expected | {page} == {path.name for path in written[0].parent.iterdir()}
        )


def test_saved_twice_nothing_differs(report, tmp_path):
    one, two = (report.save(tmp_path / name) for name in "ab")
    for left, right in zip(one, two, strict=True):
        assert left.read_bytes() == right.read_bytes() or left.suffix == ".xlsx"


def test_json_lines_hold_the_findings_as_the_contract_says(report, tmp_path):
    (path,) = report.to_jsonl(tmp_path / "x.jsonl")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == [finding.id for finding in report.items]
    keys = {
        "schema",
        "id",
        "pair_ids",
        "relation",
        "detail",
        "between",
        "confidence",
        "later",
        "storyline",
        "scores",
        "reasons",
        "places",
        "review",
        "review_note",
        "a",
        "b",
    }
    assert set(rows[0]) == keys
    assert set(rows[0]["a"]) == {"claim_id", "text", "article_id", "source", "date", "speaker", "stance", "spans"}


def test_csv_holds_the_same_flat(report, tmp_path):
    (path,) = report.to_csv(tmp_path / "x.csv")
    rows = tables.read(path)
    assert [row["a"] for row in rows] == [finding.a.text for finding in report.items]
    assert [float(row["confidence"]) for row in rows] == [finding.confidence for finding in report.items]
    assert [row["review_note"] for row in rows] == [finding.review_note for finding in report.items]


def test_parquet_gives_the_frames_back(report, tmp_path):
    paths = report.to_parquet(tmp_path)
    assert [path.name for path in paths] == [
        "findings.parquet",
        "claims.parquet",
        "storylines.parquet",
        "pairs.parquet",
    ]
    assert pd.read_parquet(paths[0]).a.tolist() == report.findings.a.tolist()


def test_report_json_tells_the_run(report, tmp_path):
    report.save(tmp_path)
    told = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert told["schema"] == 1
    assert told["funnel"]["scored"] == 132
    assert told["models"]["nli"]["sha256"] == "cd" * 32
    assert [item["kind"] for item in told["skipped"]] == ["unreadable", "invalid", "question"]
    assert json.loads(json.dumps(report.to_json()))["findings"][0]["id"] == FINDINGS[0].id


def test_repr_is_short(report):
    assert repr(report) == (
        "<Report: 9 articles, 25 claims; 7 contradictions, 2 agreements, 1 update, 3 uncertain; threshold 0.5>"
    )


def test_a_report_needs_articles_claims_and_findings_only():
    assert len(Report(articles=(), claims=(), findings=FINDINGS)) == len(FINDINGS)
