"""Points from named parts, and the hours two people share."""

from datetime import date

import pytest

from bot.domain.enrollment import STYLES
from bot.domain.matching import Candidate, Caution, Meeting, PlannedPair, Rules, Weights, explain
from bot.domain.matching.hours import Overlap, Shift, overlap, windows
from bot.domain.matching.people import normal
from bot.domain.matching.scores import POINT, points

WINTER = date(2026, 1, 14)


def pair(one: Candidate, other: Candidate, weights: Weights | None = None, met: date | None = None) -> PlannedPair:
    history = [Meeting((one.id, other.id), met)] if met else []
    made = explain(one.id, other.id, [one, other], history, rules=Rules(), weights=weights or Weights(), on=WINTER)
    assert made.pair is not None
    return made.pair


def named(made: PlannedPair) -> dict[str, float]:
    """Points by part."""
    return {name: points(units) for name, units in vars(made.parts).items()}


def test_two_people_of_whom_nothing_is_known_score_half_and_that_is_no_bad_pair() -> None:
    strangers = pair(Candidate("A"), Candidate("B"))
    assert points(strangers.score) == 50
    assert strangers.warnings == (Caution.HOURS_UNKNOWN,)


@pytest.mark.parametrize(
    "known",
    [
        Candidate("A", offers=("hiring",)),
        Candidate("A", asks=("hiring",)),
        Candidate("A", goals=("hiring",)),
        Candidate("A", style={"rhythm": "a"}),
        Candidate("A", department="Sales", level=3, timezone="UTC", hours=(540, 600)),
    ],
    ids=lambda candidate: repr(candidate)[:80],
)
def test_what_only_one_has_said_is_neutral(known: Candidate) -> None:
    assert points(pair(known, Candidate("B")).score) == 50


def test_a_perfect_pair_has_a_hundred_points() -> None:
    style = {"planning": "a", "feedback": "b", "thinking": "a", "rhythm": "b"}
    a = Candidate("A", ("SQL",), ("Rust",), ("lead a team",), style, "Data")
    b = Candidate("B", ("rust",), ("sql",), ("Lead a team!",), style, "Sales")
    assert named(pair(a, b)) == {"complement": 40, "goals": 25, "style": 25, "new": 10, "level": 0}


def test_an_opposite_pair_has_none_and_is_pointed_out() -> None:
    a = Candidate("A", ("judo",), ("cooking",), ("painting",), dict.fromkeys(STYLES, "a"), "Data")
    b = Candidate("B", ("chess",), ("ballet",), ("dancing",), dict.fromkeys(STYLES, "b"), "data ")
    opposite = pair(a, b)
    assert opposite.score == 0
    assert {Caution.WEAK, Caution.SAME_DEPARTMENT} <= set(opposite.warnings)


def test_help_both_ways_counts_over_three_times_as_much_as_help_one_way() -> None:
    a = Candidate("A", offers=("SQL",), asks=("Rust",))
    one_way = pair(a, Candidate("B", offers=("judo",), asks=("SQL",)))
    both = pair(a, Candidate("B", offers=("Rust",), asks=("SQL",)))
    assert (named(one_way)["complement"], named(both)["complement"]) == (12, 40)


def test_partners_of_long_ago_are_no_new_connection() -> None:
    a, b = Candidate("A", department="X"), Candidate("B", department="Y")
    assert named(pair(a, b))["new"] == 10
    again = pair(a, b, met=date(2024, 1, 1))
    assert again.parts.new == 0
    assert Caution.PARTNERS_BEFORE in again.warnings


def test_goals_in_free_words_meet_in_the_words_that_tell() -> None:
    a = Candidate("A", goals=("I want to become better at leading remote teams",))
    assert named(pair(a, Candidate("B", goals=("leading a team",))))["goals"] == 25
    assert named(pair(a, Candidate("B", goals=("lead sales teams",))))["goals"] == 17.5
    assert named(pair(a, Candidate("B", goals=("I want to become better at knitting",))))["goals"] == 0


