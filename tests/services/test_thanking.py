"""Kudos: from anyone to anyone; the receiver's wish decides who else hears of it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from bot.domain.enrollment import Celebration
from bot.domain.kudos import LONGEST_REASON, MOST_A_DAY, Consent
from bot.domain.notices import KudosConsentAsked, KudosDelivered, RoundUp
from bot.domain.people import Actor
from bot.errors import NotAllowed, NotPossibleNow
from bot.services import enrolling, rounding_up, thanking
from bot.views.messages import render
from sandbox.validation import check_message
from storage.tables import Kudos, Person
from tests.builders import TEAM, World

ANA, BEN = Actor(TEAM, "UANA"), Actor(TEAM, "UBEN")
FRIDAY = datetime(2026, 1, 16, 15, tzinfo=UTC)
WHY = "the patient code review"


@pytest.fixture
def office(world: World) -> World:
    world.people("UANA", "UBEN", "UCHLOE")
    return world


def thank(world: World, *receivers: str, why: str = WHY, giver: Actor = ANA) -> None:
    world.do(thanking.thank, giver, receivers, why)


def decide(world: World, said: Consent, *, by: Actor = BEN, never_again: bool = False) -> None:
    world.do(thanking.answer, by, world.row(Kudos).id, said, never_again=never_again)


def round_up(world: World) -> list[RoundUp]:
    """The round-ups after Friday's tick."""
    with world.writing() as session:
        rounding_up.round_all_up(session, now=world.now)
    return [said.notice for said in world.said("round_up") if isinstance(said.notice, RoundUp)]


WRONG: list[tuple[Sequence[str], str, str]] = [
    ((), WHY, "whom to thank"),
    (("UANA",), WHY, "others"),
    (("UBEN", "UANA"), WHY, "others"),
    (("UBEN", "UBOT"), WHY, "people in this workspace"),
    (("UBEN", "UGUEST"), WHY, "people in this workspace"),
    (("UBEN", "UGONE"), WHY, "people in this workspace"),
    (("UBEN",), "  ", "what for"),
    (("UBEN",), "x" * (LONGEST_REASON + 1), "500 characters"),
]


@pytest.mark.parametrize(("receivers", "why", "sentence"), WRONG)
def test_everyone_is_checked_before_any_row_is_written(
    office: World, receivers: Sequence[str], why: str, sentence: str
) -> None:
    office.person("UGUEST", may_join=False, enrolled=False)
    office.person("UGONE", is_gone=True, enrolled=False)
    with pytest.raises(NotPossibleNow, match=sentence):
        thank(office, *receivers, why=why)
    assert office.rows(Kudos) == []
    assert office.said() == []


def test_several_are_thanked_at_once_each_for_themselves(either_world: World) -> None:
    world = either_world
    world.people("UANA", "UBEN", "UCHLOE")
    thank(world, "UBEN", "UCHLOE", "UBEN")
    assert [kudos.receiver_id for kudos in world.rows(Kudos)] == ["UBEN", "UCHLOE"]
    assert [said.to for said in world.said("kudos_consent_asked")] == ["user:UBEN", "user:UCHLOE"]


def test_thanks_to_forty_people_at_once_are_sent_to_nobody(office: World) -> None:
    forty = [f"U{number}" for number in range(40)]
    for user_id in forty:
        office.person(user_id, enrolled=False)
    with pytest.raises(NotPossibleNow, match="Thanks to 40 people"):
        thank(office, *forty)
    assert (office.rows(Kudos), office.said()) == ([], [])


def test_ten_a_day_are_enough_and_the_day_is_the_giver_s(office: World) -> None:
    many = [f"U{number}" for number in range(MOST_A_DAY)]
    for user_id in many:
        office.person(user_id, enrolled=False)
    thank(office, *many[:9])
    with pytest.raises(NotPossibleNow, match="thanked 9 people today"):
        thank(office, "UBEN", "UCHLOE")
    assert len(office.rows(Kudos)) == 9
    thank(office, "UBEN")
    with pytest.raises(NotPossibleNow, match="thanked 10 people today"):
        thank(office, "UCHLOE")
    thank(office, "UCHLOE", giver=BEN)
    office.at(datetime(2026, 1, 13, 0, 1, tzinfo=UTC))
    thank(office, "UCHLOE")


def test_the_longest_thanks_are_taken(office: World) -> None:
    thank(office, "UBEN", why="x" * LONGEST_REASON)
    assert len(office.row(Kudos).why) == LONGEST_REASON


def test_the_same_click_twice_is_one_thank_you(office: World) -> None:
    thank(office, "UBEN")
    with pytest.raises(NotPossibleNow, match="on its way"):
        thank(office.later(minutes=1), "UBEN")
    thank(office, "UBEN", why="something else")
    thank(office.later(minutes=10), "UBEN")
    assert len(office.rows(Kudos)) == 3


@pytest.mark.parametrize(
    ("wish", "consent", "kinds"),
    [
        (Celebration.ASK, Consent.ASKED, ["kudos_consent_asked"]),
        (Celebration.CHANNEL, Consent.GIVEN, ["kudos_delivered"]),
        (Celebration.PRIVATE, Consent.REFUSED, ["kudos_delivered"]),
        (Celebration.NEVER, Consent.REFUSED, []),
    ],
)
def test_the_receiver_s_wish_decides(world: World, wish: Celebration, consent: Consent, kinds: list[str]) -> None:
    world.person("UANA")
    world.person("UBEN", celebration=wish)
    thank(world, "UBEN")
    assert world.row(Kudos).consent is consent
    assert [said.notice.kind for said in world.said()] == kinds


