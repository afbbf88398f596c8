"""The manifest is one Slack accepts, and asks for what the code uses: no scope, event or command more, none less."""

import ast
import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator
from slack_sdk import WebClient

from bot.config import Settings
from bot.runtime.permissions import COMMANDS, EVENTS, METHODS, page_of

ROOT = Path(__file__).parents[1]
MANIFEST: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yml").read_text())
SCHEMAS = Path(__file__).parent / "manifest-schemas"
"""Slack's own: the GitHub repository slackapi/manifest-schema. They take invented scopes; hence our table."""

SPEAKING = [*sorted((ROOT / "bot").rglob("*.py")), *sorted((ROOT / "handlers").rglob("*.py"))]
LISTENING = [path for path in SPEAKING if "handlers" in path.parts]
API = {name for name in dir(WebClient) if "_" in name and name[0].islower()}
NO_METHODS = {"api_call", "validate_slack_signature"}


def schema() -> Draft7Validator:
    version = MANIFEST["_metadata"]["major_version"]
    return Draft7Validator(json.loads((SCHEMAS / f"manifest.schema.{version}.0.0.json").read_text()))


def nodes(paths: list[Path]) -> Iterator[ast.AST]:
    for path in paths:
        yield from ast.walk(ast.parse(path.read_text()))


def methods_called() -> set[str]:
    """Every Web API method named as `client.chat_postMessage` or `client.api_call("chat.postMessage")`."""
    found = set()
    for node in nodes(SPEAKING):
        if isinstance(node, ast.Attribute) and node.attr in API - NO_METHODS:
            found.add(node.attr.replace("_", "."))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "api_call":
            found.add(str(ast.literal_eval(node.args[0])))
    return found


def registered(kind: str) -> list[ast.expr]:
    """The first argument of every `app.event(...)`, `app.command(...)` and so on in handlers/."""
    return [
        node.args[0]
        for node in nodes(LISTENING)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == kind
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "app"
    ]


def events_heard() -> set[str]:
    """Events by the manifest's names; a message is one to the bot itself."""
    named = {str(ast.literal_eval(argument)) for argument in registered("event")}
    return {"message.im" if name == "message" else name for name in named}


def scopes_needed() -> set[str]:
    needs = [METHODS.get(method, frozenset()) for method in methods_called()]
    needs += [EVENTS.get(event, frozenset()) for event in events_heard()]
    needs += [COMMANDS] if registered("command") else []
    return set().union(*needs)


def test_slack_s_schema_accepts_the_manifest() -> None:
    assert [error.message for error in schema().iter_errors(MANIFEST)] == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("display_information", "name"), "M" * 36),
        (("display_information", "colour"), "#2f5d50"),
        (("features", "slash_commands"), [{"command": "mentor"}]),
        (("settings", "socket_mode_enabled"), "yes"),
    ],
)
def test_the_schema_is_one_that_refuses(path: tuple[str, str], value: object) -> None:
    spoilt = deepcopy(MANIFEST)
    spoilt[path[0]][path[1]] = value
    assert list(schema().iter_errors(spoilt))


def test_every_method_the_code_calls_is_in_the_table_and_the_other_way_round() -> None:
    assert methods_called() == set(METHODS)


def test_every_event_the_code_hears_is_in_the_table_and_the_other_way_round() -> None:
    assert events_heard() == set(EVENTS)


def test_every_row_of_the_table_is_a_method_of_slack_s_client_with_a_page() -> None:
    assert {method.replace(".", "_") for method in METHODS} <= API
    assert page_of("users.info") == "https://docs.slack.dev/reference/methods/users.info"
    assert page_of("message.im") == "https://docs.slack.dev/reference/events/message.im"


def test_the_scopes_asked_for_are_those_needed() -> None:
    asked = MANIFEST["oauth_config"]["scopes"]["bot"]
    assert sorted(asked) == sorted(scopes_needed())
    assert "user" not in MANIFEST["oauth_config"]["scopes"]


def test_nothing_lets_the_bot_read_what_partners_write_or_share() -> None:
    too_much = {"mpim:history", "channels:history", "groups:history", "files:read", "channels:join"}
    assert not too_much & set(MANIFEST["oauth_config"]["scopes"]["bot"])


def test_the_events_subscribed_to_are_those_heard() -> None:
    assert sorted(MANIFEST["settings"]["event_subscriptions"]["bot_events"]) == sorted(events_heard())


def test_the_one_command_is_the_default_one_and_arrives_with_people_as_ids() -> None:
    assert [ast.unparse(argument) for argument in registered("command")] == ["deps.command"]
    assert [command["command"] for command in MANIFEST["features"]["slash_commands"]] == [Settings().command]
    assert all(command["should_escape"] is True for command in MANIFEST["features"]["slash_commands"])


def test_shortcuts_are_offered_only_where_something_listens() -> None:
    offered = MANIFEST["features"].get("shortcuts", [])
    heard = [*registered("shortcut"), *registered("global_shortcut"), *registered("message_shortcut")]
    assert sorted(shortcut["callback_id"] for shortcut in offered) == sorted(ast.literal_eval(name) for name in heard)


def test_what_the_bot_uses_is_switched_on_and_nothing_else_is() -> None:
    home, settings = MANIFEST["features"]["app_home"], MANIFEST["settings"]
    assert home["home_tab_enabled"] is ("views.publish" in methods_called())
    assert home["messages_tab_enabled"] is ("message.im" in events_heard())
    assert home["messages_tab_read_only_enabled"] is False
    assert settings["interactivity"]["is_enabled"] is bool(registered("action"))
    assert settings["socket_mode_enabled"] is True
    assert settings["token_rotation_enabled"] is False
