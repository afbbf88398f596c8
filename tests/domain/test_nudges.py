"""The week and the ladder: asked, asked again, keep or part, then silence; and where not asked, a reason."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import WorkingHours, is_working_time, local_date, week_of, zone
from bot.domain.nudges import RUNGS, Asked, Footing, Outlook, Verdict, Withheld, is_quiet, outlook

LISBON = WorkingHours("Europe/Lisbon", place="PT")
AUCKLAND = WorkingHours("Pacific/Auckland")
WEEK = timedelta(weeks=1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def asked(*days: str) -> list[Asked]:
    """Questions asked at ten in Lisbon's winter, which is UTC."""
    return [Asked(date.fromisoformat(day), utc(f"{day} 10:00")) for day in days]


def footing(ask_from: str, answered_at: str | None = None, *days: str) -> Footing:
    """A partner who was asked on `days`."""
    decided = max((week_of(date.fromisoformat(day)) for day in days), default=None)
    return Footing(utc(ask_from), utc(answered_at) if answered_at else None, asked(*days), decided)


def judged(footing: Footing, now: str, hours: WorkingHours = LISBON) -> Verdict:
    """The only week that is to be decided."""
    (verdict,) = outlook(footing, hours, utc(now)).verdicts
    return verdict


def test_the_first_question_comes_at_the_first_weekly_moment_once_the_meeting_is_due() -> None:
    before = outlook(footing("2026-01-15 00:00"), LISBON, utc("2026-01-14 12:00"))
    assert before == Outlook((), utc("2026-01-20 10:00"))
    verdict = judged(footing("2026-01-15 00:00"), "2026-01-20 10:00")
    assert verdict == Verdict(date(2026, 1, 19), utc("2026-01-20 10:00"), 1, utc("2026-01-20 10:00"))


@pytest.mark.parametrize(
    ("before", "step", "slot"),
    [
        (["2026-01-20"], 2, "2026-01-27 10:00"),
        (["2026-01-20", "2026-01-27"], 3, "2026-02-03 10:00"),
    ],
)
def test_silence_is_asked_again_a_week_on(before: list[str], step: int, slot: str) -> None:
    here = footing("2026-01-15 00:00", None, *before)
    assert outlook(here, LISBON, utc(f"{before[-1]} 10:01")) == Outlook((), utc(slot))
    assert (judged(here, slot).step, judged(here, slot).slot) == (step, utc(slot))


def test_after_the_third_question_there_is_silence() -> None:
    climbed = footing("2026-01-15 00:00", None, "2026-01-20", "2026-01-27", "2026-02-03")
    for weeks in range(20):
        assert outlook(climbed, LISBON, utc("2026-02-03 11:00") + weeks * WEEK) == Outlook((), None)


def test_an_answer_starts_the_ladder_anew() -> None:
    here = footing("2026-02-18 00:00", "2026-02-04 09:00", "2026-01-20", "2026-01-27", "2026-02-03")
    assert outlook(here, LISBON, utc("2026-02-04 09:00")) == Outlook((), utc("2026-02-24 10:00"))
    assert judged(here, "2026-02-24 10:00").step == 1


def test_a_question_after_the_last_answer_still_counts() -> None:
    here = footing("2026-02-18 00:00", "2026-01-21 09:00", "2026-01-20", "2026-02-24")
    assert judged(here, "2026-03-03 10:00").step == 2


def test_nobody_is_asked_twice_in_a_week_however_fast_the_answer_came() -> None:
    here = footing("2026-01-20 00:00", "2026-01-20 10:00:30", "2026-01-20")
    assert outlook(here, LISBON, utc("2026-01-20 10:01")) == Outlook((), utc("2026-01-27 10:00"))


@pytest.mark.parametrize(
    ("now", "moment", "late"),
    [
        ("2026-01-20 10:00", "2026-01-20 10:00", False),
        ("2026-01-20 10:59", "2026-01-20 10:59", False),
        ("2026-01-20 12:00", "2026-01-20 12:00", True),
        ("2026-01-20 18:00", "2026-01-21 09:00", True),
        ("2026-01-23 12:00", "2026-01-23 12:00", True),  # after three days of silence
    ],
)
def test_a_moment_missed_is_made_up_for_in_working_time_of_its_week(now: str, moment: str, late: bool) -> None:
    verdict = judged(footing("2026-01-15 00:00"), now)
    assert (verdict.slot, verdict.moment, verdict.late) == (utc("2026-01-20 10:00"), utc(moment), late)
    assert verdict.withheld is None


