"""Two programs in two channels, and someone who is in both: one weekly message, each celebration in its own place."""

import pytest

from tests.stories.eight import Ana, Ben, Chloe, Femi
from tests.stories.stage import CHANNEL, GENERAL, Cast, Place, Stage, Step, play, skip

PEER, LEADERSHIP = "Peer mentoring", "Leadership"


def joins(person: Cast, program: str, offer: str, ask: str) -> list[Step]:
    return [person.types(f"/mentor join {program}"), person.submits(offers=[offer], asks=[ask]), person.closes()]


def is_released(program: str) -> list[Step]:
    return [
        Ana.types(f"/mentor admin match in {program}"),
        Ana.submits(),
        Ana.submits(),
        Ana.sees("Released"),
        Ana.closes(),
    ]


TWO_PROGRAMS = [
    Ana.sets_up(channel=CHANNEL),
    Ana.types("/invite @Mentor", CHANNEL),
    Ana.sets_up("/mentor admin setup new", name=LEADERSHIP, channel=GENERAL),
    Ana.types("/invite @Mentor", GENERAL),
    *joins(Chloe, PEER, "roadmaps", "SQL"),
    *joins(Femi, LEADERSHIP, "de-escalation", "SQL"),
    Ben.types("/mentor join"),
    Ben.sees("Which one would you like to join?"),
    Ben.presses(PEER),
    Ben.submits(offers=["SQL"], asks=["roadmaps"]),
    Ben.closes(),
    Ben.types("/mentor join"),
    Ben.presses(LEADERSHIP),
    Ben.sees("This is for Leadership"),
    Ben.submits(),
    Ben.closes(),
    *is_released(PEER),
    *is_released(LEADERSHIP),
]


@pytest.fixture
def both(stage: Stage) -> Stage:
    stage.reset()
    play(stage, TWO_PROGRAMS)
    return stage


def asked_about_both(stage: Stage) -> None:
    """One message to Ben with both questions, and no other that asks."""
    stage.settle()
    questions = [words for words in stage.unseen("U0BEN").values() if "How does it stand?" in words]
    assert len(questions) == 1, questions
    assert "Chloé" in questions[0]
    assert "Femi" in questions[0]


def test_one_weekly_message_asks_about_both(both: Stage) -> None:
    play(both, [skip("Tue 27 Jan 10:01", "Europe/London"), Step("Ben is asked about both", asked_about_both)])


def test_a_celebration_goes_to_the_channel_of_its_own_program(both: Stage) -> None:
    play(
        both,
        [
            skip("Tue 27 Jan 10:01", "Europe/London"),
            Femi.presses("We met"),
            (Ben + Femi).presses("Post it"),
            Place(GENERAL).hears("Ben and Femi have had their first meeting"),
            Place(CHANNEL).hears_nothing(),
        ],
    )


def test_who_leaves_one_program_stays_in_the_other(both: Stage) -> None:
    play(
        both,
        [
            Ben.types("/mentor leave"),
            Ben.sees("Which one would you like to leave?"),
            Ben.presses(LEADERSHIP, about="Which one would you like to leave?"),
            Ben.sees("You have left Leadership"),
            Femi.sees("plans have changed"),
            Chloe.sees_no("plans have changed"),
            skip("Tue 27 Jan 10:01", "Europe/London"),
            Ben.sees("How does it stand?", "Chloé"),
            Ben.types("/mentor"),
            Ben.sees("You are paired with Chloé"),
        ],
    )
