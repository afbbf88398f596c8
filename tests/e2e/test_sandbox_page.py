"""The sandbox's page in a real browser, a tiny Bolt app behind it: by mouse and keyboard, on a laptop and a phone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from sandbox.client import Control
from tests.e2e.conftest import LAPTOP, PHONE, OpenPage
from tests.e2e.tiny_app import TinyApp

pytestmark = pytest.mark.browser

# Ben is an ordinary member in London, Ana the workspace admin in Lisbon, Priya a member in Kolkata.
BEN, ANA, PRIYA = "U0BEN", "U0ANA", "U0PRIYA"
GENERAL = "C0GENERAL"
Visit = Callable[..., Page]
both_sizes = pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])


@pytest.fixture
def visit(tiny: TinyApp, control: Control, open_page: OpenPage) -> Visit:
    """Opens the page as a person in a conversation."""

    def visited(user: str = BEN, channel: str = GENERAL, size: tuple[int, int] = LAPTOP, more: str = "") -> Page:
        return open_page(f"{tiny.url}/?user={user}&channel={channel}{more}", size)

    return visited


def say(page: Page, text: str) -> None:
    page.get_by_test_id("message-text").fill(text)
    page.keyboard.press("Enter")


def messages(page: Page) -> Locator:
    return page.get_by_test_id("message")


def modal(page: Page) -> Locator:
    return page.get_by_test_id("modal")


def fits(page: Page) -> bool:
    """Whether nothing sticks out to the right."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_a_first_visit_says_who_one_is_and_what_to_do(tiny: TinyApp, control: Control, open_page: OpenPage) -> None:
    page = open_page(tiny.url, hint=True)
    expect(page.locator("body")).to_have_attribute("data-channel", "C0GENERAL")
    note = page.get_by_role("note")
    expect(note).to_contain_text(re.compile(r"You are \w+.*/tiny hello.*Switch people", re.DOTALL))
    note.get_by_role("button", name="/tiny hello").click()
    expect(page.get_by_test_id("message-text")).to_have_value("/tiny hello")
    note.get_by_role("button", name="Hide this hint").click()
    page.reload()
    expect(page.get_by_role("note")).to_be_hidden()


def test_what_people_write_is_shown_as_written(visit: Visit) -> None:
    page = visit()
    nasty = "<script>alert('x')</script> & \"quotes\" &lt;!channel&gt;"
    say(page, nasty)
    expect(messages(page).last).to_contain_text(nasty)
    page.get_by_test_id("message-text").fill("one")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("two, @priy")
    page.get_by_role("option", name="Priya").click()
    page.keyboard.press("Enter")
    expect(messages(page).last.locator("br")).to_have_count(1)
    expect(messages(page).last.locator(".mention")).to_have_text("@Priya")


@both_sizes
def test_a_command_is_offered_with_its_hint_and_answered_privately(visit: Visit, size: tuple[int, int]) -> None:
    page = visit(size=size)
    page.get_by_test_id("message-text").press_sequentially("/t")
    offer = page.get_by_role("option", name="/tiny")
    expect(offer).to_contain_text("[hello | form")
    offer.click()
    page.keyboard.type("hello")
    page.get_by_role("button", name="Send").click()
    answer = messages(page).last
    expect(answer).to_contain_text("Only visible to you")
    expect(answer).to_contain_text("Hello! Pressed 0 times.")
    assert fits(page)


@both_sizes
def test_a_button_changes_its_message_in_place(visit: Visit, size: tuple[int, int]) -> None:
    page = visit(size=size)
    say(page, "/tiny hello")
    page.get_by_role("button", name="Press me").click()
    expect(messages(page).last).to_contain_text("Pressed 1 times.")
    page.get_by_role("button", name="Press me").focus()
    page.keyboard.press("Enter")
    expect(messages(page).last).to_contain_text("Pressed 2 times.")
    expect(messages(page)).to_have_count(1)


def test_a_menu_of_more_actions_works_by_keyboard(visit: Visit) -> None:
    page = visit()
    say(page, "/tiny hello")
    page.get_by_role("button", name="More actions").press("Enter")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="Softer")).to_be_focused()
    page.keyboard.press("Enter")
    expect(messages(page).last).to_contain_text("Now softer")


