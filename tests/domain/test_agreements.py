"""What fits into an agreement, and two who write it at once."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.agreements import (
    NAMES,
    Agreement,
    Fault,
    Frame,
    MeetingPlace,
    differing,
    faults,
    goal_moves,
    halfway,
    marks,
    merge,
)
from bot.domain.goals import alike

TODAY, END = date(2026, 1, 13), date(2026, 4, 6)
FINE = Agreement(("a talk",), "every other week", 45, MeetingPlace.PHONE, "all of it", "", date(2026, 2, 23))
FIRST_TIME = Frame(None, TODAY, END)


@pytest.mark.parametrize(
    ("part", "wrong", "fault"),
    [
        ("goals", (), Fault.MISSING),
        ("goals", ("a", "b", "c", "d", "e", "f"), Fault.TOO_MANY),
        ("goals", ("x" * 10_000,), Fault.GOAL_TOO_LONG),
        ("meets", "", Fault.MISSING),
        ("meets", "x" * 10_000, Fault.TOO_LONG),
        ("minutes", None, Fault.OUT_OF_BOUNDS),
        ("minutes", 481, Fault.OUT_OF_BOUNDS),
        ("confidential", "", Fault.MISSING),
        ("confidential", "x" * 10_000, Fault.TOO_LONG),
        ("off_limits", "x" * 10_000, Fault.TOO_LONG),
        ("review_on", TODAY, Fault.PAST),
        ("review_on", TODAY - timedelta(days=1), Fault.PAST),
        ("review_on", END + timedelta(days=1), Fault.AFTER_THE_END),
    ],
)
def test_what_does_not_fit_is_named_by_its_part(part: str, wrong: Any, fault: Fault) -> None:
    assert faults(FINE, FIRST_TIME) == {}
    assert faults(replace(FINE, **{part: wrong}), FIRST_TIME) == {part: fault}


def test_all_that_is_wrong_is_named_at_once() -> None:
    empty = Agreement(minutes=None)
    assert set(faults(empty, FIRST_TIME)) == {"goals", "meets", "minutes", "confidential"}


def test_who_reached_every_goal_needs_no_other() -> None:
    assert faults(replace(FINE, goals=()), replace(FIRST_TIME, has_reached=True)) == {}


def test_a_review_day_that_has_come_may_stay_as_it_is() -> None:
    late = Frame(FINE, date(2026, 3, 1), END)
    assert faults(FINE, late) == {}
    assert faults(replace(FINE, review_on=date(2026, 2, 24)), late) == {"review_on": Fault.PAST}


def test_halfway_is_of_the_cycle_then_of_what_is_left_then_nothing() -> None:
    start = date(2026, 1, 12)
    assert halfway(start, END, TODAY) == date(2026, 2, 23)
    assert halfway(start, END, date(2026, 3, 9)) == date(2026, 3, 23)
    assert halfway(start, END, END) is None


# Two at once


def test_what_each_changed_alone_is_kept_of_both() -> None:
    typed, theirs = replace(FINE, off_limits="salaries"), replace(FINE, meets="every week")
    merged = merge(marks(FINE), typed, theirs)
    assert merged.agreed == replace(FINE, off_limits="salaries", meets="every week")
    assert merged.clashes == ()


def test_where_both_gave_other_words_the_second_keeps_theirs_and_is_told_of_the_first() -> None:
    typed, theirs = replace(FINE, meets="mondays", minutes=30), replace(FINE, meets="tuesdays", place=None)
    merged = merge(marks(FINE), typed, theirs)
    assert merged.agreed == replace(FINE, meets="mondays", minutes=30, place=None)
    assert merged.clashes == ("meets",)


def test_the_same_words_of_both_are_no_clash() -> None:
    both = replace(FINE, meets="mondays")
    assert merge(marks(FINE), both, both).clashes == ()


def test_a_form_without_marks_overwrites_nothing_unseen() -> None:
    other = Agreement(("x",), "y", 30, None, "z", "w", None)
    merged = merge({}, FINE, other)
    assert merged.clashes == NAMES


parts = st.sampled_from(["a", "b", "c"])
agreements = st.builds(
    Agreement,
    goals=st.lists(parts, max_size=3, unique=True).map(tuple),
    meets=parts,
    minutes=st.integers(5, 7),
    place=st.sampled_from([None, *MeetingPlace]),
    confidential=parts,
    off_limits=parts,
    review_on=st.sampled_from([None, TODAY, END]),
)


@given(shown=agreements, typed=agreements, now=agreements)
def test_nothing_anyone_wrote_is_lost_unseen(shown: Agreement, typed: Agreement, now: Agreement) -> None:
    merged = merge(marks(shown), typed, now)
    for part in NAMES:
        was, mine, theirs = (getattr(one, part) for one in (shown, typed, now))
        kept = getattr(merged.agreed, part)
        if part in merged.clashes:
            assert kept == mine
            assert len({was, mine, theirs}) == 3
        else:
            assert kept == (theirs if mine == was else mine)


def test_differing_is_in_the_order_of_the_form() -> None:
    other = replace(FINE, off_limits="x", goals=("b",), place=None)
    assert differing(FINE, other) == ("goals", "place", "off_limits")


# Goals as lines


def test_a_goal_whose_line_is_still_there_is_itself() -> None:
    moves = goal_moves(["learn SQL", "a talk"], ["A talk", "run a workshop", "write"])
    assert moves.reworded == {0: "run a workshop", 1: "A talk"}
    assert (moves.added, moves.left_out) == (("write",), ())


def test_a_line_that_was_left_out_lets_no_goal_go() -> None:
    assert goal_moves(["learn SQL", "a talk"], ["a talk"]).left_out == ("learn SQL",)


@given(before=st.lists(parts, max_size=3, unique=True), written=st.lists(parts, max_size=3, unique=True))
def test_carried_out_the_moves_make_the_lines(before: list[str], written: list[str]) -> None:
    moves = goal_moves(before, written)
    after = [moves.reworded.get(at, goal) for at, goal in enumerate(before)] + list(moves.added)
    assert {*after} - {*moves.left_out} == {*written}
    assert all(not alike(goal, line) for goal in moves.left_out for line in written)
