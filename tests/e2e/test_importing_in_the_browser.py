"""An organizer pastes a table in a real browser: what is refused is read above it, corrected, and sent again."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from bot.config import Settings
from bot.rehearsal import Rehearsal
from tests.e2e.conftest import PHONE, OpenPage
from tests.e2e.steps import become, close, form, go, picture, press, say, says, send

pytestmark = pytest.mark.browser

TABLE = "Slack name;Department;Started on\n@ben;Sales;2024-03-01\n@zoe;Legal;2024-03-01\n@ben;Sales;31.3.2024"
CORRECTED = "Name;Department;Started on\n@ben;Sales;2024-03-01\n@chloé;Legal;\n"
REPORT = (
    "Nothing was kept yet: please look at 3 things.",
    "line 3, Name: nobody here is called",
    'line 4, "Started on": a day as 2024-03-01 is wanted',
    'line 4, Name: "@ben" is the person of line 2 too',
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A small company in which Ana is an admin."""
    rehearsal = Rehearsal(Settings(port=0), tmp_path_factory.mktemp("import") / "sandbox", seed="small", story=False)
    yield rehearsal.start()
    rehearsal.stop()


def pastes(page: Page, table: str) -> None:
    """As a spreadsheet gives it to the clipboard: all of it at once."""
    form(page).get_by_label("The table").fill(table)
    send(page)


def test_an_organizer_pastes_a_table_reads_what_is_wrong_and_corrects_it(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    become(page, "Ana")
    go(page, "general")
    say(page, "/mentor admin people")
    says(page, "Nobody has joined yet")
    press(page, "Bring details")
    pastes(page, TABLE)
    expect(form(page)).to_contain_text('line 1, "Slack name": there is no such field')
    pastes(page, TABLE.replace("Slack name", "Name"))
    for line in REPORT:
        expect(form(page)).to_contain_text(line)
    expect(form(page).get_by_label("The table")).to_have_value(TABLE.replace("Slack name", "Name"))
    picture(page, "import-refused")
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    picture(page, "import-refused-phone")
    pastes(page, CORRECTED)
    expect(form(page)).to_contain_text("2 people read: 2 changed, 0 as before.")
    close(page)
    say(page, "/mentor admin people import")
    pastes(page, CORRECTED)
    expect(form(page)).to_contain_text("2 people read: 0 changed, 2 as before.")
