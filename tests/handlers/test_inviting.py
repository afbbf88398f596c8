"""Inviting, payload by payload: whom a form names, what cannot be, and what Slack may say in between."""

from collections.abc import Sequence
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from sqlalchemy import Engine

from bot.content import inviting as words
from bot.content import refusals
from bot.domain.people import ChannelFacts, PersonFacts, Stretch
from bot.views.ids import Action, View
from handlers import forms
from sandbox.server import Sandbox
from storage.tables import Invitation, OutboxRow, Person
from tests.builders import World, person_facts
from tests.handlers.desk import GENERAL, Desk
from tests.handlers.test_forms import entry, wrong
from tests.stories.reading import words_of

Json = dict[str, Any]


class Crowd:
    """A workspace of `count` people; everyone is in its one channel. Counts what it is asked."""

    def __init__(self, count: int, refuses: str = "") -> None:
        self.everyone = [person_facts(f"U{number:04}", f"Person {number}") for number in range(count)]
        self.asked, self.pages_read, self.refuses = 0, 0, refuses

    def person(self, user_id: str) -> PersonFacts:
        self.asked += 1
        return person_facts(user_id, user_id, "Europe/London")

    def people(self, cursor: str) -> tuple[list[PersonFacts], str]:
        if self.refuses:
            raise SlackApiError("no", {"ok": False, "error": self.refuses})  # type: ignore[no-untyped-call]
        self.pages_read += 1
        start = int(cursor or 0)
        return self.everyone[start : start + 200], str(start + 200) if start + 200 < len(self.everyone) else ""

    def members(self, channel_id: str, most: int) -> list[str] | None:
        return [facts.user_id for facts in self.everyone][: most + 1] if channel_id == GENERAL else None

    def undisturbed(self, user_ids: Sequence[str]) -> dict[str, Stretch | None]:
        return {}

    def channel(self, channel_id: str) -> ChannelFacts | None:
        return None


def people(*user_ids: str) -> Json:
    return entry("invited", type="multi_users_select", selected_users=list(user_ids))


def channel(channel_id: str | None) -> Json:
    return entry("channel", type="conversations_select", selected_conversation=channel_id)


def submit(desk: Desk, values: Json, user: str = "U0ANA") -> str:
    """Fill in the open form; the words of what stands there then."""
    view = desk.open_view(user)
    given = {"callback_id": View.INVITE, "values": values, "about": view["private_metadata"], "view_id": view["id"]}
    desk.hear("submitted", user, **given)
    return words_of(desk.open_view(user))


def invited(desk: Desk) -> list[str]:
    return sorted(row.user_id for row in desk.world.rows(Invitation))


@pytest.fixture
def crowded(fresh: Sandbox, engine: Engine) -> Desk:
    desk = Desk(fresh, World(engine), directory=Crowd(450))
    desk.world.person("U0ANA", is_admin=True, enrolled=False)
    desk.deps.met["U0ANA"] = desk.clock.now()
    return desk


def test_a_form_names_people_a_channel_or_both() -> None:
    assert forms.read_invited({**people("U0BEN"), **channel(None)}) == (("U0BEN",), ())
    assert forms.read_invited({**people(), **channel(GENERAL)}) == ((), (GENERAL,))
    assert wrong(forms.read_invited, {**people(), **channel(None)}) == {"invited": words.CHOOSE}
    assert wrong(forms.read_invited, {}) == {"invited": words.CHOOSE}


def test_bots_guests_and_leavers_are_no_row_and_no_message(desk: Desk) -> None:
    desk.command("admin invite")
    said = submit(desk, {**people("U0BEN", "U0NADIA", "U0JOAN", "U0CALBOT", "U0NOBODY"), **channel(None)})
    assert "Invited: 1 person" in said
    assert "4 cannot be invited" in said
    assert invited(desk) == ["U0BEN"]


def test_a_channel_means_its_members(desk: Desk) -> None:
    desk.command(f"admin invite <#{GENERAL}|general>")
    assert "Invited: 8 people" in desk.said()
    assert len(invited(desk)) == 8


