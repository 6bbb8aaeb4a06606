"""The page in a real browser: filters, keys, marks, and hostile texts that stay inert.

Needs the `browser` extras of the test set-up (Playwright and a Chromium); without them these tests are skipped.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from consistency.render import tables
from tests.render.factory import FINDINGS, HOSTILE, make_report

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")
CONTRADICTIONS = [finding.id for finding in make_report().of("contradiction")]


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield made
        made.close()


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return make_report().save(tmp_path_factory.mktemp("page"))[0]


@pytest.fixture
def page(browser, path):
    """A fresh page; any console message, error, dialog or request away from it fails the test."""
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 1280, "height": 900})
    made = context.new_page()
    seen: list[str] = []
    made.on("console", lambda message: seen.append(f"console: {message.text}"))
    made.on("pageerror", lambda error: seen.append(f"error: {error}"))
    made.on("dialog", lambda dialog: (seen.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    made.on("request", lambda request: None if request.url.startswith(("file:", "blob:")) else seen.append(request.url))
    made.goto(path.as_uri())
    yield made
    context.close()
    assert seen == []


def shown(page) -> list[str]:
    return page.eval_on_selector_all(".f", "cards => cards.filter(c => c.offsetParent).map(c => c.id.slice(2))")


def test_it_opens_with_everything_shown_and_runs_nothing_of_a_source(page):
    assert len(shown(page)) == len(FINDINGS)
    assert page.locator("script").count() == 1
    assert page.locator("#count").inner_text() == "13 of 13 shown, 2 reviewed"
    assert page.locator(f"#f-{FINDINGS[6].id} h3").inner_text().endswith(HOSTILE)


FILTERS = (
    ("#q", "ferry carrying", {1}),
    ("#q", "لم يتم", {11}),
    ("#x-r", "update", {9}),
    ("#x-o", "Tidewater Herald", {1, 9}),  # 9 stands there too, at another place
    ("#x-w", "Daniel Prosk", {4}),
    ("#x-k", "cause", {5}),
    ("#x-c", ".9", {0, 1, 2, 7, 9}),
    ("#x-k", "model", {7, 8}),
    ("#x-v", "some", {1, 6}),
    ("#x-v", "false_alarm", {6}),
    ("#x-from", "2023-03-15", {3, 4, 5, 9}),
    ("#x-to", "2019-12-31", {0, 2, 7, 8}),
)


def test_filters(page):
    page.locator("#filters summary").click()
    for control, value, expected in FILTERS:
        if page.locator(control).evaluate("it => it.tagName") == "SELECT":
            page.select_option(control, value)
        else:
            page.fill(control, value)
        sync_api.expect(page.locator(".f:not([hidden])")).to_have_count(len(expected))
        assert set(shown(page)) == {FINDINGS[at].id for at in expected}, (control, value)
        page.get_by_role("button", name="Clear").click()
        sync_api.expect(page.locator(".f:not([hidden])")).to_have_count(len(FINDINGS))


def test_two_names_together_and_a_number_of_the_matrix(page):
    page.locator("#filters summary").click()
    page.select_option("#x-o", "Meridian Dispatch")
    page.select_option("#x-o2", "Radio Liberty")
    sync_api.expect(page.locator(".f:not([hidden])")).to_have_count(2)
    page.select_option("#x-o2", "Meridian Dispatch")
    sync_api.expect(page.locator("#none")).to_be_visible()
    page.get_by_role("button", name="Clear").click()
    cell = page.locator("#who td[data-one='Coastline News Agency'][data-two='Port Averil Courier'] .c")
    assert cell.inner_text().endswith("1")
    cell.click()
    sync_api.expect(page.locator(".f:not([hidden])")).to_have_count(1)
    assert shown(page) == [FINDINGS[5].id]
    assert page.locator("#contradiction h2 small").inner_text() == f"1 of {len(CONTRADICTIONS)}"


def test_what_is_gone_to_is_not_under_the_tools(page):
    page.locator("#filters summary").click()
    page.evaluate("document.activeElement.blur()")
    for _ in range(3):
        page.keyboard.press("j")
    heading = page.locator(f"#f-{CONTRADICTIONS[2]} h3").bounding_box()
    tools = page.locator("#tools").bounding_box()
    assert heading["y"] >= tools["y"] + tools["height"]


def test_sort(page):
    page.select_option("#sort", "low")
    assert page.eval_on_selector_all("#contradiction .f", "c => c.map(x => x.id.slice(2))") == CONTRADICTIONS[::-1]
    page.select_option("#sort", "rank")
    assert page.eval_on_selector_all("#contradiction .f", "c => c.map(x => x.id.slice(2))") == CONTRADICTIONS


def test_keys_move_and_mark(page):
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("j")
    page.keyboard.press("n")
    third = page.locator(f"#f-{CONTRADICTIONS[2]}")
    assert third.evaluate("it => it === document.activeElement")
    assert third.get_by_role("button", name="Not important").get_attribute("aria-pressed") == "true"
    page.keyboard.press("n")
    assert third.get_by_role("button", name="Not important").get_attribute("aria-pressed") == "false"
    page.keyboard.press("o")
    assert third.get_by_text("Before:").first.is_visible()
    page.keyboard.press("o")
    assert not third.get_by_text("Before:").first.is_visible()
    page.keyboard.press("/")
    page.keyboard.type("cfnu?")
    assert page.locator("#q").input_value() == "cfnu?"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#help").is_visible()


def test_marks_outlive_a_reload_and_go_out_and_back_in(page, tmp_path):
    card = page.locator(f"#f-{FINDINGS[0].id}")
    card.get_by_role("button", name="False alarm").click()
    card.get_by_label("Note on this finding").fill('=1+1, "so" he said')
    card.get_by_label("Note on this finding").blur()
    page.reload()
    assert card.get_by_role("button", name="False alarm").get_attribute("aria-pressed") == "true"
    assert card.get_by_label("Note on this finding").input_value() == '=1+1, "so" he said'
    with page.expect_download() as download:
        page.get_by_role("button", name="Export review").click()
    exported = tmp_path / "reviewed.csv"
    download.value.save_as(exported)
    rows = tables.read(exported)
    assert rows[0]["pair_ids"].split() == list(FINDINGS[0].pair_ids)
    again = make_report().with_review(exported)
    assert (again.items[0].review, again.items[0].review_note) == ("false_alarm", '=1+1, "so" he said')
    assert [f.review for f in again.items] == ["false_alarm", "confirmed", *[""] * 4, "false_alarm", *[""] * 6]
    page.evaluate("localStorage.clear()")
    page.reload()
    assert card.get_by_role("button", name="False alarm").get_attribute("aria-pressed") == "false"
    page.set_input_files("#import", exported)
    sync_api.expect(page.locator("#count")).to_have_text("3 marks imported")
    assert card.get_by_label("Note on this finding").input_value() == '=1+1, "so" he said'


def test_what_was_reviewed_is_not_asked_again_but_can_be_changed(page):
    card = page.locator(f"#f-{FINDINGS[1].id}")
    assert card.locator(".done").is_visible()
    assert not card.locator(".rv").is_visible()
    card.get_by_role("button", name="Change").click()
    card.get_by_role("button", name="Unsure").click()
    assert card.get_by_role("button", name="Unsure").get_attribute("aria-pressed") == "true"


def test_a_link_to_a_hidden_finding_shows_it(page):
    page.locator("#filters summary").click()
    page.select_option("#x-r", "agreement")
    page.evaluate(f"location.hash = 'f-{FINDINGS[0].id}'")
    sync_api.expect(page.locator(".f:not([hidden])")).to_have_count(len(FINDINGS))
    assert page.locator(f"#f-{FINDINGS[0].id}").evaluate("it => it === document.activeElement")


def test_a_narrow_screen_never_scrolls_sideways(page):
    for width in (320, 390, 768):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_a_script_it_is_a_plain_document(browser, path: Path):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(path.as_uri())
    assert page.locator(".f").count() == len(FINDINGS)
    assert page.locator(".f").last.is_visible()
    assert not page.locator("#tools").is_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(browser, path, scheme, width):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    # The page's own policy forbids the script that axe puts into it.
    context = browser.new_context(bypass_csp=True, color_scheme=scheme, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(path.as_uri())
    page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
    found = axe.Axe().run(page)
    assert found.response["violations"] == []
    context.close()
