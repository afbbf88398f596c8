"""A good pair: introduced, agreed, met, a goal reached, thanked, heard of in the channel, closed in twelve weeks."""

from tests.stories.eight import EIGHT_ARE_PAIRED, Ana, Ben
from tests.stories.stage import CHANNEL, Place, Stage, play, skip

the_channel = Place(CHANNEL)
BOTH = Ana + Ben
ASKED = "How does it stand?"

THEY_BEGIN = [
    *EIGHT_ARE_PAIRED,
    BOTH.sees("Why you two", "*giving feedback*", "First step: pick a time"),
    Ben.presses("We've picked a time"),
    Ben.submits(diary_on="2026-01-15"),
    Ben.sees("Thursday 15 January in the diary"),
    Ben.closes(),
    skip("Tue 20 Jan 16:00"),
    Ben.sees("You and Ana had Thursday 15 January in the diary"),
    Ana.sees(ASKED),
    Ben.presses("We met"),
    Ben.presses("Write our agreement", "good moment"),
    Ben.submits(goals="give a talk without notes", meets="every other Tuesday", place="Video call"),
    Ben.closes(),
    BOTH.sees("Ana and Ben, this is your agreement", "give a talk without notes"),
    BOTH.presses("Post it"),
    the_channel.hears("Ana and Ben have had their first meeting"),
]

THEY_GO_ON = [
    Ana.types("/mentor checkin met 45m"),
    Ana.sees("Noted: you and Ben met for 45 minutes"),
    skip("Tue 3 Feb 16:00"),
    BOTH.sees("two weeks", ASKED),
    Ana.types("/mentor checkin scheduled 31 Feb"),
    Ana.sees("The calendar has no such day"),
    Ana.types("/mentor checkin met 12 Feb"),
    Ana.sees("That day is still to come"),
    Ana.types("/mentor checkin scheduled 12 Feb"),
    Ana.sees("you and Ben have Thursday 12 February in the diary"),
    skip("Tue 17 Feb 16:00"),
    Ana.types("/mentor checkin met"),
    Ana.types("/mentor goals done give a talk without notes"),
    Ana.sees("You reached *give a talk without notes*"),
    Ben.types("/mentor kudos @Ana for the honest questions"),
    Ben.sees("On its way to Ana"),
    skip("Wed 18 Feb 16:00"),  # the goal was the word of that day
    Ana.presses("Post it", "honest questions"),
    skip("Fri 20 Feb 16:00"),
    the_channel.hears("the honest questions", "from Ben"),
]

THEY_CLOSE = [
    skip("Tue 7 Apr 12:00"),
    Ana.sees("your time with Ben is complete"),
    Ben.sees("your time with Ana is complete"),
    Ana.types("/mentor checkin met"),
    Ana.sees("You have no partner just now"),
    Ana.finds_at_home("in line for the next match", "the honest questions"),
]


def test_twelve_weeks_of_a_good_pair(stage: Stage) -> None:
    stage.reset()
    play(stage, THEY_BEGIN + THEY_GO_ON + THEY_CLOSE)
