"""Slack's bad days and the sender's own: outages, frozen workers, and the moments at which a process may end."""

import ast
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from bot.clock import elapsed
from bot.domain.notices import Introduction, Notice
from bot.runtime import posting
from bot.runtime import sender as sender_module
from bot.runtime.posting import POINTS
from storage import claims
from storage.claims import LEASE, USUAL
from storage.engine import reading_scope, session_scope
from storage.tables import OutboxAudit, OutboxStatus
from tests.runtime.conftest import NOW, World, with_a_file
from tests.runtime.little_slack import Fault, rate_limited
from tests.runtime.test_sender import LOST_ANSWERS, ROUND_UP

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


def drained(world: World, hours: float, step: timedelta = 10 * SECOND) -> int:
    """How much went out while the clock travelled so far, one sender looking at every step."""
    sender = world.sender(terms=USUAL)
    return sum(sender.drain(NOW + step * number) for number in range(int(timedelta(hours=hours) / step)))


def audits_left(world: World) -> int:
    with reading_scope(world.engine) as session:
        return len(session.exec(select(OutboxAudit)).all())


def test_a_silent_slack_is_left_alone_but_for_a_probe_now_and_then(world: World) -> None:
    for number in range(100):
        world.say(f"k{number}", f"user:U{number}")
    world.slack.is_down = True
    assert drained(world, hours=1) == 0
    assert len(world.slack.calls) <= 3 + 16
    assert world.slack.calls.count("auth.test") >= 12


def test_ten_hours_later_everything_goes_out_once_within_its_pace(world: World) -> None:
    for number in range(100):
        world.say(f"k{number}", f"user:U{number}")
    for number in range(5):
        world.say(f"expired {number}", f"user:U{number}", expires_at=NOW + timedelta(hours=9))
    sender = world.sender(terms=USUAL)
    world.slack.is_down = True
    for minute in range(600):
        assert sender.drain(NOW + minute * MINUTE) == 0
    world.slack.is_down = False
    world.slack.calls.clear()
    back = NOW + timedelta(hours=10)
    for second in range(480):
        sender.drain(back + second * SECOND)
        if second == 59:
            assert world.slack.calls.count("conversations.history") <= 25
            assert world.slack.calls.count("conversations.open") <= 50
    drained_at_last = [world.slack.texts(f"DU{number}") for number in range(100)]
    assert drained_at_last == [[f"k{number}"] for number in range(100)]
    assert {world.row(f"expired {number}").error for number in range(5)} == {claims.TOO_LATE}


def test_a_slack_that_accepts_and_never_answers_is_asked_to_look_no_more_than_it_allows(world: World) -> None:
    for number in range(60):
        world.say(f"k{number}", f"user:U{number}")
    world.slack.faults["chat.postMessage"].extend(Fault(accepted=True, hangs_up=True) for _ in range(60))
    sender = world.sender(terms=USUAL)
    looks = []
    for second in range(0, 3600, 5):
        sender.drain(NOW + second * SECOND)
        looks.append(world.slack.calls.count("conversations.history"))
    assert max(after - before for before, after in zip(looks, looks[12:], strict=False)) <= 25
    assert [world.slack.texts(f"DU{number}") for number in range(60)] == [[f"k{number}"] for number in range(60)]


class Frozen:
    """A worker that stands still while another one takes its claim over."""

    def __init__(self, world: World, point: str) -> None:
        self.world, self.point, self.done = world, point, False

    def __call__(self, point: str) -> None:
        if point == self.point and not self.done:
            self.done = True
            self.world.sender().drain(NOW + LEASE)


@pytest.mark.parametrize("point", ["before post", "after post", "before sent"])
@pytest.mark.parametrize("fault", [None, *LOST_ANSWERS], ids=["answered", "500 accepted", "hung up", "500", "cut"])
def test_a_dm_said_by_a_worker_that_was_frozen_stands_once_in_the_end(
    world: World, point: str, fault: Fault | None
) -> None:
    world.say("hello")
    if fault and point == "before post":
        world.slack.faults["chat.postMessage"].extend([Fault(accepted=False, hangs_up=True), fault])
    world.sender(crash_point=Frozen(world, point)).drain(NOW)
    for minute in range(1, 9):
        world.sender(terms=USUAL).drain(NOW + minute * LEASE)
    assert world.slack.texts("DU1") == ["hello"]
    assert world.row("hello").ts == world.slack.messages["DU1"][0]["ts"]
    assert audits_left(world) == 0


@pytest.mark.parametrize("point", ["before post", "after post"])
def test_an_introduction_said_twice_by_a_frozen_worker_is_taken_back_by_its_own_ts(world: World, point: str) -> None:
    world.say("hello", "channel:G1", Introduction("Peers", 1, (), (), "", 10))
    world.sender(crash_point=Frozen(world, point)).drain(NOW)
    world.sender().drain(NOW + 2 * LEASE)
    assert [message["ts"] for message in world.slack.messages["G1"]] == [world.row("hello").ts]


