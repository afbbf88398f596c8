"""The values of a program: edited in one place by an organizer, carried by thanks."""

import pytest

from bot.domain.enrollment import Celebration
from bot.domain.kudos import Consent
from bot.domain.notices import KudosConsentAsked, RoundUp
from bot.domain.people import Actor
from bot.domain.setups import Setup
from bot.errors import NotAllowed, WrongWords
from bot.services import enrolling, setting_up, standing, thanking, valuing
from storage.tables import Kudos, Person, Program
from tests.builders import ORGANIZER, TEAM, World, profile
from tests.services.test_thanking import ANA, BEN, FRIDAY, WHY, decide, round_up, thank

OLGA = Actor(TEAM, ORGANIZER)


@pytest.fixture
def office(world: World) -> World:
    world.people("UANA", "UBEN", "UCHLOE")
    choose(world, "care\n#Craft")
    return world


def choose(world: World, text: str, actor: Actor = OLGA) -> None:
    with world.writing() as session:
        valuing.choose(session, actor, world.program_id, text)


def offered(world: World, actor: Actor = ANA) -> tuple[str, ...]:
    with world.writing() as session:
        return valuing.offered(session, actor)


def another_program(world: World, *values: str) -> Program:
    setup = Setup(name="Leadership", channel_id="CLEAD", channel_name="leaders", joined=True)
    program = world.do(setting_up.start, OLGA, (), setup)
    world.change(world.row(Program, id=program.id), values=list(values))
    return program


def test_an_organizer_chooses_the_values_and_takes_them_back(office: World) -> None:
    assert offered(office) == ("care", "Craft")
    choose(office, "courage")
    assert offered(office) == ("courage",)
    choose(office, " \n")
    assert offered(office) == ()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("\n".join(f"value{n}" for n in range(9)), "up to 8 values, and these are 9"),
        ("be kind", "“be kind” cannot be typed as #word"),
        ("care\n<!channel>", "cannot be typed"),
        ("w" * 25, "up to 24 letters"),
    ],
)
def test_what_is_no_value_is_refused_and_nothing_changes(office: World, text: str, sentence: str) -> None:
    with pytest.raises(WrongWords, match=sentence) as refused:
        choose(office, text)
    assert refused.value.field == "values"
    assert offered(office) == ("care", "Craft")


def test_only_an_organizer_chooses_them(office: World) -> None:
    with pytest.raises(NotAllowed):
        choose(office, "chaos", ANA)
    assert offered(office) == ("care", "Craft")


def test_someone_is_offered_the_values_of_their_programs_and_a_stranger_those_of_the_first(office: World) -> None:
    another = another_program(office, "CARE", "courage")
    office.person("UDEV", enrolled=False)
    assert offered(office, Actor(TEAM, "UDEV")) == ("care", "Craft")
    office.do(enrolling.join, ANA, another.id, profile())
    assert offered(office) == ("care", "Craft", "courage")


def test_a_copy_of_a_program_has_its_values(office: World) -> None:
    setup = Setup(name="Leadership", channel_id="CLEAD", channel_name="leaders", joined=True)
    copy = office.do(setting_up.start, OLGA, (), setup, like=office.program_id)
    assert copy.values == ["care", "Craft"]


def test_thanks_carry_what_was_typed_and_what_was_chosen_to_the_receiver_the_channel_and_home(office: World) -> None:
    office.do(thanking.thank, ANA, ("UBEN",), f"{WHY} #CARE", ("Craft",))
    kudos = office.row(Kudos)
    assert (kudos.why, kudos.values) == (WHY, ["care", "Craft"])
    (asked,) = office.said()
    assert isinstance(asked.notice, KudosConsentAsked)
    assert asked.notice.values == ("care", "Craft")
    decide(office, Consent.GIVEN)
    (told,) = round_up(office.at(FRIDAY))
    assert told.thanks[0].values == ("care", "Craft")
    (shown,) = office.do(standing.standing, BEN).thanks
    assert (shown.why, shown.values) == (WHY, ("care", "Craft"))


def test_a_hashtag_that_is_no_value_stays_in_the_words(office: World) -> None:
    thank(office, "UBEN", why="the sprint #wip")
    assert (office.row(Kudos).why, office.row(Kudos).values) == ("the sprint #wip", [])


def test_a_value_that_nobody_offered_is_not_kept(office: World) -> None:
    office.do(thanking.thank, ANA, ("UBEN",), WHY, ("chaos", "care"))
    assert office.row(Kudos).values == ["care"]


def test_a_value_alone_is_no_reason(office: World) -> None:
    with pytest.raises(WrongWords, match="what for"):
        thank(office, "UBEN", why="#care")
    assert office.rows(Kudos) == []


def test_thanks_keep_the_values_they_were_given_with(office: World) -> None:
    office.person("UDEV", celebration=Celebration.CHANNEL)
    thank(office, "UDEV", why=f"{WHY} #care")
    choose(office, "courage")
    (told,) = round_up(office.at(FRIDAY))
    assert isinstance(told, RoundUp)
    assert told.thanks[0].values == ("care",)


def test_a_plan_writes_nothing_and_is_the_same_whatever_the_receiver_s_wish_is(office: World) -> None:
    plans = []
    for wish in Celebration:
        office.change(office.row(Person, user_id="UBEN"), celebration=wish)
        planned = office.do(thanking.plan, ANA, ("UBEN",), f"{WHY} #care")
        plans.append((planned.why, planned.values, [program.channel_name for _, program in planned.to]))
    assert plans == [(WHY, ("care",), ["peer-mentoring"])] * len(Celebration)
    assert (office.rows(Kudos), office.said()) == ([], [])
