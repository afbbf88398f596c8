"""In the diary on Thursday means silence until Friday; partners may answer differently; a file for the calendar."""

import urllib.request
from typing import Any

from icalendar import Calendar
from sqlmodel import select

from bot.content import refusals
from bot.domain.checkins import CheckInState
from storage.tables import CheckIn
from tests.stories.eight import EIGHT_ARE_PAIRED, Ana, Ben
from tests.stories.stage import Stage, Step, play, skip

ASKED = "How does it stand?"
BOTH = Ana + Ben


def files_of(stage: Stage, user: str) -> list[dict[str, Any]]:
    """The files in a person's conversations with the bot."""
    stage.settle()
    stage.control.until(lambda: any(message.get("files") for message in stage.shown_to(user)))
    return [file for message in stage.shown_to(user) for file in message.get("files", ())]


def has_in_the_calendar(person: str, day: str, summary: str) -> Step:
    def found(stage: Stage) -> None:
        (file,) = files_of(stage, person)
        with urllib.request.urlopen(f"{stage.url}/files/{file['id']}/{file['name']}", timeout=5) as answer:
            (event,) = Calendar.from_ical(answer.read()).walk("VEVENT")
        assert (str(event["summary"]), event.decoded("dtstart").isoformat()[: len(day)]) == (summary, day)

    return Step(f"{person} has {day} {summary!r} in the calendar", found)


def test_in_the_diary_on_thursday_means_silence_until_friday_whatever_the_partner_says(stage: Stage) -> None:
    stage.reset()
    play(
        stage,
        [
            *EIGHT_ARE_PAIRED,
            skip("Tue 27 Jan 15:00"),
            BOTH.sees(ASKED),
            Ana.presses("In the diary"),
            Ana.submits(diary_on="2026-02-05"),
            Ana.closes(),
            Ana.sees("Thursday 5 February in the diary", "I will not ask before Friday 6 February"),
            Ana.presses("Calendar file", "5 February"),
            has_in_the_calendar("U0ANA", "2026-02-05", "Peer mentoring: Ana and Ben"),
            Ben.sees_no("diary"),
            Ben.sees_no("February"),
            Ben.presses("Not yet"),
            Ben.sees("Shall I ask about Ana again?", "before Tuesday 3 February"),
            Ana.sees_no("not yet"),
            Ana.finds_at_home("You have Thursday 5 February in the diary"),
            Ben.finds_at_home("No meeting yet"),
            skip("Tue 3 Feb 15:00"),
            BOTH.sees_no(ASKED),
            BOTH.sees_no("How did it go?"),
            skip("Thu 5 Feb 18:00"),
            BOTH.sees_no("How did it go?"),
            skip("Tue 10 Feb 15:00"),
            Ana.sees("You and Ben had Thursday 5 February in the diary. How did it go?"),
            Ben.sees(ASKED),
            Ben.sees_no("5 February"),
        ],
    )
    with stage.reading() as session:
        kept = {answer.user_id: answer.state for answer in session.exec(select(CheckIn))}
    assert kept == {"U0ANA": CheckInState.SCHEDULED, "U0BEN": CheckInState.NOT_YET}, "both are kept"


def test_with_an_hour_the_calendar_file_is_of_the_hour(stage: Stage) -> None:
    stage.reset()
    play(
        stage,
        [
            *EIGHT_ARE_PAIRED,
            skip("Tue 27 Jan 15:00"),
            Ana.sees(ASKED),
            Ana.presses("In the diary"),
            Ana.fails_to_submit("diary_at", refusals.DIARY_HOUR_PAST, diary_on="2026-01-27", diary_at="14:00"),
            Ana.submits(diary_on="2026-02-05", diary_at="15:00"),
            Ana.closes(),
            Ana.sees("Thursday 5 February at 15:00 in the diary", "I will not ask before Friday 6 February"),
            Ana.presses("Calendar file", "5 February"),
            has_in_the_calendar("U0ANA", "2026-02-05T15:00", "Peer mentoring: Ana and Ben"),
            Ana.finds_at_home("You have Thursday 5 February at 15:00 in the diary"),
            Ben.sees_no("15:00"),
            Ana.types("/mentor checkin scheduled fri 3pm"),
            Ana.sees("Friday 30 January at 15:00 in the diary"),
        ],
    )


def test_a_time_for_both_is_a_file_for_each_who_presses(stage: Stage) -> None:
    stage.reset()
    play(
        stage,
        [
            *EIGHT_ARE_PAIRED,
            skip("Tue 27 Jan 15:00"),
            BOTH.sees(ASKED),
            Ben.presses("Not yet"),
            Ben.presses("Help us find a time"),
            Ben.submits(time="Friday 30 January, 14:00-14:45"),
            Ben.closes(),
            BOTH.sees("Ben suggests", "Ana and Ben"),
            Ana.presses("It's in my diary", "suggests"),
            Ana.submits(),
            Ana.closes(),
            Ana.finds_at_home("You have Friday 30 January at 14:00 in the diary"),
            Ana.presses("Calendar file", "suggests"),
            Ana.sees("on its way to our direct messages"),
            has_in_the_calendar("U0ANA", "2026-01-30T14:00", "Peer mentoring: Ana and Ben"),
            Ben.presses("Calendar file", "30 January at 14:00 in the diary"),
            has_in_the_calendar("U0BEN", "2026-01-30T14:00", "Peer mentoring: Ana and Ben"),
        ],
    )
