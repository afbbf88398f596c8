"""The ladder: asked, asked again, keep or part, then silence; and an answer starts it anew."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import WorkingHours, local_date
from bot.domain.nudges import RUNGS, Asked, Due, is_quiet, next_question

LISBON = WorkingHours("Europe/Lisbon")
AUCKLAND = WorkingHours("Pacific/Auckland")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def asked(*days: str) -> list[Asked]:
    """Questions asked at ten in Lisbon's winter, which is UTC."""
    return [Asked(date.fromisoformat(day), utc(f"{day} 10:00")) for day in days]


def test_the_first_question_comes_at_the_first_slot_once_the_meeting_is_due() -> None:
    due = next_question(utc("2026-01-15 00:00"), None, [], LISBON, utc("2026-01-14 12:00"))
    assert due == Due(utc("2026-01-20 10:00"), date(2026, 1, 20), 1)


@pytest.mark.parametrize(
    ("before", "step", "slot"),
    [
        (["2026-01-20"], 2, "2026-01-27 10:00"),
        (["2026-01-20", "2026-01-27"], 3, "2026-02-03 10:00"),
    ],
)
def test_silence_is_asked_again_at_the_next_slot(before: list[str], step: int, slot: str) -> None:
    due = next_question(utc("2026-01-15 00:00"), None, asked(*before), LISBON, utc(f"{before[-1]} 10:01"))
    assert due == Due(utc(slot), utc(slot).date(), step)


def test_after_the_third_question_there_is_silence() -> None:
    climbed = asked("2026-01-20", "2026-01-27", "2026-02-03")
    for weeks in range(20):
        assert (
            next_question(utc("2026-01-15 00:00"), None, climbed, LISBON, utc("2026-02-03 11:00") + weeks * week)
            is None
        )


week = timedelta(weeks=1)


def test_an_answer_starts_the_ladder_anew() -> None:
    climbed = asked("2026-01-20", "2026-01-27", "2026-02-03")
    due = next_question(utc("2026-02-18 00:00"), utc("2026-02-04 09:00"), climbed, LISBON, utc("2026-02-04 09:00"))
    assert due == Due(utc("2026-02-24 10:00"), date(2026, 2, 24), 1)


def test_a_question_after_the_last_answer_still_counts() -> None:
    before = asked("2026-01-20", "2026-02-24")
    due = next_question(utc("2026-02-18 00:00"), utc("2026-01-21 09:00"), before, LISBON, utc("2026-02-24 10:01"))
    assert due == Due(utc("2026-03-03 10:00"), date(2026, 3, 3), 2)


def test_nobody_is_asked_twice_on_one_day_however_fast_the_answer_came() -> None:
    due = next_question(
        utc("2026-01-20 00:00"), utc("2026-01-20 10:00:30"), asked("2026-01-20"), LISBON, utc("2026-01-20 10:01")
    )
    assert due is not None
    assert due.slot == utc("2026-01-27 10:00")


@pytest.mark.parametrize(
    ("now", "slot"),
    [
        ("2026-01-20 09:59", "2026-01-20 10:00"),
        ("2026-01-20 10:00", "2026-01-20 10:00"),
        ("2026-01-21 10:00", "2026-01-20 10:00"),  # a day late is still said
        ("2026-01-21 10:01", "2026-01-27 10:00"),  # later than that waits for the next slot
        ("2026-03-01 10:00", "2026-03-03 10:00"),  # and nothing piles up
    ],
)
def test_a_slot_missed_by_more_than_a_day_is_let_go(now: str, slot: str) -> None:
    due = next_question(utc("2026-01-15 00:00"), None, [], LISBON, utc(now))
    assert due is not None
    assert due.slot == utc(slot)
    assert due.step == 1


def test_the_day_that_makes_it_once_is_the_persons_own() -> None:
    due = next_question(utc("2026-01-15 00:00"), None, [], AUCKLAND, utc("2026-01-15 00:00"))
    assert due == Due(utc("2026-01-19 21:00"), date(2026, 1, 20), 1)


@pytest.mark.parametrize(
    ("answered", "questions", "now", "quiet"),
    [
        (None, [], "2026-06-01 00:00", False),
        (None, ["2026-01-20"], "2026-02-17 09:59", False),
        (None, ["2026-01-20"], "2026-02-17 10:00", True),
        (None, ["2026-01-27", "2026-01-20"], "2026-02-17 10:00", True),
        ("2026-01-21 09:00", ["2026-01-20"], "2026-06-01 00:00", False),
        ("2026-01-21 09:00", ["2026-01-20", "2026-02-03"], "2026-02-17 10:00", False),
        ("2026-01-21 09:00", ["2026-01-20", "2026-02-03"], "2026-03-03 10:00", True),
    ],
)
def test_a_pair_is_quiet_28_days_after_the_first_open_question(
    answered: str | None, questions: list[str], now: str, quiet: bool
) -> None:
    assert is_quiet((answered and utc(answered)) or None, asked(*questions), utc(now)) is quiet


zones = st.sampled_from(["Europe/Lisbon", "Pacific/Auckland", "America/New_York", "Asia/Kathmandu"])


@given(
    st.builds(WorkingHours, zones, st.sampled_from([time(0), time(7), time(9)]), st.sampled_from([time(10), time(17)])),
    st.integers(0, 60),
    st.lists(st.integers(1, 60 * 24 * 3), min_size=60, max_size=60),
)
def test_whoever_never_answers_is_asked_three_times_a_week_apart_however_the_ticks_fall(
    hours: WorkingHours, start_day: int, minutes: list[int]
) -> None:
    now = ask_from = utc("2026-02-01 00:00") + timedelta(days=start_day)
    questions: list[Asked] = []
    for step in minutes:
        now += timedelta(minutes=step)
        due = next_question(ask_from, None, questions, hours, now)
        if due is not None and due.slot <= now:
            assert due.step == len(questions) + 1
            questions.append(Asked(due.asked_on, now))
    assert len(questions) <= RUNGS
    assert all(q.on.weekday() == 1 for q in questions)
    assert len({q.on for q in questions}) == len(questions)
    assert all(local_date(q.at, hours.timezone) - q.on <= timedelta(days=2) for q in questions)
