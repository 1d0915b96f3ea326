"""The report in a real browser: offline, under its own policy, by keyboard."""

import shutil
from urllib.parse import unquote

import pytest

pytestmark = [pytest.mark.slow]
CHROMIUM = shutil.which("chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def page(sample):
    """The report of the sample, opened from its file; every request and every complaint is kept."""
    playwright = pytest.importorskip("playwright.sync_api")
    assert CHROMIUM, "make test-all needs Chromium"
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        opened = browser.new_context(offline=True).new_page()
        opened.requests, opened.complaints = [], []
        opened.on("request", lambda request: opened.requests.append(request.url))
        opened.on("console", lambda message: opened.complaints.append(message.text))
        opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
        opened.goto((sample.project.outputs / "report.html").as_uri())
        yield opened
        browser.close()


def test_no_request_but_the_file_itself(page):
    assert [url.split("/")[-1].split("#")[0] for url in page.requests] == ["report.html"]


def test_nothing_breaks_the_policy(page):
    page.locator("details").first.hover()
    page.keyboard.press("Tab")
    assert page.complaints == []
    assert page.locator("svg image").count() == 0, "a picture inside a figure would be blocked"


@pytest.fixture
def document(page):
    """The page of a document with points, links and edits, opened."""
    card = page.locator("#documents > details.doc:has(a[data-wire]):has(.e)").first
    card.evaluate("card => { card.open = true; card.scrollIntoView(); }")
    page.wait_for_timeout(200)
    yield card
    card.evaluate("card => { card.open = false; }")


def test_a_document_is_read_by_keyboard(page, document):
    body = document.locator(".page")
    body.focus()
    seen = []
    for _ in range(3):
        page.keyboard.press("ArrowDown")
        seen.append(page.evaluate("document.activeElement.id"))
    assert seen == [note.get_attribute("id") for note in document.locator(".note").all()[:3]]
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == seen[1]
    assert page.locator("#info").inner_text().startswith("更正")
    assert ",point,reject," in page.locator("#info").inner_text()
    body.focus()
    page.keyboard.press("ArrowRight")
    assert "e" in page.evaluate("document.activeElement.className").split()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    assert not page.locator("#info").is_visible()


def test_an_edit_tells_rule_before_and_after(page, document):
    edit = document.locator(".e").first
    edit.hover()
    told = page.locator("#info").inner_text()
    for key in ("r", "b", "a", "at"):
        assert edit.get_attribute(f"data-{key}") in told
    assert "→" in told


def test_roles_are_told_by_label_and_links_are_drawn(page, document):
    labels = document.locator(".line > .gutter .role").all_inner_texts()
    assert labels
    assert all(labels)
    wires = document.locator("svg.wires path")
    assert wires.count() == document.locator("a[data-wire]").count()
    note = document.locator(".note:has(a[data-wire])").first
    note.hover()
    assert document.locator("svg.wires path.lit").count() >= 1
    assert document.locator(".note.lit").count() >= 2


def test_a_cell_of_the_matrix_opens_its_pairs(page):
    cell = page.locator("#matrix td a").first
    n = int("".join(char for char in cell.inner_text() if char.isdigit()))
    cell.press("Enter")
    opened = page.locator(f'[id="{unquote(cell.get_attribute("href")[1:])}"]')
    assert opened.evaluate("node => node.open")
    assert opened.locator("li").count() == n


def test_a_number_of_a_comparison_tells_what_it_rests_on(page):
    page.locator("#comparisons details").first.evaluate("node => { node.open = true; }")
    cell = page.locator("#comparisons td[data-info]").first
    cell.hover()
    assert page.locator("#info").inner_text() == cell.get_attribute("data-info").strip()


def test_a_narrow_window_needs_no_sideways_scrolling(page):
    page.set_viewport_size({"width": 400, "height": 800})
    card = page.locator("#documents > details.doc").first
    card.evaluate("card => { card.open = true; }")
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    card.evaluate("card => { card.open = false; }")
    page.set_viewport_size({"width": 1280, "height": 720})


def test_first_page_answers_what_the_corpus_can_answer(page):
    assert page.locator("#abilities tbody tr").count() >= 8
    assert page.locator("#abilities .yes").count() >= 3
    assert "篇文献" in page.locator("#read").inner_text()


def test_all_figures_are_drawn(page):
    boxes = [figure.bounding_box() for figure in page.locator("#figures figure svg").all()]
    assert len(boxes) == 8
    assert all(box["width"] > 300 and box["height"] > 80 for box in boxes)


def test_filter_works_by_keyboard(page):
    page.locator("#filter").focus()
    page.keyboard.type("医院")
    shown = page.locator("#documents > details:visible").count()
    total = page.locator("#documents > details").count()
    assert 0 < shown < total
    assert page.locator("#shown").inner_text() == f"{shown} / {total}"
    for _ in range(2):
        page.keyboard.press("Backspace")
    assert page.locator("#documents > details:visible").count() == total


def test_a_number_leads_to_its_sentence(page):
    page.locator("#themes details").first.locator("summary").press("Enter")
    link = page.locator("#themes details[open] a").first
    target = unquote(link.get_attribute("href")[1:])
    link.press("Enter")
    found = page.locator(f'[id="{target}"]')
    assert found.is_visible()
    assert link.inner_text() in found.inner_text()
