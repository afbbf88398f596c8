"""What a person does on the sandbox's page, in words."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"


def say(page: Page, text: str) -> None:
    """Type it and send it."""
    page.get_by_test_id("message-text").fill(text)
    page.keyboard.press("Enter")


def press(page: Page, name: str) -> None:
    """The newest button of that name in the conversation."""
    page.get_by_test_id("messages").get_by_role("button", name=name, exact=True).last.click()


def form(page: Page) -> Locator:
    """The modal on top."""
    return page.get_by_test_id("modal")


def send(page: Page) -> None:
    """Submit the modal."""
    form(page).get_by_test_id("modal-submit").click()


def close(page: Page) -> None:
    """Leave the modal."""
    page.keyboard.press("Escape")
    expect(form(page)).to_be_hidden()


def choose(page: Page, label: str, typed: str, option: str) -> None:
    """Type into a menu of the form and take what it offers."""
    form(page).get_by_label(label).fill(typed)
    page.get_by_role("option", name=option, exact=True).click()


def become(page: Page, name: str) -> None:
    """Look at the workspace as someone else."""
    page.get_by_test_id("person-switcher").click()
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("person-switcher")).to_contain_text(name)


def go(page: Page, place: str) -> None:
    """Into a conversation of the sidebar."""
    page.get_by_role("navigation").get_by_role("link", name=re.compile(place)).first.click()


def picture(page: Page, name: str) -> None:
    """Keep what the page looks like now, to be judged by a person: build/screenshots."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png")


def says(page: Page, *words: str) -> None:
    """The newest message holds these words."""
    for one in words:
        expect(page.get_by_test_id("message").last).to_contain_text(one)
