"""Report: what a run found, as frames, files, a page and a summary."""
from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from consistency.article import Article, Skipped
from consistency.claim import Claim
from consistency.errors import InputError
from consistency.finding import Finding, Relation, Storyline
from consistency.relate.abstain import shown_at
from consistency.render import files, output, reviews, rows, words
from consistency.render.highlight import Highlighter

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from consistency.render.reviews import Given, Review


class Report:
    """Everything one run found.

    Findings come with the relation that was judged, whatever their confidence; the report shows conflicts a little
    below its threshold as `uncertain` and leaves out the rest. So `at` can go both ways and nothing is lost.

    Args:
        articles: what was read.
        claims: all claims, in canonical order.
        findings: all findings with their judged relation, best first.
        storylines: claims about one question and the answers to it.
        pairs: one row for each judged pair: id, a, b (claim ids), why, similarity, screened, relation, p_entailment,
            p_neutral, p_contradiction.
        funnel: how many articles, sentences, claims, pairs there were; what is shown of findings is counted here.
        skipped: what was left out, and why.
        meta: tool, version, created, seconds, options, models (by role: name, sha256, backend), warnings.
        threshold: confidence from which a finding is shown as its relation.
    """

    def __init__(
        self,
        *,
        articles: Sequence[Article],
        claims: Sequence[Claim],
        findings: Sequence[Finding],
        storylines: Sequence[Storyline] = (),
        pairs: Sequence[Mapping[str, Any]] = (),
        funnel: Mapping[str, int] | None = None,
        skipped: Sequence[Skipped] = (),
        meta: Mapping[str, Any] | None = None,
        threshold: float = 0.5,
    ):
        self.article_list = tuple(articles)
        self.claim_list = tuple(claims)
        self.storyline_list = tuple(storylines)
        self.pair_list = tuple(pairs)
        self.skipped = tuple(skipped)
        self.meta = dict(meta or {})
        self.threshold = float(threshold)
        self.hidden = False
        self._findings = tuple(findings)
        self._funnel = dict(funnel or {})
        self._reviews: tuple[Review, ...] = ()
        self._reviewed_as: dict[str, str] = {}

    # -- what was found ------------------------------------------------------------------------------------------

    @cached_property
    def items(self) -> tuple[Finding, ...]:
        """The findings as shown at this threshold, best first: contradictions, agreements, updates, uncertain."""
        shown = []
        for finding in self._findings:
            seen = shown_at(finding, self.threshold)
            if seen is not None and not (self.hidden and seen is not finding):
                shown.append(seen)
        kinds = {relation: at for at, relation in enumerate(words.SHOWN)}
        return tuple(sorted((f for f in shown if f.relation in kinds), key=lambda f: kinds[f.relation]))

    @property
    def funnel(self) -> dict[str, int]:
        """How many there were at each stage, from articles to what is shown."""
        counted = {"findings": len(self.items), **{name: len(self.of(name)) for name in words.SHOWN}}
        known = {name: self._funnel[name] for name in words.FUNNEL if name in self._funnel and name not in counted}
        other = {name: n for name, n in self._funnel.items() if name not in known and name not in counted}
        return {**known, **other, **counted}

    @property
    def load_skipped(self) -> tuple[Skipped, ...]:
        """Inputs that were left out (not sentences)."""
        return tuple(item for item in self.skipped if item.stage == "load")

    @property
    def reviewed_as(self) -> dict[str, str]:
        """For each reviewed finding whose relation is another now: the relation it was reviewed as, by finding id."""
        return dict(self._reviewed_as)

    @property
    def reviews(self) -> tuple[Review, ...]:
        """All reviews read, those too that match no finding of this run."""
        return self._reviews

    def of(self, relation: Relation | str) -> tuple[Finding, ...]:
        """The findings shown with this relation."""
        return tuple(finding for finding in self.items if finding.relation == relation)

    def article(self, article_id: str) -> Article | None:
        """An article by its id."""
        return self._article_by_id.get(article_id)

    def claim(self, claim_id: str) -> Claim | None:
        """A claim by its id."""
        return self.claims_by_id.get(claim_id)

    @cached_property
    def _article_by_id(self) -> dict[str, Article]:
        return {article.id: article for article in self.article_list}

    @cached_property
    def article_order(self) -> dict[str, int]:
        """At which place each article stands in `article_list`, by id."""
        return {article.id: at for at, article in enumerate(self.article_list)}

    @cached_property
    def claims_by_id(self) -> dict[str, Claim]:
        """All claims by their id."""
        # Claims of findings too: a report made from findings alone still knows what it quotes.
        return {c.id: c for c in (*(side for f in self._findings for side in (f.a, f.b)), *self.claim_list)}

    @cached_property
    def highlighter(self) -> Highlighter:
        """Finds each claim's words in its article."""
        return Highlighter(self._article_by_id, self.claim_list)

    # -- frames --------------------------------------------------------------------------------------------------

    @property
    def findings(self) -> pd.DataFrame:
        """All findings shown: `id`, `relation`, `confidence`, `a`, `b`, `a_source`, ... `review`, `review_note`."""
        return self._frame("findings")

    @property
    def claims(self) -> pd.DataFrame:
        """All claims, one a row."""
        return self._frame("claims")

    @property
    def pairs(self) -> pd.DataFrame:
        """All judged pairs, one a row."""
        return self._frame("pairs")

    @property
    def articles(self) -> pd.DataFrame:
        """All articles, one a row, without their text."""
        return self._frame("articles")

    @property
    def storylines(self) -> pd.DataFrame:
        """One row for each position of each storyline."""
        return self._frame("storylines")

    def contradictions(self) -> pd.DataFrame:
        """The contradictions, most confident first; columns as `findings`."""
        return self._frame("findings", "contradiction")

    def agreements(self) -> pd.DataFrame:
        """The agreements, most confident first; columns as `findings`."""
        return self._frame("findings", "agreement")

    def updates(self) -> pd.DataFrame:
        """The updates, most confident first; columns as `findings`."""
        return self._frame("findings", "update")

    def uncertain(self) -> pd.DataFrame:
        """What could not be told, and what lies below the threshold; `detail` names what it leans to."""
        return self._frame("findings", "uncertain")

    def matrix(self, relation: str | None = None, *, by: str = "source") -> pd.DataFrame:
        """Who agrees and who disagrees with whom.

        Args:
            relation: count these findings only, in a square frame; None counts agreements and contradictions, side by
                side under column levels `relation` and name.
            by: `source` for outlets, `speaker` for speakers (sides in the outlet's own voice are left out).

        Returns:
            Counts of findings, symmetric for each relation; the diagonal counts findings within one outlet. A finding
            counts once for each pair of names at its places.
        """
        import pandas as pd

        from consistency.render.crossings import crossings

        wanted = (relation,) if relation else ("agreement", "contradiction")
        names, counted = crossings(self, wanted, by)
        data = [[counted.get((kind, one, two), 0) for kind in wanted for two in names] for one in names]
        columns = pd.MultiIndex.from_product([wanted, names], names=["relation", by])
        made = pd.DataFrame(data, index=pd.Index(names, name=by), columns=columns, dtype="int64")
        return made[relation] if relation else made

    def review_stats(self) -> pd.DataFrame:
        """How many of the reviewed findings were right, for each relation and kind of reason.

        Returns:
            Columns relation, reason (`all` for any), confirmed, false_alarm, not_important, unsure, precision:
            confirmed / (confirmed + false_alarm), missing when there are none.
        """
        import pandas as pd

        made = pd.DataFrame(reviews.stats(self.items), columns=["relation", "reason", *words.REVIEWS, "precision"])
        return made.astype({"precision": "float64", **dict.fromkeys(words.REVIEWS, "int64")})

    def _frame(self, name: str, relation: str | None = None) -> pd.DataFrame:
        made, columns = output.table(self, name, relation)
        return rows.frame(made, columns)

    def articles_of(self, finding: Finding) -> list[str]:
        """Ids of all articles that a finding stands in, each once."""
        ids = [claim.article_id for pair in finding.places for key in pair if (claim := self.claim(key))]
        return list(dict.fromkeys([finding.a.article_id, finding.b.article_id, *ids]))

    # -- pictures ------------------------------------------------------------------------------------------------

    def plot_funnel(self, ax: Axes | None = None) -> Axes:
        """Draws how many there were at each stage, from articles to findings, on a logarithmic scale.

        Args:
            ax: where to draw; a new figure by default.

        Returns:
            The axes drawn on.

        Raises:
            MissingExtraError: matplotlib is not installed.
        """
        from consistency.render.plots import funnel

        return funnel(self, ax)

    def plot_timeline(self, storyline: str | None = None, ax: Axes | None = None) -> Axes:
        """Draws when each position of a storyline was held, and by how many claims.

        Args:
            storyline: its id; the storyline with most findings by default.
            ax: where to draw; a new figure by default.

        Returns:
            The axes drawn on.

        Raises:
            InputError: no such storyline, or none whose articles have dates.
            MissingExtraError: matplotlib is not installed.
        """
        from consistency.render.plots import timeline

        return timeline(self, storyline, ax)

    # -- views ---------------------------------------------------------------------------------------------------

    def _copy(self, **changed: Any) -> Report:
        made = Report(
            articles=self.article_list, claims=self.claim_list, findings=self._findings,
            storylines=self.storyline_list, pairs=self.pair_list, funnel=self._funnel, skipped=self.skipped,
            meta=self.meta, threshold=self.threshold,
        )  # fmt: skip
        made.hidden, made._reviews, made._reviewed_as = self.hidden, self._reviews, self._reviewed_as
        for name, value in changed.items():
            setattr(made, name, value)
        return made

    def at(self, threshold: float, *, hide: bool = False) -> Report:
        """The same report at another threshold, higher or lower; nothing is computed again.

        Args:
            threshold: confidence from which a finding is shown as its relation.
            hide: leave findings below it out, instead of showing them as uncertain.

        Raises:
            InputError: the threshold is not from 0 to 1.
        """
        if not 0 <= threshold <= 1:
            raise InputError(f"{threshold!r} is not a number from 0 to 1", where="threshold")
        return self._copy(threshold=float(threshold), hidden=hide)

    def touching(self, article_ids: Collection[str], note: str) -> Report:
        """The same report with only those findings that stand in at least one of these articles.

        Args:
            article_ids: ids of articles.
            note: what these articles are, for the reader; it stands among the warnings.
        """
        kept = tuple(f for f in self._findings if not set(self.articles_of(f)).isdisjoint(article_ids))
        ids = {finding.id for finding in kept}
        lines = tuple(
            replace(line, findings=tuple(key for key in line.findings if key in ids))
            for line in self.storyline_list
            if not ids.isdisjoint(line.findings)
        )
        made = self._copy(_findings=kept, storyline_list=lines)
        left_out = len(self.items) - len(made.items)
        told = f"{note}; {left_out} finding{'' if left_out == 1 else 's'} among the others left out"
        made.meta["warnings"] = [*self.meta.get("warnings", ()), told]
        return made

    def with_review(self, given: Given) -> Report:
        """The same report with a reviewer's decisions.

        Args:
            given: a csv, xlsx or jsonl file, a frame or rows with `id` (or `pair_ids`), `review` and `review_note`,
                such as `findings.csv` or what the page exports; or what `reviews` of another report holds.

        Returns:
            A report in which a finding is reviewed when its id or that of any pair it gathers was.

        Raises:
            InputError: an unknown review word, with its row, or columns that are missing.
        """
        found = reviews.read_reviews(given)
        findings, reviewed_as = reviews.apply(found, self._findings, self.items)
        return self._copy(_findings=findings, _reviews=found, _reviewed_as=reviewed_as)

    # -- output --------------------------------------------------------------------------------------------------

    def to_dict(self) -> dict[str, Any]:
        """Content of `report.json`: funnel, what was skipped, options, versions, models, time."""
        return {
            "schema": 1,
            **{key: value for key, value in self.meta.items() if key != "schema"},
            "threshold": self.threshold,
            "funnel": self.funnel,
            "skipped": [{"what": s.what, "why": s.why, "kind": s.kind, "stage": s.stage} for s in self.skipped],
            "articles": [
                {"article_id": a.id, "source": a.source, "date": a.date, "title": a.title, "url": a.url,
                 "path": a.path, "fallbacks": dict(a.fallbacks)}
                for a in self.article_list
            ],
            **({"review_stats": reviews.stats(self.items)} if self._reviews else {}),
        }  # fmt: skip

    def to_json(self) -> dict[str, Any]:
        """`to_dict` with the findings and storylines in it: the whole report as one JSON-ready object."""
        return {
            **self.to_dict(),
            "findings": [finding.to_dict() for finding in self.items],
            "storylines": [line.to_dict() for line in self.storyline_list],
        }

    def to_html(self, path: str | os.PathLike[str] | None = None, *, embed_articles: bool = False) -> str:
        """The page: one self-contained HTML file.

        Args:
            path: also write it there.
            embed_articles: put the full texts of the articles at its end.
        """
        from consistency.render.html import page

        text = page(self, embed_articles=embed_articles)
        if path is not None:
            files.write(path, text)
        return text

    def to_markdown(self, path: str | os.PathLike[str] | None = None) -> str:
        """A summary for a pull request or a chat; also written to `path` when given."""
        from consistency.render.markdown import summary

        text = summary(self)
        if path is not None:
            files.write(path, text)
        return text

    def to_csv(self, path: str | os.PathLike[str]) -> list[Path]:
        """Writes findings, claims, storylines and pairs as CSV into a folder; findings alone to a path ending in .csv.

        Returns:
            The paths written.
        """
        target = Path(path)
        if target.suffix.lower() == ".csv":
            return files.write_all({target: output.csv_text(self, "findings")})
        return files.write_all({target / f"{n}.csv": output.csv_text(self, n) for n in output.TABLES})

    def to_jsonl(self, path: str | os.PathLike[str]) -> list[Path]:
        """Writes findings, claims and storylines as JSON lines into a folder; findings alone to a path in .jsonl.

        Returns:
            The paths written.
        """
        target = Path(path)
        if target.suffix.lower() == ".jsonl":
            return files.write_all({target: output.jsonl_text(self, "findings")})
        return files.write_all({target / f"{n}.jsonl": output.jsonl_text(self, n) for n in output.LINES})

    def to_xlsx(self, path: str | os.PathLike[str]) -> Path:
        """Writes findings, claims, storylines and articles as sheets of one Excel workbook.

        Raises:
            MissingExtraError: openpyxl is not installed.
        """
        return files.write(path, output.workbook(self))

    def to_parquet(self, folder: str | os.PathLike[str]) -> list[Path]:
        """Writes the frames of findings, claims, storylines and pairs as Parquet files into a folder.

        Returns:
            The paths written.

        Raises:
            MissingExtraError: pyarrow is not installed.
        """
        return files.write_all({Path(folder) / f"{n}.parquet": output.parquet(self, n) for n in output.TABLES})

    def save(self, path: str | os.PathLike[str], *, embed_articles: bool = False) -> list[Path]:
        """Writes the page and all tables beside it, each file whole or not at all.

        Args:
            path: a folder (the page is `report.html` in it) or the page's own path, ending in .html.
            embed_articles: put the full texts of the articles into the page.

        Returns:
            The paths written: the page, then report.json, summary.md and the tables; findings.xlsx with openpyxl, and
            reviews.csv when reviews were read.
        """
        return output.save(self, Path(path), embed_articles=embed_articles)

    def __len__(self) -> int:
        return len(self.items)

    def __repr__(self) -> str:
        counted = ", ".join(words.counted(self.funnel, name) for name in words.SHOWN)
        return (
            f"<Report: {len(self.article_list)} articles, {len(self.claim_list)} claims; {counted}; "
            f"threshold {self.threshold:g}>"
        )

    def _repr_html_(self) -> str:
        from consistency.render.html import notebook

        return notebook(self)
