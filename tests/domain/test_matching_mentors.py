"""Mentors and mentees: room on both sides, one way only, against every possible choice."""

from dataclasses import replace
from datetime import date
from itertools import chain, combinations
from random import Random

import pytest

from bench.company import company
from bot.domain.matching import Candidate, LeftoverReason, MatchPlan, Mode, Role, Rules, Weights, plan
from bot.domain.matching.rules import Round
from bot.domain.matching.scores import POINT, Scorer
from bot.domain.matching.sentences import Audience, plain, reason

DAY = date(2026, 3, 10)
SKILLS = ("SQL", "hiring", "speaking", "Rust")


def match(people: list[Candidate], rules: Rules | None = None, weights: Weights | None = None) -> MatchPlan:
    weights = weights or Weights()
    return plan(people, rules=rules or Rules(), weights=weights, on=DAY, seed=7, mode=Mode.MENTORS)


def few(chance: Random) -> list[Candidate]:
    """Up to six people of every role, some of whom avoid each other."""
    ids = "ABCDEF"[: chance.randint(2, 6)]
    return [
        Candidate(
            one,
            offers=tuple(chance.sample(SKILLS, chance.randint(0, 2))),
            asks=tuple(chance.sample(SKILLS, chance.randint(0, 2))),
            level=chance.choice([None, 1, 2]),
            role=chance.choice(list(Role)),
            capacity=chance.choice([1, 1, 2]),
            avoid=frozenset(chance.sample(ids, chance.choice([0, 0, 1, 2]))),
            left_out=chance.choice([0, 0, 1]),
        )
        for one in ids
    ]


def ties(people: list[Candidate]) -> list[tuple[str, str]]:
    this_round = Round(people, (), Rules(), DAY)
    return [
        (mentor.id, mentee.id)
        for mentor in people
        for mentee in people
        if mentor is not mentee
        and mentor.role is not Role.MENTEE
        and mentee.role is not Role.MENTOR
        and this_round.barrier(mentor.id, mentee.id) is None
    ]


def legal(chosen: tuple[tuple[str, str], ...], people: list[Candidate]) -> bool:
    room = {person.id: person.capacity for person in people}
    for side in (0, 1):
        held = [pair[side] for pair in chosen]
        if any(held.count(one) > room[one] for one in held):
            return False
    return not any(pair[::-1] in chosen for pair in chosen)


@pytest.mark.parametrize("seed", range(150))
def test_no_other_choice_of_mentorships_is_better(seed: int) -> None:
    chance = Random(seed)
    people = few(chance)
    scorer = Scorer(Round(people, (), Rules(), DAY), Weights())
    waited = {person.id: 1 + person.left_out for person in people}

    def worth(chosen: tuple[tuple[str, str], ...]) -> tuple[int, int]:
        covered = {end for pair in chosen for end in pair}
        return sum(waited[one] for one in covered), sum(scorer.mentorship(*pair).score for pair in chosen)

    possible = chance.sample(ties(people), min(11, len(ties(people))))
    barred = set(ties(people)) - set(possible)
    rules = Rules(vetoes=frozenset(frozenset(pair) for pair in barred))
    possible = [pair for pair in possible if frozenset(pair) not in rules.vetoes]
    made = match(people, rules)
    chosen = tuple((pair.members[0], pair.members[1]) for pair in made.pairs)
    every = chain.from_iterable(combinations(possible, size) for size in range(len(possible) + 1))
    assert legal(chosen, people)
    assert worth(chosen) == max(worth(one) for one in every if legal(one, people))
    assert made.total == worth(chosen)[1] <= made.bound
    assert sorted({end for pair in chosen for end in pair} | {who.id for who in made.leftover}) == sorted(waited)


def test_the_arrays_say_what_the_definition_says_one_way() -> None:
    people = [replace(person, level=at % 4) for at, person in enumerate(candidates(60))]
    weights = Weights(30, 20, 20, 10, 20)
    made = match(people, weights=weights)
    scorer = Scorer(Round(people, (), Rules(), DAY), weights)
    assert made.total == sum(scorer.mentorship(*pair.members).score for pair in made.pairs) <= made.bound
    assert made.total >= 0.999 * made.bound


def candidates(count: int) -> list[Candidate]:
    return [
        Candidate(
            row["id"],
            tuple(row["offers"]),
            tuple(row["asks"]),
            tuple(row["goals"]),
            row["style"],
            row["department"],
            role=(Role.MENTOR, Role.MENTEE, Role.BOTH)[at % 3],
            capacity=1 + at % 2,
        )
        for at, row in enumerate(company(count))
    ]


def test_the_sentence_says_first_what_the_mentee_asked_for() -> None:
    ana = Candidate("Ana", offers=("SQL",), asks=("Rust",), role=Role.MENTOR)
    ben = Candidate("Ben", asks=("SQL",), offers=("Rust",), role=Role.MENTEE)
    (pair,) = match([ana, ben]).pairs
    assert pair.members == ("Ana", "Ben")
    names = {"Ana": "Ana", "Ben": "Ben"}
    assert plain(reason(pair.clauses, pair.members, names, Audience.ORGANIZER)).startswith(
        "Ana can help with *SQL*, which Ben asked for"
    )


def test_a_mentor_above_the_mentee_is_worth_the_weight_of_level() -> None:
    weights = Weights(0, 0, 0, 0, 100)
    for mentor, mentee, score in ((3, 2, 100), (2, 2, 50), (1, 2, 0), (None, 2, 50)):
        pair = [Candidate("A", level=mentor, role=Role.MENTOR), Candidate("B", level=mentee, role=Role.MENTEE)]
        assert match(pair, weights=weights).total == score * POINT


def test_two_of_one_side_wait_and_are_told_that_nobody_was_there() -> None:
    made = match([Candidate("A", role=Role.MENTEE), Candidate("B", role=Role.MENTEE)])
    assert [who.reason for who in made.leftover] == [LeftoverReason.NOBODY_ALLOWED] * 2
    assert match([]).pairs == ()


def test_a_lock_is_kept_whatever_it_costs() -> None:
    people = [
        Candidate("A", offers=("SQL",), role=Role.MENTOR),
        Candidate("B", asks=("SQL",), role=Role.MENTEE),
        Candidate("C", asks=("Rust",), role=Role.MENTEE),
    ]
    assert [pair.members for pair in match(people).pairs] == [("A", "B")]
    locked = match(people, Rules(locks=(("A", "C"), ("C", "B"))))
    assert [(pair.members, pair.locked) for pair in locked.pairs] == [(("A", "C"), True)]
