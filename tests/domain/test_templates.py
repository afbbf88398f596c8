"""Program templates and the dates of a program."""

from datetime import date, timedelta

import pytest

from bot.content import templates as words
from bot.content.lessons import lessons
from bot.domain.program_dates import DateTrouble, days_to_meet, first_day, trouble_with
from bot.domain.programs import Rounds
from bot.domain.templates import TEMPLATES, Purpose, in_order
from bot.views.fields import CADENCE, LENGTH

TODAY = date(2026, 1, 12)


@pytest.mark.parametrize("purpose", Purpose)
def test_every_template_is_one_the_form_would_take(purpose: Purpose) -> None:
    template = TEMPLATES[purpose]
    assert LENGTH[0] <= template.length_weeks <= LENGTH[1]
    assert CADENCE[0] <= template.cadence_weeks < template.length_weeks
    assert set(template.lessons) <= {lesson.number for lesson in lessons()}


@pytest.mark.parametrize("purpose", Purpose)
def test_every_template_has_its_words_and_they_fit_below_a_choice(purpose: Purpose) -> None:
    assert words.NAMES[purpose]
    assert len(words.LINES[purpose]) <= 75
    assert "{days}" in words.FIRST_STEPS[purpose]


def test_only_onboarding_takes_in_whoever_arrives() -> None:
    assert [purpose for purpose in Purpose if TEMPLATES[purpose].rounds is not Rounds.RELEASE] == [Purpose.ONBOARDING]


@pytest.mark.parametrize(
    ("chosen", "numbers"),
    [((), [1, 2, 3, 4, 5, 6]), ((3, 1), [3, 1]), ((6, 99, 6), [6]), ((99,), [1, 2, 3, 4, 5, 6])],
)
def test_lessons_stand_in_the_order_of_the_program(chosen: tuple[int, ...], numbers: list[int]) -> None:
    assert [lesson.number for lesson in in_order(lessons(), chosen)] == numbers


@pytest.mark.parametrize(
    ("join_by", "starts_on", "trouble"),
    [
        (None, None, {}),
        (TODAY, TODAY, {}),
        (TODAY - timedelta(1), None, {"join_by": DateTrouble.PAST}),
        (None, TODAY - timedelta(1), {"starts_on": DateTrouble.PAST}),
        (TODAY, TODAY + timedelta(367), {"starts_on": DateTrouble.TOO_FAR}),
        (TODAY + timedelta(2), TODAY + timedelta(1), {"join_by": DateTrouble.AFTER_START}),
        (date.min, date.max, {"join_by": DateTrouble.PAST, "starts_on": DateTrouble.TOO_FAR}),
    ],
)
def test_dates_lie_ahead_and_in_their_order(
    join_by: date | None, starts_on: date | None, trouble: dict[str, DateTrouble]
) -> None:
    assert trouble_with(join_by, starts_on, TODAY) == trouble


def test_dates_that_have_passed_since_they_were_chosen_may_stay() -> None:
    before = (TODAY - timedelta(9), TODAY - timedelta(5))
    assert trouble_with(*before, TODAY, before) == {}
    assert trouble_with(before[1], before[0], TODAY, before) == {
        "join_by": DateTrouble.PAST,
        "starts_on": DateTrouble.PAST,
    }


def test_a_round_begins_on_its_day_or_at_once_where_that_has_come() -> None:
    assert first_day(None, TODAY) == first_day(TODAY - timedelta(3), TODAY) == TODAY
    assert first_day(TODAY + timedelta(14), TODAY) == TODAY + timedelta(14)
    assert (days_to_meet(None, TODAY), days_to_meet(TODAY + timedelta(14), TODAY)) == (10, 24)
