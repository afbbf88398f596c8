"""Travelled time leaps from due moment to due moment: it must see all that ticking every hour sees, and no later."""

import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select, update

from bot.domain.checkins import Answer, CheckInState
from bot.domain.enrollment import Celebration
from bot.domain.kudos import Consent
from bot.domain.people import Actor
from bot.errors import MentorError
from bot.services import celebrating, checking_in, enrolling, heartbeat, thanking
from bot.services.reaching import today_of
from storage import pairs
from storage.engine import make_engine
from storage.tables import Cycle, Kudos, MilestoneConsent, OutboxRow, OutboxStatus
from tests.builders import MONDAY, TEAM, World
from tests.conftest import sqlite_url

ZONES = ("Europe/London", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "Africa/Cairo")
USERS = ("UANA", "UBEN", "UCHLOE", "UDEV", "UEVE")
WEEKS = 4
END = MONDAY + timedelta(weeks=WEEKS, days=1)
HOUR, LONGEST_LEAP = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Act:
    """Someone does something; `seed` chooses what and to whom."""

    hours: int
    user: str
    seed: int


@dataclass(frozen=True)
class Plan:
    """Where people are, when they work, what they wish, and what they do in four weeks."""

    zones: tuple[str, ...]
    starts: tuple[int, ...]
    wishes: tuple[Celebration, ...]
    acts: tuple[Act, ...]


def five(of: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.tuples(*[of] * len(USERS))


acts = st.builds(Act, st.integers(0, WEEKS * 168), st.sampled_from(USERS), st.integers(0, 10_000))
plans = st.builds(
    Plan,
    five(st.sampled_from(ZONES)),
    five(st.integers(7, 14)),
    five(st.sampled_from(Celebration)),
    st.lists(acts, min_size=4, max_size=14, unique_by=lambda act: act.hours).map(
        lambda found: tuple(sorted(found, key=lambda act: act.hours))
    ),
)


@contextmanager
def fresh_world(template: Path, plan: Plan) -> Iterator[World]:
    """A world of its own with everyone in it, paired for four weeks."""
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(sqlite_url(Path(shutil.copy(template, f"{folder}/mentor.db"))), pool_size=2)
        world = World(engine)
        for user, where, start, wish in zip(USERS, plan.zones, plan.starts, plan.wishes, strict=True):
            world.person(user, timezone=where, celebration=wish)
            world.change(world.enrollment(user), hours_from=time(start), hours_to=time(start + 8))
        world.pair(*USERS[:2])
        world.pair(*USERS[2:])
        world.change(world.row(Cycle), ends_on=MONDAY.date() + timedelta(weeks=WEEKS))
        yield world
        engine.dispose()


def check_in(session: Session, actor: Actor, dice: random.Random, now: datetime) -> None:
    state = dice.choice([state for state in CheckInState if state is not CheckInState.WRAP_UP])
    mine = pairs.active_pairs_of(session, TEAM, actor.user_id)[0]
    checking_in.answer(session, actor, mine, Answer(state), now=now)


def thank(session: Session, actor: Actor, dice: random.Random, now: datetime) -> None:
    thanking.thank(session, actor, [dice.choice(USERS)], f"help number {dice.random()}", now=now)


def decide(session: Session, actor: Actor, dice: random.Random, now: datetime) -> None:
    """Answer whatever one was asked about."""
    said = dice.choice([Consent.GIVEN, Consent.GIVEN, Consent.REFUSED])
    asked = MilestoneConsent.consent == Consent.ASKED
    mine = select(MilestoneConsent).where(MilestoneConsent.user_id == actor.user_id, asked)
    for consent in session.exec(mine).all():
        celebrating.answer(session, actor, consent.milestone_id, said, never_again=False, now=now)
    received = select(Kudos).where(Kudos.receiver_id == actor.user_id, Kudos.consent == Consent.ASKED)
    for kudos in session.exec(received).all():
        thanking.answer(session, actor, kudos.id, said, never_again=False, now=now)


def pause(session: Session, actor: Actor, dice: random.Random, now: datetime) -> None:
    until = today_of(session, actor, now=now) + timedelta(days=dice.randint(1, 12))
    enrolling.pause(session, actor, until, now=now)


def leave_a_pair(session: Session, actor: Actor, dice: random.Random, now: datetime) -> None:
    mine = pairs.active_pairs_of(session, TEAM, actor.user_id)[0]
    checking_in.not_a_fit(session, actor, mine.id, now=now)


DOING: tuple[Callable[[Session, Actor, random.Random, datetime], None], ...] = (
    check_in, check_in, thank, thank, decide, decide, pause, leave_a_pair,
)  # fmt: skip


def do(session: Session, act: Act, now: datetime) -> None:
    """What someone does, where it is possible at all."""
    dice = random.Random(act.seed)
    try:
        dice.choice(DOING)(session, Actor(TEAM, act.user), dice, now)
    except (MentorError, IndexError):
        return


def tick(session: Session, now: datetime) -> None:
    """A tick; and everything is sent at once, so that the outbox calls nobody back."""
    heartbeat.tick(session, now=now)
    session.exec(update(OutboxRow).values(status=OutboxStatus.SENT))


def by_the_hour(session: Session, now: datetime) -> datetime:
    return now + HOUR


def by_leaps(session: Session, now: datetime) -> datetime:
    """As bot.app.Mentor.advance goes."""
    due = heartbeat.next_due(session, now=now)
    assert due is None or due > now
    return min(due or END, now + LONGEST_LEAP)


Heard = dict[str, datetime]


def live(world: World, plan: Plan, step: Callable[[Session, datetime], datetime]) -> Heard:
    """Four weeks; people act, and the bot ticks after each act as it does every minute. What was said, and when."""
    waiting, now = list(plan.acts), MONDAY
    with Session(world.engine, expire_on_commit=False) as session, session.begin():
        while now < END:
            tick(session, now)
            while waiting and MONDAY + waiting[0].hours * HOUR <= now:
                do(session, waiting.pop(0), now)
                tick(session, now)
            following = MONDAY + waiting[0].hours * HOUR if waiting else END
            now = min(step(session, now), following)
        rows = session.exec(select(OutboxRow).order_by(col(OutboxRow.id)))
        return {row.key: row.due_at for row in rows}


@given(plan=plans)
@settings(
    max_examples=4,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to shrink four weeks takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_leaping_says_all_that_ticking_every_hour_says_and_no_later(sqlite_template: Path, plan: Plan) -> None:
    with fresh_world(sqlite_template, plan) as slow, fresh_world(sqlite_template, plan) as quick:
        ticked, leapt = live(slow, plan, by_the_hour), live(quick, plan, by_leaps)
    assert leapt.keys() == ticked.keys()
    assert {key: due for key, due in leapt.items() if due > ticked[key]} == {}
