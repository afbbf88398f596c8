"""Some weeks of a company in twelve countries, looked over by a calendar that shares no rule with the bot.

The services, the heartbeat, the sender and a Slack with bad days, all under one seed.
"""

from datetime import UTC, date, datetime, time

import pytest

from bench.naive_calendar import Checker, Habits, Record
from bench.year import main, run


def test_eight_weeks_of_sixty_people_break_no_promise() -> None:
    record = run(seed=7, count=60, weeks=8)
    assert record.verdict == "outside hours 0, over budget 0, unexplained 0", "seed 7:\n" + "\n".join(record.lines)
    assert record.delivered == "lost 0, doubled 0", "seed 7:\n" + "\n".join(record.lines)
    assert record.sent > 200
    assert {"quiet_week", "paused", "partner_paused"} <= set(record.reasons)


def test_one_seed_is_one_and_the_same_year() -> None:
    first, again, other = (run(seed=seed, count=20, weeks=3).trace for seed in (3, 3, 4))
    assert first == again
    assert first != other
    assert len(first) > 20


LISBON = Habits(datetime(2026, 1, 1, tzinfo=UTC), "Europe/Lisbon", "PT", time(9), time(17))
CAIRO = Habits(datetime(2026, 3, 1, tzinfo=UTC), "Africa/Cairo", "EG", time(9), time(17))
CHECKER = Checker({"UANA": [LISBON, CAIRO]}, {}, [date(2026, 1, 19)])


@pytest.mark.parametrize(
    ("moment", "allowed"),
    [
        ("2026-01-13 09:00", True),
        ("2026-01-13 08:58", False),
        ("2026-01-13 17:30", False),
        ("2026-01-17 12:00", False),
        ("2026-01-20 12:00", False),
        ("2026-03-06 12:00", False),
        ("2026-03-08 12:00", True),
        ("2026-04-13 12:00", False),
    ],
)
def test_the_checker_knows_hours_weekends_holidays_quiet_weeks_and_moves(moment: str, allowed: bool) -> None:
    assert CHECKER.is_allowed("UANA", datetime.fromisoformat(moment).replace(tzinfo=UTC)) is allowed


def test_a_broken_promise_is_an_exit_code(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("bench.year.run", lambda seed, count, weeks: Record(outside=1, lines=["outside hours: x"]))
    assert main(["--seed", "3"]) == 1
    assert "seed 3" in (said := capsys.readouterr().out)
    assert said.endswith("outside hours 1, over budget 0, unexplained 0\n")
