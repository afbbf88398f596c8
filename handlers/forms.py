"""From view.state.values to what the services take. Pure; what is wrong comes back beside its field."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any, TypeVar

from bot.content import agreement, inviting, refusals
from bot.content import forms as words
from bot.domain.agreements import Agreement, MeetingPlace
from bot.domain.calendars import NOWHERE, is_known
from bot.domain.checkins import Answer, CheckInState, StuckAudience, StuckReason
from bot.domain.enrollment import STYLES, Celebration, Profile
from bot.domain.exchanges import Exchange
from bot.domain.goals import alike, one_line
from bot.domain.matching.people import normal
from bot.domain.training import LEAST_USEFUL, MOST_USEFUL, Lesson
from bot.domain.weightings import Weighting
from bot.views.fields import (
    LONGEST_LINE,
    LONGEST_NOTE,
    LONGEST_SKILL,
    MINUTES,
    MOST_SKILLS,
    WORTH,
    Bounds,
)
from bot.views.ids import Action
from bot.views.learning import question_field
from bot.views.reviewing import SWAP_FIELD
from bot.views.skills import MOST_MERGED

Values = Mapping[str, Mapping[str, Mapping[str, Any]]]
WEEKDAYS = frozenset("0123456")
Choice = TypeVar("Choice", bound=StrEnum)


class Wrong(Exception):
    """`errors`: block_id -> sentence, shown by Slack under the field."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(dict(errors))
        self.errors = dict(errors)


