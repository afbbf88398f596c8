"""Small changes to a match: swaps that are allowed and say what they cost; mending that touches as little as it can."""

from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.exchanges import Group, Table
from bot.domain.matching import Candidate, Inputs, Rules, Weights


def inputs(people: str, *, apart: str = "", **skills: tuple[str, ...]) -> Inputs:
    """One candidate a letter; `apart` names pairs that are vetoed ("AB CD"); skills: what each asks for and offers."""
    candidates = tuple(Candidate(p, offers=skills.get(p, ()), asks=skills.get(p, ())) for p in people)
    vetoes = frozenset(frozenset(pair) for pair in apart.split())
    return Inputs(candidates, (), Rules(vetoes=vetoes), Weights(), date(2026, 1, 12), seed=1)


def groups(written: str) -> tuple[Group, ...]:
    """`AB CD` as groups."""
    return tuple(tuple(group) for group in written.split())


def written(made: tuple[Group, ...] | None) -> str | None:
    return None if made is None else " ".join(sorted("".join(group) for group in made))


def swaps(table: Table, group: str, others: str = "", waiting: str = "") -> list[str | None]:
    return [written(exchange.after) for exchange in table.exchanges(tuple(group), groups(others), waiting)]


def test_two_pairs_exchange_partners_in_both_ways() -> None:
    assert sorted(map(str, swaps(Table(inputs("ABCD")), "AB", "CD"))) == ["AC BD", "AD BC"]


def test_a_swap_that_a_rule_forbids_for_any_of_the_four_is_not_offered() -> None:
    assert swaps(Table(inputs("ABCD", apart="BD")), "AB", "CD") == ["AD BC"]
    assert swaps(Table(inputs("ABCD", apart="BD BC")), "AB", "CD") == []


def test_someone_who_waits_can_take_a_place_and_then_another_waits() -> None:
    assert sorted(map(str, swaps(Table(inputs("ABC")), "AB", waiting="C"))) == ["A BC", "AC B"]


def test_a_pair_and_a_trio_exchange_and_every_tie_of_the_trio_is_allowed() -> None:
    found = swaps(Table(inputs("ABCDE", apart="AD")), "AB", "CDE")
    assert all(len(str(one).split()) == 2 for one in found)
    assert found
    assert not any({"A", "D"} <= set(group) for one in found for group in str(one).split())


def test_the_best_swap_comes_first_and_says_what_the_total_gains() -> None:
    table = Table(inputs("ABCD", A=("SQL",), C=("SQL",), B=("law",), D=("law",)))
    best, *rest = table.exchanges(("A", "B"), [("C", "D")], ())
    assert written(best.after) == "AC BD"
    before = table.score(("A", "B")) + table.score(("C", "D"))
    assert best.gain == table.score(("A", "C")) + table.score(("B", "D")) - before > 0
    assert all(best.gain >= other.gain for other in rest)


def mended(people: str, kept: str, loose: str, waiting: str = "", apart: str = "", locked: str = "") -> str | None:
    return written(Table(inputs(people, apart=apart)).mended(groups(kept), loose, waiting, groups(locked)))


MENDING: dict[str, tuple[dict[str, str], str | None]] = {
    "nobody is loose": ({"people": "ABCD", "kept": "AB CD", "loose": ""}, "AB CD"),
    "two who lost their partners meet": ({"people": "ABCD", "kept": "AB", "loose": "CD"}, "AB CD"),
    "one who waits is found": ({"people": "ABCD", "kept": "AB", "loose": "C", "waiting": "D"}, "AB CD"),
    "two find two": ({"people": "ABCD", "kept": "", "loose": "AB", "waiting": "CD", "apart": "AB AD"}, "AC BD"),
    "one alone makes a trio": ({"people": "ABC", "kept": "AB", "loose": "C"}, "ABC"),
    "two apart open one other pair": ({"people": "ABCD", "kept": "CD", "loose": "AB", "apart": "AB AC"}, "AD BC"),
    "a trio is opened for one": ({"people": "ABCD", "kept": "BCD", "loose": "A", "apart": "AB AC"}, "AD BC"),
    "a lock holds": ({"people": "ABCD", "kept": "CD", "loose": "AB", "apart": "AB", "locked": "CD"}, None),
    "nothing helps": ({"people": "ABCD", "kept": "CD", "loose": "AB", "apart": "AB AC AD BC BD"}, None),
}


@pytest.mark.parametrize("case", MENDING)
def test_mending(case: str) -> None:
    given_case, expected = MENDING[case]
    assert mended(**given_case) == expected


def test_of_all_pairs_that_could_be_opened_the_one_that_costs_least_is() -> None:
    round_of_six = inputs("ABCDEF", apart="AB", C=("SQL",), D=("SQL",))
    made = Table(round_of_six).mended(groups("CD EF"), "AB", "")
    assert made is not None
    assert ("C", "D") in made


PEOPLE = "ABCDEFGH"
TIES = ["".join(tie) for tie in combinations(PEOPLE, 2)]


@settings(max_examples=150)
@given(apart=st.sets(st.sampled_from(TIES), max_size=20), odd=st.booleans())
def test_mending_seats_everyone_loose_in_allowed_groups_and_opens_one_pair_at_most(apart: set[str], odd: bool) -> None:
    kept, loose = groups("CD EF"), "G" if odd else "AB"
    allowed = set(apart) - {"CD", "EF"}
    table = Table(inputs(PEOPLE, apart=" ".join(sorted(allowed))))
    made = table.mended(kept, loose, "H")
    if made is None:
        return
    assert all(table.allowed(group) for group in made)
    assert {person for group in made for person in group} >= {*"CDEF", *loose}
    assert sum(map(len, made)) == len({person for group in made for person in group})
    assert len(set(kept) - set(made)) <= 1
