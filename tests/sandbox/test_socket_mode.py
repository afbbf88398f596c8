"""Socket Mode with bare WebSockets: who gets what, how connections end, and what a person sees without an ack."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import aiohttp
import pytest

from sandbox.client import Control
from sandbox.server import Sandbox
from sandbox.socket_mode import MOST_CONNECTIONS
from tests.sandbox.conftest import web_client

Json = dict[str, Any]
Socket = aiohttp.ClientWebSocketResponse


@asynccontextmanager
async def connected(sandbox: Sandbox) -> AsyncIterator[Socket]:
    """A fresh connection, before its hello is read."""
    opened = await asyncio.to_thread(web_client(sandbox, sandbox.app_token).api_call, "apps.connections.open")
    async with aiohttp.ClientSession() as session, session.ws_connect(opened["url"]) as socket:
        yield socket


async def hello(socket: Socket) -> Json:
    greeting: Json = await socket.receive_json(timeout=2)
    assert greeting["type"] == "hello"
    return greeting


async def acked(socket: Socket, payload: Json | None = None) -> Json:
    """Take the next envelope and ack it."""
    envelope: Json = await socket.receive_json(timeout=2)
    ack = {"envelope_id": envelope["envelope_id"], **({"payload": payload} if payload else {})}
    await socket.send_json(ack)
    return envelope


async def beside(act: Callable[..., Any], *arguments: Any, **named: Any) -> asyncio.Task[Any]:
    """Start a blocking call of the control client in a thread."""
    return asyncio.create_task(asyncio.to_thread(act, *arguments, **named))


def run(story: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(story, 20))


def test_a_command_goes_out_in_an_envelope_and_its_ack_answers_the_person(sandbox: Sandbox, control: Control) -> None:
    async def story() -> None:
        async with connected(sandbox) as socket:
            greeting = await hello(socket)
            assert greeting["num_connections"] == 1
            asked = await beside(control.command, "C0GENERAL", "U0ANA", "/parrot", "hello @Ben")
            envelope = await acked(socket, {"text": "hello yourself"})
            answer = await asked
            assert answer["ok"]
            payload = envelope["payload"]
            assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)
            assert payload["text"] == "hello <@U0BEN|ben>"
            assert (payload["channel_name"], payload["user_name"], payload["team_domain"]) == (
                "general",
                "ana",
                "small-works",
            )
            assert payload["response_url"].startswith(f"{sandbox.url}/response/")

    run(story())
    shown = control.messages("C0GENERAL")[-1]
    assert (shown["text"], shown["visible_to"]) == ("hello yourself", "U0ANA")


def test_an_envelope_nobody_acks_shows_what_slack_shows(sandbox: Sandbox, control: Control) -> None:
    async def story() -> None:
        async with connected(sandbox) as socket:
            await hello(socket)
            began = time.monotonic()
            command = await beside(control.command, "C0GENERAL", "U0ANA", "/silent")
            modal = sandbox.workspace.permits.trigger("U0BEN")
            view = {
                "type": "modal",
                "title": {"type": "plain_text", "text": "T"},
                "submit": {"type": "plain_text", "text": "Go"},
                "blocks": [{"type": "divider"}],
            }
            client = web_client(sandbox)
            await asyncio.to_thread(client.views_open, trigger_id=modal, view=view)
            button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
            blocks = [{"type": "actions", "elements": [button]}]
            posted = await asyncio.to_thread(client.chat_postMessage, channel="U0ANA", text="hi", blocks=blocks)
            pressed = await beside(control.interact, posted["channel"], posted["ts"], "U0ANA", {"action_id": "go"})
            submitted = await beside(control.submit_view, "U0BEN")
            shown = [(await act)["shown"] for act in (command, pressed, submitted)]
            assert shown == [
                '/silent failed with the error "operation_timeout"',
                "Parrot is having trouble responding. Please try again in a bit.",
                "We had some trouble connecting. Try again?",
            ]
            assert 2.9 < time.monotonic() - began < 5

    run(story())
    assert control.messages("C0GENERAL")[-1]["text"] == '/silent failed with the error "operation_timeout"'
    assert control.view("U0BEN") is not None, "the modal stays open"


def test_without_any_connection_a_command_fails_at_once(control: Control) -> None:
    answer = control.command("C0GENERAL", "U0ANA", "/parrot")
    assert answer["shown"] == '/parrot failed with the error "dispatch_failed"'


def test_each_envelope_goes_to_one_connection_in_turn(sandbox: Sandbox, control: Control) -> None:
    async def story() -> None:
        async with AsyncExitStack() as stack:
            sockets = [await stack.enter_async_context(connected(sandbox)) for _ in range(3)]
            for number, socket in enumerate(sockets, 1):
                assert (await hello(socket))["num_connections"] == number
            counts = [0, 0, 0]

            async def count(index: int) -> None:
                while True:
                    await acked(sockets[index])
                    counts[index] += 1

            counting = [asyncio.create_task(count(index)) for index in range(3)]
            for _ in range(6):
                assert (await (await beside(control.command, "C0GENERAL", "U0ANA", "/plain")))["ok"]
            for task in counting:
                task.cancel()
            await asyncio.gather(*counting, return_exceptions=True)
            assert counts == [2, 2, 2]

    run(story())


def test_the_eleventh_connection_is_turned_away(sandbox: Sandbox) -> None:
    async def story() -> None:
        async with AsyncExitStack() as stack:
            for _ in range(MOST_CONNECTIONS):
                await hello(await stack.enter_async_context(connected(sandbox)))
            extra = await stack.enter_async_context(connected(sandbox))
            assert (await extra.receive_json(timeout=2))["reason"] == "too_many_websockets"
            assert (await extra.receive(timeout=2)).type is aiohttp.WSMsgType.CLOSE

    run(story())


def test_a_ticket_opens_one_connection(sandbox: Sandbox) -> None:
    async def story() -> None:
        opened = await asyncio.to_thread(web_client(sandbox, sandbox.app_token).api_call, "apps.connections.open")
        async with aiohttp.ClientSession() as session:
            async with session.ws_connect(opened["url"]) as socket:
                await hello(socket)
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await session.ws_connect(opened["url"])
            assert refused.value.status == 403

    run(story())


def test_a_refresh_can_leave_the_old_socket_open_for_acks(sandbox: Sandbox, control: Control) -> None:
    async def story() -> None:
        async with connected(sandbox) as old:
            await hello(old)
            asked = await beside(control.command, "C0GENERAL", "U0ANA", "/plain")
            envelope = await old.receive_json(timeout=2)
            await asyncio.to_thread(control.faults, socket="refresh_requested", close=False)
            assert (await old.receive_json(timeout=2))["reason"] == "refresh_requested"
            async with connected(sandbox) as new:
                assert (await hello(new))["num_connections"] == 1
                await old.send_json({"envelope_id": envelope["envelope_id"]})
                assert (await asked)["ok"]
                second = await beside(control.command, "C0GENERAL", "U0ANA", "/plain")
                await acked(new)
                assert (await second)["ok"]

    run(story())


@pytest.mark.parametrize("reason", ["refresh_requested", "link_disabled"])
def test_a_disconnect_says_why_and_closes(sandbox: Sandbox, control: Control, reason: str) -> None:
    async def story() -> None:
        async with connected(sandbox) as socket:
            await hello(socket)
            ending = await beside(control.faults, socket=reason)
            said = await socket.receive_json(timeout=2)
            assert (said["type"], said["reason"]) == ("disconnect", reason)
            assert (await socket.receive(timeout=2)).type is aiohttp.WSMsgType.CLOSE
            assert (await ending)["ok"]

    run(story())


def test_a_warning_closes_nothing(sandbox: Sandbox, control: Control) -> None:
    async def story() -> None:
        async with connected(sandbox) as socket:
            await hello(socket)
            await asyncio.to_thread(control.faults, socket="warning")
            assert (await socket.receive_json(timeout=2))["reason"] == "warning"
            asked = await beside(control.command, "C0GENERAL", "U0ANA", "/plain")
            await acked(socket)
            assert (await asked)["ok"]

    run(story())


def test_a_connection_can_drop_without_a_word(sandbox: Sandbox, control: Control) -> None:
    async def story() -> None:
        async with connected(sandbox) as socket:
            await hello(socket)
            await asyncio.to_thread(control.faults, socket="drop")
            ended = await socket.receive(timeout=2)
            assert ended.type in (aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR)

    run(story())


def test_an_event_can_be_delivered_again(sandbox: Sandbox, control: Control) -> None:
    async def story() -> None:
        async with connected(sandbox) as socket:
            await hello(socket)
            said = await beside(control.message, sandbox.workspace.app_im("U0ANA")["id"], "U0ANA", "hi")
            first = await acked(socket)
            assert (await said)["acked"]
            again = await beside(control.faults, redeliver=first["payload"]["event_id"])
            second = await acked(socket)
            assert (await again)["ok"]
            assert first["payload"] == second["payload"]
            assert (first["retry_attempt"], second["retry_attempt"], second["retry_reason"]) == (0, 1, "timeout")
            assert first["envelope_id"] != second["envelope_id"]

    run(story())
    assert control.faults(redeliver="Ev404")["error"] == "no_such_event"


def test_what_is_no_ack_is_ignored(sandbox: Sandbox, control: Control) -> None:
    async def story() -> None:
        async with connected(sandbox) as socket:
            await hello(socket)
            await socket.send_str("not json")
            await socket.send_json(["not", "an", "object"])
            await socket.send_json({"envelope_id": "unknown"})
            asked = await beside(control.command, "C0GENERAL", "U0ANA", "/plain")
            await acked(socket)
            assert (await asked)["ok"]

    run(story())
