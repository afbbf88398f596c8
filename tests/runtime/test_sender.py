"""Between the outbox and Slack: what breaks there loses nothing, and doubles nothing in a DM."""

import threading
import time
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.domain.notices import Introduction, Notice, RoundUp
from storage import claims, outbox
from storage.claims import LEASE
from storage.engine import reading_scope, session_scope
from storage.tables import OutboxStatus, Person
from tests.runtime.conftest import NOW, Plain, World
from tests.runtime.little_slack import Fault, rate_limited, refused

ROUND_UP = RoundUp("Peers", ())
LOST_ANSWERS = [Fault(accepted=True), Fault(accepted=True, hangs_up=True), Fault(500), Fault(hangs_up=True)]


def test_a_person_is_written_to_in_a_dm_that_is_opened_once(world: World) -> None:
    world.say("one")
    world.say("two")
    assert world.sender().drain(NOW) == 2
    assert world.slack.texts("DU1") == ["one", "two"]
    assert world.slack.calls == ["conversations.open", "chat.postMessage", "chat.postMessage"]
    assert (world.row("two").channel_id, world.row("two").status) == ("DU1", OutboxStatus.SENT)
    with reading_scope(world.engine) as session:
        person = session.get_one(Person, ("T1", "U1"))
        assert person.dm_id == "DU1"


def test_a_channel_is_written_to_as_it_is(world: World) -> None:
    world.say("round-up", "channel:C1", ROUND_UP)
    world.sender().drain(NOW)
    assert world.slack.texts("C1") == ["round_up"]
    assert world.slack.messages["C1"][0]["metadata"] == {
        "event_type": "mentor_notice",
        "event_payload": {"key": "round-up"},
    }


def test_what_is_not_due_waits(world: World) -> None:
    world.say("later", after=timedelta(minutes=1))
    sender = world.sender()
    assert sender.drain(NOW) == 0
    assert sender.drain(NOW + timedelta(minutes=1)) == 1


def test_a_restart_between_claim_and_post_loses_nothing(world: World) -> None:
    world.say("hello")
    with session_scope(world.engine) as session:
        claims.claim(session, "the process that died", NOW)
    assert world.sender().drain(NOW) == 0
    assert world.sender().drain(NOW + LEASE) == 1
    assert world.slack.texts("DU1") == ["hello"]


def test_a_restart_between_post_and_sent_doubles_nothing_in_a_dm(world: World) -> None:
    for words in ("zero", "hello"):
        world.say(words)
    died = threading.Event()

    def die_after_the_second_post(method: str) -> None:
        if method == "chat.postMessage" and world.slack.texts("DU1"):
            died.set()
            with world.engine.connect() as connection:
                connection.execute(text("UPDATE outbox SET owner = 'a dead process' WHERE status = 'sending'"))
                connection.commit()

    world.slack.before = die_after_the_second_post
    world.sender().drain(NOW)
    assert died.is_set()
    assert world.row("hello").status is OutboxStatus.SENDING
    world.slack.before = lambda method: None
    world.sender().drain(NOW + 2 * LEASE)
    assert world.slack.texts("DU1") == ["zero", "hello"]
    assert world.row("hello").ts == world.slack.messages["DU1"][1]["ts"]


@pytest.mark.parametrize("fault", LOST_ANSWERS, ids=["500 accepted", "hung up accepted", "500", "hung up"])
def test_a_dm_whose_answer_was_lost_is_there_once_in_the_end(world: World, fault: Fault) -> None:
    world.slack.faults["chat.postMessage"].append(fault)
    world.say("hello")
    world.say("second")
    sender = world.sender()
    assert sender.drain(NOW) == 0
    assert world.row("hello").status is OutboxStatus.SENDING
    assert sender.drain(NOW + LEASE) == 2
    assert world.slack.texts("DU1") == ["hello", "second"]


def test_the_look_goes_back_through_all_that_was_written_since(world: World) -> None:
    world.slack.faults["chat.postMessage"].append(Fault(accepted=True))
    world.say("hello")
    sender = world.sender()
    sender.drain(NOW)
    for number in range(5):
        world.slack.post({"channel": "DU1", "text": f"Ana's {number}", "metadata": {}})
    sender.drain(NOW + LEASE)
    assert world.slack.texts("DU1").count("hello") == 1
    assert world.slack.calls.count("conversations.history") == 3


