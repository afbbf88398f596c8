"""The solver against two others on graphs of every kind, and the arrays against the definition, pair by pair."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations
from random import Random

import networkx
import numpy as np
import numpy.typing as npt
import pytest
import rustworkx

from bench.company import company
from bot.domain.enrollment import STYLES
from bot.domain.matching import Candidate, Meeting, Rules, Weights, plan
from bot.domain.matching.cohort import WALL, Cohort, Floats, Rows
from bot.domain.matching.rules import Round
from bot.domain.matching.scores import POINT, Scorer
from bot.domain.matching.solve import Matching, best_pairs

DAY = date(2026, 3, 10)
Scores = dict[tuple[int, int], int]
BEFORE_ALL = 10**6


class Listed:
    """Pairs from a list of scores."""

    def __init__(self, count: int, scores: Scores, seed: int = 7) -> None:
        self.count = count
        self.luck: npt.NDArray[np.uint32] = np.array(
            [Random(f"{seed} {at}").getrandbits(32) | 1 for at in range(count)], np.uint32
        )
        self._table = np.full((count, count), -WALL, np.float32)
        for (low, high), score in scores.items():
            self._table[low, high] = self._table[high, low] = score

    def scores(self, rows: Rows) -> Floats:
        return self._table[rows]


def graph(chance: Random, count: int) -> Scores:
    """A tree, odd cycles hung together, a complete graph, one with ties, one in parts, or a sparse one."""
    kind = chance.choice(["tree", "cycles", "complete", "ties", "parts", "sparse"])
    pairs: set[tuple[int, int]] = set()
    if kind == "tree":
        pairs = {(chance.randrange(at), at) for at in range(1, count)}
    elif kind == "cycles":
        at = 0
        while at < count:
            length = min(chance.choice([3, 5, 7]), count - at)
            pairs |= {(at + step, at + (step + 1) % length) for step in range(length)}
            pairs |= {(chance.randrange(at), at)} if at and chance.random() < 0.6 else set()
            at += length
    else:
        share = {"complete": 1, "ties": 0.7, "parts": 0.6, "sparse": 2 / count}[kind]
        pairs = {pair for pair in combinations(range(count), 2) if chance.random() < share}
        pairs = {(a, b) for a, b in pairs if kind != "parts" or a % 3 == b % 3}
    highest = chance.choice([(400, 800), (0, 4000)])
    scores = {(min(pair), max(pair)): 0 for pair in pairs if pair[0] != pair[1]}
    return {pair: chance.choice(highest) if kind == "ties" else chance.randint(0, 4000) for pair in scores}


def value(chosen: Sequence[tuple[int, int]], scores: Scores, left_out: Sequence[int]) -> int:
    """Who is matched before all, and more so whoever was left out; then the total."""
    return sum(scores[min(a, b), max(a, b)] + BEFORE_ALL * (2 + left_out[a] + left_out[b]) for a, b in chosen)


def solved(
    count: int, scores: Scores, left_out: Sequence[int], monkeypatch: pytest.MonkeyPatch, seed: int = 7
) -> Matching:
    monkeypatch.setattr("bot.domain.matching.solve.FLOOR_COST", -1.0)  # the floor has its own test
    return best_pairs(Listed(count, scores, seed), left_out)


@pytest.mark.parametrize("hundred", range(30))
def test_three_thousand_graphs_are_solved_as_well_as_by_two_others(
    hundred: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seed in range(100 * hundred, 100 * hundred + 100):
        chance = Random(seed)
        count = chance.randint(2, 24)
        scores, left_out = graph(chance, count), [chance.choice([0, 0, 0, 1, 2]) for _ in range(count)]
        found = solved(count, scores, left_out, monkeypatch, seed)
        best = value(found.pairs, scores, left_out)
        web: networkx.Graph[int] = networkx.Graph()
        web.add_weighted_edges_from((a, b, value([(a, b)], scores, left_out)) for a, b in scores)
        other = rustworkx.PyGraph()
        other.add_nodes_from(range(count))
        other.add_edges_from([(a, b, value([(a, b)], scores, left_out)) for a, b in scores])
        assert best == value(list(networkx.max_weight_matching(web)), scores, left_out), f"seed {seed}"
        assert best == value(list(rustworkx.max_weight_matching(other, weight_fn=int)), scores, left_out), (
            f"seed {seed}"
        )
        assert len(found.pairs) == len(networkx.max_weight_matching(web, maxcardinality=True)), f"seed {seed}"
        assert found.total == sum(scores[pair] for pair in found.pairs) <= found.bound, f"seed {seed}"
        assert sorted([*(end for pair in found.pairs for end in pair), *found.alone]) == list(range(count))


@pytest.mark.parametrize("seed", range(40))
def test_one_more_possible_pair_never_matches_fewer(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = Random(seed)
    count = chance.randint(4, 20)
    scores = graph(chance, count)
    missing = [pair for pair in combinations(range(count), 2) if pair not in scores]
    before = solved(count, scores, [0] * count, monkeypatch)
    for pair in chance.sample(missing, min(5, len(missing))):
        after = solved(count, scores | {pair: chance.randint(0, 4000)}, [0] * count, monkeypatch)
        assert len(after.pairs) >= len(before.pairs)


@pytest.mark.parametrize(("even", "chosen"), [(1996, {(0, 2), (1, 3)}), (1992, {(0, 1), (2, 3)})])
def test_a_bad_pair_is_avoided_where_it_costs_at_most_three_thousandths(
    even: int, chosen: set[tuple[int, int]]
) -> None:
    """A pair of 100 points and one of none, or two of almost 50."""
    found = best_pairs(Listed(4, {(0, 1): 4000, (2, 3): 0, (0, 2): even, (1, 3): even}), [0] * 4)
    assert set(found.pairs) == chosen


def candidates(count: int, seed: int = 7) -> list[Candidate]:
    return [
        Candidate(
            id=row["id"],
            offers=tuple(row["offers"]),
            asks=tuple(row["asks"]),
            goals=tuple(row["goals"]),
            style=row["style"],
            department=row["department"] if at % 7 else None,
            level=row["level"] if at % 5 else None,
            manager=row["manager"],
            timezone=row["timezone"] if at % 11 else None,
            hours=(60 * row["hours"][0], 60 * row["hours"][1]),
            avoid=frozenset({f"P{(at + 3) % count:05}"} if at % 4 == 0 else ()),
        )
        for at, row in enumerate(company(count, seed))
    ]


@pytest.mark.parametrize("dense", [256, 3])
@pytest.mark.parametrize("weights", [Weights(), Weights(10, 15, 20, 25, 30), Weights(0, 0, 0, 100, 0)])
def test_the_arrays_say_what_the_definition_says(dense: int, weights: Weights, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.domain.matching.cohort._DENSE", dense)
    people = candidates(70)
    history = [
        Meeting((people[at].id, people[at + 9].id), DAY - timedelta(weeks=weeks))
        for at, weeks in ((1, 3), (2, 90), (3, 40))
    ]
    rules = Rules(
        vetoes=frozenset({frozenset((people[5].id, people[6].id))}),
        rather_not=frozenset({frozenset((people[7].id, people[8].id)), frozenset((people[7].id, "NOBODY"))}),
        managers={"PX": people[1].id, people[40].id: "PX"},
    )
    this_round = Round(people, history, rules, DAY)
    scorer = Scorer(this_round, weights)
    cohort = Cohort(this_round, scorer, weights, this_round.people, seed=7)
    table = np.vstack([cohort.scores(np.array([at])) for at in range(cohort.count)])
    for a, b in combinations(range(cohort.count), 2):
        one, other = cohort.ids[a], cohort.ids[b]
        if this_round.barrier(one, other):
            assert table[a, b] < 0
        else:
            assert table[a, b] == scorer.parts((one, other)).score, (one, other)
        assert table[a, b] == table[b, a]
    assert (table.diagonal() < 0).all()


def test_twenty_four_cycles_of_two_hundred_and_one_leave_nobody_out_twice_in_a_row() -> None:
    people = candidates(201)
    people = [
        Candidate(**{**vars(person), "timezone": "Europe/Berlin", "manager": None, "avoid": frozenset()})
        for person in people
    ]
    history: list[Meeting] = []
    unlucky: set[str] = set()
    for cycle in range(24):
        on = DAY + timedelta(weeks=12 * cycle)
        roster = [Candidate(**{**vars(person), "left_out": int(person.id in unlucky)}) for person in people]
        made = plan(roster, history, rules=Rules(), weights=Weights(), on=on, seed=cycle)
        assert not made.leftover
        again = {member for pair in made.pairs if len(pair.members) == 3 for member in pair.members}
        assert not again & unlucky
        unlucky = again
        history += [Meeting(pair.members, on) for pair in made.pairs]


def test_five_thousand_who_have_said_the_same_are_all_matched() -> None:
    found = plan([Candidate(f"U{at}") for at in range(5000)], rules=Rules(), weights=Weights(), on=DAY, seed=7)
    assert len(found.pairs) == 2500
    assert found.total == found.bound == 2500 * 50 * POINT


def test_a_company_is_matched_to_the_proven_best_but_for_a_thousandth() -> None:
    made = plan(candidates(1000), rules=Rules(), weights=Weights(), on=DAY, seed=7)
    assert made.total >= 0.999 * made.bound
    assert len(made.leftover) <= 1
    assert set(STYLES)
