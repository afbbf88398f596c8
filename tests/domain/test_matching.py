"""A whole round: legal, best, and the same for everyone's order. Oracles are brute force over every possibility."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.matching import (
    Barrier,
    Candidate,
    Caution,
    Explanation,
    Inputs,
    LeftoverReason,
    MatchPlan,
    Meeting,
    Rules,
    Weights,
    explain,
    inputs_from_json,
    inputs_to_json,
    plan,
    plan_from_json,
    plan_to_json,
)
from bot.domain.matching.scores import POINT

DAY = date(2026, 3, 10)
SKILLS = ("SQL", "giving feedback", "hiring", "public speaking", "Rust", "négociation")
ZONES = (None, "Europe/Lisbon", "Europe/Berlin", "America/New_York", "Asia/Tokyo", "Not/AZone")


def match(
    people: Sequence[Candidate], history: Sequence[Meeting] = (), rules: Rules | None = None, seed: int = 7
) -> MatchPlan:
    return plan(people, history, rules=rules or Rules(), weights=Weights(), on=DAY, seed=seed)


def groups(made: MatchPlan) -> set[tuple[str, ...]]:
    return {pair.members for pair in made.pairs}


def waiting(made: MatchPlan) -> dict[str, LeftoverReason]:
    return {left.id: left.reason for left in made.leftover}


def people(count: int) -> list[Candidate]:
    return [Candidate(f"U{number:03}") for number in range(count)]


def avoiding_all_but(ids: Sequence[str], allowed: set[frozenset[str]]) -> list[Candidate]:
    barred = {one: {other for other in ids if frozenset((one, other)) not in allowed} for one in ids}
    return [Candidate(one, avoid=frozenset(barred[one] - {one})) for one in ids]


# ---- against every possible choice


def most_placed(ids: tuple[str, ...], allowed: set[frozenset[str]]) -> int:
    """How many people pairs and trios can hold."""
    if not ids:
        return 0
    first, *rest = ids
    best = most_placed(tuple(rest), allowed)
    for size in (1, 2):
        for others in combinations(rest, size):
            if all(frozenset(tie) in allowed for tie in combinations((first, *others), 2)):
                left = tuple(one for one in rest if one not in others)
                best = max(best, size + 1 + most_placed(left, allowed))
    return best


@pytest.mark.parametrize("seed", range(120))
def test_nobody_waits_who_could_be_in_a_pair_or_a_trio(seed: int) -> None:
    chance = Random(seed)
    ids = [f"U{number}" for number in range(chance.randint(2, 8))]
    density = chance.choice([0.2, 0.35, 0.5, 0.7])
    allowed = {frozenset(tie) for tie in combinations(ids, 2) if chance.random() < density}
    made = match(avoiding_all_but(ids, allowed), seed=seed)
    assert len(ids) - len(made.leftover) == most_placed(tuple(ids), allowed)


def test_a_round_of_two_hundred_is_quick_enough_to_be_waited_for_and_leaves_nobody_out() -> None:
    chance = Random(1)
    roster = [
        replace(person, offers=tuple(chance.sample(SKILLS, 2)), asks=tuple(chance.sample(SKILLS, 2)))
        for person in people(201)
    ]
    made = match(roster)
    assert not made.leftover
    assert sorted(len(pair.members) for pair in made.pairs) == [2] * 99 + [3]


# ---- what always holds

phrases = st.lists(st.sampled_from(SKILLS) | st.text(max_size=8), max_size=3).map(tuple)
candidates = st.builds(
    Candidate,
    id=st.sampled_from([f"U{number}" for number in range(9)]),
    offers=phrases,
    asks=phrases,
    goals=phrases,
    style=st.dictionaries(st.sampled_from(["planning", "feedback", "thinking", "rhythm"]), st.sampled_from("ab")),
    department=st.none() | st.sampled_from(["Sales", "sales ", "Design"]),
    level=st.none() | st.integers(1, 5),
    manager=st.none() | st.sampled_from(["U0", "U1", "U2", "UBOSS"]),
    timezone=st.sampled_from(ZONES),
    hours=st.none() | st.tuples(st.integers(0, 1440), st.integers(0, 1440)),
    avoid=st.frozensets(st.sampled_from(["U0", "U1", "U2", "U3"]), max_size=2),
    left_out=st.integers(0, 3),
)
rosters = st.lists(candidates, max_size=9, unique_by=lambda person: person.id)
histories = st.lists(
    st.builds(
        Meeting,
        members=st.lists(st.sampled_from(["U0", "U1", "U2", "U3"]), min_size=2, max_size=3, unique=True).map(tuple),
        on=st.dates(DAY - timedelta(days=400), DAY),
    ),
    max_size=3,
)


@given(rosters, histories, st.integers(0, 3))
def test_whatever_the_roster_a_plan_is_legal_complete_and_survives_storage(
    roster: list[Candidate], history: list[Meeting], seed: int
) -> None:
    inputs = Inputs(tuple(roster), tuple(history), Rules(managers={"UBOSS": "U3"}), Weights(), DAY, seed)
    made = inputs.plan()
    placed = [member for pair in made.pairs for member in pair.members]
    assert sorted([*placed, *waiting(made)]) == sorted(person.id for person in roster)
    by_id = {person.id: person for person in roster}
    for pair in made.pairs:
        assert 0 <= pair.score == sum(vars(pair.parts).values()) <= 100 * POINT
        for one, other in combinations(pair.members, 2):
            assert_legal(by_id[one], by_id[other], history)
    assert made.total == sum(pair.score for pair in made.pairs) <= made.bound
    assert plan_from_json(json.loads(json.dumps(plan_to_json(made)))) == made
    assert inputs_from_json(json.loads(json.dumps(inputs_to_json(inputs)))) == inputs


def assert_legal(one: Candidate, other: Candidate, history: Sequence[Meeting]) -> None:
    assert one.id not in other.avoid
    assert other.id not in one.avoid
    assert one.manager != other.id != one.id != other.manager
    recent = [meeting for meeting in history if meeting.on > DAY - timedelta(weeks=26)]
    assert not any({one.id, other.id} <= set(meeting.members) for meeting in recent)


@given(rosters, histories, st.integers(0, 3), st.randoms())
def test_the_order_of_the_roster_and_of_the_history_has_no_say(
    roster: list[Candidate], history: list[Meeting], seed: int, chance: Random
) -> None:
    shuffled, met = chance.sample(roster, len(roster)), chance.sample(history, len(history))
    stored = [plan_to_json(match(*given, seed=seed)) for given in ((roster, history), (shuffled, met))]
    assert json.dumps(stored[0]) == json.dumps(stored[1])


@given(candidates, candidates, histories)
def test_two_people_explain_each_other_alike(one: Candidate, other: Candidate, history: list[Meeting]) -> None:
    roster = [replace(one, id="U0"), replace(other, id="U1")]
    there, back = (
        explain(*order, roster, history, rules=Rules(), weights=Weights(), on=DAY)
        for order in (("U0", "U1"), ("U1", "U0"))
    )
    assert there == back
    assert (there.pair is None) is (there.told is not None)


def test_the_seed_alone_decides_between_equals() -> None:
    plans = {seed: groups(match(people(6), seed=seed)) for seed in range(20)}
    assert len({frozenset(made) for made in plans.values()}) > 1
    assert plans[3] == groups(match(people(6), seed=3))


# ---- numbers of people


def test_an_empty_round_is_an_empty_plan() -> None:
    assert match([]) == MatchPlan((), (), 0, 0, 7)


def test_a_single_person_waits_and_is_told_that_nobody_was_there() -> None:
    assert waiting(match(people(1))) == {"U000": LeftoverReason.NOBODY_ALLOWED}


def test_two_people_are_a_pair_and_three_a_trio() -> None:
    assert groups(match(people(2))) == {("U000", "U001")}
    assert groups(match(people(3))) == {("U000", "U001", "U002")}


def test_two_candidates_with_one_id_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match="U000"):
        match([*people(1), *people(1)])


def test_an_odd_one_joins_only_where_all_three_ties_are_allowed() -> None:
    ties = {frozenset(tie) for tie in (("A", "B"), ("B", "C"))}
    made = match(avoiding_all_but("ABC", ties))
    assert [len(pair.members) for pair in made.pairs] == [2]
    assert set(waiting(made).values()) == {LeftoverReason.NOBODY_FREE}


def test_who_could_only_be_third_makes_room_for_others_to_be_two() -> None:
    ties = {frozenset(tie) for tie in (("A", "B"), ("B", "C"), ("C", "A"), ("C", "D"), ("D", "E"))}
    assert groups(match(avoiding_all_but("ABCDE", ties))) == {("A", "B", "C"), ("D", "E")}


def test_whoever_was_left_out_comes_first_whatever_it_costs() -> None:
    ties = {frozenset(tie) for tie in (("A", "B"), ("B", "C"))}
    a, b, c = avoiding_all_but("ABC", ties)
    made = match([replace(a, offers=("SQL",)), replace(b, asks=("SQL",)), replace(c, left_out=1)])
    assert groups(made) == {("B", "C")}


def test_over_many_rounds_nobody_is_in_the_trio_twice_in_a_row() -> None:
    roster = people(13)
    for seed in range(12):
        made = match(roster, seed=seed)
        trio = next(pair.members for pair in made.pairs if len(pair.members) == 3)
        assert not any(person.left_out for person in roster if person.id in trio)
        roster = [replace(person, left_out=int(person.id in trio)) for person in roster]


# ---- rules


def test_when_everyone_avoids_everyone_all_wait_and_no_reason_tells_it() -> None:
    made = match(avoiding_all_but("ABCD", set()))
    assert not made.pairs
    assert set(waiting(made).values()) == {LeftoverReason.NOBODY_FREE}


def test_one_person_avoiding_is_enough_for_both() -> None:
    assert not match([Candidate("A"), Candidate("B", avoid=frozenset("A"))]).pairs


def test_nobody_is_paired_along_a_reporting_line_of_any_depth() -> None:
    line = [Candidate("A", manager="B"), Candidate("B", manager="C"), Candidate("C", manager="D"), Candidate("D")]
    assert set(waiting(match(line)).values()) == {LeftoverReason.NOBODY_ALLOWED}


def test_a_reporting_line_through_someone_who_takes_no_part_counts() -> None:
    ends = [Candidate("A", manager="BOSS"), Candidate("D")]
    assert match(ends).pairs
    assert not match(ends, rules=Rules(managers={"BOSS": "D"})).pairs


def test_managers_in_a_ring_end_the_walk_and_keep_the_ring_apart() -> None:
    ring = [Candidate("A", manager="B"), Candidate("B", manager="C"), Candidate("C", manager="A")]
    assert not match(ring).pairs
    assert groups(match([*ring, Candidate("D", manager="D")])) <= {("A", "D"), ("B", "D"), ("C", "D")}


@pytest.mark.parametrize(("days", "paired"), [(0, False), (181, False), (182, True), (400, True)])
def test_partners_meet_again_only_after_twenty_six_weeks(days: int, paired: bool) -> None:
    made = match(people(2), [Meeting(("U000", "U001"), DAY - timedelta(days=days))])
    assert bool(made.pairs) == paired
    assert not paired or Caution.PARTNERS_BEFORE in made.pairs[0].warnings


def test_all_three_of_a_trio_count_as_having_met() -> None:
    assert not match(people(3), [Meeting(("U000", "U001", "U002"), DAY)]).pairs


def test_a_veto_parts_two_and_a_lock_keeps_two() -> None:
    vetoed = match(people(2), rules=Rules(vetoes=frozenset({frozenset(("U000", "U001"))})))
    assert not vetoed.pairs
    for seed in range(5):
        made = match(people(6), rules=Rules(locks=(("U004", "U001"),)), seed=seed)
        assert [pair.members for pair in made.pairs if pair.locked] == [("U001", "U004")]


def test_a_lock_does_not_outweigh_a_rule_and_is_named_as_refused() -> None:
    roster = [Candidate("A", avoid=frozenset("B")), Candidate("B"), Candidate("C"), Candidate("D")]
    made = match(roster, rules=Rules(locks=(("A", "B"), ("C", "NOBODY"), ("C", "D"), ("D", "A"))))
    assert made.refused_locks == (("A", "B"), ("C", "NOBODY"), ("A", "D"))
    assert groups(made) == {("C", "D")}


def test_who_shares_hours_with_nobody_is_told_so() -> None:
    zones = {"A": "Europe/Lisbon", "B": "Europe/Berlin", "T": "Asia/Tokyo"}
    made = match([Candidate(name, timezone=zone, hours=(540, 1020)) for name, zone in zones.items()])
    assert waiting(made) == {"T": LeftoverReason.NO_SHARED_HOURS}


# ---- explanations


MET = [Meeting(("A", "B"), DAY)]
TWO = [Candidate("A"), Candidate("B")]
RATHER_NOT = Rules(rather_not=frozenset({frozenset("AB")}))
IN_ONE_LINE = Rules(managers={"A": "X", "X": "Y", "Y": "B"})
LATE_PARTNERS = [*MET, Meeting(("A", "B", "C"), DAY - timedelta(weeks=25))]


@given(candidates, candidates, histories)
def test_whom_people_avoid_late_partners_and_a_line_over_several_steps_change_nothing_of_what_is_told(
    one: Candidate, other: Candidate, history: list[Meeting]
) -> None:
    two = [replace(person, id=name, manager=None, avoid=frozenset()) for person, name in ((one, "A"), (other, "B"))]
    free = why_not(two, history)
    a, b = two
    told = [
        why_not([replace(a, avoid=frozenset("B")), b], history),
        why_not([a, replace(b, avoid=frozenset("A"))], history),
        why_not(two, history, RATHER_NOT),
        why_not(two, [*history, *LATE_PARTNERS]),
        why_not(two, history, IN_ONE_LINE),
        why_not(two, history, Rules(managers={"B": "X", "X": "A"})),
        why_not(
            [replace(a, avoid=frozenset("B")), b],
            [*history, *LATE_PARTNERS],
            replace(IN_ONE_LINE, rather_not=RATHER_NOT.rather_not),
        ),
    ]
    assert told == [free] * len(told)
    assert (free.pair is None) is (free.told is not None)


def test_partners_of_longer_ago_are_told_as_in_the_preview() -> None:
    made = why_not(TWO, [Meeting(("A", "B"), DAY - timedelta(weeks=26))]).pair
    assert made is not None
    assert Caution.PARTNERS_BEFORE in made.warnings


EAST = Candidate("A", timezone="Asia/Tokyo", hours=(540, 1020))
WEST = Candidate("B", timezone="America/New_York", hours=(540, 1020))


@pytest.mark.parametrize(
    ("roster", "rules", "told"),
    [
        ([EAST, WEST], Rules(), Barrier.HOURS),
        ([EAST, WEST], Rules(managers={"A": "B"}), Barrier.HOURS),
        ([EAST, WEST], Rules(vetoes=frozenset({frozenset("AB")})), Barrier.VETOED),
        (TWO, Rules(vetoes=frozenset({frozenset("AB")})), Barrier.VETOED),
        (TWO, Rules(managers={"A": "B"}), Barrier.REPORTING_LINE),
        ([Candidate("A"), Candidate("B", manager="A")], Rules(), Barrier.REPORTING_LINE),
    ],
)
def test_what_is_told_is_told_whatever_else_there_is(roster: list[Candidate], rules: Rules, told: Barrier) -> None:
    alone = why_not(roster, rules=rules)
    assert alone.told is told
    one, other = roster
    private = replace(rules, rather_not=RATHER_NOT.rather_not)
    others = [
        why_not([replace(one, avoid=frozenset("B")), other], rules=rules),
        why_not([one, replace(other, avoid=frozenset("A"))], MET, rules),
        why_not(roster, rules=private),
    ]
    assert others == [alone] * 3


def test_too_few_hours_are_told_with_how_many_there_are() -> None:
    lisbon = Candidate("A", timezone="Europe/Lisbon", hours=(540, 1020))
    found = why_not([lisbon, Candidate("B", timezone="Europe/Lisbon", hours=(945, 1200))])
    assert (found.told, found.shared) == (Barrier.HOURS, 75)


def why_not(roster: Sequence[Candidate], history: Sequence[Meeting] = (), rules: Rules | None = None) -> Explanation:
    return explain("A", "B", roster, history, rules=rules or Rules(), weights=Weights(), on=DAY)
