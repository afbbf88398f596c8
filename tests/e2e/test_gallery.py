"""Everything the bot can show, on one page, at two widths: it is all there and nothing is wider than its frame."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.gallery import LAPTOP, PHONE, samples, write

pytestmark = pytest.mark.browser

TOO_WIDE = """() => [...document.querySelectorAll("iframe")]
  .filter(frame => frame.contentDocument.documentElement.scrollWidth > frame.clientWidth)
  .map(frame => frame.title)"""
EMPTY = """() => [...document.querySelectorAll("iframe")]
  .filter(frame => !frame.contentDocument.body.innerText.trim()).map(frame => frame.title)"""
CUT_OFF = """() => [...document.querySelectorAll("iframe")]
  .filter(frame => frame.contentDocument.documentElement.offsetHeight > frame.clientHeight + 2)
  .map(frame => frame.title)"""


def test_the_gallery_holds_everything_at_both_widths_and_nothing_overflows(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(write(tmp_path).as_uri(), wait_until="load")
    names = [sample.name for sample in samples()]
    assert len(names) == len(set(names)) > 100
    assert page.locator("iframe").count() == 2 * len(names)
    assert {int(width) for width in page.locator("iframe").evaluate_all("all => all.map(one => one.width)")} == {
        LAPTOP,
        PHONE,
    }
    assert page.evaluate(EMPTY) == []
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate(CUT_OFF) == []
    page.close()
