"""Nothing is shown that nobody listens to, nothing is listened to that is never shown, and everything can be drawn."""

import typing
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from sqlalchemy import Engine

import handlers
from bot.clock import TravelClock
from bot.domain.notices import Notice
from bot.domain.people import ChannelFacts, PersonFacts, Stretch
from bot.views.ids import Action, View
from bot.views.messages import render
from handlers.commands import CARRY
from handlers.deps import Deps
from handlers.grammar import commands as typed
from storage.outbox import decode, encode
from tests.views.notices import Words, notices
from tests.views.surfaces import answers_of, homes, modals_of

DISPATCHING = {"button", "external_select", "multi_external_select", "overflow"}
WITHOUT_SUBMISSION = {View.PLAIN}


class Nobody:
    """A directory nobody asks."""

    def person(self, user_id: str) -> PersonFacts:
        raise LookupError(user_id)

    def people(self, cursor: str) -> tuple[list[PersonFacts], str]:
        raise LookupError(cursor)

    def members(self, channel_id: str, most: int) -> list[str] | None:
        raise LookupError(channel_id)

    def undisturbed(self, user_ids: Sequence[str]) -> dict[str, Stretch | None]:
        raise LookupError(user_ids)

    def channel(self, channel_id: str) -> ChannelFacts | None:
        raise LookupError(channel_id)


class RecordingApp(App):
    """Remembers what was registered by name, kind by kind; patterns are the catch-alls."""

    def __init__(self) -> None:
        super().__init__(client=WebClient(token="xoxb-1"), token_verification_enabled=False)
        self.heard: dict[str, list[str]] = {"action": [], "view": [], "options": []}

    def _remember(self, kind: str, constraint: Any) -> None:
        if isinstance(constraint, str):
            self.heard[kind].append(constraint)

    def action(self, constraints: Any, *rest: Any, **more: Any) -> Callable[..., Any]:
        self._remember("action", constraints)
        return typing.cast(Callable[..., Any], super().action(constraints, *rest, **more))

    def view(self, constraints: Any, *rest: Any, **more: Any) -> Callable[..., Any]:
        self._remember("view", constraints)
        return typing.cast(Callable[..., Any], super().view(constraints, *rest, **more))

    def options(self, constraints: Any, *rest: Any, **more: Any) -> Callable[..., Any]:
        self._remember("options", constraints)
        return typing.cast(Callable[..., Any], super().options(constraints, *rest, **more))


@pytest.fixture(scope="module")
def heard(sqlite_engine_for_module: Engine) -> dict[str, list[str]]:
    app = RecordingApp()
    handlers.register(app, Deps(sqlite_engine_for_module, TravelClock(), Nobody(), "T1", "UBOT", "mentor"))
    return app.heard


@pytest.fixture(scope="module")
def sqlite_engine_for_module() -> Iterator[Engine]:
    """An engine that is never connected: registering asks nothing."""
    from storage.engine import make_engine

    engine = make_engine("sqlite+pysqlite:///never-opened.db", pool_size=1)
    yield engine
    engine.dispose()


def elements(part: Any, *, inside_input: bool = False) -> Iterator[str]:
    """The action_ids that send something when they are used: fields of a form are read with the whole form."""
    if isinstance(part, list):
        for item in part:
            yield from elements(item)
    elif isinstance(part, dict):
        field = part.get("type") == "input" and not part.get("dispatch_action")
        if field and part["element"]["type"] not in DISPATCHING:
            return
        if "action_id" in part:
            yield part["action_id"]
        for item in part.values():
            yield from elements(item)


def rendered_messages() -> list[Any]:
    drawn = [render(notice).blocks for notice in notices(Words()).values()]
    return [*drawn, *(answer.blocks for answer in answers_of(Words()).values())]


def rendered_views() -> list[dict[str, Any]]:
    return [*modals_of(Words()).values(), *homes(Words()).values()]


def rendered_actions() -> set[str]:
    return set(elements([*rendered_messages(), *rendered_views()]))


def test_every_rendered_id_is_one_of_ours_and_every_one_of_ours_is_rendered() -> None:
    assert rendered_actions() == {str(action) for action in Action}


def test_every_action_that_is_shown_has_one_listener_and_no_other_is_listened_to(heard: dict[str, list[str]]) -> None:
    assert sorted([*heard["action"], *heard["options"]]) == sorted(rendered_actions())


def test_every_modal_that_can_be_submitted_has_one_listener(heard: dict[str, list[str]]) -> None:
    submitted = {view["callback_id"] for view in modals_of(Words()).values() if "submit" in view}
    assert sorted(heard["view"]) == sorted(submitted)


def test_every_modal_is_named_and_every_name_is_a_modal_s() -> None:
    assert {view["callback_id"] for view in modals_of(Words()).values()} == {str(view) for view in View}
    submitted = {view["callback_id"] for view in modals_of(Words()).values() if "submit" in view}
    assert {str(view) for view in View} - submitted == {str(view) for view in WITHOUT_SUBMISSION}


@pytest.mark.parametrize("kind", typing.get_args(Notice), ids=lambda kind: str(kind.__name__))
def test_every_notice_is_drawn_by_a_function_of_its_own_and_shown_in_the_samples(kind: type) -> None:
    assert render.dispatch(kind) is not render.dispatch(object)
    assert any(type(sample) is kind for sample in notices(Words()).values())


@pytest.mark.parametrize("name", notices(Words()))
def test_a_notice_is_the_same_after_its_time_in_the_outbox(name: str) -> None:
    notice = notices(Words())[name]
    assert decode(encode(notice)) == notice


def test_every_command_the_grammar_knows_is_carried_out() -> None:
    assert set(CARRY) == set(typing.get_args(typed.Command))


def test_the_registering_app_would_notice_an_id_that_nobody_knows() -> None:
    assert set(elements([{"type": "actions", "elements": [{"type": "button", "action_id": "stray"}]}])) == {"stray"}
    field = {"type": "input", "element": {"type": "plain_text_input", "action_id": "goal"}}
    assert not set(elements([field]))
