"""What a message costs its reader."""

import typing
from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.budget import (
    COSTS,
    IMPORTANCE,
    Cost,
    Importance,
    OfADay,
    free_moment,
    on_days_of_their_own,
    week_name,
)
from bot.domain.cadence import WorkingHours, is_working_time, local_date, next_working_moment, week_of
from bot.domain.notices import Notice

MONDAY = datetime(2026, 1, 12, 9, tzinfo=UTC)
LISBON = WorkingHours("Europe/Lisbon", place="PT")


def test_every_notice_has_a_cost() -> None:
    kinds = {typing.get_args(typing.get_type_hints(notice)["kind"])[0] for notice in typing.get_args(Notice)}
    assert set(COSTS) == kinds


def test_questions_cost_the_week_and_what_others_do_the_day() -> None:
    assert COSTS["check_in_question"] is COSTS["weekly"] is Cost.WEEKLY
    assert COSTS["kudos_consent_asked"] is COSTS["pair_closed"] is COSTS["no_match"] is Cost.DAILY


def test_every_message_of_a_day_has_its_importance() -> None:
    assert set(IMPORTANCE) == {kind for kind, cost in COSTS.items() if cost is Cost.DAILY}
    assert IMPORTANCE["pair_closed"] < IMPORTANCE["pair_finished"] < IMPORTANCE["kudos_consent_asked"]


zones = st.sampled_from(["Europe/Lisbon", "Pacific/Auckland", "America/New_York", "Africa/Cairo"])
hours = st.builds(
    WorkingHours,
    zones,
    st.sampled_from([time(0), time(9)]),
    st.sampled_from([time(10), time(17)]),
    st.frozensets(st.integers(0, 6), min_size=1),
    st.sampled_from(["", "PT", "JP", "EG"]),
)


@given(hours, st.lists(st.integers(0, 3 * 24 * 60), min_size=1, max_size=40))
def test_however_many_others_do_at_once_a_reader_hears_once_a_day_in_order(
    hours: WorkingHours, minutes: list[int]
) -> None:
    now, said = MONDAY, list[datetime]()
    for gap in minutes:
        now += timedelta(minutes=gap)
        said.append(free_moment(now, hours, {local_date(moment, hours.timezone) for moment in said}))
    days = [local_date(moment, hours.timezone) for moment in said]
    assert len(set(days)) == len(days)
    assert days == sorted(days)
    assert all(is_working_time(moment, hours) for moment in said)


@given(hours, st.lists(st.tuples(st.sampled_from(Importance), st.integers(0, 9 * 24), st.booleans()), max_size=12))
def test_what_matters_more_goes_first_and_each_has_a_day_to_itself(
    hours: WorkingHours, waits: list[tuple[Importance, int, bool]]
) -> None:
    waiting = [
        OfADay(number, importance, MONDAY + timedelta(hours=later), under_way)
        for number, (importance, later, under_way) in enumerate(waits)
    ]
    taken = {local_date(MONDAY, hours.timezone)}
    moments = on_days_of_their_own(waiting, hours, taken)
    days = [local_date(moment, hours.timezone) for moment in moments.values()]
    assert len({*days, *taken}) == len(days) + 1
    assert all(moments[one.number] >= one.since and is_working_time(moments[one.number], hours) for one in waiting)
    for one in waiting:
        rivals = [other for other in waiting if _before(other, one)]
        free = free_moment(one.since, hours, taken | {local_date(moments[o.number], hours.timezone) for o in rivals})
        assert moments[one.number] == free, "nothing that matters less is in its way"
    anew = [OfADay(one.number, one.importance, moments[one.number], one.under_way) for one in waiting]
    assert on_days_of_their_own(anew, hours, taken) == moments, "planned anew, nothing moves"


def _before(other: OfADay, one: OfADay) -> bool:
    """Whether `other` has its place before `one` seeks one."""
    if other.under_way is not one.under_way:
        return other.under_way
    return (other.importance, other.number) < (one.importance, one.number)


@given(hours, st.integers(0, 400 * 24 * 60))
def test_the_first_of_a_day_waits_for_nothing_but_working_time(hours: WorkingHours, minutes: int) -> None:
    now = MONDAY + timedelta(minutes=minutes)
    assert free_moment(now, hours, ()) == next_working_moment(now, hours)


def test_a_second_message_waits_for_the_next_working_day() -> None:
    friday = datetime(2026, 4, 24, 15, tzinfo=UTC)
    assert free_moment(friday, LISBON, {friday.date()}) == datetime(2026, 4, 27, 8, tzinfo=UTC)


def test_weeks_have_names_that_turn_with_the_local_year() -> None:
    assert week_name(week_of(datetime(2026, 12, 31, tzinfo=UTC).date())) == "2026-W53"
    assert week_name(week_of(datetime(2027, 1, 4, tzinfo=UTC).date())) == "2027-W01"
