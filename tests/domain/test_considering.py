"""Whom each person is shown before a match, and until when they may answer."""

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.domain.cadence import WorkingHours
from bot.domain.considering import MOST_SHOWN, Possible, closes_at, mutual, possible_partners
from bot.domain.matching import Candidate, Inputs, MatchPlan, Meeting, Rules, Weights
from bot.domain.matching.sentences import Topic

MONDAY = date(2026, 1, 12)
SKILLS = [f"skill {number}" for number in range(12)]


def candidate(number: int) -> Candidate:
    dice = random.Random(number)
    return Candidate(
        f"U{number:03}",
        offers=tuple(dice.sample(SKILLS, 3)),
        asks=tuple(dice.sample(SKILLS, 3)),
        goals=("run a workshop",),
        style={"rhythm": "a"},
        department=dice.choice(["Design", "Sales", "IT"]),
        timezone="Europe/London",
        hours=(540, 1020),
    )


def inputs(count: int, **rules: object) -> Inputs:
    people = tuple(candidate(number) for number in range(count))
    return Inputs(people, (), Rules(**rules), Weights(), MONDAY, 1)  # type: ignore[arg-type]


def ids(shown: dict[str, tuple[Possible, ...]]) -> dict[str, set[str]]:
    return {person: {one.id for one in possible} for person, possible in shown.items()}


@pytest.mark.parametrize(
    ("asked", "closes"),
    [
        ("2026-01-12T10:00", "2026-01-15T17:00"),  # Monday: Thursday
        ("2026-01-14T10:00", "2026-01-19T17:00"),  # Wednesday: Monday
        ("2026-01-17T10:00", "2026-01-21T17:00"),  # Saturday: Wednesday
        ("2026-03-26T10:00", "2026-03-31T16:00"),  # over the change of clocks, which London makes on Sunday
        ("2026-04-02T10:00", "2026-04-09T16:00"),  # Thursday before Easter: neither Friday nor Monday counts
    ],
)
def test_people_have_three_working_days_until_five_in_the_program_s_zone(asked: str, closes: str) -> None:
    moment = datetime.fromisoformat(asked).replace(tzinfo=UTC)
    until = closes_at(moment, WorkingHours("Europe/London", place="GB-ENG"))
    assert until == datetime.fromisoformat(closes).replace(tzinfo=UTC)


@pytest.mark.parametrize("count", [4, 7, 8, 13, 40])
def test_nobody_is_ever_shown_whom_the_match_proposes(count: int) -> None:
    given = inputs(count)
    plan = given.plan()
    shown = ids(possible_partners(given, plan))
    for pair in plan.pairs:
        for member in pair.members:
            assert not shown[member] & set(pair.members)
    assert all(shown.values())


@pytest.mark.parametrize("count", [8, 13, 40])
def test_at_most_five_are_shown_and_at_most_half_of_those_one_could_meet(count: int) -> None:
    given = inputs(count)
    plan = given.plan()
    group = {member: len(pair.members) for pair in plan.pairs for member in pair.members}
    for person, shown in possible_partners(given, plan).items():
        assert len(shown) == min(MOST_SHOWN, (count - group[person]) // 2)


@pytest.mark.parametrize("private", ["avoid", "vetoes", "rather_not"])
def test_whom_a_rule_keeps_apart_is_not_shown_and_the_number_shown_does_not_tell(private: str) -> None:
    """The plan is held the same, so that only the rule differs."""
    given = inputs(12)
    plan = given.plan()
    before = possible_partners(given, plan)
    person = sorted(before)[0]
    other = before[person][0].id
    apart = frozenset({frozenset((person, other))})
    if private == "avoid":
        candidates = [replace(c, avoid=frozenset({person})) if c.id == other else c for c in given.candidates]
        ruled = replace(given, candidates=tuple(candidates))
    else:
        ruled = replace(given, rules=Rules(**{private: apart}))  # type: ignore[arg-type]
    after = possible_partners(ruled, plan)
    assert other not in ids(after)[person]
    assert person not in ids(after)[other]
    assert {who: len(shown) for who, shown in after.items()} == {who: len(shown) for who, shown in before.items()}


def test_public_rules_hold_too() -> None:
    given = inputs(8)
    boss = [replace(c, manager="U000") if c.id == "U001" else c for c in given.candidates]
    met = (Meeting(("U000", "U002"), date(2026, 1, 5)),)
    away = [replace(c, hours=(0, 300)) if c.id == "U003" else c for c in boss]
    shown = ids(possible_partners(replace(given, candidates=tuple(away), history=met), MatchPlan((), (), 0, 0, 1)))
    assert not shown["U000"] & {"U001", "U002", "U003"}
    assert shown["U003"] == set()


def test_the_roster_s_order_has_no_say_and_the_seed_does() -> None:
    given = inputs(30)
    plan = given.plan()
    turned = replace(given, candidates=given.candidates[::-1])
    assert possible_partners(turned, plan) == possible_partners(given, plan)
    alike = tuple(replace(given.candidates[0], id=c.id) for c in given.candidates)
    same = replace(given, candidates=alike)
    assert possible_partners(same, plan) != possible_partners(replace(same, seed=2), plan)


def test_the_popular_are_not_shown_to_everyone() -> None:
    """One who offers all that everybody asks for."""
    given = inputs(40)
    star = replace(given.candidates[0], offers=tuple(SKILLS))
    crowd = tuple(replace(c, offers=()) for c in given.candidates[1:])
    shown = ids(possible_partners(replace(given, candidates=(star, *crowd)), MatchPlan((), (), 0, 0, 1)))
    often = Counter(other for possible in shown.values() for other in possible)
    assert often["U000"] == MOST_SHOWN
    assert max(often.values()) <= 2 * MOST_SHOWN


def test_only_what_the_other_offers_is_told_never_what_they_ask_or_strive_for() -> None:
    given = inputs(20)
    topics = set()
    for person, shown in possible_partners(given, given.plan()).items():
        for one in shown:
            topics |= {clause.topic for clause in one.why}
            for clause in one.why:
                if clause.topic is Topic.HELP:
                    assert clause.people == (one.id, person)
    assert topics <= {Topic.HELP, Topic.DEPARTMENTS, Topic.NEW}
    assert Topic.HELP in topics


def test_a_large_round_is_sampled_and_still_gives_everyone_five() -> None:
    given = inputs(700)
    shown = possible_partners(given, MatchPlan((), (), 0, 0, 1))
    assert {len(possible) for possible in shown.values()} == {MOST_SHOWN}


@pytest.mark.parametrize(("count", "most"), [(0, 0), (1, 0), (2, 0), (3, 1)])
def test_where_nobody_can_be_shown_the_list_is_empty(count: int, most: int) -> None:
    given = inputs(count)
    shown = possible_partners(given, given.plan() if count != 3 else MatchPlan((), (), 0, 0, 1))
    assert [len(possible) for possible in shown.values()] == [most] * count


def test_only_who_suggested_each_other_belong_together_and_nobody_twice() -> None:
    said = [("A", "B"), ("B", "A"), ("A", "C"), ("C", "A"), ("D", "E"), ("F", "F")]
    assert mutual(said) == (("A", "B"),)
    assert mutual(reversed(said)) == (("A", "B"),)
    assert mutual([]) == ()
