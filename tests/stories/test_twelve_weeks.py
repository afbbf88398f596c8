"""Twelve weeks of eight people, in a page: who does what, and everything everyone sees.

Moments are UTC. Ana and Femi live in Lisbon, Ben, Dev and Gita in London, Chloé and Eva in Berlin, Hugo in New York.
"""

from tests.stories.eight import Ana, Ben, Chloe, Dev, Eva, Femi, Gita, Hugo
from tests.stories.stage import CHANNEL, Place, Stage, Step, at, play

the_channel = Place(CHANNEL)

ASKED = "How does it stand?"
ALONE = "Your lesson of the week"

A_PROGRAM_BEGINS = [
    Ben.types("/mentor"),
    Ben.sees("There is no program here yet"),
    Ben.types("/mentor admin"),
    Ben.sees("A workspace admin becomes one by typing"),
    Ana.types("/mentor admin"),
    Ana.sees("choose the channel"),
    Ana.types("/mentor admin setup"),
    Ana.sees("What is it for?", "The program is for"),
    Ana.submits(),
    Ana.submits(channel=CHANNEL),
    Ana.sees("What people will get", "Ana, meet Ben", "How does it stand?", "On Fridays, in #peer-mentoring"),
    Ana.submits(),
    Ana.sees("/invite @Mentor", "#peer-mentoring"),
    Ana.closes(),
    Ben.finds_at_home("Count me in"),
    Ana.joins(offers=["SQL"], asks=["giving feedback"]),
    Ben.joins(offers=["giving feedback"], asks=["SQL"]),
    Chloe.joins(offers=["roadmaps"], asks=["de-escalation"]),
    Femi.joins(offers=["de-escalation"], asks=["roadmaps"]),
    Dev.joins(offers=["React"], asks=["colour theory"]),
    Eva.joins(offers=["colour theory"], asks=["React"]),
    Gita.joins(offers=["forecasting"], asks=["negotiation"]),
    Hugo.joins(offers=["negotiation"], asks=["forecasting"]),
    Ana.types("/mentor admin match"),
    Ana.sees("I am not in #peer-mentoring yet", "/invite @Mentor"),
    Ana.closes(),
    Ana.types("/invite @Mentor", CHANNEL),
    Ana.types("/mentor admin match"),
    Ana.sees("8 of 8 in 4 pairs, 0 waiting", "*giving feedback*", "*forecasting*", "Release"),
    Ana.submits(),
    Ana.sees("This sends *4 messages*"),
    Ana.submits(),
    Ana.sees("Released: 4 introductions"),
    Ana.closes(),
    (Ana + Ben).sees("Why you two", "*giving feedback*", "*SQL*", "First step"),
    (Chloe + Femi).sees("Why you two", "*roadmaps*", "We've picked a time"),
    (Dev + Eva).sees("Why you two", "*React*", "Not a fit"),
    (Gita + Hugo).sees_nothing(),  # nine in the morning in London is four in New York
    at("Mon 12 Jan 13:59"),
    at("Mon 12 Jan 14:00"),
    (Gita + Hugo).sees("Why you two", "*negotiation*"),
    Ben.finds_at_home("Your partner", "Ana", "No meeting yet"),
    Chloe.presses("We've picked a time"),
    Chloe.submits(diary_on="2026-01-29"),
    Chloe.sees("Good: you and Femi have Thursday 29 January in the diary"),
    Chloe.closes(),
]

LESSONS = [
    at("Tue 13 Jan 10:00", "America/New_York"),
    (Ana + Ben + Chloe + Dev + Eva + Femi + Gita + Hugo).sees(ALONE, "What this is", "your first weeks have lessons"),
    at("Tue 20 Jan 10:00", "America/New_York"),
    (Ana + Ben + Chloe + Dev + Eva + Femi + Gita + Hugo).sees(ALONE, "What this is"),
    Ben.presses("Read"),
    Ben.submits(question_0="0", question_1="0"),
    Ben.sees("Your manager asks"),
    Ben.closes(),
]

