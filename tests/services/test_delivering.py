"""What could not be delivered waits for an organizer, who is told once and decides."""

import pytest

from bot.domain.milestones import MilestoneKind
from bot.domain.notices import MilestoneShoutout, Undelivered, WelcomeBack
from bot.domain.people import Actor
from bot.errors import NotAllowed, NotPossibleNow
from bot.services import delivering, heartbeat
from bot.services.delivering import Verdict
from storage import outbox
from storage.tables import OutboxRow, OutboxStatus, Program
from tests.builders import ORGANIZER, TEAM, World

OLGA = Actor(TEAM, ORGANIZER)
SHOUTOUT = MilestoneShoutout("Peer mentoring", MilestoneKind.HALFWAY, ("Ana", "Ben"))


@pytest.fixture
def letters(either_world: World) -> World:
    """A channel post that may be there, and a message to Ana that Slack refused."""
    world = either_world
    world.people("UANA")
    with world.writing() as session:
        welcome = WelcomeBack("Peer mentoring", "Ana", ())
        outbox.enqueue(session, TEAM, SHOUTOUT, key="shoutout", to="channel:C1", due_at=world.now)
        outbox.enqueue(session, TEAM, welcome, key="welcome", to="user:UANA", due_at=world.now, expires_at=world.now)
    world.change(letter(world, "shoutout"), status=OutboxStatus.UNCERTAIN, error="nobody knows")
    world.change(letter(world, "welcome"), status=OutboxStatus.FAILED, error="msg_too_long: 4 blocks")
    return world


def letter(world: World, key: str) -> OutboxRow:
    return world.row(OutboxRow, key=key)


def decide(world: World, key: str, verdict: Verdict, actor: Actor = OLGA) -> None:
    world.do(delivering.decide, actor, letter(world, key).id, verdict)


def test_an_organizer_reads_to_whom_and_never_what_it_says(letters: World) -> None:
    listed = letters.look(lambda session: delivering.undelivered(session, letters.row(Program)))
    assert [(one.to, one.uncertain, one.in_channel) for one in listed] == [
        (("#peer-mentoring",), True, True),
        (("Ana",), False, False),
    ]
    assert listed[1].error == "msg_too_long"


def test_organizers_are_told_once_of_all_that_is_in_trouble(letters: World) -> None:
    for _ in range(3):
        letters.do(heartbeat.tick)
    (told,) = letters.said("undelivered")
    assert (told.to, told.notice) == (f"user:{ORGANIZER}", Undelivered("Peer mentoring", letters.program_id, 2))


def test_more_trouble_later_is_told_again_and_alone(letters: World) -> None:
    letters.do(heartbeat.tick)
    with letters.writing() as session:
        outbox.enqueue(session, TEAM, SHOUTOUT, key="another", to="channel:C1", due_at=letters.now)
    letters.change(letter(letters, "another"), status=OutboxStatus.UNCERTAIN)
    letters.later(minutes=1).do(heartbeat.tick)
    assert [told.notice.messages for told in letters.said("undelivered") if isinstance(told.notice, Undelivered)] == [
        *(2, 1)
    ]


def test_that_the_telling_itself_cannot_be_delivered_is_told_to_nobody(letters: World) -> None:
    letters.do(heartbeat.tick)
    letters.change(letters.row(OutboxRow, to=f"user:{ORGANIZER}"), status=OutboxStatus.FAILED)
    letters.later(minutes=1).do(heartbeat.tick)
    assert len(letters.said("undelivered")) == 1


def test_what_is_said_again_waits_for_its_reader_s_hours_and_is_not_too_late(letters: World) -> None:
    night = letters.later(hours=12)
    decide(night, "welcome", Verdict.AGAIN)
    row = letter(letters, "welcome")
    assert (row.status, row.expires_at, row.told) == (OutboxStatus.PENDING, None, False)
    assert (row.due_at - letters.now).total_seconds() == 12 * 3600
    decide(night, "shoutout", Verdict.AGAIN)
    assert letter(letters, "shoutout").due_at == night.now


def test_what_an_organizer_saw_there_counts_as_said_and_what_they_let_go_is_not_said(letters: World) -> None:
    decide(letters, "shoutout", Verdict.THERE)
    decide(letters, "welcome", Verdict.LET_GO)
    assert letter(letters, "shoutout").status is OutboxStatus.SENT
    assert (letter(letters, "welcome").status, letter(letters, "welcome").error) == (
        OutboxStatus.DROPPED,
        "an organizer let it go",
    )
    assert letters.look(lambda session: delivering.how_many(session, letters.row(Program))) == 0


def test_each_is_decided_once_and_by_whoever_runs_the_program(letters: World) -> None:
    with pytest.raises(NotAllowed):
        decide(letters, "shoutout", Verdict.AGAIN, Actor(TEAM, "UANA"))
    assert letter(letters, "shoutout").status is OutboxStatus.UNCERTAIN
    decide(letters, "shoutout", Verdict.THERE)
    with pytest.raises(NotPossibleNow, match="seen to"):
        decide(letters, "shoutout", Verdict.AGAIN)
    with pytest.raises(NotPossibleNow):
        letters.do(delivering.decide, OLGA, None, Verdict.AGAIN)


def test_a_program_that_was_given_another_name_keeps_its_letters(letters: World) -> None:
    letters.change(letters.row(Program), name="Buddies")
    assert letters.look(lambda session: delivering.how_many(session, letters.row(Program))) == 2


def test_another_workspace_decides_nothing_here(letters: World) -> None:
    with pytest.raises(NotPossibleNow):
        decide(letters, "shoutout", Verdict.AGAIN, Actor("T2", ORGANIZER))