def test_a_dangerous_button_asks_first(visit: Visit) -> None:
    page = visit()
    say(page, "/tiny hello")
    page.get_by_role("button", name="Remove").click()
    question = page.get_by_role("dialog", name="Really?")
    question.get_by_role("button", name="Keep").click()
    expect(question).to_be_hidden()
    expect(messages(page)).to_have_count(1)
    page.get_by_role("button", name="Remove").click()
    question.get_by_role("button", name="Remove").click()
    expect(messages(page)).to_have_count(0)


@both_sizes
def test_a_modal_is_filled_in_refused_and_saved_by_mouse(visit: Visit, tiny: TinyApp, size: tuple[int, int]) -> None:
    page = visit(size=size)
    say(page, "/tiny form")
    form = page.get_by_role("dialog", name="A small form")
    form.get_by_label("Your name").fill("nobody")
    form.get_by_label("Fruit").click()
    page.get_by_role("option", name="Cherry").click()
    form.get_by_test_id("modal-submit").click()
    expect(form.locator(".field", has_text="Mode")).to_contain_text("Please complete this required field.")
    form.get_by_label("Slow").check()
    form.get_by_label("People").fill("pri")
    page.get_by_role("option", name="Priya").click()
    form.get_by_test_id("modal-submit").click()
    expect(form.locator(".field", has_text="Your name")).to_contain_text("Nobody is not a name.")
    form.get_by_label("Your name").fill("Somebody")
    assert fits(page)
    form.get_by_test_id("modal-submit").click()
    expect(form).to_be_hidden()
    (values,) = tiny.saved
    assert values["name"]["a"]["value"] == "Somebody"
    assert values["fruit"]["a"]["selected_option"]["value"] == "cherry"
    assert values["mode"]["a"]["selected_option"]["value"] == "slow"
    assert values["people"]["a"]["selected_users"] == [PRIYA]
    assert values["day"]["a"]["selected_date"] == "2026-01-20"
    assert values["speed"]["a"]["selected_option"] is None


def test_what_was_refused_is_refused_again_in_plain_sight(visit: Visit) -> None:
    page = visit()
    say(page, "/tiny form")
    modal(page).get_by_label("Your name").fill("nobody")
    modal(page).get_by_label("Fruit").click()
    page.get_by_role("option", name="Cherry").click()
    modal(page).get_by_label("Slow").check()
    refused = modal(page).locator(".field", has_text="Your name")
    for _ in range(2):
        modal(page).get_by_test_id("modal-submit").click()
        expect(refused).to_contain_text("Nobody is not a name.")
        modal(page).get_by_label("Your name").fill("Somebody")
        expect(refused).not_to_contain_text("Nobody is not a name.")
        modal(page).get_by_label("Your name").fill("nobody")
    expect(modal(page).get_by_label("Fruit")).to_have_value("Cherry")


def test_a_page_that_follows_can_be_sent_before_the_answer_to_the_first_has_come(visit: Visit, tiny: TinyApp) -> None:
    """The page hears of the new view by another way than of its own submission, and often earlier."""
    page, held = visit(), []
    page.route("**/_control/submit-view", lambda route: held.append((route, route.fetch())), times=1)
    say(page, "/tiny form")
    modal(page).get_by_label("Your name").fill("twice")
    modal(page).get_by_label("Fruit").click()
    page.get_by_role("option", name="Cherry").click()
    modal(page).get_by_label("Slow").check()
    modal(page).get_by_test_id("modal-submit").click()
    expect(page.get_by_role("dialog", name="Once more")).to_be_visible()
    modal(page).get_by_label("Your name").fill("Somebody")
    modal(page).get_by_label("Speed").click()
    page.get_by_role("option", name="Fast").click()
    modal(page).get_by_role("button", name="Save again").click()
    expect(modal(page)).to_be_hidden()
    (values,) = tiny.saved
    assert values["speed"]["a"]["selected_option"]["value"] == "fast"
    for route, answer in held:
        route.fulfill(response=answer)