def test_weeks_of_silence_are_one_question_and_a_reason_for_each_that_is_lost() -> None:
    verdicts = outlook(footing("2026-01-15 00:00"), LISBON, utc("2026-02-05 12:00")).verdicts
    assert [(f"{v.week}", v.withheld) for v in verdicts] == [
        ("2026-01-19", Withheld.BOT_AWAY),
        ("2026-01-26", Withheld.BOT_AWAY),
        ("2026-02-02", None),
    ]
    assert {verdict.step for verdict in verdicts} == {1}, "who was not asked has climbed nothing"


def test_the_friday_evening_after_a_silent_week_is_too_late() -> None:
    assert judged(footing("2026-01-15 00:00"), "2026-01-23 17:00").withheld is Withheld.BOT_AWAY


REASONS = [
    ({"paused": True}, Withheld.PAUSED),
    ({"partner_paused": True}, Withheld.PARTNER_PAUSED),
    ({"quiet": frozenset({date(2026, 1, 19)})}, Withheld.QUIET_WEEK),
    ({"quiet": frozenset({date(2026, 1, 26)})}, None),
]


@pytest.mark.parametrize(("more", "reason"), REASONS)
def test_a_week_without_its_question_has_a_reason(more: dict[str, bool], reason: Withheld | None) -> None:
    assert judged(replace(footing("2026-01-15 00:00"), **more), "2026-01-20 10:00").withheld is reason  # type: ignore[arg-type]


def test_a_tuesday_that_is_a_holiday_moves_to_the_next_working_day() -> None:
    after_the_eighth_of_december = judged(footing("2026-12-03 00:00"), "2026-12-09 10:00")
    assert after_the_eighth_of_december.slot == utc("2026-12-09 10:00")
    assert not after_the_eighth_of_december.late


def test_a_week_without_a_working_day_from_tuesday_on_is_skipped_with_that_reason() -> None:
    mondays_and_tuesdays = replace(LISBON, weekdays=frozenset({0, 1}))
    verdict = judged(footing("2026-12-02 00:00"), "2026-12-08 10:00", mondays_and_tuesdays)
    assert verdict.withheld is Withheld.NO_WORKING_DAY


def test_who_works_on_mondays_alone_hears_of_it_on_monday() -> None:
    verdict = judged(footing("2026-01-13 00:00"), "2026-01-19 10:00", replace(LISBON, weekdays=frozenset({0})))
    assert (verdict.slot, verdict.withheld) == (utc("2026-01-19 10:00"), None)


def test_the_week_is_the_person_s_own() -> None:
    verdict = judged(footing("2026-01-15 00:00"), "2026-01-19 21:00", AUCKLAND)
    assert (verdict.slot, verdict.week) == (utc("2026-01-19 21:00"), date(2026, 1, 19))


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


# Whatever happens


zones = st.sampled_from(
    ["Europe/Lisbon", "Pacific/Auckland", "America/New_York", "Asia/Kathmandu", "Africa/Cairo", "Pacific/Apia"]
)
days = st.frozensets(st.integers(0, 6), min_size=1)
hours = st.builds(
    WorkingHours,
    zones,
    st.sampled_from([time(0), time(7), time(9)]),
    st.sampled_from([time(10), time(17), time(23, 30)]),
    days,
    st.sampled_from(["", "PT", "JP", "EG", "US"]),
)
mondays = st.integers(0, 40).map(lambda number: date(2026, 1, 26) + number * WEEK)


class Life:
    """One partner through a year, whose questions are asked as the outlook says."""

    def __init__(self, hours: WorkingHours, footing: Footing) -> None:
        self.hours, self.footing = hours, footing
        self.verdicts: list[Verdict] = []

    def look(self, now: datetime) -> None:
        seen = outlook(self.footing, self.hours, now)
        assert seen.look_at is None or seen.look_at > now
        for verdict in seen.verdicts:
            self.verdicts.append(verdict)
            on = local_date(verdict.slot, self.hours.timezone)
            more = [Asked(on, now)] if verdict.withheld is None else []
            self.footing = replace(self.footing, decided=verdict.week, asked=[*self.footing.asked, *more])
        assert outlook(self.footing, self.hours, now).verdicts == (), "looking twice decides nothing twice"

    def answer(self, now: datetime) -> None:
        self.footing = replace(self.footing, answered_at=now, ask_from=now + 2 * WEEK)

    @property
    def questions(self) -> list[Verdict]:
        return [verdict for verdict in self.verdicts if verdict.withheld is None]


