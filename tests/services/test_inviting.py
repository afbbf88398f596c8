"""Invitations: one message, one reminder, an answer that is kept, and an end by itself."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.content import refusals
from bot.domain.inviting import InvitationStatus
from bot.domain.notices import InvitationClosed, Invited
from bot.domain.people import Actor
from bot.errors import NotAllowed, NotPossibleNow
from bot.services import enrolling, heartbeat, inviting
from bot.services.inviting import Sent
from storage.tables import Enrollment, Invitation, Organizer, OutboxRow, OutboxStatus, Program
from tests.builders import ORGANIZER, TEAM, World, profile

OLGA = Actor(TEAM, ORGANIZER)
ANA, BEN = Actor(TEAM, "UANA"), Actor(TEAM, "UBEN")
REMINDER = datetime(2026, 1, 19, 10, tzinfo=UTC)
END = datetime(2026, 1, 27, tzinfo=UTC)


def strangers(world: World, *user_ids: str) -> World:
    """Colleagues whom the bot knows and who are in no program."""
    for user_id in user_ids:
        world.person(user_id, enrolled=False)
    return world


def invite(world: World, *user_ids: str, by: Actor = OLGA) -> Sent:
    sent = world.do(inviting.invite, by, world.program_id, user_ids)
    everything_is_said(world)
    return sent


def everything_is_said(world: World) -> None:
    """As the sender does it: what is due by now stands where it is read."""
    for row in world.rows(OutboxRow, status=OutboxStatus.PENDING):
        if row.due_at <= world.now:
            world.change(row, status=OutboxStatus.SENT, channel_id="D1", ts="1.0", sent_at=row.due_at)


def tick(world: World, moment: datetime) -> World:
    world.at(moment).do(heartbeat.tick)
    everything_is_said(world)
    return world


def invitation(world: World, user_id: str) -> Invitation:
    return world.row(Invitation, user_id=user_id)


def messages(world: World, user_id: str) -> list[Any]:
    """What someone got of its own, in order; changes to it do not count."""
    return [said.notice for said in world.said("invited", f"user:{user_id}") if said.replaces is None]


def first_of(world: World, user_id: str) -> tuple[Invited, Any]:
    """The first message to someone, and the row of the outbox it stands in."""
    (said,) = world.said("invited", f"user:{user_id}")
    assert isinstance(said.notice, Invited)
    return said.notice, said


def closed(world: World, user_id: str) -> list[Any]:
    return [said.notice for said in world.said("invitation_closed", f"user:{user_id}")]


def test_each_is_invited_personally_in_their_working_hours(world: World) -> None:
    strangers(world, "UANA")
    world.person("UKIRI", "Kiri Ngata", timezone="Pacific/Auckland", enrolled=False)
    assert invite(world, "UANA", "UKIRI") == Sent(invited=2, cannot=0)
    (ana, ana_row), (kiri, kiri_row) = first_of(world, "UANA"), first_of(world, "UKIRI")
    assert ana == Invited("Peer mentoring", invitation(world, "UANA").id, "Ana", "Olga", 12, 2, date(2026, 1, 26))
    assert ana_row.due_at == world.now
    assert kiri_row.due_at == datetime(2026, 1, 12, 20, tzinfo=UTC), "nine o'clock on their Tuesday"
    assert kiri.first_name == "Kiri"


def test_everyone_is_looked_at_before_any_row_is_written(world: World) -> None:
    strangers(world, "UANA")
    world.person("UIN", enrolled=True)
    world.person("UBOT2", enrolled=False, may_join=False)
    world.person("UGUEST", enrolled=False, may_join=False)
    world.person("UGONE", enrolled=False, is_gone=True)
    sent = invite(world, "UANA", "UIN", "UBOT2", "UGUEST", "UGONE", ORGANIZER, "UNOBODY", "UANA")
    assert sent == Sent(invited=1, cannot=6)
    assert [row.user_id for row in world.rows(Invitation)] == ["UANA"]
    assert [said.to for said in world.said()] == ["user:UANA"]


def test_what_is_shown_before_is_what_is_done(world: World) -> None:
    strangers(world, "UANA", "UBEN")
    world.person("UIN", enrolled=True)
    world.person("UBOT2", enrolled=False, may_join=False)
    everyone = ["UANA", "UBEN", "UIN", "UBOT2", ORGANIZER, "UANA"]
    ahead = world.do(inviting.foresee, OLGA, world.program_id, everyone)
    assert not world.rows(Invitation)
    assert not world.said()
    assert (ahead.program, ahead.invited, ahead.cannot) == ("Peer mentoring", 2, 3)
    assert invite(world, *everyone) == Sent(ahead.invited, ahead.cannot)
    assert replace(ahead.message, invitation_id=invitation(world, "UANA").id) == first_of(world, "UANA")[0]


def test_its_last_day_is_not_after_the_last_day_to_join(world: World) -> None:
    strangers(world, "UANA", "UBEN")
    world.person("UKIRI", timezone="Pacific/Auckland", enrolled=False)
    world.change(world.row(Program), join_by=date(2026, 1, 16))
    ahead = world.do(inviting.foresee, OLGA, world.program_id, ["UANA"])
    invite(world, "UANA", "UKIRI")
    assert ahead.message.until == first_of(world, "UANA")[0].until == date(2026, 1, 16)
    assert first_of(world, "UKIRI")[0].until == date(2026, 1, 16), "where they are"
    tick(world, datetime(2026, 1, 17, tzinfo=UTC))
    assert invitation(world, "UANA").status is InvitationStatus.LAPSED
    assert len(messages(world, "UANA")) == 1
    world.at(REMINDER)
    invite(world, "UBEN")
    assert first_of(world, "UBEN")[0].until == date(2026, 2, 2), "who comes later may be in the next match"


def test_nobody_else_is_shown_what_inviting_would_do(world: World) -> None:
    strangers(world, "UANA", "UBEN")
    with world.writing() as session, pytest.raises(NotAllowed):
        inviting.foresee(session, ANA, world.program_id, ["UBEN"], now=world.now)


def test_more_than_five_hundred_at_once_are_nobody(world: World) -> None:
    with pytest.raises(NotPossibleNow, match="That is 501 people"):
        invite(world, *(f"U{number}" for number in range(501)))
    assert world.rows(Invitation) == []


def test_only_who_runs_the_program_invites_to_it(world: World) -> None:
    strangers(world, "UANA", "UBEN")
    with pytest.raises(NotAllowed):
        invite(world, "UBEN", by=ANA)
    assert world.said() == []


def test_telling_more_happens_in_place_and_changes_nothing_else(world: World) -> None:
    strangers(world, "UANA")
    invite(world, "UANA")
    first = invitation(world, "UANA")
    world.do(inviting.tell_more, ANA, first.id, reminder=False)
    world.do(inviting.tell_more, ANA, first.id, reminder=False)
    (more,) = [said for said in world.said("invited") if said.replaces]
    assert isinstance(more.notice, Invited)
    assert more.notice.told_more
    assert more.replaces == world.said("invited")[0].key
    assert invitation(world, "UANA").status is InvitationStatus.OPEN


def test_who_joins_has_answered(world: World) -> None:
    strangers(world, "UANA")
    invite(world, "UANA")
    world.do(enrolling.join, ANA, world.program_id, profile())
    assert invitation(world, "UANA").status is InvitationStatus.JOINED
    assert closed(world, "UANA") == [InvitationClosed("Peer mentoring", InvitationStatus.JOINED)]
    world.do(enrolling.join, ANA, world.program_id, profile())
    for moment in (REMINDER, END):
        tick(world, moment)
    assert len(messages(world, "UANA")) == len(closed(world, "UANA")) == 1


def test_an_invitation_to_someone_who_joins_meanwhile_is_withdrawn(world: World) -> None:
    world.person("UKIRI", timezone="Pacific/Auckland", enrolled=False)
    invite(world, "UKIRI")
    world.do(enrolling.join, Actor(TEAM, "UKIRI"), world.program_id, profile())
    (said,) = world.said("invited")
    assert said.status is OutboxStatus.DROPPED
    assert closed(world, "UKIRI") == []


def test_no_is_kept_and_nobody_invites_them_again(world: World) -> None:
    strangers(world, "UANA", "UOTTO")
    with world.writing() as session:
        session.add(Organizer(program_id=world.program_id, user_id="UOTTO", workspace_id=TEAM))
    invite(world, "UANA")
    world.do(inviting.decline, ANA, invitation(world, "UANA").id)
    assert closed(world, "UANA") == [InvitationClosed("Peer mentoring", InvitationStatus.DECLINED)]
    with pytest.raises(NotPossibleNow, match="said so already"):
        world.do(inviting.decline, ANA, invitation(world, "UANA").id)
    for months in (0, 1, 8, 16):
        world.at(REMINDER + timedelta(days=30 * months))
        assert invite(world, "UANA", by=Actor(TEAM, "UOTTO")) == Sent(invited=1, cannot=0)
        tick(world, world.now + timedelta(days=8))
    assert len(messages(world, "UANA")) == 1
    assert invitation(world, "UANA").status is InvitationStatus.DECLINED


def test_one_reminder_and_then_silence_means_no(world: World) -> None:
    strangers(world, "UANA")
    invite(world, "UANA")
    tick(world, REMINDER - timedelta(minutes=1))
    assert len(messages(world, "UANA")) == 1
    tick(world, REMINDER)
    first, reminder = messages(world, "UANA")
    assert (first.reminder, reminder.reminder) == (False, True)
    for days in range(1, 7):
        tick(world, REMINDER + timedelta(days=days))
    assert len(messages(world, "UANA")) == 2
    tick(world, END)
    assert invitation(world, "UANA").status is InvitationStatus.LAPSED
    assert len(closed(world, "UANA")) == 2, "both messages lose their buttons"
    with pytest.raises(NotPossibleNow, match="is over"):
        world.do(inviting.decline, ANA, invitation(world, "UANA").id)


def test_the_next_due_moment_is_the_reminder_then_the_end(world: World) -> None:
    strangers(world, "UANA")
    invite(world, "UANA")
    assert world.look(inviting.next_due) == REMINDER
    tick(world, REMINDER)
    assert world.look(inviting.next_due) == END
    tick(world, END)
    assert world.look(inviting.next_due) is None


def test_an_answer_to_the_reminder_closes_both_messages(world: World) -> None:
    strangers(world, "UANA")
    invite(world, "UANA")
    tick(world, REMINDER)
    world.do(inviting.tell_more, ANA, invitation(world, "UANA").id, reminder=True)
    world.do(inviting.decline, ANA, invitation(world, "UANA").id)
    first, reminder = [said.key for said in world.said("invited") if said.replaces is None]
    assert [said.replaces for said in world.said("invitation_closed")] == [first, reminder]


def test_an_invitation_that_could_not_be_sent_is_not_reminded_of(world: World) -> None:
    strangers(world, "UANA")
    world.do(inviting.invite, OLGA, world.program_id, ["UANA"])
    world.at(REMINDER).do(heartbeat.tick)
    assert len(messages(world, "UANA")) == 1


def test_who_has_left_slack_is_not_reminded(world: World) -> None:
    strangers(world, "UANA")
    invite(world, "UANA")
    world.person("UANA", enrolled=False, is_gone=True)
    tick(world, REMINDER)
    assert len(messages(world, "UANA")) == 1


def test_a_partner_in_another_program_is_not_reminded_their_week_has_its_message(world: World) -> None:
    world.people("UANA", "UBEN")
    world.pair("UANA", "UBEN")
    everything_is_said(world)
    with world.writing() as session:
        session.add(Program(workspace_id=TEAM, name="Leaders", timezone="Europe/London", created_at=world.now))
        session.flush()
    leaders = world.row(Program, name="Leaders").id
    with world.writing() as session:
        session.add(Organizer(program_id=leaders, user_id=ORGANIZER, workspace_id=TEAM))
    world.do(inviting.invite, OLGA, leaders, ["UANA"])
    everything_is_said(world)
    tick(world, REMINDER + timedelta(days=1))
    assert [said.reminder for said in messages(world, "UANA")] == [False]
    tick(world, END + timedelta(days=1))
    assert invitation(world, "UANA").status is InvitationStatus.LAPSED


def test_silence_may_be_asked_again_half_a_year_later_with_a_reminder_of_its_own(world: World) -> None:
    strangers(world, "UANA")
    invite(world, "UANA")
    tick(world, REMINDER)
    tick(world, END)
    assert invite(world.at(END + timedelta(weeks=25)), "UANA") == Sent(1, 0)
    assert len(messages(world, "UANA")) == 2
    assert invite(world.at(END + timedelta(weeks=26, hours=10)), "UANA") == Sent(1, 0)
    tick(world, END + timedelta(weeks=27, hours=11))
    assert [said.reminder for said in messages(world, "UANA")] == [False, True, False, True]
    assert len(world.rows(Invitation)) == 1


def test_two_organizers_at_once_are_one_invitation(world: World) -> None:
    strangers(world, "UANA")
    invite(world, "UANA")
    invite(world, "UANA")
    assert len(messages(world, "UANA")) == 1


def test_who_left_the_program_is_left_in_peace(world: World) -> None:
    world.person("UANA")
    world.do(enrolling.leave, ANA, world.program_id)
    assert invite(world, "UANA") == Sent(invited=1, cannot=0)
    assert messages(world, "UANA") == []
    assert world.row(Enrollment).status == "left"


@pytest.mark.parametrize("act", [inviting.decline, inviting.program_of], ids=["decline", "program_of"])
def test_an_invitation_is_its_reader_s_alone(world: World, act: Callable[..., Any]) -> None:
    strangers(world, "UANA", "UBEN")
    invite(world, "UANA")
    more = {"now": world.now} if act is inviting.decline else {}
    with world.writing() as session, pytest.raises(NotAllowed, match=refusals.NOT_YOUR_QUESTION):
        act(session, BEN, invitation(world, "UANA").id, **more)
    with world.writing() as session, pytest.raises(NotPossibleNow, match="out of date"):
        act(session, BEN, None, **more)


def test_who_declined_may_still_join_by_themselves(world: World) -> None:
    strangers(world, "UANA")
    invite(world, "UANA")
    world.do(inviting.decline, ANA, invitation(world, "UANA").id)
    world.do(enrolling.join, ANA, world.program_id, profile())
    assert invitation(world, "UANA").status is InvitationStatus.JOINED


def test_five_hundred_are_invited_in_a_moment(world: World) -> None:
    everyone = [f"U{number:04}" for number in range(500)]
    strangers(world, *everyone)
    assert invite(world, *everyone) == Sent(500, 0)
    assert len(world.rows(Invitation)) == 500
