"""Someone or some place is gone, and Slack says so only when a message is to go there: who must know hears it once."""

from sqlalchemy import Engine

from bot.app import place_gone
from bot.clock import TravelClock
from bot.domain.notices import WelcomeBack
from bot.domain.pairs import PairStatus
from bot.runtime.sender import Sender
from bot.runtime.slack import SlackGateway, sending_client
from storage import outbox
from storage.claims import Terms
from storage.tables import OutboxRow, OutboxStatus, Pair, Person, Program
from tests.builders import ORGANIZER, TEAM, World
from tests.runtime.conftest import in_plain_text
from tests.runtime.little_slack import LittleSlack, little_slack, refused
from tests.runtime.test_sender import ROUND_UP

WELCOME = WelcomeBack("Peers", "Ana", ())


def drained(world: World, slack: LittleSlack) -> None:
    gateway, clock = SlackGateway(sending_client("xoxb-1", slack.url)), TravelClock(world.now)
    Sender(world.engine, clock, gateway, in_plain_text, place_gone, Terms(rates=None)).drain(world.now)


def test_a_person_slack_does_not_deliver_to_is_gone_and_their_partner_hears_of_it_once(database: Engine) -> None:
    world = World(database)
    world.people("UANA", "UBEN")
    pair = world.pair("UANA", "UBEN")
    world.change(world.row(Pair, id=pair.id), channel_id="G1")
    with world.writing() as session:
        for key in ("one", "two"):
            outbox.enqueue(session, TEAM, WELCOME, key=key, to="user:UANA", due_at=world.now)
    with little_slack() as slack:
        slack.faults["conversations.open"].append(refused("user_disabled"))
        for _ in range(3):
            drained(world, slack)
    assert world.row(Person, user_id="UANA").is_gone
    assert world.row(Pair, id=pair.id).status is PairStatus.ENDED
    assert len(world.rows(OutboxRow, to="user:UBEN")) == 1
    assert {world.row(OutboxRow, key=key).status for key in ("one", "two")} == {OutboxStatus.DROPPED}


def test_a_channel_slack_does_not_take_posts_for_is_lost_and_its_organizers_hear_of_it_once(database: Engine) -> None:
    world = World(database)
    with world.writing() as session:
        for key in ("one", "two"):
            outbox.enqueue(session, TEAM, ROUND_UP, key=key, to="channel:C1", due_at=world.now)
    with little_slack() as slack:
        answers = slack.faults["chat.postMessage"]
        answers.extend(refused(error) for error in ("not_in_channel", "is_archived"))
        for _ in range(3):
            drained(world, slack)
    assert not world.row(Program).channel_joined
    assert [told.to for told in world.said("channel_lost")] == [f"user:{ORGANIZER}"]
