"""All tables of a report, and the files that `Report.save` writes."""
from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from consistency.errors import MissingExtraError
from consistency.render import files, rows, tables, words
from consistency.render.words import anchor

if TYPE_CHECKING:
    from consistency.results import Report

TABLES = ("findings", "claims", "storylines", "pairs")
LINES = ("findings", "claims", "storylines")
Rows = Iterable[Mapping[str, Any]]


def table(report: Report, name: str, relation: str | None = None) -> tuple[Rows, Sequence[str]]:
    """One flat table.

    Args:
        report: the report.
        name: `findings`, `claims`, `storylines`, `pairs` or `articles`.
        relation: keep only findings shown with it.

    Returns:
        Rows and the order of their columns.
    """
    if name == "findings":
        shown = report.items if relation is None else report.of(relation)
        was = report.reviewed_as
        # The relation at the time of review goes along, so that the next run knows what was reviewed.
        return [rows.finding_row(f, was.get(f.id) or (f.relation if f.review else "")) for f in shown], rows.FINDINGS
    if name == "claims":
        return map(rows.claim_row, report.claim_list), rows.CLAIMS
    if name == "storylines":
        return [row for line in report.storyline_list for row in rows.storyline_rows(line)], rows.STORYLINES
    if name == "articles":
        claims = Counter(claim.article_id for claim in report.claim_list)
        found = Counter(key for finding in report.items for key in report.articles_of(finding))
        return [rows.article_row(a, claims[a.id], found[a.id]) for a in report.article_list], rows.ARTICLES
    extra = dict.fromkeys(key for pair in report.pair_list for key in pair if key not in rows.PAIRS)
    return (rows.pair_row(pair, report.claims_by_id) for pair in report.pair_list), (*rows.PAIRS, *extra)


def csv_text(report: Report, name: str) -> str:
    """One table as CSV."""
    return tables.to_csv(*table(report, name))


def jsonl_text(report: Report, name: str) -> str:
    """Findings, claims or storylines as JSON lines."""
    things: Mapping[str, Sequence[Any]] = {
        "findings": report.items, "claims": report.claim_list, "storylines": report.storyline_list,
    }  # fmt: skip
    return tables.to_jsonl(thing.to_dict() for thing in things[name])


def workbook(report: Report, page: str = "") -> bytes:
    """Findings, claims, storylines and articles as sheets of one Excel workbook.

    Outlets lead to their article's address; the review column offers its words.

    Args:
        report: the report.
        page: name of the page that lies beside the workbook; ids of findings lead into it.

    Raises:
        MissingExtraError: openpyxl is not installed.
    """
    sheets = {}
    for name in ("findings", "claims", "storylines", "articles"):
        made, columns = table(report, name)
        sheets[name] = (list(made), columns)

    urls = {article.id: article.url for article in report.article_list}

    def article(column: str) -> tables.Link:
        return lambda row: urls.get(str(row[column]))

    links: dict[str, dict[str, tables.Link]] = {
        "findings": {"a_source": article("a_article_id"), "b_source": article("b_article_id")},
        "claims": {"source": article("article_id")},
    }
    if page:
        links["findings"]["id"] = lambda row: f"{page}#f-{anchor(str(row['id']))}"
    return tables.to_xlsx(sheets, str(report.meta.get("created", "")), links, {"review": words.REVIEWS})


def parquet(report: Report, name: str) -> bytes:
    """One table's frame as a Parquet file.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    if not find_spec("pyarrow"):
        raise MissingExtraError("parquet output", "parquet")
    made: bytes = rows.frame(*table(report, name)).to_parquet(index=False)
    return made


def save(report: Report, target: Path, *, embed_articles: bool = False) -> list[Path]:
    """Writes the page and all tables beside it; see `Report.save`."""
    page = target if target.suffix.lower() in (".html", ".htm") else target / "report.html"
    folder = page.parent
    made: dict[Path, str | bytes] = {
        page: report.to_html(embed_articles=embed_articles),
        folder / "report.json": json.dumps(report.to_dict(), ensure_ascii=False, indent=2, default=str) + "\n",
        folder / "summary.md": report.to_markdown(),
    }
    made |= {folder / f"{name}.jsonl": jsonl_text(report, name) for name in LINES}
    made |= {folder / f"{name}.csv": csv_text(report, name) for name in TABLES}
    if find_spec("openpyxl"):
        made[folder / "findings.xlsx"] = workbook(report, quote(page.name))
    if report.reviews:
        from consistency.render.reviews import COLUMNS, review_rows

        made[folder / "reviews.csv"] = tables.to_csv(review_rows(report.reviews), COLUMNS)
    return files.write_all(made)
