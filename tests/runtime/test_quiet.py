"""Whom Slack is told not to disturb is not disturbed by us: looked up before they would be written to."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import Engine

from bot.domain.nudges import Withheld
from bot.domain.people import Actor
from bot.runtime.directory import SlackDirectory
from bot.runtime.quiet import Quiet
from bot.runtime.slack import sending_client
from bot.services import heartbeat, holding, remembering, thanking
from sandbox.client import Control
from sandbox.server import Sandbox
from storage.tables import Enrollment, OutboxRow, Person, WithheldQuestion
from tests.builders import TEAM, World
from tests.sandbox.conftest import ROOT, SMALL

ANA, BEN = "U0ANA", "U0BEN"
FIRST_SLOT = datetime(2026, 1, 27, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def small_works() -> Iterator[Sandbox]:
    sandbox = Sandbox(SMALL, ROOT / "manifest.yml")
    sandbox.start()
    yield sandbox
    sandbox.stop()


class Office:
    """Ana and Ben, partners in London, as the sandbox knows them. No event reaches the bot."""

    def __init__(self, sandbox: Sandbox, engine: Engine) -> None:
        self.control = Control(sandbox.url)
        self.control.reset()
        self.control.faults(clear=True)
        self.world = World(engine)
        for user in (ANA, BEN):
            self.world.person(user)
        self.pair = self.world.pair(ANA, BEN)
        client = sending_client(sandbox.bot_token, sandbox.slack_api_url)
        self.quiet = Quiet(engine, SlackDirectory(client, "", ""), TEAM)

    def wants_quiet(self, user: str, start: datetime, end: datetime) -> None:
        self.control.change_user(user, snooze=[start.isoformat(), end.isoformat()])

    def tick(self, moment: datetime) -> None:
        """As the bot does it."""
        self.world.at(moment)
        self.quiet.look_ahead(moment)
        self.world.do(heartbeat.tick)

    def asked(self, user: str) -> list[datetime]:
        return [said.due_at for said in self.world.said("check_in_question", f"user:{user}")]

    def asks_slack(self) -> int:
        """How often Slack was asked so far."""
        return sum(line["name"].startswith("dnd.") for line in self.control.log())


@pytest.fixture
def office(small_works: Sandbox, engine: Engine) -> Office:
    return Office(small_works, engine)


def test_who_wants_quiet_is_asked_when_it_is_over_and_the_partner_in_time(office: Office) -> None:
    office.wants_quiet(ANA, FIRST_SLOT - HOUR, FIRST_SLOT + 3 * HOUR)
    office.tick(FIRST_SLOT)
    assert office.asked(BEN) == [FIRST_SLOT]
    assert office.asked(ANA) == [FIRST_SLOT + 3 * HOUR]


def test_quiet_until_after_work_waits_for_the_morning(office: Office) -> None:
    office.wants_quiet(ANA, FIRST_SLOT - HOUR, FIRST_SLOT + 9 * HOUR)
    office.tick(FIRST_SLOT)
    assert office.asked(ANA) == [FIRST_SLOT + 23 * HOUR], "nine on Wednesday"


def test_a_do_not_disturb_of_every_night_that_takes_all_the_hours_puts_nothing_off_for_ever(office: Office) -> None:
    """She works from six to eight, and Slack is quiet until eight each morning, as it is unless one changes it."""
    world = office.world
    world.change(world.row(Enrollment, user_id=ANA), hours_from=time(6), hours_to=time(8))
    world.at(FIRST_SLOT - 16 * HOUR).do(thanking.thank, Actor(TEAM, BEN), [ANA], "the walk")
    eight = FIRST_SLOT - 2 * HOUR
    office.wants_quiet(ANA, eight - 10 * HOUR, eight)
    office.tick(eight - 2 * HOUR - timedelta(minutes=5))
    told = {ANA: (eight + 14 * HOUR, eight + 24 * HOUR)}
    world.at(eight).do(remembering.told_undisturbed, TEAM, told)
    assert [row.due_at for row in world.rows(OutboxRow, to=f"user:{ANA}")] == [eight], "the same day, once it is over"


def test_quiet_until_the_week_is_over_is_a_reason(office: Office) -> None:
    office.wants_quiet(ANA, FIRST_SLOT - HOUR, FIRST_SLOT + timedelta(days=6))
    office.tick(FIRST_SLOT)
    assert office.asked(ANA) == []
    assert [held.reason for held in office.world.rows(WithheldQuestion, user_id=ANA)] == [Withheld.DO_NOT_DISTURB]


def test_what_was_on_its_way_waits_too(office: Office) -> None:
    world = office.world
    world.at(FIRST_SLOT - 16 * HOUR).do(thanking.thank, Actor(TEAM, BEN), [ANA], "the walk")
    (row,) = world.rows(OutboxRow, to=f"user:{ANA}")
    assert row.due_at == FIRST_SLOT - HOUR
    office.wants_quiet(ANA, FIRST_SLOT - 2 * HOUR, FIRST_SLOT)
    office.tick(FIRST_SLOT - HOUR - timedelta(minutes=5))
    (row,) = world.rows(OutboxRow, to=f"user:{ANA}")
    assert row.due_at == FIRST_SLOT


def test_quiet_that_begins_while_a_message_is_late_holds_it_back(office: Office) -> None:
    world = office.world
    world.at(FIRST_SLOT).do(thanking.thank, Actor(TEAM, BEN), [ANA], "the walk")
    world.later(minutes=2).do(holding.hold_back)
    told = {ANA: (FIRST_SLOT + HOUR, FIRST_SLOT + 2 * HOUR)}
    world.at(FIRST_SLOT + HOUR).do(remembering.told_undisturbed, TEAM, told)
    (row,) = world.rows(OutboxRow, to=f"user:{ANA}")
    assert row.due_at == FIRST_SLOT + 2 * HOUR


def test_slack_is_asked_once_in_half_an_hour_and_only_of_those_who_are_next(office: Office) -> None:
    for minutes in range(-20, 0, 5):
        office.tick(FIRST_SLOT + timedelta(minutes=minutes))
    assert office.asks_slack() == 1, "of both at once, ten minutes before"
    assert {person.user_id for person in office.world.rows(Person) if person.asked_undisturbed_at} == {ANA, BEN}


def test_a_slack_that_does_not_answer_delays_nobody(office: Office) -> None:
    office.control.faults(method="dnd.teamInfo", status=503)
    office.tick(FIRST_SLOT)
    assert office.asked(ANA) == office.asked(BEN) == [FIRST_SLOT]


def test_a_bot_that_may_not_ask_stops_asking(office: Office) -> None:
    office.control.faults(method="dnd.teamInfo", error="missing_scope")
    for minutes in (-10, -5, 0):
        office.tick(FIRST_SLOT + timedelta(minutes=minutes))
    assert office.asks_slack() == 1
    assert office.asked(ANA) == [FIRST_SLOT]


def test_one_person_alone_is_asked_about_in_another_way(office: Office) -> None:
    office.world.change(office.world.row(Person, user_id=BEN), is_gone=True)
    office.wants_quiet(ANA, FIRST_SLOT, FIRST_SLOT + HOUR)
    office.tick(FIRST_SLOT)
    assert [line["name"] for line in office.control.log() if line["name"].startswith("dnd.")] == ["dnd.info"]
    assert office.world.row(Person, user_id=ANA).undisturbed_until == FIRST_SLOT + HOUR