@given(
    hours,
    st.frozensets(mondays, max_size=6),
    st.integers(0, 60),
    st.lists(st.tuples(st.integers(1, 60 * 24 * 12), st.integers(0, 9)), min_size=60, max_size=60),
)
def test_whatever_the_ticks_the_answers_and_the_breaks_a_week_has_one_question_or_one_reason(
    hours: WorkingHours, quiet: frozenset[date], start_day: int, steps: list[tuple[int, int]]
) -> None:
    now = utc("2026-02-01 00:00") + timedelta(days=start_day)
    life = Life(hours, Footing(now, quiet=quiet))
    for minutes, what in steps:
        now += timedelta(minutes=minutes)
        life.look(now)
        if what == 0:
            life.answer(now)
        life.footing = replace(life.footing, paused=what == 1, partner_paused=what == 2)
    weeks = [verdict.week for verdict in life.verdicts]
    assert weeks == sorted(set(weeks)), "each week is decided once, in order"
    for verdict in life.questions:
        assert is_working_time(verdict.moment, hours)
        assert week_of(local_date(verdict.moment, hours.timezone)) == verdict.week
        assert verdict.week not in quiet
        assert 1 <= verdict.step <= RUNGS


@given(hours, st.integers(0, 60), st.lists(st.integers(1, 60 * 24 * 3), min_size=60, max_size=60))
def test_whoever_never_answers_is_asked_three_times_and_never_again(
    hours: WorkingHours, start_day: int, minutes: list[int]
) -> None:
    now = utc("2026-02-01 00:00") + timedelta(days=start_day)
    life = Life(hours, Footing(now))
    for step in minutes:
        now += timedelta(minutes=step)
        life.look(now)
    assert [question.step for question in life.questions] == list(range(1, len(life.questions) + 1))
    assert len(life.questions) <= RUNGS


@given(hours, st.integers(0, 360), st.lists(st.integers(1, 60 * 24 * 9), max_size=12))
def test_looking_often_or_seldom_asks_in_the_same_weeks_where_nothing_is_missed(
    hours: WorkingHours, start_day: int, extra: list[int]
) -> None:
    """Extra ticks change nothing: what counts is that the moments `look_at` names are looked at."""
    start = utc("2026-02-01 00:00") + timedelta(days=start_day)
    seldom, often = Life(hours, Footing(start)), Life(hours, Footing(start))
    at_their_moments(seldom, start, [])
    at_their_moments(often, start, [start + timedelta(minutes=minutes) for minutes in extra])
    assert seldom.verdicts == often.verdicts


def at_their_moments(life: Life, start: datetime, extra: list[datetime]) -> None:
    """Twelve weeks of leaps from moment to moment, and the extra looks between them."""
    now, end, waiting = start, start + 12 * WEEK, sorted(extra)
    while now < end:
        life.look(now)
        due = outlook(life.footing, life.hours, now).look_at or end
        while waiting and waiting[0] <= now:
            waiting.pop(0)
        now = min(due, waiting[0]) if waiting else due


# 400 days, wherever the clocks change

CHANGING = (
    *("Europe/Lisbon", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Cairo"),
    *("Asia/Kathmandu", "Pacific/Auckland"),
)
STARTS = [time(hour, minute) for hour in (0, 1, 2, 8, 9, 22) for minute in (0, 15, 30)]


@pytest.mark.parametrize("timezone", CHANGING)
@pytest.mark.parametrize("weekday", range(7))
def test_400_days_have_one_question_a_week_at_the_same_local_time(timezone: str, weekday: int) -> None:
    """Each weekday as the only working day, each class of minute as the start of work; the ladder never ends here."""
    for start in STARTS:
        hours = WorkingHours(timezone, start, time(start.hour + 1, 45), frozenset({weekday}))
        wanted = max(start, min(time(10), time(start.hour + 1, 15)))
        asked_on: list[date] = []
        life = Life(hours, Footing(utc("2026-01-05 00:00")))
        now = utc("2026-01-05 00:00")
        while now < utc("2026-01-05 00:00") + timedelta(days=400):
            life.look(now)
            life.footing = replace(life.footing, asked=())
            now = outlook(life.footing, hours, now).look_at or now + WEEK
        for question in life.questions:
            local = question.moment.astimezone(zone(timezone))
            asked_on.append(local.date())
            if clocks_stand_still(question.moment, timezone):
                assert (local.time(), local.weekday()) == (wanted, weekday)
        assert len(set(asked_on)) == len(asked_on), "one a local date"
        assert len(asked_on) >= 400 // 7 - 2


def clocks_stand_still(moment: datetime, timezone: str) -> bool:
    around = {(moment + timedelta(hours=h)).astimezone(zone(timezone)).utcoffset() for h in (-24, 0, 24)}
    return len(around) == 1
