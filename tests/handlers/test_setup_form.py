"""What the set-up form may hold, and what is said beside its fields."""

import json
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content import refusals
from bot.domain.programs import Rounds
from bot.domain.setups import Setup
from bot.domain.templates import Purpose
from handlers.forms import Wrong
from handlers.setup_form import SetupForm, raw_setup, read_setup
from tests.handlers.test_forms import Values, entry, line, option

CHANNEL: Values = entry("channel", type="conversations_select", selected_conversation="C1")


def refused(values: Values) -> dict[str, str]:
    with pytest.raises(Wrong) as wrong:
        read_setup(raw_setup(values, {}))
    return wrong.value.errors


def day(name: str, chosen: str | None) -> Values:
    return entry(name, type="datepicker", selected_date=chosen)


def lessons(*numbers: str) -> Values:
    return entry("lessons", type="multi_static_select", selected_options=[{"value": one} for one in numbers])


def test_a_form_without_a_channel_says_so() -> None:
    assert refused({}) == {"channel": refusals.CHANNEL_NEEDED}


SETUPS = [
    ("8", "1", (8, 1)),
    ("", "", (12, 2)),
    ("0", "0", (12, 2)),
    ("1", "9", (12, 2)),
    ("9999999999", "-3", (12, 2)),
]


@pytest.mark.parametrize(("weeks", "cadence", "read"), SETUPS)
def test_a_set_up_keeps_its_numbers_in_bounds(weeks: str, cadence: str, read: tuple[int, int]) -> None:
    values = {
        **line("name", " Peer   mentoring "),
        **entry("channel", type="conversations_select", selected_conversation="C1"),
        **line("length_weeks", weeks),
        **line("cadence_weeks", cadence),
    }
    assert read_setup(raw_setup(values, {})) == SetupForm(
        Setup("Peer mentoring", "C1", length_weeks=read[0], cadence_weeks=read[1])
    )


@pytest.mark.parametrize(
    ("weeks", "cadence", "rounds", "asks", "field"),
    [
        ("4", "8", "release", "match", ["cadence_weeks"]),
        ("2", "2", "release", "match", ["cadence_weeks"]),
        ("12", "2", "weekly", "ask", ["asks_first"]),
        ("4", "8", "weekly_approved", "ask", ["asks_first", "cadence_weeks"]),
    ],
)
def test_a_set_up_that_contradicts_itself_is_shown_beside_its_fields(
    weeks: str, cadence: str, rounds: str, asks: str, field: list[str]
) -> None:
    values = {
        **entry("channel", type="conversations_select", selected_conversation="C1"),
        **line("length_weeks", weeks),
        **line("cadence_weeks", cadence),
        **option("rounds", rounds),
        **option("asks_first", asks),
    }
    assert sorted(refused(values)) == field


@pytest.mark.parametrize("forged", ["2026-02-31", "31.2.2026", "tomorrow", "2026-13-01", "0000-00-00"])
def test_a_day_that_does_not_exist_is_said_beside_its_field(forged: str) -> None:
    assert refused({**CHANNEL, **day("starts_on", forged)}) == {"starts_on": refusals.NO_SUCH_DAY}
    assert refused({**CHANNEL, **day("join_by", forged)}) == {"join_by": refusals.NO_SUCH_DAY}


def test_dates_are_read_and_may_be_empty() -> None:
    read = read_setup(raw_setup({**CHANNEL, **day("starts_on", "2026-02-28"), **day("join_by", None)}, {})).setup
    assert (read.starts_on, read.join_by) == (date(2026, 2, 28), None)


@pytest.mark.parametrize(
    ("chosen", "read"),
    [
        (("3", "1", "3"), (3, 1)),
        (("99", "x", "2"), (2,)),
        (("1", "2", "3", "4", "5", "6"), ()),
        ((), ()),
    ],
)
def test_lessons_are_those_there_are_once_each_in_the_order_chosen(chosen: tuple[str, ...], read: tuple[int]) -> None:
    assert read_setup(raw_setup({**CHANNEL, **lessons(*chosen)}, {})).setup.lessons == read


def test_what_it_is_about_goes_with_it_and_comes_back_the_same() -> None:
    values = {**CHANNEL, **line("name", "Leaders"), **option("rounds", "weekly"), **option("lessons_first", "first")}
    kept = raw_setup(values, {"program": 7, "purpose": "leadership", "like": 3, "other": "x"})
    read = read_setup(json.loads(json.dumps(kept)))
    setup = Setup("Leaders", "C1", rounds=Rounds.WEEKLY, purpose=Purpose.LEADERSHIP, lessons_first=True)
    assert read == SetupForm(setup, program_id=7, like_id=3)


@given(st.dictionaries(st.sampled_from(["name", "channel", "lessons", "starts_on", "rounds", "purpose"]), st.text()))
def test_whatever_a_preview_was_forged_to_hold_is_read_or_refused(forged: dict[str, Any]) -> None:
    found: object = forged
    with suppress(Wrong):
        found = read_setup(forged)
    assert found is forged or isinstance(found, SetupForm)


def test_a_name_of_150_emoji_and_all_lessons_still_travel_with_the_preview() -> None:
    values = {
        **CHANNEL,
        **line("name", "🪴" * 150),
        **lessons(*map(str, range(1, 100))),
        **day("join_by", "2026-02-28"),
    }
    assert len(json.dumps(raw_setup(values, {"program": 999_999_999, "purpose": "onboarding"}))) <= 3000
