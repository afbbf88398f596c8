"""The first six weeks of a pair: a lesson a week, in the message that asks where one is due, alone where none is."""

import pytest

from tests.stories.eight import EIGHT_ARE_PAIRED, Ana, Ben
from tests.stories.stage import Cast, Stage, Step, play, skip

ALONE, BESIDE = "Your lesson of the week", "This week's lesson"
FIRST, SECOND, THIRD = "What this is", "Listening before advising", "Good questions"


@pytest.fixture
def eight(stage: Stage) -> Stage:
    stage.reset()
    play(stage, EIGHT_ARE_PAIRED)
    return stage


def tuesday(day: str) -> Step:
    return skip(f"Tue {day} 10:01", "Europe/London")


def takes_it(person: Cast) -> list[Step]:
    return [person.presses("Read"), person.submits(question_0="0", question_1="1"), person.closes()]


def test_a_lesson_a_week_in_the_message_that_asks_or_alone(eight: Stage) -> None:
    play(
        eight,
        [
            tuesday("13 Jan"),
            (Ana + Ben).sees(ALONE, FIRST, "because your first weeks have lessons", "Pause"),
            *takes_it(Ana),
            tuesday("20 Jan"),
            Ana.sees(ALONE, SECOND),
            Ben.sees(ALONE, FIRST),
            tuesday("27 Jan"),
            Ana.sees("How does it stand?", BESIDE, SECOND, "a meeting is due and your first weeks have lessons"),
            Ben.sees("How does it stand?", BESIDE, SECOND),
            Ana.presses("We met"),
            Ana.sees("Noted: you and Ben met", BESIDE, SECOND),
            *takes_it(Ana),
            tuesday("3 Feb"),
            Ana.sees(ALONE, THIRD),
            Ben.sees(ALONE, SECOND),
            tuesday("10 Feb"),
            (Ana + Ben).sees("two weeks", BESIDE, THIRD),
            tuesday("17 Feb"),
            Ana.sees("How does it stand?", BESIDE, "Feedback"),
            Ben.sees("How does it stand?", BESIDE, THIRD),
            tuesday("24 Feb"),
            (Ana + Ben).sees("keep going, take a break"),
            (Ana + Ben).sees_no("lesson"),
        ],
    )


def test_the_pair_prepares_takes_turns_and_tries(eight: Stage) -> None:
    play(
        eight,
        [
            tuesday("27 Jan"),
            Ben.sees("How does it stand?", "Ana leads the next meeting."),
            Ana.sees("How does it stand?", "You lead the next meeting"),
            Ana.presses("Prepare"),
            Ana.sees("You lead the next meeting", "What do you want to leave with", "Three ways to start"),
            Ana.closes(),
            Ben.presses("In the diary"),
            Ben.submits(diary_on="2026-01-29"),
            Ben.sees("Good: you and Ana have Thursday 29 January in the diary", "Ana leads", "Prepare", BESIDE),
            Ben.closes(),
            Ana.presses("We met"),
            Ana.sees("Noted"),
            Ana.presses("Add details"),
            Ana.submits(met_on="2026-01-27", minutes=45, next_try="ask three questions first"),
            Ana.closes(),
            tuesday("10 Feb"),
            Ana.sees("Last time you wanted to try: *ask three questions first*.", "Ben leads the next meeting"),
        ],
    )


def test_who_took_all_lessons_is_offered_none(eight: Stage) -> None:
    taking = [step for n in range(1, 7) for step in (Ana.types(f"/mentor learn {n}"), *_answered(Ana))]
    play(eight, [*taking, tuesday("13 Jan"), Ben.sees(ALONE), Ana.sees_no(ALONE)])


def _answered(person: Cast) -> list[Step]:
    return [person.submits(question_0="0", question_1="0"), person.closes()]


def test_who_is_on_a_break_has_none_and_the_next_once_they_are_back(eight: Stage) -> None:
    play(
        eight,
        [
            Ana.types("/mentor pause 1w"),
            Ana.sees("until"),
            tuesday("13 Jan"),
            Ben.sees(ALONE),
            Ana.sees_no(ALONE),
            tuesday("20 Jan"),
            Ana.sees("Welcome back"),
            Ana.sees(ALONE, FIRST),
        ],
    )


def test_a_pair_that_ends_has_no_more_lessons(eight: Stage) -> None:
    play(
        eight,
        [
            tuesday("13 Jan"),
            (Ana + Ben).sees(ALONE),
            Ana.presses("Not a fit"),
            Ben.sees("plans have changed"),
            tuesday("20 Jan"),
            (Ana + Ben).sees_no(ALONE),
        ],
    )