def test_without_a_channel_there_is_nothing_to_ask(engine: Engine) -> None:
    world = World(engine, channel=None)
    world.people("UANA", "UBEN")
    thank(world, "UBEN")
    (delivered,) = world.said()
    assert isinstance(delivered.notice, KudosDelivered)
    assert delivered.notice.consent is Consent.REFUSED
    check_message({"text": render(delivered.notice).text, "blocks": render(delivered.notice).blocks})


def test_the_question_names_its_friday_and_comes_in_working_hours(office: World) -> None:
    office.at(datetime(2026, 1, 12, 20, tzinfo=UTC))
    thank(office, "UBEN")
    (question,) = office.said()
    assert isinstance(question.notice, KudosConsentAsked)
    assert (question.notice.decide_by, question.notice.why) == (FRIDAY.date(), WHY)
    assert question.due_at == datetime(2026, 1, 13, 9, tzinfo=UTC)


def test_an_answer_replaces_the_question_and_is_given_once(office: World) -> None:
    thank(office, "UBEN")
    with pytest.raises(NotAllowed, match="Only the person who was asked"):
        decide(office, Consent.GIVEN, by=Actor(TEAM, "UCHLOE"))
    decide(office, Consent.GIVEN)
    (delivered,) = office.said("kudos_delivered")
    assert (delivered.replaces, delivered.to) == (office.said("kudos_consent_asked")[0].key, "user:UBEN")
    with pytest.raises(NotPossibleNow, match="said yes to this already"):
        decide(office, Consent.REFUSED)
    with pytest.raises(NotPossibleNow, match="out of date"):
        office.do(thanking.answer, BEN, None, Consent.GIVEN, never_again=False)


def test_never_again_holds_for_the_next_thanks(office: World) -> None:
    thank(office, "UBEN")
    decide(office, Consent.REFUSED, never_again=True)
    thank(office, "UBEN", why="something else")
    assert office.row(Person, user_id="UBEN").celebration is Celebration.PRIVATE
    assert len(office.said("kudos_consent_asked")) == 1


def test_silence_until_friday_means_private(office: World) -> None:
    thank(office, "UBEN")
    office.at(FRIDAY - timedelta(minutes=1)).do(thanking.lapse)
    assert office.row(Kudos).consent is Consent.ASKED
    for _ in range(2):
        office.at(FRIDAY).do(thanking.lapse)
    assert office.row(Kudos).consent is Consent.EXPIRED
    assert len(office.said("kudos_delivered")) == 1
    assert round_up(office) == []


def test_thanks_that_wait_for_the_end_of_a_break_are_asked_about_then_and_have_the_friday_after(office: World) -> None:
    """A Friday that passes meanwhile decides nothing, and writes to nobody on a break."""
    thank(office.at(datetime(2026, 1, 12, 20, tzinfo=UTC)), "UBEN")
    office.do(enrolling.pause, BEN, date(2026, 2, 2))
    for _ in range(2):
        office.at(FRIDAY).do(thanking.lapse)
    assert office.said("kudos_delivered") == []
    (question,) = office.said("kudos_consent_asked")
    assert question.due_at == datetime(2026, 2, 2, 9, tzinfo=UTC)
    assert isinstance(question.notice, KudosConsentAsked)
    assert question.notice.decide_by == date(2026, 2, 6)
    decide(office.at(question.due_at), Consent.GIVEN)
    assert office.row(Kudos).consent is Consent.GIVEN


def test_the_round_up_tells_the_week_s_consented_thanks_once(either_world: World) -> None:
    world = either_world
    world.people("UANA", "UBEN")
    thank(world, "UBEN")
    decide(world, Consent.GIVEN)
    assert round_up(world.at(FRIDAY - timedelta(minutes=1))) == []
    for moment in (FRIDAY, FRIDAY + timedelta(minutes=1), FRIDAY + timedelta(hours=19), FRIDAY + timedelta(weeks=1)):
        (told,) = round_up(world.at(moment))
    assert [(thanks.giver, thanks.receiver, thanks.why) for thanks in told.thanks] == [("Ana", "Ben", WHY)]
    assert world.row(Kudos).round_up_on == FRIDAY.date()


def test_a_yes_after_the_round_up_waits_for_the_next_one(office: World) -> None:
    office.at(FRIDAY - timedelta(hours=2))
    thank(office, "UBEN")
    decide(office.at(FRIDAY + timedelta(hours=3)), Consent.GIVEN)
    assert round_up(office.later(hours=1)) == [], "the channel would hear of it on a Friday evening"
    assert len(round_up(office.at(FRIDAY + timedelta(weeks=1)))) == 1


def test_nothing_is_said_in_a_week_without_thanks(office: World) -> None:
    assert round_up(office.at(FRIDAY)) == []


@pytest.mark.parametrize("why", [WHY, "<&>" * 166], ids=["short", "long"])
def test_twenty_five_thanks_are_all_told_over_some_fridays_in_messages_slack_takes(world: World, why: str) -> None:
    givers = world.people("UANA", "UCHLOE", "UDEV")
    world.person("UBEN", celebration=Celebration.CHANNEL)
    for number in range(25):
        thank(world, "UBEN", why=f"{number}{why}", giver=givers[number % 3])
    told: list[str] = []
    fridays = 0
    while len(told) < 25:
        (*_, shown) = round_up(world.at(FRIDAY + timedelta(weeks=fridays)))
        check_message({"text": render(shown).text, "blocks": render(shown).blocks})
        told += [thanks.why for thanks in shown.thanks]
        fridays += 1
    assert told == [f"{number}{why}" for number in range(25)]
    assert fridays == (2 if why == WHY else 5)
