"""Releasing a match: once, and only what the organizer saw."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from bot.content import refusals
from tests.stories.eight import A_MATCH_IS_RELEASED, A_PROGRAM_IS_SET_UP, EIGHT_JOIN, Ana, Ben, join
from tests.stories.stage import CHANNEL, Cast, Stage, play, press

Ines = Cast("U0INES")


@pytest.fixture
def eight(stage: Stage) -> Stage:
    """Eight who joined, in a fresh world."""
    stage.reset()
    play(stage, A_PROGRAM_IS_SET_UP + EIGHT_JOIN)
    return stage


def introductions(stage: Stage) -> list[str]:
    """The keys of all that bring people together."""
    return [row.key for row in stage.outbox() if row.key.startswith("introduction")]


def test_pressing_release_twice_releases_once(eight: Stage) -> None:
    play(eight, [Ana.types("/mentor admin match"), Ana.submits()])

    def release(_: int) -> dict[str, Any]:
        return eight.control.submit_view("U0ANA")

    with ThreadPoolExecutor(3) as fingers:
        list(fingers.map(release, range(3)))
    assert len(introductions(eight)) == 4
    play(eight, [Ana.closes(), Ana.types("/mentor admin match"), Ana.sees("needs two people who are free")])


def test_a_match_is_not_released_over_someone_who_joined_since(eight: Stage) -> None:
    play(eight, [Ana.types("/mentor admin match"), *join(Ines, offers=["calm"], asks=["SQL"])])
    play(eight, [Ana.submits(), Ana.submits(), Ana.sees(refusals.PREVIEW_STALE)])
    assert not introductions(eight)
    play(
        eight, [Ana.closes(), Ana.types("/mentor admin match"), Ana.sees("9 of 9 in 3 pairs and 1 trio"), Ana.closes()]
    )
    play(eight, A_MATCH_IS_RELEASED)
    assert len(introductions(eight)) == 4


def test_a_match_is_not_released_over_someone_who_went(eight: Stage) -> None:
    play(eight, [Ana.types("/mentor admin match")])
    eight.control.change_user("U0HUGO", deleted=True)
    play(eight, [Ana.submits(), Ana.submits(), Ana.sees("Hugo is no longer free", "Nothing was sent yet", "7 of 7")])
    assert not introductions(eight)


def test_a_match_is_not_released_over_someone_who_took_a_break_or_left(eight: Stage) -> None:
    play(eight, [Ana.types("/mentor admin match"), Ben.types("/mentor leave")])
    press(eight, "U0BEN", "Leave")
    play(eight, [Ana.submits(), Ana.submits(), Ana.sees("Ben is no longer free", "Nothing was sent yet")])
    play(eight, [Cast("U0DEV").types("/mentor pause 2w")])
    play(eight, [Ana.submits(), Ana.submits(), Ana.sees("Dev is no longer free", "6 of 6 in 3 pairs")])
    assert not introductions(eight)


def test_a_match_waits_when_the_bot_was_removed_from_its_channel(eight: Stage) -> None:
    play(eight, [Ana.types("/mentor admin match")])
    eight.control.remove(CHANNEL, eight.bot, by="U0ANA")
    play(eight, [Ana.sees("I can no longer post in #peer-mentoring")])
    play(eight, [Ana.submits(), Ana.submits(), Ana.sees("I am not in #peer-mentoring yet")])
    assert not introductions(eight)