def test_a_channel_post_whose_answer_was_lost_is_not_posted_again(world: World) -> None:
    world.slack.faults["chat.postMessage"].append(Fault(accepted=True))
    world.say("round-up", "channel:C1", ROUND_UP)
    sender = world.sender()
    sender.drain(NOW)
    sender.drain(NOW + LEASE)
    assert world.slack.texts("C1") == ["round_up"]
    assert world.row("round-up").status is OutboxStatus.UNCERTAIN


def test_a_failed_look_posts_nothing_and_looks_again_later(world: World) -> None:
    world.slack.faults["chat.postMessage"].append(Fault(accepted=True))
    world.slack.faults["conversations.history"].append(Fault(503))
    world.say("hello")
    sender = world.sender()
    assert [sender.drain(NOW + LEASE * times) for times in range(3)] == [0, 0, 1]
    assert world.slack.texts("DU1") == ["hello"]


def test_a_failed_opening_is_tried_again_at_once_and_not_for_ever(world: World) -> None:
    world.slack.faults["conversations.open"].extend(Fault(500) for _ in range(4))
    world.say("hello")
    sender = world.sender()
    assert sender.drain(NOW) == 0
    assert world.slack.calls == ["conversations.open"] * 3
    assert world.row("hello").status is OutboxStatus.PENDING
    assert sender.drain(NOW + timedelta(seconds=20)) == 1


def test_a_429_is_honoured_by_every_sender_and_then_everything_goes_out_in_order(world: World) -> None:
    world.slack.faults["chat.postMessage"].append(rate_limited(90))
    for words in ("one", "two"):
        world.say(words)
    world.say("ben", "user:U2")
    first, second = world.sender(), world.sender()
    assert first.drain(NOW) == 0
    asked = len(world.slack.calls)
    assert second.drain(NOW + timedelta(seconds=80)) == 0
    assert len(world.slack.calls) == asked
    with reading_scope(world.engine) as session:
        when = outbox.next_due(session, NOW)
    assert when is not None
    assert timedelta(seconds=90) <= when - NOW < timedelta(seconds=91)
    assert second.drain(when) == 3
    assert world.slack.texts("DU1") == ["one", "two"]


def test_a_slack_that_cannot_be_reached_costs_no_doubt(world: World) -> None:
    world.say("round-up", "channel:C1", ROUND_UP)
    away = world.slack.url
    world.slack.url = "http://127.0.0.1:9/api/"
    assert world.sender().drain(NOW) == 0
    assert world.row("round-up").status is OutboxStatus.PENDING
    world.slack.url = away
    assert world.sender().drain(NOW + timedelta(seconds=20)) == 1


def test_a_message_is_updated_in_place(world: World) -> None:
    sender = world.sender()
    world.say("question")
    sender.drain(NOW)
    world.say("answered", replaces="question")
    world.say("answered again", replaces="question")
    assert sender.drain(NOW) == 2
    assert world.slack.texts("DU1") == ["answered again"]
    assert world.row("answered").ts == world.row("question").ts


@pytest.mark.parametrize("error", ["message_not_found", "cant_update_message", "edit_window_closed"])
def test_an_update_of_a_message_that_is_gone_is_dropped_with_the_reason(world: World, error: str) -> None:
    sender = world.sender()
    world.say("question")
    sender.drain(NOW)
    world.slack.faults["chat.update"].append(refused(error))
    world.say("answered", replaces="question")
    sender.drain(NOW)
    assert (world.row("answered").status, world.row("answered").error) == (OutboxStatus.DROPPED, error)
    assert world.gone == []


def test_somebody_who_is_gone_is_reported_and_holds_nobody_up(world: World) -> None:
    world.slack.faults["conversations.open"].append(refused("user_not_found"))
    world.slack.faults["chat.postMessage"].append(refused("is_archived"))
    world.say("ana")
    world.say("round-up", "channel:C1", ROUND_UP)
    world.say("ben", "user:U2")
    assert world.sender().drain(NOW) == 1
    assert world.gone == [("user:U1", "user_not_found"), ("channel:C1", "is_archived")]
    assert (world.row("ana").status, world.row("ana").error) == (OutboxStatus.DROPPED, "user_not_found")
    assert world.slack.texts("DU2") == ["ben"]


