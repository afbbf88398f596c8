"""Someone takes lessons: from the list, by number, one after the other."""

import pytest

from bot.content import learning as words
from tests.stories.eight import A_PROGRAM_IS_SET_UP, EIGHT_JOIN, Ana, Ben
from tests.stories.modal import open_modal, presses_there
from tests.stories.reading import words_of
from tests.stories.stage import Stage, play


@pytest.fixture
def eight(stage: Stage) -> Stage:
    stage.reset()
    play(stage, A_PROGRAM_IS_SET_UP + EIGHT_JOIN)
    return stage


def test_a_lesson_is_taken_and_leads_to_the_next(eight: Stage) -> None:
    play(
        eight,
        [
            Ben.types("/mentor learn"),
            Ben.sees("Six lessons of five minutes", "Begin with *What this is"),
            Ben.presses("Read"),
            Ben.sees("Take turns to open the meeting", "How it sounds", "Try today", "Your partner will ask"),
            Ben.submits(question_0="0", question_1="0", useful="4"),
            Ben.sees(":white_check_mark: *Your manager asks", ":bulb: *Your partner knows more", "Better: To ask"),
            presses_there(Ben, words.READ_NEXT),
            Ben.sees("Listening before advising", "count to three"),
            Ben.submits(question_0="1", question_1="2"),
            Ben.sees("When you have five minutes more: *Good questions"),
            Ben.closes(),
            Ben.types("/mentor learn"),
            Ben.sees("You have taken two of six lessons"),
        ],
    )


def test_an_answer_is_wanted_to_both_questions(eight: Stage) -> None:
    play(eight, [Ben.types("/mentor learn 2"), Ben.sees("Listening before advising")])
    form = open_modal(eight, Ben)
    optional = {block["block_id"]: block.get("optional", False) for block in form["blocks"] if block["type"] == "input"}
    assert optional == {"question_0": False, "question_1": False, "useful": True}


def test_a_lesson_that_is_not_there_is_refused(eight: Stage) -> None:
    play(eight, [Ben.types("/mentor learn 9"), Ben.sees("There are lessons 1 to 6")])


def test_the_organizer_reads_how_many_and_never_who(eight: Stage) -> None:
    play(eight, [Ben.types("/mentor learn 1"), Ben.submits(question_0="0", question_1="1"), Ben.closes()])
    play(eight, [Ana.types("/mentor admin"), Ana.sees("Lessons, of everyone so far: begun by 1, all taken by 0.")])
    assert not [m for m in eight.shown_to("U0ANA") if "Ben" in words_of(m)]
