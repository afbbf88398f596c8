"""The form that sets a program up, read twice: when its preview is shown, and when the preview is saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.content import refusals
from bot.content.lessons import lessons
from bot.domain.programs import CADENCE_WEEKS, LENGTH_WEEKS, Rounds
from bot.domain.setups import Setup
from bot.domain.templates import Purpose
from bot.views.fields import CADENCE, LENGTH, LONGEST_LINE
from handlers.forms import Values, Wrong, number_in, one_of, raw, whole

FIELDS = (
    *("name", "channel", "length_weeks", "cadence_weeks", "rounds", "asks_first"),
    *("starts_on", "join_by", "lessons", "lessons_first"),
)
Raw = dict[str, Any]
"""What the fields held, as it came; it travels with the preview as JSON."""


@dataclass(frozen=True)
class SetupForm:
    """The form as it was submitted. `program_id`: the program it changes; `like_id`: the one it copies."""

    setup: Setup
    program_id: int | None = None
    like_id: int | None = None


def raw_setup(values: Values, about: Mapping[str, Any]) -> Raw:
    """The fields as they came, beside what the form was opened about."""
    told = {name: about[name] for name in ("program", "like", "purpose") if name in about}
    return {**told, **{name: raw(values, name) for name in FIELDS}}


def read_setup(given: Mapping[str, Any]) -> SetupForm:
    """The form; a number out of its bounds, which Slack's own clients do not send, is the default. Raises Wrong for
    what contradicts itself."""
    setup = Setup(
        name=" ".join(_text(given, "name").split())[:LONGEST_LINE],
        channel_id=_text(given, "channel"),
        length_weeks=whole(_text(given, "length_weeks"), LENGTH) or LENGTH_WEEKS,
        cadence_weeks=whole(_text(given, "cadence_weeks"), CADENCE) or CADENCE_WEEKS,
        asks_first=_text(given, "asks_first") == "ask",
        rounds=one_of(Rounds, _text(given, "rounds"), Rounds.RELEASE),
        purpose=one_of(Purpose, _text(given, "purpose"), Purpose.SKILLS),
        lessons=_lessons(given),
        lessons_first=_text(given, "lessons_first") == "first",
        join_by=_day(given, "join_by"),
        starts_on=_day(given, "starts_on"),
    )
    if errors := _errors(setup):
        raise Wrong(errors)
    return SetupForm(setup, number_in(given, "program"), number_in(given, "like"))


def _errors(setup: Setup) -> dict[str, str]:
    errors = {} if setup.channel_id else {"channel": refusals.CHANNEL_NEEDED}
    if setup.cadence_weeks >= setup.length_weeks:
        errors["cadence_weeks"] = refusals.NO_SECOND_MEETING
    if setup.asks_first and setup.rounds is not Rounds.RELEASE:
        errors["asks_first"] = refusals.ASKED_BEFORE_RELEASE
    return errors


def _text(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name)
    return value if isinstance(value, str) else ""


def _day(given: Mapping[str, Any], name: str) -> date | None:
    text = _text(given, name)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Wrong({name: refusals.NO_SUCH_DAY}) from None


def _lessons(given: Mapping[str, Any]) -> tuple[int, ...]:
    """Those that there are, once each, in the order in which they were chosen; none for all in their own order."""
    chosen = given.get("lessons")
    known = {str(lesson.number): lesson.number for lesson in lessons()}
    read = [known[one] for one in chosen if isinstance(one, str) and one in known] if isinstance(chosen, list) else []
    return () if read == list(known.values()) else tuple(dict.fromkeys(read))
