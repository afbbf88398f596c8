"""When an invitation is reminded of, and when it is over: in its reader's own working days."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import WorkingHours, is_working_time, local_date
from bot.domain.inviting import Asked, Step, asked, last_day, look_next, may_be_asked_again, remind_at, step

MONDAY = datetime(2026, 1, 12, 9, tzinfo=UTC)
LONDON = WorkingHours("Europe/London", place="GB")


def test_reminded_on_the_fifth_working_day_and_over_after_the_tenth() -> None:
    invitation = asked(MONDAY, LONDON)
    assert remind_at(invitation, LONDON) == datetime(2026, 1, 19, 10, tzinfo=UTC)
    assert invitation.lapses_at == datetime(2026, 1, 27, tzinfo=UTC)
    assert last_day(invitation.lapses_at, LONDON.timezone) == date(2026, 1, 26)


@pytest.mark.parametrize(
    ("moment", "wanted"),
    [
        (datetime(2026, 1, 19, 9, 59, tzinfo=UTC), Step.WAIT),
        (datetime(2026, 1, 19, 10, tzinfo=UTC), Step.REMIND),
        (datetime(2026, 1, 25, 23, 59, tzinfo=UTC), Step.REMIND),
        (datetime(2026, 1, 26, 0, tzinfo=UTC), Step.WAIT),
        (datetime(2026, 1, 27, 0, tzinfo=UTC), Step.LAPSE),
    ],
)
def test_what_is_to_be_done_at_each_moment(moment: datetime, wanted: Step) -> None:
    assert step(asked(MONDAY, LONDON), LONDON, moment, has_partner=False) is wanted


def test_whoever_has_a_weekly_message_already_is_not_reminded() -> None:
    moment = datetime(2026, 1, 20, 10, tzinfo=UTC)
    assert step(asked(MONDAY, LONDON), LONDON, moment, has_partner=True) is Step.WAIT


def test_holidays_are_no_days_to_answer_on() -> None:
    december = asked(datetime(2026, 12, 21, 9, tzinfo=UTC), LONDON)
    assert last_day(december.lapses_at, LONDON.timezone) == date(2027, 1, 7)


@pytest.mark.parametrize(
    ("join_by", "until"),
    [
        (date(2026, 1, 11), date(2026, 1, 26)),
        (date(2026, 1, 12), date(2026, 1, 12)),
        (date(2026, 1, 20), date(2026, 1, 20)),
        (date(2026, 1, 26), date(2026, 1, 26)),
        (date(2026, 2, 1), date(2026, 1, 26)),
    ],
)
def test_it_is_over_with_the_last_day_to_join_unless_that_has_passed(join_by: date, until: date) -> None:
    invitation = asked(MONDAY, LONDON, join_by)
    assert last_day(invitation.lapses_at, LONDON.timezone) == until
    reminded = look_next(invitation, LONDON, MONDAY) < invitation.lapses_at
    assert reminded is (until > date(2026, 1, 19)), "nobody is reminded on or after the last day"


def test_half_a_year_after_its_end_someone_may_be_asked_again() -> None:
    lapsed = datetime(2026, 1, 27, tzinfo=UTC)
    assert not may_be_asked_again(lapsed, lapsed + timedelta(weeks=26) - timedelta(seconds=1))
    assert may_be_asked_again(lapsed, lapsed + timedelta(weeks=26))


hours = st.builds(
    WorkingHours,
    st.sampled_from(["Europe/Lisbon", "Pacific/Auckland", "America/New_York", "Africa/Cairo"]),
    st.sampled_from([time(0), time(9)]),
    st.sampled_from([time(10), time(17)]),
    st.frozensets(st.integers(0, 6), min_size=1),
    st.sampled_from(["", "PT", "JP", "EG"]),
)


@given(hours, st.integers(0, 366 * 24), st.booleans(), st.integers(-3, 30))
def test_whoever_looks_when_told_to_reminds_at_most_once_and_always_ends(
    where: WorkingHours, since: int, has_partner: bool, days_to_join: int
) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=since)
    join_by = local_date(now, where.timezone) + timedelta(days=days_to_join)
    invitation, reminded = asked(now, where, join_by), 0
    in_time = local_date(remind_at(invitation, where), where.timezone) < last_day(invitation.lapses_at, where.timezone)
    for _ in range(4):
        now = look_next(invitation, where, now)
        match step(invitation, where, now, has_partner=has_partner):
            case Step.LAPSE:
                break
            case Step.REMIND:
                reminded += 1
                assert is_working_time(now, where)
                assert local_date(now, where.timezone) < last_day(invitation.lapses_at, where.timezone)
                invitation = Asked(invitation.at, invitation.lapses_at, reminded=True)
    assert step(invitation, where, now, has_partner=has_partner) is Step.LAPSE
    assert reminded == (0 if has_partner or not in_time else 1)
