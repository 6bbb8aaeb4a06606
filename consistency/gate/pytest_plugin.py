"""pytest plugin: claim sets as tests, one an item, and assertions about claims in tests of your own.

Loading it imports pytest alone; models load when the first item runs.
"""
from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from consistency.gate.checker import ClaimChecker
    from consistency.gate.items import Item
    from consistency.gate.outcome import ItemResult

# Items that are judged together. Items do not change each other's results, so this decides speed alone: a worker of
# pytest-xdist judges the blocks that its tests lie in.
BLOCK = 64


class ClaimFailure(AssertionError):
    """An item of a claim set that is not as expected."""


class Hooks:
    """Hooks that a conftest.py may define."""

    @pytest.hookspec(firstresult=True)
    def pytest_claim_models(self, config: pytest.Config) -> Any:
        """Models for claim sets and `claim_checker`: a `consistency.pipeline.Models`, or None for the default ones."""


class Desk:
    """What one session judges with, and what it has judged."""

    def __init__(self, config: pytest.Config):
        self._config = config
        self._checker: ClaimChecker | None = None
        self._results: dict[str, ItemResult] = {}

    @property
    def checker(self) -> ClaimChecker:
        """The session's checker."""
        if self._checker is None:
            from consistency.gate.checker import ClaimChecker

            self._checker = ClaimChecker(self._config.hook.pytest_claim_models(config=self._config))
        return self._checker

    def result(self, item: Item, block: Iterable[Item]) -> ItemResult:
        """The result of an item, judged together with the items of its block."""
        from consistency.gate.checker import today
        from consistency.gate.judging import judge_items
        from consistency.gate.outcome import result_of

        # Two sets may share a name in one session; a place in a file is one item.
        if _place(item) not in self._results:
            items = tuple(block)
            outcomes = judge_items(items, self.checker.models)
            self._results |= {_place(i): result_of(i, outcomes[i.key], today()) for i in items}
        return self._results[_place(item)]


class ClaimUnderTest:
    """An item of a claim set in a test function: the value of the argument `claim_item`.

    Attributes:
        item: the item.
    """

    def __init__(self, item: Item, block: tuple[Item, ...], desk: Desk):
        self.item, self._block, self._desk = item, block, desk

    @property
    def result(self) -> ItemResult:
        """What it was judged to be."""
        return self._desk.result(self.item, self._block)

    def check(self) -> None:
        """Fails with scores, reasons and deciding words unless all is as expected."""
        __tracebackhide__ = True
        if not self.result.met:
            raise ClaimFailure(self.result.explain())


_DESK = pytest.StashKey[Desk]()
_FILES = pytest.StashKey[frozenset[Path]]()


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """Makes the hooks known."""
    pluginmanager.add_hookspecs(Hooks)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds `--claim-sets`."""
    parser.getgroup("consistency", "claim sets").addoption(
        "--claim-sets", action="append", default=[], metavar="PATH",
        help="collect these claim sets, one test an item: a .yaml, .jsonl or .csv file, a folder or a glob",
    )  # fmt: skip


def pytest_configure(config: pytest.Config) -> None:
    """Adds the marker, and the given claim sets to what is collected."""
    line = "claim_sets(*paths, tags=()): run the test for each item of claim sets, as the argument claim_item"
    config.addinivalue_line("markers", line)
    config.stash[_DESK] = Desk(config)
    files: list[Path] = []
    for given in config.getoption("--claim-sets"):
        files += _found(config.invocation_params.dir / given)
    config.stash[_FILES] = frozenset(files)
    given = [Path(config.invocation_params.dir, arg.partition("::")[0]).resolve() for arg in config.args]
    # What the command line names, or a folder on it holds, is met there.
    config.args.extend(str(path) for path in files if not any(path.is_relative_to(place) for place in given))


def _found(given: Path) -> list[Path]:
    from consistency.errors import ConsistencyError
    from consistency.gate.reading import find_files

    try:
        return [path.resolve() for path in find_files(given)]
    except ConsistencyError as error:
        raise pytest.UsageError(f"--claim-sets: {error}") from error


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collects the files that `--claim-sets` names."""
    if file_path.resolve() in parent.config.stash[_FILES]:
        return ClaimSetFile.from_parent(parent, path=file_path)
    return None


class ClaimSetFile(pytest.File):
    """A claim-set file: its items are tests."""

    def collect(self) -> Iterator[pytest.Item]:
        """One test an item."""
        from consistency.errors import ConsistencyError
        from consistency.gate.reading import read_sets

        try:
            items = [item for made in read_sets(self.path) for item in made.items]
        except ConsistencyError as error:
            raise self.CollectError(str(error)) from error
        for claim in _under_test(items, self.config):
            yield ClaimTest.from_parent(self, name=claim.item.id, claim=claim)


class ClaimTest(pytest.Item):
    """One item of a claim set."""

    def __init__(self, *, claim: ClaimUnderTest, **more: Any):
        super().__init__(**more)
        self.claim = claim
        self.extra_keyword_matches.update(claim.item.tags)
        for mark in _marks(claim.item):
            self.add_marker(mark)

    def runtest(self) -> None:
        """Judges it."""
        self.claim.check()

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Scores, reasons and words instead of a traceback."""
        if isinstance(excinfo.value, ClaimFailure):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """File, line from 0, and key."""
        return self.path, self.claim.item.line - 1, self.claim.item.key


def _under_test(items: list[Item], config: pytest.Config) -> list[ClaimUnderTest]:
    desk = config.stash[_DESK]
    made: list[ClaimUnderTest] = []
    for start in range(0, len(items), BLOCK):
        block = tuple(items[start : start + BLOCK])
        made.extend(ClaimUnderTest(item, block, desk) for item in block)
    return made


def _place(item: Item) -> str:
    return f"{item.path}:{item.line}:{item.key}"


def _marks(item: Item) -> list[pytest.MarkDecorator]:
    from consistency.gate.checker import today

    if item.xfail is not None and item.xfail.excuses(today()):
        return [pytest.mark.xfail(reason=item.xfail.reason, raises=ClaimFailure, strict=False)]
    return []


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Runs a test that is marked with `claim_sets` once for each item."""
    marker = metafunc.definition.get_closest_marker("claim_sets")
    if marker is None:
        return
    if "claim_item" not in metafunc.fixturenames:
        raise pytest.UsageError(f"{metafunc.definition.nodeid}: a test marked claim_sets takes the argument claim_item")
    from consistency.errors import ConsistencyError
    from consistency.gate.reading import read_sets
    from consistency.gate.run import choose

    folder = metafunc.definition.path.parent
    try:
        items = [item for made in read_sets([folder / path for path in marker.args]) for item in made.items]
        items = list(choose(items, marker.kwargs.get("tags", ())))
    except ConsistencyError as error:
        raise pytest.UsageError(f"{metafunc.definition.nodeid}: {error}") from error
    claims = [pytest.param(c, id=c.item.key, marks=_marks(c.item)) for c in _under_test(items, metafunc.config)]
    metafunc.parametrize("claim_item", claims)


@pytest.fixture(scope="session")
def claim_checker(request: pytest.FixtureRequest) -> ClaimChecker:
    """Assertions about claims: `assert_agrees(a, b)`, `assert_contradicts(a, b)`,
    `assert_no_contradictions(articles)`."""
    return request.config.stash[_DESK].checker