def test_a_modal_is_filled_in_and_saved_by_keyboard_alone(visit: Visit, tiny: TinyApp) -> None:
    page = visit()
    say(page, "/tiny form")
    expect(modal(page).get_by_label("Your name")).to_be_focused()
    page.keyboard.type("Zoë")
    page.keyboard.press("Tab")
    page.keyboard.type("ap")
    expect(page.get_by_role("option")).to_have_text(["Apple", "Apricot"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(modal(page).get_by_label("Fruit")).to_have_value("Apricot")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("slo")
    expect(page.get_by_role("option")).to_have_text(["Slow"])
    page.keyboard.press("Enter")
    modal(page).get_by_label("Your name").press("Enter")
    expect(modal(page)).to_be_hidden()
    (values,) = tiny.saved
    assert values["name"]["a"]["value"] == "Zoë"
    assert values["fruit"]["a"]["selected_option"]["value"] == "apricot"
    assert values["mode"]["a"]["selected_option"]["value"] == "fast"
    assert values["speed"]["a"]["selected_option"]["value"] == "slow"


def test_escape_closes_the_list_then_the_upper_modal_then_the_lower(visit: Visit, tiny: TinyApp) -> None:
    page = visit()
    say(page, "/tiny form")
    modal(page).get_by_label("Your name").fill("kept")
    modal(page).get_by_role("button", name="Next page").click()
    expect(page.get_by_role("dialog", name="Second page")).to_be_visible()
    page.keyboard.press("Escape")
    form = page.get_by_role("dialog", name="A small form")
    expect(form.get_by_label("Your name")).to_have_value("kept")
    form.get_by_label("Speed").click()
    expect(page.get_by_role("option", name="Fast")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("option", name="Fast")).to_be_hidden()
    expect(form).to_be_visible()
    page.keyboard.press("Escape")
    expect(form).to_be_hidden()
    Control(tiny.url).until(lambda: tiny.closed)


@both_sizes
def test_the_home_tab_is_published_when_it_is_opened(visit: Visit, control: Control, size: tuple[int, int]) -> None:
    page = visit(size=size)
    if size == PHONE:
        page.get_by_role("button", name="Open the sidebar").click()
    page.get_by_role("navigation").get_by_role("link", name="Tiny").click()
    expect(page.get_by_test_id("home")).to_contain_text("Home, sweet home (0)")
    page.get_by_role("button", name="Press me").click()
    expect(page.get_by_test_id("home")).to_contain_text("Home, sweet home (1)")
    page.get_by_test_id("messages-tab").click()
    expect(page.get_by_test_id("message-text")).to_have_attribute("placeholder", "Message Tiny")


@both_sizes
def test_one_becomes_someone_else_in_two_steps(visit: Visit, size: tuple[int, int]) -> None:
    page = visit(size=size)
    page.get_by_test_id("person-switcher").click()
    people = page.get_by_role("dialog")
    expect(people.locator(f"[data-person={ANA}]")).to_contain_text("workspace admin")
    expect(people.get_by_role("button", name="Close")).to_be_visible(visible=size == PHONE)
    expect(people.locator(f"[data-person={PRIYA}]")).to_contain_text(
        re.compile(r"Engineering Manager · Kolkata 14:3\d")
    )
    assert fits(page)
    page.keyboard.type("engineering manager kol")
    expect(people.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("person-switcher")).to_contain_text("Priya")
    expect(page.get_by_test_id("clock")).to_contain_text(re.compile(r"14:3\d"))


def test_the_quick_switcher_finds_places_and_people(visit: Visit) -> None:
    page = visit()
    page.keyboard.press("Control+k")
    page.keyboard.type("rand")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("channel=C0RANDOM"))
    page.keyboard.press("Control+k")
    page.keyboard.type("conceicao")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"user={ANA}&channel=C0RANDOM"))


