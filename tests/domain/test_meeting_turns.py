"""Partners take turns to drive, and a starter comes again only after all others."""

from hypothesis import given
from hypothesis import strategies as st

from bot.content import preparation
from bot.domain.meeting_turns import driver, one_of


def test_two_take_turns_and_so_do_three() -> None:
    assert [driver(["UANA", "UBEN"], held) for held in range(4)] == ["UANA", "UBEN", "UANA", "UBEN"]
    assert [driver(["UANA", "UBEN", "UCHLOE"], held) for held in range(4)] == ["UANA", "UBEN", "UCHLOE", "UANA"]


@given(st.lists(st.text(), min_size=1, unique=True), st.integers(0, 10_000))
def test_each_has_its_turn_before_one_comes_again(options: list[str], first: int) -> None:
    assert {one_of(options, first + turn) for turn in range(len(options))} == set(options)


def test_every_lesson_of_ours_has_starters_of_its_own() -> None:
    assert set(preparation.ABOUT_A_LESSON) == set(range(1, 7))
    everything = [one for lesson in preparation.ABOUT_A_LESSON.values() for one in lesson]
    assert len(set(everything)) == len(everything) == 18
