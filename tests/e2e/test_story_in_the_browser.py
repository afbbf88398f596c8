"""The story in a real browser: a colleague joins, the organizer matches, the partner answers, the channel hears it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from bot.config import Settings
from bot.rehearsal import Rehearsal, join
from sandbox.client import Control
from tests.e2e.conftest import PHONE, OpenPage
from tests.e2e.steps import become, choose, close, form, go, picture, press, say, says, send

pytestmark = pytest.mark.browser

BEN, CHLOE = "U0BEN", "U0CHLOE"
GENERAL = "C0GENERAL"
THE_APP = r"^(M )?Mentor"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A small company in which nobody has done anything yet, with the bot in it."""
    rehearsal = Rehearsal(Settings(port=0), tmp_path_factory.mktemp("story") / "sandbox", seed="small", story=False)
    yield rehearsal.start()
    rehearsal.stop()


def the_organizer_begins(page: Page) -> None:
    become(page, "Ana")
    go(page, "peer-mentoring")
    say(page, "/mentor admin")
    press(page, "Set up")
    expect(form(page)).to_contain_text("Choose what the program is for")
    send(page)
    choose(page, "Channel", "peer", "#peer-mentoring")
    expect(form(page)).to_contain_text("#peer-mentoring")
    send(page)
    expect(form(page)).to_contain_text("with made-up names")
    send(page)
    expect(form(page)).to_contain_text("/invite @Mentor in #peer-mentoring")
    close(page)
    say(page, "/invite @Mentor")
    expect(page.get_by_test_id("messages")).to_contain_text("joined the channel")


def a_colleague_joins(page: Page) -> None:
    become(page, "Ben")
    go(page, "general")
    say(page, "/mentor")
    says(page, "Hello Ben.", "two minutes to join")
    press(page, "Count me in")
    send(page)
    expect(form(page)).to_contain_text("Name one thing here, like giving feedback")
    choose(page, "What I can help with", "giving feedback", "Add “giving feedback”")
    choose(page, "What I want help with", "SQL", "Add “SQL”")
    form(page).get_by_label("My goal, in one line").fill("give feedback people look forward to")
    picture(page, "story-1-join")
    send(page)
    expect(form(page)).to_contain_text("You are in, Ben.")
    close(page)


def the_partner_joins(control: Control) -> None:
    control.command(GENERAL, CHLOE, "/mentor", "join")
    join(control, {"id": CHLOE, "offers": ["SQL"], "asks": ["giving feedback"], "style": {"rhythm": "a"}})
    control.close_view(CHLOE)


def the_organizer_releases_a_match(page: Page) -> None:
    become(page, "Ana")
    say(page, "/mentor admin match")
    expect(form(page)).to_contain_text("2 of 2 in 1 pair")
    expect(form(page)).to_contain_text("Chloé can help with SQL, which Ben asked for")
    picture(page, "story-2-match")
    send(page)
    expect(form(page)).to_contain_text("This sends 1 message")
    send(page)
    expect(form(page)).to_contain_text("Released: 1 introduction.")
    close(page)


def the_partner_answers(page: Page) -> None:
    become(page, "Chloé")
    go(page, "Ben, Mentor")
    says(page, "Ben, meet Chloé.", "I cannot read this conversation")
    picture(page, "story-3-introduction")
    for tuesday in ("13 Jan", "20 Jan", "27 Jan"):
        page.get_by_test_id("clock-next-tuesday").click()
        expect(page.get_by_test_id("clock")).to_contain_text(f"Tue {tuesday} 2026 10:00")
    go(page, THE_APP)
    says(page, "Hello Chloé. You and Ben were introduced", "How does it stand?")
    picture(page, "story-4-question")
    press(page, "We met")
    expect(page.get_by_test_id("messages")).to_contain_text("Noted: you and Ben met on Tuesday 27 January.")


def both_say_yes(page: Page) -> None:
    says(page, "You and Ben had your first meeting.", "May I celebrate it in #peer-mentoring?")
    press(page, "Post it")
    says(page, "If everyone says yes, #peer-mentoring will hear of it.")
    become(page, "Ben")
    says(page, "You and Chloé had your first meeting.")
    press(page, "Post it")
    go(page, "peer-mentoring")
    says(page, "Ben and Chloé have had their first meeting. Good start, you two! 🎉")
    picture(page, "story-5-shoutout")


def twelve_weeks_run(page: Page) -> None:
    page.get_by_test_id("clock-twelve-weeks").click()
    expect(page.get_by_test_id("clock")).to_contain_text("21 Apr 2026", timeout=15_000)
    go(page, THE_APP)
    complete = page.get_by_test_id("message").filter(has_text="Ben, your time with Chloé is complete.")
    for button in ("Match me again", "Certificate"):
        expect(complete).to_contain_text(button)
    page.get_by_test_id("home-tab").click()
    expect(page.get_by_test_id("home")).to_contain_text("in line for the next match")
    picture(page, "story-6-complete")


def test_twelve_weeks_from_joining_to_the_end(address: str, open_page: OpenPage) -> None:
    page = open_page(address)
    the_organizer_begins(page)
    a_colleague_joins(page)
    the_partner_joins(Control(address))
    the_organizer_releases_a_match(page)
    the_partner_answers(page)
    both_say_yes(page)
    twelve_weeks_run(page)


def test_the_introduction_fits_a_phone(address: str, open_page: OpenPage) -> None:
    page = open_page(f"{address}/?user={BEN}", PHONE)
    page.get_by_role("button", name="Open the sidebar").click()
    go(page, "Chloé, Mentor")
    expect(page.get_by_test_id("messages")).to_contain_text("Why you two: Chloé can help with SQL")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    picture(page, "story-7-phone")
