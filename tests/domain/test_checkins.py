"""What an answer does to the pair's schedule, and which answers are one meeting."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.checkins import SAME_MEETING, CheckInState, Meeting, Met, ask_again, meetings

TODAY = date(2026, 1, 20)


def january(day: int) -> date:
    return date(2026, 1, day)


@pytest.mark.parametrize(
    ("state", "on", "cadence", "expected"),
    [
        (CheckInState.MET, january(20), 2, date(2026, 2, 3)),
        (CheckInState.MET, january(16), 2, january(30)),
        (CheckInState.MET, None, 2, date(2026, 2, 3)),
        (CheckInState.MET, january(20), 4, date(2026, 2, 17)),
        (CheckInState.MET, january(1), 2, january(21)),  # told of long ago: not again today
        (CheckInState.SCHEDULED, january(22), 2, january(23)),
        (CheckInState.SCHEDULED, None, 2, january(21)),
        (CheckInState.NOT_YET, None, 2, january(27)),
        (CheckInState.NOT_YET, None, 4, january(27)),
        (CheckInState.STUCK, None, 2, date(2026, 2, 3)),
        (CheckInState.STUCK, None, 1, date(2026, 2, 3)),
        (CheckInState.KEEP, None, 2, date(2026, 2, 3)),
        (CheckInState.KEEP, None, 3, date(2026, 2, 10)),
    ],
)
def test_an_answer_moves_the_next_question(state: CheckInState, on: date | None, cadence: int, expected: date) -> None:
    assert ask_again(state, on, TODAY, cadence) == expected


@given(
    st.sampled_from(CheckInState),
    st.none() | st.integers(-60, 90).map(lambda days: TODAY + timedelta(days=days)),
    st.integers(1, 8),
)
def test_nobody_who_answered_about_today_or_before_is_asked_again_the_same_day(
    state: CheckInState, on: date | None, cadence: int
) -> None:
    again = ask_again(state, on, TODAY, cadence)
    if state is not CheckInState.SCHEDULED or on is None or on >= TODAY:
        assert again > TODAY


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([], []),
        ([Met(january(6), 45)], [Meeting(january(6), 45)]),
        ([Met(january(6), None)], [Meeting(january(6), None)]),
        # both partners answer about the same hour
        ([Met(january(6), 30), Met(january(6), 60)], [Meeting(january(6), 45)]),
        ([Met(january(6), None), Met(january(7), 50)], [Meeting(january(6), 50)]),
        ([Met(january(9), 40), Met(january(6), 50)], [Meeting(january(6), 45)]),
        # a trio
        ([Met(january(6), 30), Met(january(6), 40), Met(january(8), 50)], [Meeting(january(6), 40)]),
        # four days on it is another meeting
        ([Met(january(6), 30), Met(january(10), 60)], [Meeting(january(6), 30), Meeting(january(10), 60)]),
        # and a chain of answers does not become one endless meeting
        (
            [Met(january(6), 30), Met(january(9), 30), Met(january(12), 60)],
            [Meeting(january(6), 30), Meeting(january(12), 60)],
        ),
    ],
)
def test_answers_within_three_days_are_one_meeting_with_its_minutes_averaged(
    answers: list[Met], expected: list[Meeting]
) -> None:
    assert meetings(answers) == expected


met = st.builds(Met, st.integers(0, 90).map(lambda days: TODAY + timedelta(days=days)), st.none() | st.integers(5, 240))


@given(st.lists(met, max_size=12))
def test_meetings_do_not_depend_on_who_answered_first_and_lie_apart(answers: list[Met]) -> None:
    held = meetings(answers)
    assert held == meetings(list(reversed(answers)))
    assert all(later.on - earlier.on > SAME_MEETING for earlier, later in pairwise(held))
    assert bool(held) == bool(answers)
    assert {m.on for m in held} <= {a.on for a in answers}
