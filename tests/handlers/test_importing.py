"""Bringing details, payload by payload: nothing typed is lost, and what is wrong stands above it."""

import json

import pytest
from sqlalchemy import Engine

from bot.content.importing import IMPORTING
from bot.content.inviting import SLACK_WANTS_PATIENCE
from bot.views.ids import Action, View
from sandbox.server import Sandbox
from storage.tables import Brought, Person
from tests.builders import World
from tests.handlers.desk import Desk
from tests.handlers.test_forms import line
from tests.handlers.test_inviting import Crowd
from tests.stories.reading import words_of

HOSTILE = {
    "an emoji": "🎉,level\n🎉,3",
    "a channel": "<!channel>,level\n<!here>,3",
    "a script": "person,<script>alert(1)</script>\n<@U0ANA>,3",
    "half a table": '"person,level\n"ana',
    "words": "please bring everyone to level 3",
    "ten thousand signs": "person,location\n" + "x" * 10_000,
}


def submit(desk: Desk, table: str, user: str = "U0ANA") -> str:
    view = desk.open_view(user)
    given = {"callback_id": View.IMPORT, "about": view["private_metadata"], "view_id": view["id"]}
    answered = json.loads(desk.hear("submitted", user, values=line("table", table), **given).body)
    told = words_of(answered["view"])
    return words_of(desk.open_view(user)) if IMPORTING in told else told


def test_a_table_is_kept_whole_and_people_nobody_met_are_found(desk: Desk) -> None:
    desk.command("admin people import")
    said = submit(desk, "person,department,manager,level\n@ben,Platform,@ana,4\n@Inês,Support,U0FEMI,2")
    assert "2 people read: 2 changed, 0 as before" in said
    assert {row.user_id: row.level for row in desk.world.rows(Brought)} == {"U0BEN": 4, "U0INES": 2}
    assert desk.world.row(Person, user_id="U0INES").manager_id == "U0FEMI"


def test_people_are_found_by_their_real_name_and_their_handle_too(desk: Desk) -> None:
    real = next(user["real_name"] for user in desk.control.state()["users"] if user["id"] == "U0INES")
    handle = next(user["name"] for user in desk.control.state()["users"] if user["id"] == "U0BEN")
    desk.command("admin people import")
    assert "2 people read" in submit(desk, f"person,level\n{real},2\n@{handle},4")
    assert {row.user_id: row.level for row in desk.world.rows(Brought)} == {"U0BEN": 4, "U0INES": 2}


def test_what_is_wrong_stands_above_what_was_pasted(desk: Desk) -> None:
    desk.command("admin people import")
    table = "person,start date\n@ben,2024-02-31\n@nobody,2024-03-01"
    said = submit(desk, table)
    assert "Nothing was kept yet: please look at 2 things." in said
    assert "line 3, person: nobody here is called" in said
    view = desk.open_view()
    field = next(block for block in view["blocks"] if block.get("block_id") == "table")
    assert field["element"]["initial_value"] == table
    assert desk.world.rows(Brought) == []
    assert "1 person read" in submit(desk, "person,start date\n@ben,2024-02-29")


@pytest.mark.parametrize("table", HOSTILE.values(), ids=HOSTILE)
def test_hostile_tables_are_refused_harmlessly(desk: Desk, table: str) -> None:
    desk.command("admin people import")
    assert "Nothing was kept yet" in submit(desk, table[:3000])
    assert desk.world.rows(Brought) == []


def test_the_people_s_button_opens_it_for_organizers_only(desk: Desk) -> None:
    desk.command("admin people")
    program = f"program:{desk.world.program_id}"
    desk.press(Action.OPEN_IMPORT, program)
    assert desk.open_view()["callback_id"] == View.IMPORT
    desk.press(Action.OPEN_IMPORT, program, user="U0BEN")
    assert "Only an organizer" in desk.said(desk.dm("U0BEN"))


def test_a_forged_table_of_someone_who_runs_nothing_is_not_read(desk: Desk) -> None:
    desk.command("admin people import")
    about = desk.open_view()["private_metadata"]
    desk.command("join", user="U0BEN")
    view = desk.open_view("U0BEN")
    given = {"callback_id": View.IMPORT, "about": about, "view_id": view["id"]}
    desk.hear("submitted", "U0BEN", values=line("table", "person,level\n@eva,3"), **given)
    assert "Only an organizer" in words_of(desk.open_view("U0BEN"))
    assert desk.world.rows(Brought) == []


def test_slack_s_patience_is_asked_for_in_a_sentence(fresh: Sandbox, engine: Engine) -> None:
    desk = Desk(fresh, World(engine), directory=Crowd(3, refuses="ratelimited"))
    desk.world.person("U0ANA", is_admin=True, enrolled=False)
    desk.deps.met["U0ANA"] = desk.clock.now()
    desk.command("admin people import")
    assert SLACK_WANTS_PATIENCE in submit(desk, "person,level\n@ana,3")