def test_what_slack_refuses_for_good_fails_once(world: World) -> None:
    world.slack.faults["chat.postMessage"].append(refused("invalid_blocks"))
    world.say("ana")
    world.say("ben", "user:U2")
    sender = world.sender()
    assert sender.drain(NOW) == 1
    assert sender.drain(NOW + LEASE) == 0
    assert (world.row("ana").status, world.row("ana").error) == (OutboxStatus.FAILED, "invalid_blocks")


def test_a_notice_that_cannot_be_drawn_fails_and_holds_nobody_up(world: World) -> None:
    def draw(notice: Notice) -> Plain:
        if isinstance(notice, Introduction):
            raise KeyError("reason")
        return Plain("fine")

    world.say("broken", notice=Introduction("Peers", 1, (), (), "", 10))
    world.say("fine")
    assert world.sender(draw).drain(NOW) == 1
    assert world.row("broken").status is OutboxStatus.FAILED
    assert world.slack.texts("DU1") == ["fine"]


def test_no_slack_call_is_made_while_the_database_is_held(world: World) -> None:
    def write(_: str) -> None:
        with session_scope(world.engine) as session:
            session.add(Person(workspace_id="T1", user_id=f"UX{len(world.slack.calls)}"))

    world.slack.before = write
    world.say("hello")
    assert world.sender().drain(NOW) == 1


def test_the_thread_is_woken_by_the_commit(world: World) -> None:
    sender = world.sender()
    sender.start()
    time.sleep(0.1)
    began = time.monotonic()
    world.say("hello")
    while world.row("hello").status is not OutboxStatus.SENT:
        assert time.monotonic() - began < 5
        time.sleep(0.005)
    assert time.monotonic() - began < 0.7
    assert sender.stop()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_mistake_nobody_foresaw_ends_the_thread_and_can_be_seen(world: World) -> None:
    def draw(notice: Notice) -> Plain:
        raise NotImplementedError(notice)

    sender = world.sender(draw)
    sender.start()
    world.say("hello")
    deadline = time.monotonic() + 5
    while sender.is_at_work:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert world.row("hello").status is OutboxStatus.SENDING, "the next start sees to it"


def test_stopping_says_what_is_due_first(world: World) -> None:
    sender = world.sender()
    sender.start()
    for number in range(30):
        world.say(f"k{number}", f"channel:C{number}")
    assert sender.stop()
    assert all(world.row(f"k{number}").status is OutboxStatus.SENT for number in range(30))


def test_stopping_leaves_to_the_next_start_what_there_is_no_time_for(world: World) -> None:
    world.slack.before = lambda method: time.sleep(0.1)
    sender = world.sender()
    for number in range(40):
        world.say(f"k{number}", f"user:U{number}")
    sender.start()
    began = time.monotonic()
    assert sender.stop(timeout=2)
    assert time.monotonic() - began < 2.5
    world.slack.before = lambda method: None
    world.sender().drain(NOW + timedelta(minutes=2))
    assert sum(len(messages) for messages in world.slack.messages.values()) == 40


def test_two_senders_at_once_say_everything_once_and_in_order(world: World) -> None:
    for number in range(60):
        world.say(f"k{number:02}", f"user:U{number % 3}")
    senders = [threading.Thread(target=drain_until_empty, args=(world,)) for _ in range(2)]
    for thread in senders:
        thread.start()
    for thread in senders:
        thread.join()
    for user in range(3):
        assert world.slack.texts(f"DU{user}") == [f"k{number:02}" for number in range(user, 60, 3)]


def drain_until_empty(world: World) -> None:
    sender = world.sender()
    for _ in range(200):
        sender.drain(NOW)
        with reading_scope(world.engine) as session:
            if outbox.next_due(session, NOW) is None:
                return
        time.sleep(0.005)


def test_thirty_dms_take_a_few_milliseconds_each(world: World) -> None:
    for number in range(60):
        world.say(f"k{number}", f"user:U{number % 30}")
    began = time.monotonic()
    assert world.sender().drain(NOW) == 60
    assert time.monotonic() - began < 3
