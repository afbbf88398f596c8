"""One skill in several wordings: the person is asked, the organizer merges, and merged words find each other."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlmodel import select

from bot.content import skills as words
from storage.tables import Enrollment
from tests.stories.eight import A_PROGRAM_IS_SET_UP, Ana, Ben, Chloe, Dev, Eva, Femi, Gita, Hugo, join
from tests.stories.modal import open_modal, presses_there
from tests.stories.reading import words_of
from tests.stories.stage import Stage, Step, play, skip

THREE_SAY_IT = [step for who in (Ben, Chloe, Dev) for step in join(who, offers=["Public speaking"], asks=["SQL"])]
A_LITTLE_LATER = [skip("Mon 12 Jan 09:10"), *join(Gita, asks=["SQL"])]
NEARLY = join(Eva, asks=["speaking in public"])[:2]


@pytest.fixture
def three(stage: Stage) -> Stage:
    stage.reset()
    play(stage, A_PROGRAM_IS_SET_UP + THREE_SAY_IT + A_LITTLE_LATER)
    return stage


def says(user: str, *phrases: str) -> Step:
    """What stands in someone's profile."""

    def said(stage: Stage) -> None:
        stage.settle()
        with stage.reading() as session:
            row = session.exec(select(Enrollment).where(Enrollment.user_id == user)).one()
            assert [*row.offers, *row.asks] == [*phrases]

    return Step(f"{user} says {phrases}", said)


@contextmanager
def organizing(stage: Stage) -> Iterator[None]:
    """Ana has the page open."""
    play(stage, [Ana.types("/mentor admin skills")])
    yield
    play(stage, [Ana.closes()])


def test_who_wrote_it_nearly_so_is_asked_and_uses_it(three: Stage) -> None:
    play(
        three,
        [
            *NEARLY,
            Eva.sees(
                "You are in", "You wrote *speaking in public*. Did you mean *Public speaking*?", "3 people say it so."
            ),
            presses_there(Eva, words.USE_IT),
            Eva.sees("Done: your profile says *Public speaking* now."),
            says("U0EVA", "Public speaking"),
            Eva.closes(),
        ],
    )


def test_who_keeps_their_own_is_not_asked_again(three: Stage) -> None:
    play(
        three,
        [
            *NEARLY,
            presses_there(Eva, words.KEEP_MINE),
            Eva.sees("Good, *speaking in public* stays as you wrote it."),
            says("U0EVA", "speaking in public"),
            Eva.closes(),
            Eva.types("/mentor profile"),
            Eva.submits(goal="speak at a meetup"),
            Eva.sees("It counts from the next match on."),
        ],
    )
    assert "Did you mean" not in words_of(open_modal(three, Eva))


def test_an_organizer_merges_a_group_and_those_who_ask_find_those_who_offer(three: Stage) -> None:
    play(three, [*NEARLY, Eva.closes()])
    with organizing(three):
        play(
            three,
            [
                Ana.sees("1 group of phrases may be one skill", "*Public speaking* (3) · *speaking in public* (1)"),
                presses_there(Ana, words.MERGE),
                Ana.submits(wording="Public speaking"),
                Ana.sees("Done: 1 profile changed."),
                says("U0EVA", "Public speaking"),
            ],
        )
    with organizing(three):
        play(
            three,
            [Ana.sees("Nothing looks like the same skill", "*Public speaking* also stands for: *speaking in public*")],
        )
    play(three, [*join(Femi, asks=["Speaking In Public"]), says("U0FEMI", "Public speaking")])
    play(
        three,
        [
            Ana.types("/mentor admin match explain @eva @ben"),
            Ana.sees("Ben can help with *Public speaking*, which Eva"),
        ],
    )


def test_what_is_kept_apart_or_split_is_not_proposed_again(three: Stage) -> None:
    play(three, [*NEARLY, Eva.closes()])
    with organizing(three):
        play(three, [presses_there(Ana, words.KEEP_APART), Ana.sees("Nothing looks like the same skill")])
        play(
            three,
            [
                presses_there(Ana, words.MERGE_OTHERS),
                Ana.submits(merged=["speaking in public"], wording="Public speaking"),
                Ana.sees("Done: 1 profile changed."),
            ],
        )
    with organizing(three):
        play(three, [presses_there(Ana, words.SPLIT), Ana.sees("Nothing looks like the same skill")])
    play(three, [*join(Femi, asks=["speaking in public"]), says("U0FEMI", "speaking in public")])


def test_what_an_organizer_approves_is_found_by_the_next_who_types(three: Stage) -> None:
    with organizing(three):
        play(three, [Ana.submits(approved=["Stage fright"])])
    found = three.control.command("C0GENERAL", Hugo.users[0], "/mentor", "join")
    assert found["ok"]
    three.settle()
    offered = three.control.options(Hugo.users[0], "asks", "stage")["options"]
    assert [option["value"] for option in offered] == ["stage", "Stage fright"]
