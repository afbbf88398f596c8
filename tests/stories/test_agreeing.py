"""An agreement from the first meeting to the day on which it is looked at again; two of three who go on."""

from tests.stories.eight import EIGHT_ARE_PAIRED, Ana, Ben
from tests.stories.modal import presses_there
from tests.stories.stage import Stage, Step, play, skip

WRITTEN = {
    "goals": "give a talk without notes\nlearn SQL",
    "meets": "every other Tuesday",
    "place": "Video call",
    "off_limits": "salaries & <!channel>",
}
BOTH = Ana + Ben


def tuesday(day: str) -> Step:
    return skip(f"Tue {day} 15:00")


WRITTEN_AT_THE_FIRST_MEETING = [
    *EIGHT_ARE_PAIRED,
    BOTH.sees("First step: pick a time"),
    Ana.presses("See agenda"),
    Ana.sees("The first time, write your agreement"),
    Ana.closes(),
    tuesday("27 Jan"),
    Ana.presses("We met"),
    Ana.sees("A first meeting is a good moment to agree"),
    Ana.presses("Write our agreement", "good moment"),
    Ana.sees("Seen by you and Ben alone. Organizers and sponsors never see it."),
    Ana.submits(**WRITTEN),
    Ana.sees("Agreed. It will stand in your conversation with Ben", "Ending is fine"),
    Ana.closes(),
    BOTH.sees(
        "Ana and Ben, this is your agreement",
        "give a talk without notes · learn SQL",
        "every other Tuesday, 45 minutes, by video call",
        "salaries &amp; &lt;!channel&gt;",
        "Monday 23 February",
        "nobody's fault",
    ),
]

LIVED_BY = [
    Ben.presses("Our agreement", "this is your agreement"),
    Ben.submits(minutes="30"),
    Ben.closes(),
    BOTH.sees("Ben changed how long", "every other Tuesday, 30 minutes"),
    Ana.types("/mentor goals done learn SQL"),
    Ana.sees("You reached *learn SQL*"),
    BOTH.sees("Ana changed the goals", "learn SQL (reached)"),
    Ben.types("/mentor match"),
    Ben.sees("every other Tuesday, 30 minutes", "You look at it again on Monday 23 February"),
    Ben.finds_at_home("every other Tuesday, 30 minutes"),
    tuesday("10 Feb"),
    Ana.presses("We met", "two weeks"),
    tuesday("24 Feb"),
    BOTH.sees("How does it stand?", "Your agreement is due for a look", "you wanted to look at your agreement"),
    Ana.presses("Look at it", "due for a look"),
    presses_there(Ana, "Still good"),
    Ana.sees("I will not bring it up again"),
    Ana.closes(),
    BOTH.sees("Ana looked at it again, still good"),
    tuesday("3 Mar"),
    BOTH.sees_no("due for a look"),
    Ana.presses("Not a fit"),
    BOTH.sees("Ana looked at it again, still good"),
]


def test_from_the_first_meeting_to_the_day_of_its_review(stage: Stage) -> None:
    stage.reset()
    play(stage, WRITTEN_AT_THE_FIRST_MEETING + LIVED_BY)
