"""Whatever Slack did not tell is found out within the hour."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from bot.domain.pairs import PairStatus
from bot.runtime.directory import SlackDirectory
from bot.runtime.slack import sending_client
from bot.runtime.sweeping import Sweep
from bot.services import remembering
from sandbox.client import Control
from sandbox.server import Sandbox
from sandbox.workspace import BOT_USER_ID
from storage import people
from storage.engine import session_scope
from storage.tables import Pair, Person, Program, SeenEvent
from tests.builders import TEAM, World
from tests.sandbox.conftest import ROOT, SMALL

CHANNEL = "C0PEERMENTORING"
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def small_works() -> Iterator[Sandbox]:
    sandbox = Sandbox(SMALL, ROOT / "manifest.yml")
    sandbox.start()
    yield sandbox
    sandbox.stop()


@pytest.fixture
def slack(small_works: Sandbox) -> Control:
    control = Control(small_works.url)
    control.reset()
    control.faults(clear=True)
    return control


class Swept:
    """A little world whose people are those of the sandbox, and its sweep. No event reaches it."""

    def __init__(self, sandbox: Sandbox, engine: Engine) -> None:
        self.world = World(engine, channel=CHANNEL)
        client = sending_client(sandbox.bot_token, sandbox.slack_api_url)
        self.directory = SlackDirectory(client, "Department", "Manager")
        self.sweep = self.another()
        for user_id in ("U0ANA", "U0BEN"):
            self.world.person(user_id)
            facts = self.directory.person(user_id)
            with self.world.writing() as session:
                remembering.remember(session, TEAM, facts, now=self.world.now)

    def another(self) -> Sweep:
        return Sweep(self.world.engine, self.directory, TEAM)

    def after(self, hours: float) -> None:
        self.sweep.sweep_due(self.world.later(hours=hours).now)

    def person(self, user_id: str) -> Person:
        return self.world.row(Person, user_id=user_id)


@pytest.fixture
def swept(small_works: Sandbox, slack: Control, database: Engine) -> Swept:
    return Swept(small_works, database)


def calls(slack: Control, method: str) -> int:
    return sum(line["name"] == method for line in slack.log())


def test_who_moved_or_was_renamed_is_so_here_too_and_keeps_their_department(swept: Swept, slack: Control) -> None:
    department = swept.person("U0ANA").department
    assert department is not None
    slack.change_user("U0ANA", tz="Pacific/Auckland", display_name="Anita")
    swept.after(1)
    ana = swept.person("U0ANA")
    assert (ana.timezone, ana.name, ana.department) == ("Pacific/Auckland", "Anita", department)


def test_who_has_left_ends_their_pairs_and_the_partner_hears_of_it_once(swept: Swept, slack: Control) -> None:
    pair = swept.world.pair("U0ANA", "U0BEN")
    slack.change_user("U0ANA", deleted=True)
    for hours in (1, 2, 3):
        swept.after(hours)
    assert swept.person("U0ANA").is_gone
    assert swept.world.row(Pair, id=pair.id).status is PairStatus.ENDED
    assert [told.to for told in swept.world.said("pair_closed")] == ["user:U0BEN"]


def test_strangers_stay_strangers(swept: Swept) -> None:
    swept.after(1)
    assert {person.user_id for person in swept.world.rows(Person)} == {"U0ANA", "U0BEN", "UORG"}


def test_a_channel_the_bot_is_not_in_any_more_is_told_to_its_organizers_once(swept: Swept, slack: Control) -> None:
    assert slack.invite(CHANNEL, BOT_USER_ID, by="U0ANA")["ok"]
    swept.after(1)
    assert swept.world.row(Program).channel_joined
    slack.archive(CHANNEL)
    for hours in (2, 3):
        swept.after(hours)
    assert not swept.world.row(Program).channel_joined
    assert len(swept.world.said("channel_lost")) == 1


def test_an_invitation_nobody_told_of_is_found(swept: Swept, slack: Control) -> None:
    swept.world.change(swept.world.row(Program), channel_joined=False, channel_name="old name")
    assert slack.invite(CHANNEL, BOT_USER_ID, by="U0ANA")["ok"]
    swept.after(1)
    program = swept.world.row(Program)
    assert (program.channel_joined, program.channel_name) == (True, "peer-mentoring")


def test_several_bots_on_one_database_sweep_once_an_hour(swept: Swept, slack: Control) -> None:
    other = swept.another()
    for minutes in range(0, 120, 10):
        for sweep in (swept.sweep, other):
            sweep.sweep_due(swept.world.now + timedelta(minutes=minutes))
    assert calls(slack, "users.list") == 2


def test_a_sweep_that_slack_interrupts_goes_on_at_the_next_tick(swept: Swept, slack: Control) -> None:
    slack.change_user("U0ANA", tz="Pacific/Auckland")
    for trouble in ({"status": 503}, {"drop": "before"}, {"status": 429}):
        slack.faults(method="users.list", times=1, **trouble)
    for minute in range(4):
        swept.sweep.sweep_due(swept.world.now + timedelta(minutes=minute))
    assert swept.person("U0ANA").timezone == "Pacific/Auckland"


def test_a_clock_set_back_a_day_holds_up_no_sweep(swept: Swept, slack: Control) -> None:
    swept.sweep.sweep_due(swept.world.now + timedelta(days=1))
    swept.sweep.sweep_due(swept.world.now)
    assert calls(slack, "users.list") == 2


def test_an_event_is_new_once_and_forgotten_after_a_day(swept: Swept) -> None:
    world = swept.world
    assert [world.do(remembering.first_sight_of, TEAM, "Ev1") for _ in range(2)] == [True, False]
    swept.after(25)
    assert world.rows(SeenEvent) == []


def test_two_bots_that_are_told_of_the_same_event_at_once_take_it_once(postgres_engine: Engine) -> None:
    world = World(postgres_engine)
    with session_scope(postgres_engine) as one:
        assert people.first_sight_of(one, TEAM, "Ev1", world.now)
    with session_scope(postgres_engine) as two:
        assert not people.first_sight_of(two, TEAM, "Ev1", world.now)
