"""What each of Slack's answers means for a message."""

from datetime import timedelta

import pytest

from bot.runtime.slack import (
    PATIENCE,
    GiveUp,
    Gone,
    MessageGone,
    Retry,
    SlackGateway,
    SlackTrouble,
    Unknown,
    sending_client,
)
from tests.runtime.conftest import NOW, World
from tests.runtime.little_slack import Fault, rate_limited, refused

FATES = [
    (rate_limited(7), Retry),
    (refused("ratelimited"), Retry),
    (refused("invalid_auth"), Retry),
    (Fault(500), Unknown),
    (Fault(503, {"ok": False, "error": "service_unavailable"}), Unknown),
    (refused("internal_error"), Unknown),
    (Fault(hangs_up=True), Unknown),
    (refused("invalid_blocks"), GiveUp),
    (refused("msg_too_long"), GiveUp),
    (refused("an error of next year"), GiveUp),
    (refused("channel_not_found"), Gone),
    (refused("not_in_channel"), Gone),
    (refused("token_revoked"), Retry),
    (refused("message_not_found"), MessageGone),
]


def gateway(world: World) -> SlackGateway:
    return SlackGateway(sending_client("xoxb-1", world.slack.url))


@pytest.mark.parametrize(("fault", "fate"), FATES, ids=lambda it: str(getattr(it, "body", "")))
def test_an_answer_has_its_fate(world: World, fault: Fault, fate: type[SlackTrouble]) -> None:
    world.slack.faults["chat.postMessage"].append(fault)
    with pytest.raises(fate):
        gateway(world).post("C1", "hello", [], "key")


@pytest.mark.parametrize(
    ("fault", "after"), [(rate_limited(7), timedelta(seconds=7)), (refused("ratelimited"), PATIENCE)]
)
def test_patience_is_as_long_as_slack_says(world: World, fault: Fault, after: timedelta) -> None:
    world.slack.faults["chat.postMessage"].append(fault)
    with pytest.raises(Retry) as caught:
        gateway(world).post("C1", "hello", [], "key")
    assert caught.value.after == after


def test_a_lost_answer_is_not_asked_for_again_by_the_client(world: World) -> None:
    world.slack.faults["chat.postMessage"].append(Fault(accepted=True, hangs_up=True))
    with pytest.raises(Unknown):
        gateway(world).post("C1", "hello", [], "key")
    assert world.slack.texts("C1") == ["hello"]


def test_a_message_is_found_by_its_key_and_only_where_it_is(world: World) -> None:
    slack = gateway(world)
    posted = [slack.post("D1", f"hello {number}", [], f"key-{number}") for number in range(5)]
    assert slack.find("D1", "key-0", NOW - timedelta(days=1)) == posted[0]
    assert slack.find("D1", "key-9", NOW - timedelta(days=1)) is None
    assert slack.find("D2", "key-0", NOW - timedelta(days=1)) is None
    assert slack.find("D1", "key-0", NOW + timedelta(days=1)) is None


def test_a_slack_on_this_machine_needs_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    assert sending_client("xoxb-1", "http://127.0.0.1:1/api/").proxy is None
    assert sending_client("xoxb-1").proxy == "http://proxy.example:3128"
