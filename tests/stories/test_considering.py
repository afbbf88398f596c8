"""Asked before a match, in a real Slack of the sandbox: asked, answered, closed, matched; a restart between."""

from tests.stories.eight import A_PROGRAM_IS_SET_UP, ALL, EIGHT_JOIN, Ana, Ben, Chloe, Dev, Eva, Hugo
from tests.stories.reading import words_of
from tests.stories.stage import Cast, Stage, Step, at, play, press, skip
from tests.stories.test_restart import build_anew, said

IN_EUROPE = Cast(*(user for user in ALL.users if user != "U0HUGO"))

PEOPLE_ARE_ASKED_FIRST = [
    *A_PROGRAM_IS_SET_UP,
    *EIGHT_JOIN,
    Ana.sets_up(asks_first="Ask people first (three working days)"),
    Ana.types("/mentor admin match"),
    Ana.sees("Ask people first?", "This sends 8 messages", "Skip and match"),
    Ana.submits(),
    Ana.sees("Asked: 8 messages"),
    Ana.closes(),
]


def sees_the_question(person: Cast) -> Step:
    return person.sees("Your next match is near", "Rather not", "Suggest someone", "That's fine")


def test_people_are_asked_answer_and_are_matched_and_nobody_learns_what_they_said(stage: Stage) -> None:
    play(
        stage,
        [
            *PEOPLE_ARE_ASKED_FIRST,
            sees_the_question(IN_EUROPE),
            Hugo.sees_nothing(),
            Ben.presses("Rather not"),
            Ben.sees("Noted, Ben", "you would rather not, this time", "Undo"),
            Chloe.presses("That's fine"),
            Chloe.sees("Noted, Chloé"),
            Dev.presses("Suggest someone"),
            Dev.submits(suggested=["U0EVA", "U0INES"]),
            Dev.sees("You suggested Eva and Inês"),
            Ana.types("admin match"),
            Ana.sees("Open the form"),
            Ana.presses("Open the form"),
            Ana.sees("3 of 8 have answered so far"),
            Ana.closes(),
            Ana.types("/mentor admin match"),
            Ana.sees("3 of 8 have answered so far"),
            Ana.closes(),
            at("Mon 12 Jan 14:30"),
            sees_the_question(Hugo),
            at("Thu 15 Jan 16:59"),
        ],
    )
    play(
        stage,
        [
            skip("Fri 16 Jan 09:00"),
            Ana.sees("The answers are in: 3 of 8 people answered", "not in it yet: Inês"),
            ALL.sees("The next match is being made"),
        ],
    )
    assert not [m for m in stage.shown_to("U0ANA") if "Ben" in words_of(m) and "rather not" in words_of(m)]
    play(
        stage,
        [
            Ana.presses("Preview the match"),
            Ana.sees("8 of 8 in 4 pairs, 0 waiting"),
            Ana.submits(),
            Ana.submits(),
            Ana.sees("Released"),
        ],
    )
    assert len([row for row in stage.outbox() if row.key.startswith("introduction")]) == 4


def test_who_has_no_partner_finds_it_where_they_stand_as_long_as_people_are_asked(stage: Stage) -> None:
    """Hugo does so before his question has come, as his morning has not."""
    stage.reset()
    play(
        stage,
        [
            *A_PROGRAM_IS_SET_UP,
            *EIGHT_JOIN,
            Ben.types("/mentor match"),
            Ben.sees_no("Suggest someone"),
            *PEOPLE_ARE_ASKED_FIRST[len(A_PROGRAM_IS_SET_UP + EIGHT_JOIN) :],
            sees_the_question(Dev),
            Dev.types("/mentor match"),
            Dev.sees("in line for the next match", "Suggest someone"),
            Dev.presses("Suggest someone"),
            Dev.submits(suggested=["U0EVA"]),
            Dev.sees("You suggested Eva"),
            Hugo.types("/mentor"),
            Hugo.sees("in line for the next match", "Suggest someone"),
            Hugo.presses("Suggest someone"),
            Hugo.submits(suggested=["U0GITA"]),
            skip("Mon 12 Jan 14:31"),
            Hugo.sees("You suggested Gita"),
            Dev.finds_at_home("Suggest someone"),
            skip("Fri 16 Jan 09:00"),
            Dev.types("/mentor match"),
            Dev.sees_no("Suggest someone"),
        ],
    )


def test_an_organizer_may_skip_it_or_match_before_everyone_answered(stage: Stage) -> None:
    stage.reset()
    play(stage, [*PEOPLE_ARE_ASKED_FIRST, Ana.types("/mentor admin match"), Ana.sees("0 of 8 have answered")])
    stage.control.view_action("U0ANA", {"action_id": "match_now", "type": "button"})
    play(stage, [Ana.sees("8 of 8 in 4 pairs"), Ben.sees("The next match is being made")])
    assert not [row for row in stage.outbox() if row.notice["kind"] == "answers_in"]


def test_a_restart_in_the_middle_loses_no_answer(stage: Stage) -> None:
    stage.reset()
    play(stage, [*PEOPLE_ARE_ASKED_FIRST, Ben.presses("Rather not"), Ben.sees("Noted, Ben")])
    before = said(stage)
    assert stage.rehearsal.mentor is not None
    stage.rehearsal.mentor.stop()
    build_anew(stage)
    stage.settle()
    assert said(stage) == before
    press(stage, "U0EVA", "Suggest someone")
    play(
        stage,
        [
            Eva.submits(suggested=["U0BEN"]),
            Eva.sees("You suggested Ben"),
            skip("Fri 16 Jan 09:00"),
            Ana.sees("2 of 8 people answered"),
            Ana.presses("Preview the match"),
            Ana.sees("8 of 8 in 4 pairs"),
        ],
    )
    keys = [row.key for row in stage.outbox()]
    assert len(keys) == len(set(keys))