def test_a_channel_post_given_up_as_uncertain_is_sent_after_all_when_its_frozen_worker_wakes(world: World) -> None:
    world.say("round-up", "channel:C1", ROUND_UP)
    world.sender(crash_point=Frozen(world, "after post")).drain(NOW)
    assert world.row("round-up").status is OutboxStatus.UNCERTAIN
    world.sender().drain(NOW + 2 * LEASE)
    assert (world.row("round-up").status, world.slack.texts("C1")) == (OutboxStatus.SENT, ["round_up"])


def test_an_audit_that_slack_refuses_for_now_is_kept(world: World) -> None:
    world.say("hello")
    world.sender(crash_point=Frozen(world, "before post")).drain(NOW)
    world.slack.faults["conversations.history"].append(rate_limited(30))
    world.sender().drain(NOW + 2 * LEASE)
    assert (audits_left(world), len(world.slack.texts("DU1"))) == (1, 2)
    world.sender().drain(NOW + 5 * LEASE)
    assert (audits_left(world), world.slack.texts("DU1")) == (0, ["hello"])


class Killed(BaseException):
    """The process ends here."""


def kill_at(point: str, times: int = 1) -> Callable[[str], None]:
    left = [times]

    def crash_point(reached: str) -> None:
        if reached == point and left[0]:
            left[0] -= 1
            raise Killed(point)

    return crash_point


@pytest.mark.parametrize("point", POINTS)
def test_a_process_that_ends_at_a_crash_point_loses_nothing_and_doubles_nothing_in_a_dm(
    world: World, point: str
) -> None:
    for number in range(5):
        world.say(f"k{number}", f"user:U{number % 3}")
    with pytest.raises(Killed):
        world.sender(crash_point=kill_at(point)).drain(NOW)
    world.sender().drain(NOW + LEASE)
    assert [world.slack.texts(f"DU{user}") for user in range(3)] == [["k0", "k3"], ["k1", "k4"], ["k2"]]


def test_every_way_to_say_something_passes_its_crash_points(world: World) -> None:
    passed: list[str] = []
    said: dict[str, Notice | None] = {"a dm": None, "a shoutout": ROUND_UP}
    seen = ("chat.", "files.", "upload")
    world.slack.before = lambda method: passed.append(method) if method.startswith(seen) else None
    for words, notice in said.items():
        world.say(words, "user:U1" if notice is None else "channel:C1", notice)
    sender = world.sender(crash_point=passed.append)
    sender.drain(NOW)
    world.say("changed", replaces="a dm")
    sender.drain(NOW)
    world.say("a file", "channel:G1")
    world.sender(with_a_file, crash_point=passed.append).drain(NOW)
    assert passed == [
        *("after claim", "before post", "chat.postMessage", "after post", "before sent"),
        *("after claim", "before post", "chat.postMessage", "after post", "before sent"),
        *("after claim", "before post", "chat.update", "after post", "before sent"),
        *("after claim", "files.getUploadURLExternal", "upload"),
        *("before post", "files.completeUploadExternal", "after post", "before sent"),
    ]


CHANGES = ("gateway.post", "gateway.share", "gateway.update")
"""What people see at once; the bytes of a file are seen by nobody until it is shared."""


def test_nothing_but_the_poster_s_one_place_changes_what_people_see() -> None:
    """A new path that posts by itself would have no crash points: it fails here."""
    rooms = Path(posting.__file__).parents[1]
    paths = [path for folder in ("runtime", "services") for path in (rooms / folder).glob("*.py")]
    calls = [
        (path.name, ast.unparse(node))
        for path in paths
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and ast.unparse(node).endswith(CHANGES)
    ]
    assert sorted(calls) == [("posting.py", f"self._{change}") for change in CHANGES]
    poster = ast.parse(Path(posting.__file__).read_text())
    changes = [ast.unparse(node) for node in ast.walk(poster) if isinstance(node, ast.Call)]
    assert sum(call.startswith("self._change(self._gateway.") for call in changes) == len(calls)


def test_a_machine_that_slept_between_claim_and_post_says_nothing_with_an_old_claim(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two minutes pass for the machine, as its lid was shut; another worker has said it by then."""
    slept = [0.0]
    for module in (posting, sender_module):
        monkeypatch.setattr(module, "elapsed", lambda: elapsed() + slept[0])

    def sleep(point: str) -> None:
        if point == "after claim" and not slept[0]:
            world.sender().drain(NOW + 2 * LEASE)
            slept[0] = 2 * LEASE.total_seconds()

    world.say("hello")
    world.sender(crash_point=sleep).drain(NOW)
    assert world.slack.texts("DU1") == ["hello"]
    assert world.slack.calls.count("chat.postMessage") == 1
    assert (world.row("hello").status, audits_left(world)) == (OutboxStatus.SENT, 0)


def test_a_row_that_a_dead_worker_held_is_said_within_three_minutes(world: World) -> None:
    world.say("hello")
    with session_scope(world.engine) as session:
        assert claims.claim(session, "a dead worker", NOW)
    assert world.sender(terms=USUAL).drain(NOW + 3 * MINUTE) == 1
