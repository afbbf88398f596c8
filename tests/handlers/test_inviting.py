"""Inviting, payload by payload: whom a form names, what cannot be, and what Slack may say in between."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from sqlalchemy import Engine

from bot.content import inviting as words
from bot.content import refusals
from bot.domain.people import ChannelFacts, PersonFacts, Stretch
from bot.views.ids import Action, Invitees, View, parse_invitees
from handlers import forms
from sandbox.server import Sandbox
from storage.tables import Invitation, OutboxRow, Person
from tests.builders import World, person_facts
from tests.handlers.desk import GENERAL, Desk
from tests.handlers.test_forms import entry, wrong
from tests.stories.reading import buttons, words_of

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
    """Fill in the open form, or answer the question that stands there; the words of what stands there then."""
    view = desk.open_view(user)
    given = {
        "callback_id": view["callback_id"],
        "values": values,
        "about": view["private_metadata"],
        "view_id": view["id"],
    }
    desk.hear("submitted", user, **given)
    return words_of(desk.open_view(user))


def last_words(desk: Desk) -> str:
    """Every word of the last answer."""
    return words_of(desk.control.messages(GENERAL)[-1])


def send(desk: Desk, action: Action = Action.SEND_INVITATIONS, user: str = "U0ANA") -> None:
    """Press a button under the last question."""
    question = desk.control.messages(GENERAL)[-1]
    value = next(one.get("value", "") for one in buttons(question["blocks"]) if one["action_id"] == action)
    place = {"channel": GENERAL, "message_ts": question["ts"]}
    desk.hear("pressed_in_message", user, action_id=action, value=value, **place)


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
    assert "Invite 1 person to Peer mentoring?" in said
    assert "4 cannot be invited" in said
    assert invited(desk) == []
    said = submit(desk, {})
    assert "Invited to Peer mentoring: 1 person" in said
    assert "4 cannot be invited" in said
    assert invited(desk) == ["U0BEN"]


def test_a_channel_is_shown_first_and_then_means_its_members(desk: Desk) -> None:
    desk.command(f"admin invite <#{GENERAL}|general>")
    said = last_words(desk)
    assert "Invite 8 people to Peer mentoring?" in said
    assert "cannot be taken back" in said
    assert "Ana invites you to Peer mentoring" in said, "the message they will read"
    assert "[Count me in] [Tell me more] [Not this time]" in said
    assert invited(desk) == []
    send(desk)
    assert "Invited to Peer mentoring: 8 people" in desk.said()
    assert len(invited(desk)) == 8


def test_not_now_sends_nothing(desk: Desk) -> None:
    desk.command(f"admin invite <#{GENERAL}|general>")
    send(desk, Action.SEND_NO_INVITATIONS)
    assert desk.said() == words.NOT_SENT.format(program="Peer mentoring")
    assert invited(desk) == []


def test_who_is_named_among_three_is_invited_at_once_and_four_are_shown_first(desk: Desk) -> None:
    desk.command("admin invite <@U0BEN|ben> <@U0CHLOE|chloe> <@U0DEV|dev>")
    assert "Invited to Peer mentoring: 3 people" in desk.said()
    desk.command("admin invite <@U0BEN|ben> <@U0CHLOE|chloe> <@U0DEV|dev> <@U0EVA|eva>")
    assert "Invite 4 people" in desk.said()
    assert invited(desk) == ["U0BEN", "U0CHLOE", "U0DEV"]


def test_where_there_are_more_by_now_it_is_asked_again(desk: Desk) -> None:
    shown = Invitees(0, 7, (GENERAL,))
    desk.command("admin")
    desk.press(Action.SEND_INVITATIONS, str(replace(shown, program_id=desk.world.program_id)))
    said = words_of(desk.control.messages(desk.dm())[-1])
    assert "more people than a moment ago" in said
    assert "Invite 8 people" in said
    assert invited(desk) == []


def test_pressing_twice_invites_once(desk: Desk) -> None:
    desk.command(f"admin invite <#{GENERAL}|general>")
    value = str(Invitees(desk.world.program_id, 8, (GENERAL,)))
    for _ in range(2):
        desk.press(Action.SEND_INVITATIONS, value)
    assert len(desk.world.rows(OutboxRow)) == 8


@pytest.mark.parametrize("forged", ["", "program:1", "program:1 8", "program:1 x C0GENERAL", "program:1 8 <@U0BEN>"])
def test_a_forged_yes_is_out_of_date(desk: Desk, forged: str) -> None:
    desk.command("admin")
    desk.press(Action.SEND_INVITATIONS, forged)
    assert desk.said(desk.dm()) == refusals.STALE_BUTTON
    answered = desk.submit(View.INVITE_SURE, {}, {"invitees": forged})
    assert refusals.STALE_BUTTON in words_of(answered["view"])
    assert invited(desk) == []


def test_a_yes_is_an_organizer_s(desk: Desk) -> None:
    desk.command("admin")
    desk.press(Action.SEND_INVITATIONS, str(Invitees(desk.world.program_id, 8, (GENERAL,))), user="U0BEN")
    assert "Only an organizer" in desk.said(desk.dm("U0BEN"))
    assert invited(desk) == []


def test_more_people_by_name_than_a_button_can_carry_are_a_channel_s(desk: Desk) -> None:
    desk.command("admin invite " + " ".join(f"<@U{number:06}|x>" for number in range(101)))
    assert "That is 101 people by name. Name up to 100" in desk.said()
    longest = Invitees(999_999_999, 500, tuple(f"U{number:012}" for number in range(100)))
    assert len(str(longest)) <= 2000
    assert parse_invitees(str(longest)) == longest


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
    assert "Invite 450 people" in crowded.said()
    send(crowded)
    assert "Invited to Peer mentoring: 450 people" in crowded.said()
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