def about(view: Mapping[str, Any]) -> dict[str, Any]:
    """What the modal was opened about; empty when it was forged."""
    try:
        found = json.loads(view.get("private_metadata") or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def number_in(about_view: Mapping[str, Any], name: str) -> int | None:
    """A row's number from the modal's `about`, or None."""
    value = about_view.get(name)
    return value if type(value) is int and 0 < value < 10**9 else None


def read_profile(values: Values) -> Profile:
    """The join form. Raises Wrong for lists too long, hours turned round and an empty profile."""
    offers = read_phrases(values, Action.SUGGEST_SKILLS_OFFERED)
    asks = read_phrases(values, Action.SUGGEST_SKILLS_ASKED)
    start, end = _time(values, "hours_from"), _time(values, "hours_to")
    errors = _hours_errors(start, end)
    goal = _text(values, "goal")[:LONGEST_LINE]
    if not offers and not asks and not goal:
        errors[str(Action.SUGGEST_SKILLS_OFFERED)] = refusals.EMPTY_PROFILE
    if errors:
        raise Wrong(errors)
    style = {name: _option(values, f"style_{name}") for name in STYLES}
    return Profile(
        offers=offers,
        asks=asks,
        goal=goal,
        style={name: side for name, side in style.items() if side in ("a", "b")},
        hours_from=start,
        hours_to=end,
        celebration=one_of(Celebration, _option(values, "celebration"), Celebration.ASK),
        avoid=tuple(_element(values, "avoid").get("selected_users") or ()),
        place=_place(values),
        weekdays=_weekdays(values),
    )


def _place(values: Values) -> str | None:
    """The place chosen, if it is one; NOWHERE for an emptied field, None where the form had no such field."""
    if Action.SUGGEST_PLACES not in values:
        return None
    chosen = _option(values, Action.SUGGEST_PLACES) or NOWHERE
    return chosen if is_known(chosen) else NOWHERE


def _weekdays(values: Values) -> tuple[int, ...] | None:
    chosen = [option["value"] for option in _element(values, "weekdays").get("selected_options") or ()]
    return tuple(sorted({int(day) for day in chosen if day in WEEKDAYS})) or None


def read_quiet_weeks(values: Values) -> tuple[date, ...]:
    """The Mondays chosen; a forged one is no day at all."""
    chosen = [str(option["value"]) for option in _element(values, "quiet").get("selected_options") or ()]
    try:
        return tuple(date.fromisoformat(day) for day in chosen)
    except ValueError:
        raise Wrong({"quiet": refusals.DAY_NEEDED}) from None


def _hours_errors(start: time, end: time) -> dict[str, str]:
    if end <= start:
        return {"hours_to": refusals.HOURS_TURNED}
    if (end.hour - start.hour) * 60 + end.minute - start.minute < 120:
        return {"hours_to": refusals.HOURS_TOO_SHORT}
    return {}


def words_in(about_view: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Words that a modal carries under a name; none where it was forged."""
    found = about_view.get(name)
    return tuple(word for word in found if isinstance(word, str)) if isinstance(found, list) else ()


def read_merge(values: Values) -> tuple[tuple[str, ...], str]:
    """Which phrases are one, and its name."""
    wording = " ".join(_text(values, "wording").split())[:LONGEST_SKILL].strip()
    if not normal(wording):
        raise Wrong({"wording": refusals.MERGE_NEEDS_NAME})
    return read_phrases(values, Action.SUGGEST_SKILLS_MERGED, MOST_MERGED), wording


def read_phrases(values: Values, name: Action, most: int = MOST_SKILLS) -> tuple[str, ...]:
    """At most five phrases, the first spelling of each; a phrase is one line of at most 60 characters."""
    chosen = _element(values, name).get("selected_options") or ()
    phrases = [" ".join(str(option["value"]).split())[:LONGEST_SKILL] for option in chosen]
    first = {normal(phrase): phrase for phrase in reversed(phrases) if normal(phrase)}
    kept = dict.fromkeys(first[normal(phrase)] for phrase in phrases if normal(phrase))
    return tuple(kept)[:most]


def read_answer(values: Values, fixed: str | None) -> Answer:
    """The check-in form; `fixed` is the state of a modal that offered no choice."""
    state = chosen_state(values) if fixed is None else _state(fixed)
    if state is None:
        raise Wrong({str(Action.CHOOSE_STATE): refusals.STALE_BUTTON})
    if state is CheckInState.MET:
        return Answer(
            state,
            on=_day(values, "met_on"),
            minutes=_number(values, "minutes", MINUTES),
            next_try=_text(values, "next_try")[:LONGEST_LINE],
            worth_it=whole(_option(values, "worth_it"), WORTH),
            note=_text(values, "note")[:LONGEST_NOTE],
        )
    if state is CheckInState.SCHEDULED:
        return Answer(state, on=_day(values, "diary_on"), starting=_time_if_any(values, "diary_at"))
    if state is CheckInState.STUCK:
        return Answer(
            state,
            note=_text(values, "note")[:LONGEST_NOTE],
            stuck_reason=one_of(StuckReason, _option(values, "stuck_reason"), StuckReason.TIMING),
            stuck_audience=StuckAudience.ORGANIZER if _organizer(values, "stuck_audience") else StuckAudience.NOBODY,
            stuck_to=_organizer(values, "stuck_audience"),
        )
    return Answer(state)


def chosen_state(values: Values) -> CheckInState | None:
    """The state chosen in the check-in modal so far."""
    return _state(_option(values, Action.CHOOSE_STATE))


def _state(value: str | None) -> CheckInState | None:
    return CheckInState(value) if value in words.STATES else None


def day_field(state: CheckInState) -> str:
    """The field a wrong day is shown under."""
    return "diary_on" if state is CheckInState.SCHEDULED else "met_on"


def _organizer(values: Values, name: str) -> str | None:
    """The organizer chosen, by id; None for nobody. Whether they may be told is the service's to say."""
    chosen = _option(values, name) or ""
    return chosen if re.fullmatch(r"[UW][A-Z0-9]+", chosen, re.ASCII) else None


def read_organizer(values: Values) -> tuple[str, str]:
    """Which organizer is to be told, and what. Raises Wrong where none was chosen."""
    chosen = _organizer(values, "organizer")
    if chosen is None:
        raise Wrong({"organizer": refusals.CHOOSE_SOMEONE})
    return chosen, _text(values, "note")[:LONGEST_NOTE]


def read_time(values: Values) -> datetime:
    """The time that was chosen, as a UTC instant. Raises Wrong for none, or one that no clock knows."""
    start = read_moment(_option(values, "time") or "")
    if start is None:
        raise Wrong({"time": refusals.TIME_NEEDED})
    return start


def read_moment(value: str) -> datetime | None:
    """A moment as our buttons and choices carry it, in whole seconds; None for what is no such number."""
    return datetime.fromtimestamp(int(value), UTC) if re.fullmatch("[0-9]{9,10}", value, re.ASCII) else None


def read_pause(values: Values) -> date:
    """The day someone is back."""
    return _day(values, "until")


def read_kudos(values: Values) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """Whom, what for, and with which values."""
    chosen = raw(values, "values")
    receivers = tuple(_element(values, "receivers").get("selected_users") or ())
    why = re.sub("^for\\s+", "", _text(values, "why"), flags=re.IGNORECASE)  # every sentence they stand in has its own
    return receivers, why, tuple(chosen) if isinstance(chosen, list) else ()


def kudos_in(about_view: Mapping[str, Any]) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """The same, as its preview carries it; whether it may be so is the service's to say."""
    why = about_view.get("why")
    return words_in(about_view, "receivers"), why if isinstance(why, str) else "", words_in(about_view, "values")


def read_values(values: Values) -> str:
    """What an organizer wrote as the values of a program."""
    return _text(values, "values")


def read_lesson(values: Values, lesson: Lesson) -> tuple[dict[int, int], int | None]:
    """A lesson's form: question -> choice, both from 0, and how useful it was, if that was said."""
    read = {
        at: whole(_option(values, question_field(at)), (0, len(question.choices) - 1))
        for at, question in enumerate(lesson.questions)
    }
    chosen = {at: choice for at, choice in read.items() if choice is not None}
    return chosen, whole(_option(values, "useful"), (LEAST_USEFUL, MOST_USEFUL))


def read_goal(values: Values) -> tuple[str, frozenset[int], tuple[str, ...]]:
    """A goal's form: its words, the numbers of the steps that are ticked, new steps a line each."""
    ticked = [str(option["value"]) for option in _element(values, "done").get("selected_options") or ()]
    numbers = frozenset(int(number) for number in ticked if re.fullmatch("[0-9]{1,2}", number))
    return _text(values, "goal"), numbers, tuple(_text(values, "steps").splitlines())


def read_agreement(values: Values) -> Agreement:
    """An agreement's form; what does not fit is the service's to say. Raises Wrong for a day that is none."""
    lines = [line for line in map(one_line, _text(values, "goals").splitlines()) if line]
    return Agreement(
        goals=tuple(line for at, line in enumerate(lines) if not any(alike(line, other) for other in lines[:at])),
        meets=one_line(_text(values, "meets")),
        minutes=_number(values, "minutes", MINUTES),
        place=_place_to_meet(values),
        confidential=_text(values, "confidential"),
        off_limits=_text(values, "off_limits"),
        review_on=_day_if_any(values, "review_on"),
    )


def _place_to_meet(values: Values) -> MeetingPlace | None:
    chosen = _option(values, "place")
    return MeetingPlace(chosen) if chosen in set(MeetingPlace) else None


def marks_in(about_view: Mapping[str, Any]) -> dict[str, str]:
    """What the modal showed, as bot/domain/agreements.py marks it."""
    found = about_view.get("shown")
    return {str(name): str(mark) for name, mark in found.items()} if isinstance(found, dict) else {}


def read_suggestions(values: Values) -> tuple[str, ...]:
    """Whom someone suggested; nobody is an answer, too."""
    return tuple(_element(values, "suggested").get("selected_users") or ())


def read_table(values: Values) -> str:
    """The table that was pasted."""
    return _text(values, "table")


def read_invited(values: Values) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Whom an organizer invites: people, and the channel whose members are meant. Raises Wrong for nobody."""
    users = tuple(_element(values, "invited").get("selected_users") or ())
    channel = _element(values, "channel").get("selected_conversation")
    if not users and not channel:
        raise Wrong({"invited": inviting.CHOOSE})
    return users, (str(channel),) if channel else ()


def read_swap(values: Values, offered: Sequence[Exchange]) -> Exchange:
    """The swap that was chosen among those that were offered."""
    number = whole(_option(values, SWAP_FIELD), (1, len(offered)))
    if number is None:
        raise Wrong({SWAP_FIELD: refusals.STALE_BUTTON})
    return offered[number - 1]


def weighting(value: object) -> Weighting:
    """The weights of that name; the balanced ones for a name that was not offered."""
    return Weighting(value) if isinstance(value, str) and value in set(Weighting) else Weighting.BALANCED


def raw(values: Values, name: str) -> str | list[str]:
    """What a field of any kind holds, as it came: empty where it holds nothing."""
    element = _element(values, name)
    if "selected_options" in element:
        return [str(option["value"]) for option in element["selected_options"] or ()]
    day_or_place = element.get("selected_date") or element.get("selected_conversation")
    return str(day_or_place or _option(values, name) or _text(values, name))


def whole(text: str | None, bounds: Bounds) -> int | None:
    """The whole number `text` is, where it lies in its bounds."""
    least, most = bounds
    number = int(text) if text is not None and re.fullmatch("[0-9]{1,4}", text) else None
    return number if number is not None and least <= number <= most else None


def _element(values: Values, name: str) -> Mapping[str, Any]:
    return values.get(name, {}).get(name) or {}


def _text(values: Values, name: str) -> str:
    return str(_element(values, name).get("value") or "").strip()


def _option(values: Values, name: str) -> str | None:
    chosen = _element(values, name).get("selected_option")
    return str(chosen["value"]) if chosen else None


def one_of(kind: type[Choice], value: str | None, otherwise: Choice) -> Choice:
    """The choice `value`, or `otherwise` for one that was not offered."""
    return kind(value) if value in set(kind) else otherwise


def _number(values: Values, name: str, bounds: Bounds) -> int | None:
    return whole(_text(values, name), bounds)


def _day(values: Values, name: str) -> date:
    try:
        return date.fromisoformat(str(_element(values, name).get("selected_date")))
    except ValueError:
        raise Wrong({name: refusals.DAY_NEEDED}) from None


def _day_if_any(values: Values, name: str) -> date | None:
    chosen = _element(values, name).get("selected_date")
    try:
        return date.fromisoformat(str(chosen)) if chosen else None
    except ValueError:
        raise Wrong({name: agreement.NO_SUCH_DAY}) from None


def _time_if_any(values: Values, name: str) -> time | None:
    return _time(values, name) if _element(values, name).get("selected_time") else None


def _time(values: Values, name: str) -> time:
    try:
        return time.fromisoformat(str(_element(values, name).get("selected_time")))
    except ValueError:
        raise Wrong({name: refusals.TIME_NEEDED}) from None