THE_FIRST_QUESTIONS = [
    at("Tue 27 Jan 08:59"),
    at("Tue 27 Jan 10:00", "Europe/Berlin"),
    Eva.sees("Hello Eva", "Dev", ASKED, "This week's lesson", "Listening", "One message a week at most"),
    Chloe.sees(ALONE, "Listening"),
    at("Tue 27 Jan 10:00", "Europe/London"),
    Femi.sees(ALONE, "Listening"),
    (Ana + Ben + Dev + Gita).sees(ASKED, "This week's lesson", "Listening"),
    Ana.presses("We met"),
    Ana.sees("Noted: you and Ben met"),
    (Ana + Ben).sees("your first meeting", "#peer-mentoring", "No answer by Friday"),
    Ana.presses("Add details"),
    Ana.submits(met_on="2026-01-26", minutes=50, next_try="ask for feedback first", worth_it="Very much"),
    Ana.sees("Noted: you and Ben met for 50 minutes on Monday 26 January", "Monday 9 February"),
    Ana.closes(),
    Ben.types("/mentor match"),
    Ben.sees("You met once", "To try next: ask for feedback first"),
    Ben.presses("Post it"),
    Ben.sees("If everyone says yes"),
    the_channel.hears_nothing(),
    Ana.presses("Post it"),
    (Ana + Ben).sees("#peer-mentoring has heard of it"),
    the_channel.hears("Ana and Ben have had their first meeting"),
    Ben.presses("We met"),
    Ben.sees("Noted: you and Ana met"),
    Eva.presses("Not yet"),
    Eva.sees("No problem"),
    Eva.presses("In two weeks"),
    Eva.sees("Tuesday 10 February"),
    at("Tue 27 Jan 10:00", "America/New_York"),
    Hugo.sees("Hello Hugo", ASKED),
]

THANKS_AND_SILENCE = [
    at("Tue 3 Feb 10:00", "Europe/Berlin"),
    Chloe.sees("You and Femi had Thursday 29 January in the diary. How did it go?", "This week's lesson"),
    Eva.sees(ALONE),
    at("Tue 3 Feb 10:00", "Europe/London"),
    (Ana + Ben + Dev).sees(ALONE),
    (Femi + Gita).sees(ASKED),
    Femi.presses("We met"),
    Femi.sees("Noted: you and Chloé met"),
    (Femi + Chloe).sees("your first meeting"),
    Femi.presses("Post it"),
    Femi.sees("If everyone says yes"),
    at("Tue 3 Feb 10:00", "America/New_York"),
    Hugo.sees(ASKED),
    at("Wed 4 Feb 11:00"),
    Ben.types("/mentor kudos @Ana for the patient code review"),
    Ben.sees("On its way to Ana"),
    Ana.sees("Ben would like to thank you in #peer-mentoring", "the patient code review"),
    Ana.presses("Post it"),
    Ana.sees("Friday's round-up"),
    Dev.types("/mentor kudos @Gita for the tidy dashboard"),
    Dev.sees("On its way to Gita"),
    Gita.sees("Dev would like to thank you", "the tidy dashboard"),
    at("Fri 6 Feb 14:59"),
    at("Fri 6 Feb 15:00"),
    the_channel.hears("thanks heard", "*Ana*", "the patient code review", "from Ben"),
    Gita.sees("It stayed private"),
    Chloe.sees("it stayed between you"),
]

STUCK_AND_QUIET = [
    at("Tue 10 Feb 10:00", "Europe/Berlin"),
    Eva.sees(ASKED),
    Chloe.sees(ALONE),
    at("Tue 10 Feb 10:00", "Europe/London"),
    Femi.sees(ALONE),
    (Ana + Ben).sees("two weeks", ASKED),
    Dev.sees(ASKED),
    Gita.sees("keep going, take a break, or wrap up", "I will not ask again"),
    Dev.presses("Something's stuck"),
    Dev.submits(stuck_reason="No reply", stuck_audience="Ana, who runs the program", note="Three messages, no answer"),
    Dev.sees("one short message with two times often helps", "in peace until Tuesday 24 February"),
    Dev.closes(),
    Ana.sees("Dev asked you to know that they are stuck", "Three messages, no answer", "their partner does not know"),
    Eva.sees_nothing(),
    Ben.presses("We met"),
    Ben.sees("Noted"),
    at("Tue 10 Feb 10:00", "America/New_York"),
    Hugo.sees("keep going, take a break, or wrap up"),
    at("Tue 17 Feb 10:00", "Europe/Berlin"),
    Chloe.sees("two weeks", ASKED),
    Eva.sees(ALONE),
    at("Tue 17 Feb 10:00", "America/New_York"),
    (Ana + Ben + Dev + Gita + Hugo).sees(ALONE),
    Femi.sees("two weeks", ASKED, "This week's lesson"),
    Chloe.presses("We met"),
    Chloe.sees("Noted"),
    Femi.types("/mentor pause 4w"),
    Femi.sees("until Tuesday 17 March"),
    at("Mon 23 Feb 09:00"),
    (Ana + Ben).sees("halfway through your time", "#peer-mentoring"),
    Ana.presses("Keep it private"),
    Ana.sees("It stays between you"),
    Ben.presses("Post it"),
    Ben.sees("If everyone says yes"),
    the_channel.hears_nothing(),
    at("Tue 24 Feb 10:00", "Europe/Berlin"),  # the first six weeks are over, and with them the lessons
    Eva.sees(ASKED),
    at("Tue 24 Feb 10:00", "Europe/London"),
    (Ana + Ben + Dev).sees(ASKED),
    Ana.presses("In the diary"),
    Ana.submits(diary_on="2026-03-26"),
    Ana.sees("Thursday 26 March in the diary"),
    Ana.closes(),
    Dev.types("/mentor checkin wrap"),
    Dev.submits(),
    Dev.sees("You wrapped up with Eva"),
    Dev.closes(),
    Eva.sees("Dev feels you have come to a good end together"),
    Eva.sees("nothing to answer here"),
    (Dev + Eva).sees("Dev, meet Eva"),  # the introduction again, without its buttons
    Eva.presses("Match me again"),
    Eva.sees("in line for the next match"),
    at("Tue 24 Feb 15:30"),
    Ana.types("/mentor admin"),
    Ana.sees("Quiet for four weeks: Gita and Hugo"),
]

