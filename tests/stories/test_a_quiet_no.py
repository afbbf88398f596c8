"""One partner of three says no to a celebration: the others learn nothing of it, and their question still ends."""

from tests.stories.eight import A_MATCH_IS_RELEASED, A_PROGRAM_IS_SET_UP, Ana, Ben, Chloe, join
from tests.stories.stage import Stage, Step, at, play

THREE_ARE_PAIRED: list[Step] = [
    *A_PROGRAM_IS_SET_UP,
    *join(Ana, offers=["SQL"], asks=["giving feedback"]),
    *join(Ben, offers=["giving feedback"], asks=["roadmaps"]),
    *join(Chloe, offers=["roadmaps"], asks=["SQL"]),
    *A_MATCH_IS_RELEASED,
    (Ana + Ben + Chloe).sees("Why you three"),
]


def test_a_question_ends_on_its_friday_though_another_said_no(stage: Stage) -> None:
    stage.reset()
    play(stage, THREE_ARE_PAIRED)
    play(
        stage,
        [
            at("Mon 12 Jan 11:00"),
            Ana.types("we met"),
            Ana.sees("you, Ben and Chloé met"),
            (Ana + Ben + Chloe).sees("May I celebrate it"),
            Ana.presses("Keep it private"),
            Ana.sees("It stays between you"),
            (Ben + Chloe).sees_nothing(),
            at("Fri 16 Jan 23:59"),
            (Ben + Chloe).sees("had your first meeting", "it stayed between you"),
        ],
    )
