"""The report in a real browser: offline, under its own policy, by keyboard."""

import shutil

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


def test_first_page_answers_what_the_corpus_can_answer(page):
    assert page.locator("#abilities tbody tr").count() >= 8
    assert page.locator("#abilities .yes").count() >= 3
    assert "篇文献" in page.locator("#read").inner_text()


def test_all_figures_are_drawn(page):
    boxes = [figure.bounding_box() for figure in page.locator("figure svg").all()]
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
    target = link.get_attribute("href")[1:]
    link.press("Enter")
    found = page.locator(f'[id="{target}"]')
    assert found.is_visible()
    assert link.inner_text() in found.inner_text()
