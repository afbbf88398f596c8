"""Bad days on demand: rate limits, errors, latency and lost connections."""

from datetime import datetime, timedelta

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.client import Control
from sandbox.server import Sandbox
from tests.sandbox.conftest import refusal


def test_rate_limits_can_be_set_per_method_and_channel(client: WebClient, control: Control) -> None:
    control.faults(method="chat.postMessage", calls=2, seconds=60, by="channel")
    for _ in range(2):
        client.chat_postMessage(channel="U0ANA", text="hi")
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel="U0ANA", text="hi")
    assert caught.value.response.status_code == 429
    assert 1 <= int(caught.value.response.headers["Retry-After"]) <= 60
    assert caught.value.response["error"] == "ratelimited"
    assert client.chat_postMessage(channel="U0BEN", text="hi")["ok"]
    control.faults(clear=True)
    assert client.chat_postMessage(channel="U0ANA", text="hi")["ok"]


def test_slacks_own_rate_limits_can_be_switched_on(client: WebClient, control: Control) -> None:
    control.faults(limits="slack")
    for _ in range(20):
        client.users_list()
    assert refusal(client.users_list)["error"] == "ratelimited"
    client.chat_postMessage(channel="U0ANA", text="one a second")
    assert refusal(lambda: client.chat_postMessage(channel="U0ANA", text="two"))["error"] == "ratelimited"


def test_bad_days_come_on_demand(client: WebClient, control: Control) -> None:
    place = client.conversations_open(users="U0ANA")["channel"]["id"]
    control.faults(method="chat.postMessage", status=503, times=1)
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel=place, text="lost")
    assert caught.value.response.status_code == 503
    control.faults(method="*", error="fatal_error", times=1)
    assert refusal(client.auth_test)["error"] == "fatal_error"
    control.faults(method="chat.postMessage", status=429, retry_after=7, times=1)
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel=place, text="later")
    assert caught.value.response.headers["Retry-After"] == "7"
    assert client.chat_postMessage(channel=place, text="arrived")["ok"]
    assert [message["text"] for message in control.messages(place)] == ["arrived"]


@pytest.mark.parametrize(("when", "left"), [("before", []), ("after", ["hi"])])
def test_a_connection_can_be_lost_before_or_after_the_call_took_effect(
    client: WebClient, control: Control, when: str, left: list[str]
) -> None:
    place = client.conversations_open(users="U0ANA")["channel"]["id"]
    control.faults(method="chat.postMessage", drop=when, times=1)
    with pytest.raises(OSError, match=r"closed|reset|aborted"):
        client.chat_postMessage(channel=place, text="hi")
    assert [message["text"] for message in control.messages(place)] == left


def test_latency_is_added_on_demand(client: WebClient, control: Control) -> None:
    control.faults(method="auth.test", latency=0.2, times=1)
    client.auth_test()
    assert control.log()[-1]["ms"] >= 200


def test_a_fault_nobody_knows_is_refused(control: Control) -> None:
    assert control.faults(method="auth.test", colour="red")["error"] == "invalid_arguments"
    assert control.faults(socket="sulk")["error"] == "invalid_arguments"


def test_an_answer_can_hang_once_the_call_took_effect(sandbox: Sandbox, control: Control) -> None:
    impatient = WebClient(token=sandbox.bot_token, base_url=sandbox.slack_api_url, retry_handlers=[], timeout=1)
    place = impatient.conversations_open(users="U0ANA")["channel"]["id"]
    control.faults(method="chat.postMessage", hang=1.5, times=1)
    with pytest.raises(TimeoutError):
        impatient.chat_postMessage(channel=place, text="hi")
    assert [message["text"] for message in control.messages(place)] == ["hi"]


def test_an_outage_lasts_as_long_as_the_workspace_s_clock_says(client: WebClient, control: Control) -> None:
    now = datetime.fromisoformat(control.state()["now"])
    begins, ends = now + timedelta(hours=1), now + timedelta(hours=11)
    control.faults(outage=[begins.isoformat(), ends.isoformat()])
    assert client.auth_test()["ok"]
    control.travel(begins.isoformat())
    with pytest.raises(SlackApiError) as caught:
        client.auth_test()
    assert caught.value.response.status_code == 503
    control.travel((ends - timedelta(minutes=1)).isoformat())
    with pytest.raises(SlackApiError):
        client.auth_test()
    control.travel(ends.isoformat())
    assert client.auth_test()["ok"]


@pytest.mark.parametrize(("mode", "times"), [("twice", 2), ("lost", 0)])
def test_events_can_come_twice_or_never(sandbox: Sandbox, control: Control, mode: str, times: int) -> None:
    control.faults(events=mode)
    control.change_user("U0ANA", title="Chief")
    told = [line["payload"]["event_id"] for line in control.log() if line["name"] == "user_change"]
    assert (len(told), len(set(told))) == (times, min(1, times))


def test_what_no_day_can_bring_is_refused(control: Control) -> None:
    assert control.faults(events="thrice")["error"] == "invalid_arguments"
    assert control.faults(outage=["tomorrow", "today"])["error"] == "invalid_arguments"
