"""When a week has a lesson: never two, never outside the first six weeks, never the same one more than twice."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import WorkingHours, is_working_time, local_date, week_of
from bot.domain.lesson_weeks import LESSON_WEEKS, MOST_OFFERS, Term, Timetable, next_offer, timetable, weeks_ahead
from bot.domain.nudges import Breaks
from bot.domain.training import Lesson

LONDON = WorkingHours("Europe/London", place="GB")
WEEK = timedelta(weeks=1)
MONDAY = date(2026, 1, 12)
LESSONS = [Lesson(number, "", "", "", "", "", "", ()) for number in range(1, 7)]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


MATCHED = Term(utc("2026-01-12 09:00"))


def test_the_first_lesson_comes_at_the_first_weekly_moment_after_the_match() -> None:
    slot = utc("2026-01-13 10:00")
    assert timetable(MATCHED, LONDON, utc("2026-01-12 09:00")) == Timetable(look_at=slot)
    assert timetable(MATCHED, LONDON, slot) == Timetable(MONDAY, slot, slot + WEEK)


def test_a_week_that_was_decided_is_not_decided_again() -> None:
    decided = replace(MATCHED, decided=MONDAY)
    assert timetable(decided, LONDON, utc("2026-01-13 10:01")) == Timetable(look_at=utc("2026-01-20 10:00"))


def test_after_the_sixth_week_there_is_nothing_to_look_at() -> None:
    last = replace(MATCHED, decided=date(2026, 2, 16))
    assert timetable(last, LONDON, utc("2026-02-17 10:01")) == Timetable()
    assert timetable(MATCHED, LONDON, utc("2026-02-24 10:00")) == Timetable()


@pytest.mark.parametrize(
    ("term", "hours", "now"),
    [
        (replace(MATCHED, paused=True), LONDON, "2026-01-13 10:00"),
        (replace(MATCHED, quiet=frozenset({MONDAY})), LONDON, "2026-01-13 10:00"),
        (MATCHED, LONDON, "2026-01-16 18:00"),  # the bot was away until that week's work was over
        (MATCHED, replace(LONDON, undisturbed=(utc("2026-01-12 00:00"), utc("2026-01-18 00:00"))), "2026-01-13 10:00"),
        (Term(utc("2026-12-21 09:00")), replace(LONDON, weekdays=frozenset({4})), "2026-12-25 10:00"),
    ],
    ids=["on a break", "a quiet week", "too late", "not to be disturbed", "a holiday on the only day"],
)
def test_a_week_without_its_lesson_is_decided_all_the_same(term: Term, hours: WorkingHours, now: str) -> None:
    seen = timetable(term, hours, utc(now))
    assert seen.week is not None
    assert seen.moment is None
    assert seen.look_at is not None


def test_a_moment_missed_is_made_up_for_in_working_time_of_its_week() -> None:
    assert timetable(MATCHED, LONDON, utc("2026-01-14 19:00")).moment == utc("2026-01-15 09:00")


def test_the_weeks_ahead_leave_out_a_break() -> None:
    found = weeks_ahead(MATCHED, LONDON, utc("2026-01-12 09:00"), utc("2026-06-01 00:00"), Breaks(date(2026, 1, 21)))
    assert [week for week, _ in found] == [MONDAY + number * WEEK for number in range(2, LESSON_WEEKS)]


@pytest.mark.parametrize(
    ("taken", "offered", "number"),
    [
        ((), {}, 1),
        ((), {1: 1}, 1),
        ((), {1: 2}, 2),
        ((1,), {}, 2),
        ((1, 3), {2: 2}, 4),
        (range(1, 7), {}, None),
        ((), dict.fromkeys(range(1, 7), 2), None),
    ],
)
def test_the_next_lesson_was_neither_taken_nor_offered_twice(
    taken: tuple[int, ...], offered: dict[int, int], number: int | None
) -> None:
    lesson = next_offer(LESSONS, taken, offered)
    assert (lesson.number if lesson else None) == number


# Whatever happens


hours = st.builds(
    WorkingHours,
    st.sampled_from(["Europe/Lisbon", "Pacific/Auckland", "America/New_York", "Asia/Kathmandu", "Africa/Cairo"]),
    st.sampled_from([time(0), time(7), time(9)]),
    st.sampled_from([time(10), time(17), time(23, 30)]),
    st.frozensets(st.integers(0, 6), min_size=1),
    st.sampled_from(["", "PT", "JP", "EG", "US"]),
)
mondays = st.integers(0, 12).map(lambda number: date(2026, 1, 26) + number * WEEK)


@given(
    hours,
    st.frozensets(mondays, max_size=4),
    st.lists(st.integers(0, 60 * 24 * 50), min_size=1, max_size=3),
    st.lists(st.tuples(st.integers(1, 60 * 24 * 3), st.integers(0, 5)), min_size=50, max_size=50),
)
def test_whatever_the_ticks_the_breaks_and_the_pairs(
    hours: WorkingHours, quiet: frozenset[date], matches: list[int], steps: list[tuple[int, int]]
) -> None:
    start = utc("2026-01-27 00:00")
    terms = [Term(start + timedelta(minutes=minutes), quiet=quiet) for minutes in matches]
    now, taken, offered, weeks = start, set[int](), Counter[int](), list[tuple[date, datetime]]()
    for minutes, what in steps:
        now += timedelta(minutes=minutes)
        due = set()
        for at, term in enumerate(terms):
            seen = timetable(replace(term, paused=what == 1), hours, now)
            assert seen.look_at is None or seen.look_at > now
            terms[at] = replace(term, decided=seen.week or term.decided)
            assert timetable(terms[at], hours, now).week is None, "looking twice decides nothing twice"
            if seen.week is not None and seen.moment is not None:
                due.add((seen.week, seen.moment))
        new = [one for one in due if one[0] not in {week for week, _ in weeks}]  # over all pairs, one a week
        lesson = next_offer(LESSONS, taken, offered) if new else None
        if lesson is not None:
            weeks += new
            offered[lesson.number] += 1
        if what == 2 and offered:
            taken.add(max(offered))
    assert len({week for week, _ in weeks}) == len(weeks)
    assert all(times <= MOST_OFFERS for times in offered.values())
    for week, moment in weeks:
        assert week_of(local_date(moment, hours.timezone)) == week
        assert week not in quiet
        assert is_working_time(moment, hours)
        assert any(term.matched_at < moment <= term.matched_at + LESSON_WEEKS * WEEK for term in terms)
