"""An organizer reviews a match in a real browser: swap, lock, veto, details, weights, release, and back again."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from bot.config import Settings
from bot.rehearsal import Rehearsal
from tests.e2e.conftest import PHONE, OpenPage
from tests.e2e.steps import become, close, form, go, picture, say, send

pytestmark = pytest.mark.browser


@pytest.fixture
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The company as `make run` shows it: thirteen have joined, and nobody is matched yet."""
    rehearsal = Rehearsal(Settings(port=0), tmp_path_factory.mktemp("review") / "sandbox")
    yield rehearsal.start()
    rehearsal.stop()


def for_the_weakest(page: Page, choice: str) -> None:
    """The menu of the first pair."""
    form(page).get_by_role("button", name="More actions").first.click()
    page.get_by_role("menuitem", name=choice).click()


def first_pair(page: Page) -> str:
    return form(page).locator("strong").filter(has_text=" and ").first.inner_text()


def look_at_the_match(page: Page) -> None:
    say(page, "/mentor admin match")
    expect(form(page)).to_contain_text("13 of 13 in 5 pairs and 1 trio")


def test_an_organizer_changes_a_match_by_hand_and_releases_it(address: str, open_page: OpenPage) -> None:
    page = open_page(address)
    become(page, "Ana")
    go(page, "peer-mentoring")
    look_at_the_match(page)
    picture(page, "review-1-preview")
    weakest = first_pair(page)

    for_the_weakest(page, "Details")
    expect(form(page)).to_contain_text("What one asks and the other offers")
    picture(page, "review-2-details")
    form(page).get_by_role("button", name="Back").click()

    for_the_weakest(page, "Swap…")
    expect(form(page).get_by_role("radio")).to_have_count(3)
    picture(page, "review-3-swap")
    send(page)
    expect(form(page)).to_contain_text("Locked with it")
    picture(page, "review-4-swapped")

    form(page).get_by_role("button", name="Compare weights").click()
    expect(form(page)).to_contain_text("New connections first")
    picture(page, "review-5-compare")
    form(page).get_by_role("button", name="Back").click()

    for_the_weakest(page, "Not this pair")
    expect(form(page)).to_contain_text("Not these pairs")
    picture(page, "review-6-veto")
    form(page).get_by_role("button", name="Allow again").click()
    expect(form(page)).not_to_contain_text("Not these pairs")
    assert weakest not in form(page).inner_text(), "what was chosen by hand stays"

    send(page)
    expect(form(page)).to_contain_text("This sends 6 messages")
    send(page)
    expect(form(page)).to_contain_text("You can take it back until")
    picture(page, "review-7-released")
    form(page).get_by_role("button", name="Take it back").click()
    picture(page, "review-8-sure")
    page.get_by_role("dialog", name="Take the match back?").get_by_role("button", name="Take it back").click()
    expect(form(page)).to_contain_text("the match is a preview again")
    close(page)


def test_the_review_fits_a_phone(address: str, open_page: OpenPage) -> None:
    page = open_page(f"{address}/?user=U0ANA", PHONE)
    look_at_the_match(page)
    picture(page, "review-phone-1-preview")
    for_the_weakest(page, "Swap…")
    expect(form(page).get_by_role("radio")).to_have_count(3)
    picture(page, "review-phone-2-swap")
    form(page).get_by_role("button", name="Back").click()
    form(page).get_by_role("button", name="Compare weights").click()
    expect(form(page)).to_contain_text("New connections first")
    picture(page, "review-phone-3-compare")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
