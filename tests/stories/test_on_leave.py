"""Someone on leave: nothing from the bot, their partner left in peace, and back by themselves on the day they said."""

from tests.stories.eight import EIGHT_ARE_PAIRED, Ana, Ben, Gita
from tests.stories.stage import Stage, play, skip

ASKED = "How does it stand?"

A_BREAK_BEGINS = [
    *EIGHT_ARE_PAIRED,
    skip("Mon 26 Jan 12:00"),
    Ben.types("/mentor pause until 31 February"),
    Ben.sees("The calendar has no such day"),
    Ben.types("/mentor pause until 12 Jan"),
    Ben.sees("A pause ends on a day still to come"),
    Ben.types("/mentor resume"),
    Ben.sees("You are not paused"),
    Ben.types("/mentor pause until 17 Feb"),
    Ben.sees("Enjoy your break", "until Tuesday 17 February"),
    Ben.finds_at_home("on a break until Tuesday 17 February"),
    Ana.types("/mentor admin people paused"),
    Ana.sees("On a break", "Ben (on a break until Tuesday 17 February)"),
]

NOBODY_IS_ASKED = [
    skip("Tue 10 Feb 16:00"),
    (Ana + Ben).sees_no(ASKED),
    Ben.sees_no("Your lesson of the week takes five minutes and ends with one thing to try: *Listening"),
    Ana.types("/mentor match"),
    Ana.sees("Ben", "No meeting yet", "Ben is on a break until Tuesday 17 February."),
    Ana.finds_at_home("Ben is on a break until Tuesday 17 February"),
]

BACK_BY_THEMSELVES = [
    skip("Tue 17 Feb 09:30"),
    Ben.sees("Welcome back, Ben", "Ana"),
    skip("Tue 17 Feb 16:00"),
    (Ana + Ben).sees(ASKED),
    Ana.types("/mentor match"),
    Ana.sees("Ben", "No meeting yet", "Next step: meet, or tell me how it stands"),
    Ana.types("/mentor admin people paused"),
    Ana.sees("Nobody is on a break"),
    Gita.types("/mentor pause 2w"),
    Gita.sees("Enjoy your break"),
    Gita.types("/mentor pause until 3 Mar"),
    Gita.sees("until Tuesday 3 March"),
    Gita.types("/mentor resume"),
    Gita.sees("Welcome back"),
    skip("Wed 4 Mar 16:00"),
    Gita.sees_no("Welcome back, Gita"),
]


def test_a_leave_ends_by_itself_and_nobody_is_asked_before(stage: Stage) -> None:
    stage.reset()
    play(stage, A_BREAK_BEGINS + NOBODY_IS_ASKED + BACK_BY_THEMSELVES)