def test_what_is_new_is_bold_and_counted_until_it_is_read(visit: Visit) -> None:
    reader, writer = visit(PRIYA), visit(BEN)
    line = reader.get_by_role("navigation").get_by_role("link", name="Tiny")
    expect(line).not_to_contain_text("unread")
    say(writer, "/tiny dm @Priya")
    expect(line).to_contain_text("1 unread")
    line.click()
    expect(messages(reader).last).to_contain_text("Hello!")
    expect(reader.get_by_role("navigation").get_by_role("link", name="Tiny")).not_to_contain_text("unread")


def test_time_is_skipped_from_the_bar_and_messages_carry_it(visit: Visit) -> None:
    page = visit()
    clock = page.get_by_test_id("clock")
    expect(clock).to_contain_text("Mon 12 Jan 2026")
    page.get_by_test_id("clock-next-day").click()
    expect(clock).to_contain_text("Tue 13 Jan 2026")
    say(page, "on Tuesday")
    expect(messages(page).last).to_contain_text("09:0")
    page.get_by_test_id("clock-next-tuesday").click()
    expect(clock).to_contain_text(re.compile("Tue 13 Jan 2026 10:00"))
    page.get_by_test_id("clock-twelve-weeks").click()
    expect(clock).to_contain_text("Tue 7 Apr 2026")
    expect(page.get_by_role("separator", name="Tuesday, January 13th")).to_be_visible()


def test_time_pressed_twice_moves_once_and_nothing_is_refused(visit: Visit) -> None:
    page = visit()
    for tuesday in ("13 Jan", "20 Jan"):
        page.get_by_test_id("clock-next-tuesday").dblclick()
        expect(page.get_by_text("It is now Tue", exact=False).first).to_contain_text(f"{tuesday} 2026, 10:00")
        expect(page.get_by_test_id("clock-next-tuesday")).to_be_enabled()
        expect(page.get_by_test_id("clock")).to_contain_text(f"Tue {tuesday} 2026 10:00")
        expect(page.get_by_text("Slack refused")).to_have_count(0)


def test_on_a_phone_the_clock_unfolds(visit: Visit) -> None:
    page = visit(size=PHONE)
    expect(page.get_by_test_id("clock-next-day")).to_be_hidden()
    page.get_by_test_id("clock").click()
    page.get_by_test_id("clock-next-day").click()
    expect(page.get_by_test_id("clock")).to_contain_text("Tue 13 Jan 2026")
    expect(page.get_by_test_id("clock-next-day")).to_be_hidden()


def test_start_over_asks_and_then_forgets(visit: Visit) -> None:
    page = visit()
    say(page, "soon forgotten")
    expect(messages(page)).to_have_count(1)
    page.get_by_test_id("clock-next-day").click()
    expect(page.get_by_test_id("clock")).to_contain_text("13 Jan")
    page.get_by_test_id("reset").click()
    page.get_by_role("dialog", name="Start over?").get_by_role("button", name="Start over").click()
    expect(page.get_by_test_id("clock")).to_contain_text("Mon 12 Jan")
    expect(messages(page)).to_have_count(0)


def test_the_traffic_shows_what_was_sent_and_answered(visit: Visit) -> None:
    page = visit()
    page.get_by_test_id("traffic").click()
    drawer = page.get_by_role("complementary", name="Traffic between Slack and the app")
    say(page, "/tiny hello")
    line = drawer.locator("details", has_text="/tiny hello")
    line.locator("summary").click()
    expect(line).to_contain_text('"command": "/tiny"')
    drawer.get_by_label("Filter").fill("no such thing")
    expect(line).to_be_hidden()
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()


def test_the_app_is_invited_into_a_channel(visit: Visit) -> None:
    page = visit()
    say(page, "/invite @Tiny")
    expect(messages(page).last).to_contain_text("Thanks for having me")
    say(page, "/invite @Tiny")
    expect(page.get_by_role("status").get_by_text("They are in this channel already.")).to_be_visible()


def test_an_app_that_does_not_answer_is_said_to_have_failed(visit: Visit) -> None:
    page = visit()
    say(page, "/tiny hang")
    expect(messages(page).last).to_contain_text("/tiny failed with the error")
    say(page, "/nonsense")
    expect(messages(page).last).to_contain_text("/nonsense is not a valid command")
