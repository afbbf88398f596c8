"""Something's stuck: a step for each reason, seen by whom the person chose; and a time for those who said "not yet"."""

from tests.stories.eight import ALL, EIGHT_ARE_PAIRED, Ana, Ben, Chloe, Dev, Eva, Femi, Gita, Hugo
from tests.stories.modal import presses_there
from tests.stories.stage import Stage, at, play, skip

ASKED = "How does it stand?"
INTRODUCED = [
    *EIGHT_ARE_PAIRED,
    skip("Mon 12 Jan 14:01"),
    (Ana + Ben + Chloe + Dev + Eva + Femi + Gita + Hugo).sees("First step: pick a time"),
    skip("Tue 27 Jan 10:00"),
    ALL.sees("Your lesson of the week"),
    (Ben + Chloe + Dev + Eva + Gita).sees(ASKED),
]


def test_each_reason_has_its_step_and_only_who_was_chosen_hears_of_it(stage: Stage) -> None:
    play(
        stage,
        [
            *INTRODUCED,
            (Ana + Femi).sees(ASKED),
            Chloe.presses("Something's stuck"),
            Chloe.submits(stuck_reason="Finding time", stuck_audience="Nobody, I just wanted to say it"),
            Chloe.sees("twenty minutes over a coffee count", "Only you see your answer"),
            Chloe.closes(),
            Chloe.presses("Help us find a time", "coffee"),
            Chloe.submits(time="Thursday 29 January, 14:30-15:15"),
            Chloe.sees("Sent to your conversation with Femi", "Thursday 29 January at 14:30"),
            Chloe.closes(),
            (Chloe + Femi).sees("Chloé suggests", "45 minutes", "It's in my diary"),
            Chloe.sees("you and Femi have Thursday 29 January at 14:30"),
            Gita.presses("Something's stuck"),
            Gita.submits(stuck_reason="No reply", stuck_audience="nobody"),
            Gita.sees("I ask your partner nothing", "in peace until Tuesday 10 February", "End it kindly"),
            Gita.closes(),
            Gita.presses("Ask me again", "in peace"),
            Gita.sees("I will ask you again from Tuesday 3 February on"),
            Dev.types("stuck"),
            Dev.sees("Here is the form for that"),
            Dev.presses("Open the form"),
            Dev.submits(stuck_reason="Something serious", stuck_audience="nobody"),
            Dev.sees("Ana runs this program and can listen", "I am no help line"),
            presses_there(Dev, "Tell my organizer"),
            Dev.submits(organizer="Ana", note="I would rather say it aloud"),
            Dev.sees("Ana hears of it, and your partner does not"),
            Dev.closes(),
            Dev.sees("Ana hears of it, because you chose so"),
            Ana.sees("Dev asked you to know that they are stuck", "I would rather say it aloud"),
            Ben.presses("Something's stuck"),
            Ben.submits(stuck_reason="The fit", stuck_audience="nobody"),
            Ben.sees("it is nobody's fault"),
            Ben.closes(),
            Ben.presses("Not a fit", "in peace"),
            Ben.sees("nobody is told why"),
            Ana.sees("Ben's plans have changed"),
            Ana.sees("there is nothing to answer here"),
            (Ana + Ben).sees("Why you two"),
            (Eva + Femi + Hugo).sees_nothing(),
            at("Tue 27 Jan 15:00"),
        ],
    )


def test_not_yet_leads_to_another_day_or_to_a_time_for_both(stage: Stage) -> None:
    stage.reset()
    play(
        stage,
        [
            *INTRODUCED,
            (Ana + Femi).sees(ASKED),
            Ben.presses("Not yet"),
            Ben.sees("Shall I ask about Ana again?", "Until you choose, I will not before Tuesday 3 February"),
            Ben.presses("Next week"),
            Ben.sees("I will not ask about Ana before Tuesday 3 February"),
            Ben.presses("Help us find a time"),
            Ben.submits(time="Thursday 29 January, 14:00-14:45"),
            Ben.sees("Sent to your conversation with Ana"),
            Ben.closes(),
            (Ana + Ben).sees("Ben suggests", "Ana and Ben"),
            Ben.sees("I will not ask before Friday 30 January"),
            Ana.presses("It's in my diary"),
            Ana.submits(diary_on="2026-01-29"),
            Ana.closes(),
            Ana.sees("you and Ben have Thursday 29 January at 14:00 in the diary"),
            at("Tue 27 Jan 15:00"),
        ],
    )
