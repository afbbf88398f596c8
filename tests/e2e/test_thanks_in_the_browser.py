"""Thanks in a real browser: an organizer chooses values, a colleague looks at what will be read, goes back, sends."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from bot.config import Settings
from bot.rehearsal import Rehearsal
from tests.e2e.conftest import PHONE, OpenPage
from tests.e2e.steps import become, close, form, go, picture, press, say, says, send
from tests.e2e.test_story_in_the_browser import the_organizer_begins

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A small company with the bot in it."""
    rehearsal = Rehearsal(Settings(port=0), tmp_path_factory.mktemp("thanks") / "sandbox", seed="small", story=False)
    yield rehearsal.start()
    rehearsal.stop()


def values_are_chosen(page: Page) -> None:
    say(page, "/mentor admin")
    press(page, "Values")
    form(page).get_by_label("Values").fill("be kind")
    send(page)
    expect(form(page)).to_contain_text("“be kind” cannot be typed as #word")
    form(page).get_by_label("Values").fill("care\ncraft")
    picture(page, "thanks-1-values")
    send(page)
    expect(form(page)).to_contain_text("Next step: try one")
    close(page)


def somebody_is_thanked(page: Page, name: str) -> None:
    say(page, "/mentor kudos")
    form(page).get_by_label("To").fill("Gita")
    page.get_by_role("option").filter(has_text="Gita").click()
    form(page).get_by_label("For what?").fill("the patient code review #craft")
    send(page)
    expect(form(page)).to_contain_text("Gita will read, and nobody else")
    expect(form(page)).to_contain_text("reads on Friday")
    expect(form(page)).to_contain_text("#craft")
    picture(page, f"{name}-preview")
    form(page).get_by_role("button", name="Back", exact=True).click()
    expect(form(page).get_by_label("For what?")).to_have_value("the patient code review #craft")
    picture(page, f"{name}-form")
    form(page).get_by_label("For what?").fill(f"{name} and the tests")
    send(page)
    expect(form(page)).to_contain_text("Before it is sent")
    expect(form(page)).to_contain_text(f"{name} and the tests")
    send(page)
    expect(form(page)).to_contain_text("On its way to Gita")
    close(page)


def test_thanks_are_looked_at_changed_and_sent_on_a_laptop_and_on_a_phone(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    the_organizer_begins(page)
    values_are_chosen(page)
    become(page, "Ben")
    go(page, "general")
    somebody_is_thanked(page, "thanks-2-laptop")
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    somebody_is_thanked(page, "thanks-3-phone")
    page.set_viewport_size({"width": 1280, "height": 800})
    become(page, "Gita")
    go(page, r"^(M )?Mentor")
    says(page, "Ben would like to thank you", "thanks-2-laptop and the tests")
    picture(page, "thanks-4-asked")