def test_weights_move_the_points_and_must_add_up() -> None:
    levels = Weights(complement=0, goals=0, style=0, new=0, level=100)
    assert pair(Candidate("A", level=3), Candidate("B", level=3), levels).score == 100 * POINT
    assert pair(Candidate("A", level=3), Candidate("B", level=4), levels).score == 50 * POINT
    assert pair(Candidate("A", level=3), Candidate("B", level=9), levels).score == 0 * POINT
    for wrong in ({"complement": 41}, {"complement": -5, "goals": 70}):
        with pytest.raises(ValueError, match="add up to 100"):
            Weights(**wrong)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Public speaking", "public-speaking", True),
        ("PUBLIC  Speaking.", "“public speaking”", True),
        ("Ｓｑｌ", "SQL", True),
        ("don't panic", "dont panic", True),
        ("Straße", "STRASSE", True),
        ("C++", "C#", False),
        ("C", "C++", False),
        ("हिन्दी", "हन्दी", False),
    ],
)
def test_skills_are_compared_in_one_spelling(one: str, other: str, same: bool) -> None:
    assert (normal(one) == normal(other)) == same


# ---- hours

LISBON, NEW_YORK = Shift("Europe/Lisbon", 540, 1020), Shift("America/New_York", 540, 1020)


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (date(2026, 1, 14), 3),  # both on winter time: five hours apart
        (date(2026, 3, 11), 4),  # New York has changed, Lisbon not yet
        (date(2026, 4, 1), 3),  # both on summer time
        (date(2026, 10, 28), 4),  # Lisbon is back, New York not yet
    ],
)
def test_shared_hours_follow_the_daylight_saving_of_that_week(day: date, hours: int) -> None:
    shared = overlap([LISBON, NEW_YORK], day)
    assert shared is not None
    assert shared.minutes == hours * 60
    assert shared.local == (("Europe/Lisbon", 1020 - hours * 60, 1020), ("America/New_York", 540, 540 + hours * 60))


def test_a_working_day_reaches_into_the_neighbours_day_across_the_date_line() -> None:
    # Thursday 08:00 in Auckland is Wednesday 11:00 in Los Angeles, in January
    shared = overlap([Shift("Pacific/Auckland", 480, 960), Shift("America/Los_Angeles", 600, 1140)], WINTER)
    assert shared == Overlap(480, (("Pacific/Auckland", 480, 960), ("America/Los_Angeles", 660, 1140)))


def test_hours_over_midnight_and_around_the_clock_are_real_hours() -> None:
    night, day = Shift("Europe/Lisbon", 1320, 360), Shift("Europe/Lisbon", 300, 780)
    assert overlap([night, day], WINTER) == Overlap(60, (("Europe/Lisbon", 300, 360), ("Europe/Lisbon", 300, 360)))
    assert overlap([Shift("UTC", 0, 1440), LISBON], WINTER) == Overlap(
        480, (("UTC", 540, 1020), ("Europe/Lisbon", 540, 1020))
    )


def test_a_working_week_is_monday_to_friday_where_the_person_is() -> None:
    monday = date(2026, 1, 12)
    assert windows(Shift("UTC", 0, 180), monday) == tuple((day * 1440, day * 1440 + 180) for day in range(5))
    assert windows(Shift("Pacific/Kiritimati", 0, 180), monday)[0] == (-840, -660)  # Sunday morning in UTC


def test_nothing_in_common_is_none_and_three_need_one_common_time() -> None:
    morning, noon, evening = (Shift("UTC", start, start + 240) for start in (360, 510, 660))
    assert overlap([morning, evening], WINTER) is None
    assert overlap([morning, noon, evening], WINTER) is None
    early = Candidate("A", timezone="UTC", hours=(0, 240))
    assert pair(early, Candidate("B", timezone="UTC", hours=(120, 480))).warnings == (Caution.FEW_SHARED_HOURS,)


def test_an_unknown_or_malformed_zone_stands_in_nobodys_way() -> None:
    for zone in ("Mars/Base", "America", "../etc/passwd", "", "x" * 300):
        assert pair(Candidate("A", timezone=zone, hours=(0, 60)), Candidate("B", timezone="UTC", hours=(600, 900)))