def test_the_overview_s_button_opens_the_form_for_organizers_only(desk: Desk) -> None:
    desk.command("admin")
    program = f"program:{desk.world.program_id}"
    desk.press(Action.OPEN_INVITE, program)
    assert "Everyone in a channel" in words_of(desk.open_view())
    desk.press(Action.OPEN_INVITE, program, user="U0BEN")
    assert "Only an organizer" in desk.said(desk.dm("U0BEN"))
    desk.press(Action.OPEN_INVITE, "program:999")
    assert desk.said(desk.dm()) == refusals.NO_PROGRAM


def test_a_forged_form_of_someone_who_runs_nothing_invites_nobody(desk: Desk) -> None:
    desk.command("admin invite")
    desk.command("join", user="U0BEN")
    view = desk.open_view("U0BEN")
    about = f'{{"program": {desk.world.program_id}}}'
    given = {"callback_id": View.INVITE, "values": people("U0EVA"), "about": about, "view_id": view["id"]}
    desk.hear("submitted", "U0BEN", **given)
    assert "Only an organizer" in words_of(desk.open_view("U0BEN"))
    assert invited(desk) == []


def test_hundreds_are_looked_up_by_the_page_and_invited_all(crowded: Desk) -> None:
    crowded.command(f"admin invite <#{GENERAL}|general>")
    assert "Invited: 450 people" in crowded.said()
    directory = crowded.deps.directory
    assert isinstance(directory, Crowd)
    assert (directory.pages_read, directory.asked) == (3, 0)
    assert len(crowded.world.rows(OutboxRow)) == 450
    assert crowded.world.row(Person, user_id="U0449").name == "Person 449"
    assert crowded.world.row(Person, user_id="U0449").refreshed_at is None, "their profile is read when they turn up"


def test_too_many_are_nobody(fresh: Sandbox, engine: Engine) -> None:
    desk = Desk(fresh, World(engine), directory=Crowd(3000))
    desk.world.person("U0ANA", is_admin=True, enrolled=False)
    desk.deps.met["U0ANA"] = desk.clock.now()
    desk.command(f"admin invite <#{GENERAL}|general>")
    assert "Up to 500 at once" in desk.said()
    assert desk.world.rows(Invitation) == []


def test_a_channel_it_may_not_see_is_said_and_nobody_is_invited(desk: Desk) -> None:
    desk.command("admin invite <@U0BEN|ben> <#C0NOWHERE|secret>")
    assert desk.said() == words.CHANNEL_UNSEEN.format(bot="mentor")
    assert invited(desk) == []


def test_slack_s_patience_is_asked_for_in_a_sentence(fresh: Sandbox, engine: Engine) -> None:
    desk = Desk(fresh, World(engine), directory=Crowd(300, refuses="ratelimited"))
    desk.world.person("U0ANA", is_admin=True, enrolled=False)
    desk.deps.met["U0ANA"] = desk.clock.now()
    desk.command(f"admin invite <#{GENERAL}|general>")
    assert desk.said() == words.SLACK_WANTS_PATIENCE
    assert desk.world.rows(Invitation) == []


def test_an_invitation_s_buttons_are_its_reader_s(desk: Desk) -> None:
    desk.command("admin invite <@U0BEN|ben>")
    row = desk.world.row(Invitation)
    for action in (Action.ACCEPT_INVITATION, Action.TELL_ME_MORE, Action.NOT_THIS_TIME):
        desk.press(action, f"invitation:{row.id}", user="U0EVA")
        assert desk.said(desk.dm("U0EVA")) == refusals.NOT_YOUR_QUESTION
        desk.press(action, "invitation:x", user="U0EVA")
        assert desk.said(desk.dm("U0EVA")) == refusals.STALE_BUTTON
    assert desk.world.row(Invitation).status == "open"


def test_counting_oneself_in_opens_the_form_of_the_program_one_was_invited_to(desk: Desk) -> None:
    desk.command("admin invite <@U0BEN|ben>")
    desk.press(Action.ACCEPT_INVITATION, f"reminder:{desk.world.row(Invitation).id}", user="U0BEN")
    view = desk.open_view("U0BEN")
    assert view["callback_id"] == View.JOIN
    assert view["private_metadata"] == f'{{"program": {desk.world.program_id}}}'
