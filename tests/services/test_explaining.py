"""Why two people would be a pair or not: the same answer whatever is private, before and after it came to be."""

from collections.abc import Callable
from datetime import date, time

import pytest

from bot.content import explaining as words
from bot.domain.people import Actor
from bot.errors import NotAllowed, NotPossibleNow
from bot.services import checking_in, enrolling, explaining, matchmaking, reviewing
from bot.views.reviewing import explained
from storage.tables import Pair, Person, Program
from tests.builders import ORGANIZER, TEAM, World

OLGA, ANA, BEN = Actor(TEAM, ORGANIZER), Actor(TEAM, "UANA"), Actor(TEAM, "UBEN")
Fact = Callable[[World], None]


@pytest.fixture
def four(world: World) -> World:
    world.people("UANA", "UBEN", "UCHLOE", "UDEV")
    return world


def why_not(world: World) -> str:
    """What an organizer reads of Ana and Ben."""
    return explained(world.do(explaining.explained, OLGA, world.program_id, "UANA", "UBEN")).text


def nothing(world: World) -> None:
    """Ana and Ben said nothing of each other."""


def ana_avoids_ben(world: World) -> None:
    with world.writing() as session:
        enrolling.avoid(session, ANA, "UBEN")


def ben_avoids_ana(world: World) -> None:
    with world.writing() as session:
        enrolling.avoid(session, BEN, "UANA")


def both_avoid(world: World) -> None:
    ana_avoids_ben(world)
    ben_avoids_ana(world)


def were_partners(world: World) -> None:
    world.pair("UANA", "UBEN")
    world.do(checking_in.not_a_fit, ANA, world.row(Pair).id)


def are_in_one_line(world: World) -> None:
    world.person("ULEAD", enrolled=False)
    world.change(world.row(Person, user_id="UANA"), manager_id="ULEAD")
    world.change(world.row(Person, user_id="ULEAD"), manager_id="UBEN")


def reports(world: World) -> None:
    world.change(world.row(Person, user_id="UANA"), manager_id="UBEN")


def works_at_other_hours(world: World) -> None:
    world.change(world.enrollment("UANA"), hours_from=time(9), hours_to=time(13))
    world.change(world.enrollment("UBEN"), hours_from=time(11, 45), hours_to=time(17))


def is_vetoed(world: World) -> None:
    draft = world.do(matchmaking.prepare, OLGA, world.program_id)
    run = world.do(matchmaking.keep, OLGA, draft, draft.inputs.plan())
    vetoed = world.look(lambda session: reviewing.veto(reviewing.under_review(session, OLGA, run.id), ("UANA", "UBEN")))
    world.do(matchmaking.keep, OLGA, vetoed, vetoed.inputs.plan())


PRIVATE: list[Fact] = [ana_avoids_ben, ben_avoids_ana, both_avoid]
ORDINARY: list[Fact] = [were_partners, are_in_one_line]
TOLD: dict[Fact, str] = {
    reports: "One of them reports to the other",
    works_at_other_hours: "They share 1 hour and 15 minutes of a working day, and a match needs two hours",
    is_vetoed: "*Allow again* in `/mentor admin match` lifts it",
}


@pytest.mark.parametrize("fact", [*PRIVATE, *ORDINARY])
def test_the_answer_is_the_same_before_and_after_somebody_avoids_somebody_or_was_their_partner(
    four: World, fact: Fact
) -> None:
    before = why_not(four)
    fact(four)
    assert why_not(four) == before
    assert before.startswith("*Ana and Ben* would be a good match (50 of 100).")
    assert before.endswith(words.NOT_LOOKED_AT)


def test_what_is_not_looked_at_is_a_grey_last_line(four: World) -> None:
    blocks = explained(four.do(explaining.explained, OLGA, four.program_id, "UANA", "UBEN")).blocks
    assert blocks[-1]["type"] == "context"
    assert blocks[-1]["elements"][0]["text"] == words.NOT_LOOKED_AT


@pytest.mark.parametrize("told", TOLD)
@pytest.mark.parametrize("private", [nothing, *PRIVATE, *ORDINARY])
def test_what_is_told_is_told_in_the_same_words_whatever_else_there_is(four: World, told: Fact, private: Fact) -> None:
    private(four)
    told(four)
    assert TOLD[told] in why_not(four)
    assert words.NOT_LOOKED_AT not in why_not(four)
    assert why_not(four) == alone(told, four)


def alone(told: Fact, world: World) -> str:
    """What is read of it where it is the only thing."""
    said: dict[Fact, str] = {reports: "One of them reports to the other, and people in one line are not matched."}
    said[works_at_other_hours] = f"{TOLD[works_at_other_hours]}. Wider hours of either would change it."
    said[is_vetoed] = f"An organizer chose *Not this pair*, which organizers alone can see. {TOLD[is_vetoed]}."
    return f"*Ana and Ben*: {said[told]}"


def is_away(world: World) -> None:
    world.do(enrolling.pause, ANA, date(2026, 2, 2))


def has_left(world: World) -> None:
    world.do(enrolling.leave, ANA, world.program_id)


def has_a_partner(world: World) -> None:
    world.pair("UANA", "UDEV")


def has_lessons_to_read(world: World) -> None:
    world.change(world.row(Program, id=world.program_id), lessons_first=True)


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        (is_away, "Ana is on a break until Monday 2 February. So there is nothing to compare."),
        (has_left, "Ana is not in the program. So there is nothing to compare."),
        (has_a_partner, "Ana has a partner already. So there is nothing to compare."),
        (
            has_lessons_to_read,
            "Ana is not in line for a match just now. Ben is not in line for a match just now. "
            "So there is nothing to compare.",
        ),
    ],
)
@pytest.mark.parametrize("private", [nothing, *PRIVATE])
def test_who_is_not_there_to_be_matched_is_named_with_what_people_show(
    four: World, fact: Fact, said: str, private: Fact
) -> None:
    private(four)
    fact(four)
    with pytest.raises(NotPossibleNow) as refused:
        why_not(four)
    assert refused.value.user_message == said


def test_an_organizer_who_takes_part_is_told_nothing_of_their_own_pairs(four: World) -> None:
    four.person(ORGANIZER, "Olga")
    with pytest.raises(NotAllowed):
        four.do(explaining.explained, OLGA, four.program_id, ORGANIZER, "UBEN")


def under_review(world: World) -> reviewing.Review:
    draft = world.do(matchmaking.prepare, OLGA, world.program_id)
    run = world.do(matchmaking.keep, OLGA, draft, draft.inputs.plan())
    return world.look(lambda session: reviewing.under_review(session, OLGA, run.id))


def test_who_a_new_match_would_not_have_either_is_named_as_explain_names_them(four: World) -> None:
    """To make it anew is no help, so it is not the advice."""
    four.person("UPETER", may_join=False, enrolled=False)
    review = under_review(four)
    with pytest.raises(NotPossibleNow) as refused:
        four.do(explaining.check_in_match, review, ("UBEN", "UPETER"))
    assert refused.value.user_message == "Peter is not in the program. So there is nothing to change here."


def test_who_joined_since_is_in_a_match_that_is_made_anew(four: World) -> None:
    review = under_review(four)
    four.person("UEVA")
    with pytest.raises(NotPossibleNow, match="`/mentor admin match rerun` makes it anew"):
        four.do(explaining.check_in_match, review, ("UBEN", "UEVA"))
