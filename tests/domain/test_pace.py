"""How fast the bot may speak."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain import pace
from bot.domain.pace import Rates

NOW = datetime(2026, 3, 31, 10, tzinfo=UTC)
SECOND = timedelta(seconds=1)
gaps = st.lists(st.integers(0, 3_000_000), min_size=1, max_size=60)


def test_idle_time_saves_up_one_burst_and_no_more() -> None:
    assert pace.room(None, NOW, 5, 20) == 20
    assert pace.room(NOW - timedelta(days=1), NOW, 5, 20) == 20


def test_what_was_used_is_free_again_at_the_rate() -> None:
    free = pace.used(None, NOW, 5, 20, 20)
    assert pace.room(free, NOW, 5, 20) == 0
    assert pace.room(free, NOW + SECOND, 5, 20) == 5


@given(gaps, st.floats(0.25, 10), st.integers(1, 25))
def test_no_stretch_of_time_holds_more_than_its_share_and_one_burst(gaps: list[int], rate: float, burst: int) -> None:
    now, free, went = NOW, None, 0
    for gap in gaps:
        now += timedelta(microseconds=gap)
        count = pace.room(free, now, rate, burst)
        free = pace.used(free, now, rate, burst, count)
        went += count
    assert went <= (now - NOW).total_seconds() * rate + burst + 1e-3


def test_a_clock_set_back_costs_a_burst_not_the_hour() -> None:
    free = pace.used(None, NOW + timedelta(hours=1), 5, 20, 20)
    assert pace.room(free, NOW, 5, 20) == 1
    free = pace.used(free, NOW, 5, 20, 1)
    assert [pace.room(free, NOW, 5, 20), pace.room(free, NOW + SECOND, 5, 20)] == [0, 5]


def test_the_rate_halves_at_once_and_grows_slowly_within_its_bounds() -> None:
    rates = Rates()
    assert pace.halved(5, rates) == 2.5
    assert pace.halved(0.3, rates) == rates.least
    assert pace.grown(2.5, NOW, NOW + timedelta(minutes=2), rates) == 3.5
    assert pace.grown(2.5, NOW, NOW + timedelta(days=1), rates) == rates.most
    assert pace.grown(2.5, NOW, NOW - timedelta(hours=1), rates) == 2.5


def test_a_silent_slack_is_asked_less_and_less_often() -> None:
    waits = [pace.next_probe(lost).total_seconds() for lost in range(3, 10)]
    assert waits == [15, 30, 60, 120, 240, 300, 300]