BACK_AND_DONE = [
    at("Tue 17 Mar 09:00"),
    Femi.sees("Welcome back, Femi", "Chloé"),
    Chloe.sees("weeks since you and Femi met", ASKED),
    at("Tue 17 Mar 10:00"),
    Femi.sees(ASKED),
    Chloe.presses("We met"),
    Chloe.sees("Noted"),
    at("Tue 31 Mar 10:00", "Europe/Berlin"),  # summer time: an hour earlier in UTC
    Chloe.sees(ASKED),
    at("Tue 31 Mar 10:00", "Europe/London"),
    (Femi + Ben).sees(ASKED),
    Ana.sees("You and Ben had Thursday 26 March in the diary"),
    (Ana + Ben).presses("We met"),
    (Ana + Ben).sees("Noted"),
    at("Mon 6 Apr 00:00", "Europe/Lisbon"),
    (Chloe + Femi + Gita + Hugo).sees("has ended, so there is nothing to answer here"),
    at("Mon 6 Apr 09:00", "Europe/Lisbon"),
    Ana.sees("your time with Ben is complete"),
    Ana.sees("The round is over: 3 pairs finished, and 2 people have no partner yet", "Preview the next match"),
    Femi.sees("your time with Chloé is complete"),
    at("Mon 6 Apr 09:00", "America/New_York"),
    Hugo.sees("your time with Gita is over", "a quiet round"),
    at("Tue 7 Apr 09:00", "Europe/Berlin"),  # the day after Easter Monday, which they keep in Berlin and in London
    Chloe.sees("your time with Femi is complete"),
    (Chloe + Femi).sees("Why you two"),  # both have heard: the introduction again, without its buttons
    Eva.sees("Eva, this round is over", "You come first in the next match"),
    at("Tue 7 Apr 09:00", "Europe/London"),
    Ben.sees("your time with Ana is complete"),
    Gita.sees("your time with Hugo is over"),
    (Ana + Ben + Gita + Hugo).sees("Why you two"),
    Dev.sees("Dev, this round is over, and you have no partner just now", "You are in the next match", "Take a break"),
    (Ana + Femi).sees("have come to the end of your time together. May I celebrate it"),
    Ben.finds_at_home("in line for the next match"),
    Ana.finds_at_home("Thanks you received", "the patient code review"),
]


def nobody_meets_their_old_partner(stage: Stage) -> None:
    groups = [
        set(channel["members"]) - {stage.bot} for channel in stage.control.state()["channels"] if is_group(channel)
    ]
    assert len(groups) == 8, groups
    old = [{"U0ANA", "U0BEN"}, {"U0CHLOE", "U0FEMI"}, {"U0DEV", "U0EVA"}, {"U0GITA", "U0HUGO"}]
    assert not [group for group in groups[4:] if group in old]


def is_group(channel: dict[str, object]) -> bool:
    return bool(channel.get("is_mpim"))


THE_NEXT_MATCH = [
    at("Tue 7 Apr 13:30"),
    Ana.types("/mentor admin match"),
    Ana.sees("8 of 8 in 4 pairs"),
    Ana.submits(),
    Ana.submits(),
    Ana.sees("Released: 4 introductions"),
    Ana.closes(),
    (Ana + Ben + Chloe + Dev + Eva + Femi + Gita + Hugo).sees("Why you two"),  # a working hour for all eight
    Step("nobody meets their old partner", nobody_meets_their_old_partner),
    at("Tue 14 Apr 12:00"),  # the first meeting has ten days: nobody is asked
]


def test_twelve_weeks_of_eight_people(stage: Stage) -> None:
    play(stage, A_PROGRAM_BEGINS + LESSONS + THE_FIRST_QUESTIONS + THANKS_AND_SILENCE)
    play(stage, STUCK_AND_QUIET + BACK_AND_DONE + THE_NEXT_MATCH)
