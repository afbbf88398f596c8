"""Some weeks of a company in twelve countries, looked over by a calendar that shares no rule with the bot.

The services, the heartbeat, the sender and a Slack with bad days, all under one seed.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bench.year.__main__ import main, run
from bench.year.naive_calendar import Checker, Habits, Record
from bench.year.naive_consent import Consents, Seen, Word, last_moment, look_over_consent


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


BROKEN = [
    (Record(outside=1), [], "outside hours 1, over budget 0, unexplained 0"),
    (Record(over=2), ["--programs", "3"], "outside hours 0, over budget 2, unexplained 0, without consent 0"),
    (
        Record(without_consent=1),
        ["--programs", "3"],
        "outside hours 0, over budget 0, unexplained 0, without consent 1",
    ),
]


@pytest.mark.parametrize(("record", "wanted", "last"), BROKEN)
def test_a_broken_promise_is_an_exit_code(
    record: Record,
    wanted: list[str],
    last: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("bench.year.__main__.run", lambda *_: record)
    assert main(["--seed", "3", *wanted]) == 1
    assert "seed 3" in (said := capsys.readouterr().out)
    assert said.endswith(f"{last}\n")


def test_ten_weeks_of_three_programs_keep_budget_hours_and_consent_for_everyone() -> None:
    record = run(seed=7, count=45, weeks=10, programs=3)
    kept = "outside hours 0, over budget 0, unexplained 0, without consent 0"
    assert record.whole_verdict == kept, "seed 7:\n" + "\n".join(record.lines)
    assert record.delivered == "lost 0, doubled 0", "seed 7:\n" + "\n".join(record.lines)
    assert record.told_of > 30, "the channel heard of hardly anyone"
    assert record.weekly > 100


MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
FRIDAY = datetime(2026, 3, 6, 15, tzinfo=UTC)
ROUND_UP = Seen("C1", "round-up:program-1:2026-03-06", FRIDAY, "U001 thanks U002 for help number 0.5", asks=False)
SHOUTOUT = Seen("C1", "shoutout:milestone-4", FRIDAY, "U001 and U002 met for the first time", asks=False)


def named(seen: Seen, *words: Word, always: tuple[str, ...] = ()) -> list[str]:
    record = Record()
    consents = Consents({"help number 0.5": ("U001", "U002")}, [*words], always={*always})
    look_over_consent(consents, [seen], [], record)
    assert record.without_consent == len(record.lines)
    return [line.split()[2] for line in record.lines]


def said(user_id: str, about: str, at: datetime = MONDAY, *, yes: bool = True) -> Word:
    return Word(at, FRIDAY, user_id, about, yes)


def test_the_checker_of_consent_knows_who_said_yes_to_what_and_when() -> None:
    assert named(ROUND_UP) == ["U002"]
    assert named(ROUND_UP, said("U002", "help number 0.5")) == []
    assert named(ROUND_UP, said("U002", "help number 0.5", yes=False)) == ["U002"]
    assert named(ROUND_UP, said("U002", "help number 0.7")) == ["U002"]
    assert named(ROUND_UP, said("U002", "help number 0.5", FRIDAY + timedelta(hours=1))) == ["U002"], "said afterwards"
    assert named(ROUND_UP, always=("U002",)) == []


def test_the_checker_of_consent_wants_both_partners_word_and_none_after_its_friday() -> None:
    assert named(SHOUTOUT) == ["U001", "U002"]
    assert named(SHOUTOUT, said("U001", "milestone:4")) == ["U002"]
    assert named(SHOUTOUT, said("U001", "milestone:4"), said("U002", "milestone:5")) == ["U002"]
    assert named(SHOUTOUT, said("U001", "milestone:4"), said("U002", "milestone:4")) == []
    weeks_later = replace(SHOUTOUT, at=FRIDAY + timedelta(weeks=4))
    late = FRIDAY + timedelta(weeks=2)
    assert named(weeks_later, said("U001", "milestone:4"), said("U002", "milestone:4", late)) == ["U002"]


@pytest.mark.parametrize(
    ("channel", "text", "strangers"),
    [
        ("D-U001", "You and U002 met for the first time", 0),
        ("D-U002", "You and U003 met for the first time", 1),
        ("D-U001", "U003 would like to thank you for help number 0.5", 1),
        ("D-U002", "U001 would like to thank you for help number 0.5", 0),
        ("G-U001-U002", "U001, meet U002", 0),
        ("G-U001-U002", "U001 is stuck with U003", 1),
        ("D-UORG", "U001 and U003 are quiet", 0),
        ("D-U001", "You said: a secret of U001", 0),
        ("D-U002", "Your partner said: a secret of U001", 1),
        ("G-U001-U002", "One of you said: a secret of U001", 1),
        ("D-UORG", "They said: a secret of U001", 1),
    ],
)
def test_the_checker_of_consent_knows_who_may_hear_of_whom(channel: str, text: str, strangers: int) -> None:
    consents = Consents({"help number 0.5": ("U001", "U002")}, organizers={"UORG"})
    consents.pair(["U001", "U002"], MONDAY)
    record = Record()
    look_over_consent(consents, [], [Seen(channel, "some:1", FRIDAY, text, asks=False)], record)
    assert record.without_consent == strangers
    look_over_consent(consents, [], [Seen("D-U001", "some:2", MONDAY - timedelta(days=1), "meet U002", False)], record)
    assert record.without_consent == strangers + 1, "before they were paired"


@pytest.mark.parametrize(
    ("asked_at", "day", "until"),
    [
        ("2026-03-02", "Friday 6 March", "2026-03-06 15:00"),
        ("2026-07-06", "Friday 24 July", "2026-07-24 14:00"),
        ("2026-12-28", "Friday 8 January", "2027-01-08 15:00"),
    ],
)
def test_the_checker_of_consent_takes_a_question_at_its_word(asked_at: str, day: str, until: str) -> None:
    at = datetime.fromisoformat(asked_at).replace(tzinfo=UTC)
    question = Seen("D-U001", "kudos:9", at, f"OK to post? No answer by {day} means it stays private.", asks=True)
    assert last_moment(question) == datetime.fromisoformat(until).replace(tzinfo=UTC)


def test_the_checker_of_consent_knows_who_wants_to_hear_no_more_of_it() -> None:
    never = Consents(words=[Word(MONDAY, FRIDAY, "U001", "milestone:4", yes=False, never_again=True)])
    question = Seen("D-U001", "kudos:9", MONDAY + timedelta(hours=1), "OK to post?", asks=True)
    for consents, seen, count in (
        (never, question, 1),
        (never, replace(question, asks=False), 0),
        (never, replace(question, channel="D-U002"), 0),
        (never, replace(question, at=MONDAY), 0),
        (Consents(nothing={"U001"}), replace(question, asks=False), 1),
    ):
        record = Record()
        look_over_consent(consents, [], [seen], record)
        assert record.without_consent == count
        assert record.broken is bool(count)
