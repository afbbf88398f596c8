"""A message with a file: its bytes first, seen by nobody, then its message, which nobody can look up."""

from datetime import timedelta

import pytest

from bot.domain.notices import Notice
from bot.runtime.posting import POINTS
from bot.runtime.slack import GiveUp, Gone, Retry, SlackGateway, SlackTrouble, Unknown, Unreached, sending_client
from bot.views.kit import Attached
from storage.claims import LEASE
from storage.tables import OutboxStatus
from tests.runtime.conftest import CALENDAR, NOW, Plain, World, with_a_file
from tests.runtime.little_slack import Fault, rate_limited, refused
from tests.runtime.test_trouble import Killed, kill_at

UPLOADING = ("files.getUploadURLExternal", "upload")
SHARING = "files.completeUploadExternal"
LOST = Fault(accepted=True, hangs_up=True)


def gateway(world: World) -> SlackGateway:
    return SlackGateway(sending_client("xoxb-1", world.slack.url))


def test_a_notice_with_a_file_is_one_message_in_the_person_s_dm(world: World) -> None:
    world.say("hello")
    assert world.sender(with_a_file).drain(NOW) == 1
    assert world.slack.shared == {"DU1": [("meeting.ics", CALENDAR)]}
    row = world.row("hello")
    assert (row.status, row.channel_id, row.ts) == (OutboxStatus.SENT, "DU1", None)
    assert world.slack.calls == ["conversations.open", *UPLOADING, SHARING]


@pytest.mark.parametrize("step", UPLOADING)
@pytest.mark.parametrize("fault", [LOST, Fault(), Fault(503), rate_limited(1)], ids=["cut", "500", "503", "429"])
def test_bytes_whose_answer_was_lost_are_sent_anew_as_nobody_saw_them(world: World, step: str, fault: Fault) -> None:
    world.say("hello")
    world.slack.faults[step].append(fault)
    world.sender(with_a_file).drain(NOW)
    world.sender(with_a_file).drain(NOW + timedelta(minutes=1))
    assert world.slack.shared == {"DU1": [("meeting.ics", CALENDAR)]}
    assert world.slack.calls.count(step) == 2


def test_a_file_whose_answer_was_lost_is_shared_again_as_nobody_can_look_it_up(world: World) -> None:
    world.say("hello")
    world.slack.faults[SHARING].append(LOST)
    world.sender(with_a_file).drain(NOW)
    assert world.row("hello").status is OutboxStatus.SENDING
    world.sender(with_a_file).drain(NOW + LEASE)
    assert world.row("hello").status is OutboxStatus.SENT
    assert world.slack.shared == {"DU1": [("meeting.ics", CALENDAR)] * 2}


@pytest.mark.parametrize("point", POINTS)
def test_a_process_that_ends_at_a_crash_point_loses_no_file(world: World, point: str) -> None:
    world.say("hello")
    with pytest.raises(Killed):
        world.sender(with_a_file, crash_point=kill_at(point)).drain(NOW)
    world.sender(with_a_file).drain(NOW + LEASE)
    assert len(world.slack.shared["DU1"]) == (2 if point in ("after post", "before sent") else 1)


@pytest.mark.parametrize(
    ("fault", "fate"),
    [
        (refused("file_not_found"), GiveUp),
        (refused("invalid_blocks"), GiveUp),
        (refused("invalid_channel"), Gone),
        (refused("not_in_channel"), Gone),
        (rate_limited(7), Retry),
        (Fault(503), Unknown),
        (LOST, Unknown),
    ],
)
def test_what_slack_says_to_a_file_has_one_of_the_fates(world: World, fault: Fault, fate: type[SlackTrouble]) -> None:
    file_id = gateway(world).upload("meeting.ics", CALENDAR)
    world.slack.faults[SHARING].append(fault)
    with pytest.raises(fate) as told:
        gateway(world).share("DU1", file_id, "Meeting", [])
    assert type(told.value) is fate


def test_bytes_slack_will_not_have_are_given_up(world: World) -> None:
    world.slack.faults["upload"].append(Fault(413))
    with pytest.raises(GiveUp, match="413"):
        gateway(world).upload("meeting.ics", CALENDAR)
    world.slack.faults["upload"].append(rate_limited(7))
    with pytest.raises(Retry) as asked:
        gateway(world).upload("meeting.ics", CALENDAR)
    assert (asked.value.after, asked.value.limited) == (timedelta(seconds=7), True)
    world.slack.faults["files.getUploadURLExternal"].append(refused("file_uploads_disabled"))
    with pytest.raises(GiveUp, match="file_uploads_disabled"):
        gateway(world).upload("meeting.ics", CALENDAR)


def test_nobody_listening_for_the_bytes_is_no_doubt(world: World) -> None:
    with pytest.raises(Unreached):
        gateway(world)._send("http://127.0.0.1:9/upload", CALENDAR)


def test_what_a_picture_shows_travels_with_it(world: World) -> None:
    gateway(world).upload("certificate.png", b"...", "A certificate for Ana")
    assert list(world.slack.announced.values()) == [("certificate.png", "A certificate for Ana")]


def test_a_file_that_cannot_be_drawn_is_given_up_and_holds_up_nobody(world: World) -> None:
    def spoilt(notice: Notice) -> Plain:
        return Plain("fine", file=Attached("a.png", "A", lambda: bytes(str(1 // 0), "utf-8")))

    world.say("hello")
    assert world.sender(spoilt).drain(NOW) == 0
    assert world.row("hello").status is OutboxStatus.FAILED
    assert world.slack.shared == {}
