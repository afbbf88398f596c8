"""Whatever people do, in whatever order, and however much time passes: what must hold holds, and nothing breaks."""

import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import SQLModel, col, select

from bot.domain.budget import COSTS, Cost
from bot.domain.cadence import local_date, week_of
from bot.domain.checkins import Answer, CheckInState, StuckReason
from bot.domain.enrollment import EnrollmentStatus
from bot.domain.kudos import Consent
from bot.domain.lifecycle import CONSENT, ENROLLMENT, MATCH, MILESTONE, PAIR, ROUND, Machine
from bot.domain.milestones import MilestoneStatus
from bot.domain.pairs import ENDED_WELL, PairStatus
from bot.domain.people import Actor
from bot.errors import MentorError
from bot.services import (
    celebrating,
    checking_in,
    enrolling,
    heartbeat,
    matchmaking,
    rematching,
    remembering,
    thanking,
    undoing,
)
from storage import outbox
from storage.engine import make_engine
from storage.tables import (
    CheckIn,
    Cycle,
    Enrollment,
    Kudos,
    MatchRun,
    Milestone,
    MilestoneConsent,
    Nudge,
    OutboxRow,
    OutboxStatus,
    Pair,
    PairMember,
    Person,
    Program,
)
from tests.builders import MONDAY, ORGANIZER, TEAM, World, person_facts, profile
from tests.conftest import sqlite_url

OLGA = Actor(TEAM, ORGANIZER)
USERS = ("UANA", "UBEN", "UCHLOE", "UDEV", "UEVA")
END = MONDAY + timedelta(weeks=20)
WATCHED: tuple[tuple[type[SQLModel], Machine], ...] = (  # type: ignore[type-arg]
    (Enrollment, ENROLLMENT),
    (Pair, PAIR),
    (Kudos, CONSENT),
    (MilestoneConsent, CONSENT),
    (Milestone, MILESTONE),
    (MatchRun, MATCH),
    (Cycle, ROUND),
)


@dataclass(frozen=True)
class Deed:
    """Who does what; `seed` chooses to what, and how."""

    name: str
    user: str
    seed: int


# What people do. Each may be refused, with a sentence.


def joins(world: World, actor: Actor, dice: random.Random) -> None:
    world.do(enrolling.join, actor, world.program_id, profile(hours_from=dice.choice(PROFILE_HOURS)))


def pauses(world: World, actor: Actor, dice: random.Random) -> None:
    world.do(enrolling.pause, actor, world.now.date() + timedelta(days=dice.randint(-2, 40)))


def resumes(world: World, actor: Actor, dice: random.Random) -> None:
    world.do(lambda session, now: enrolling.resume(session, actor, now=now))


def leaves(world: World, actor: Actor, dice: random.Random) -> None:
    world.do(enrolling.leave, actor, world.program_id)


def asks_again(world: World, actor: Actor, dice: random.Random) -> None:
    mine = world.rows(Enrollment, user_id=actor.user_id)
    world.do(enrolling.match_again, actor, mine[0].id if mine else 0)


def avoids(world: World, actor: Actor, dice: random.Random) -> None:
    world.do(lambda session, now: enrolling.avoid(session, actor, dice.choice(USERS)))


def answers(world: World, actor: Actor, dice: random.Random) -> None:
    """Under a question, perhaps an old one, or by a word about any pair."""
    given = Answer(dice.choice(list(CheckInState)), stuck_reason=dice.choice([None, *StuckReason]))
    nudges = world.rows(Nudge, user_id=actor.user_id)
    if nudges and dice.random() < 0.6:
        world.do(checking_in.answer_question, actor, dice.choice(nudges).id, given)
        return

    def say(session: object, now: datetime) -> None:
        pair = checking_in.my_pair(session, actor, my_pair(world, actor, dice))  # type: ignore[arg-type]
        checking_in.answer(session, actor, pair, given, now=now)  # type: ignore[arg-type]

    world.do(say)


def goes_on_from_an_answer(world: World, actor: Actor, dice: random.Random) -> None:
    mine = [kept.id for kept in world.rows(CheckIn, user_id=actor.user_id)]
    kept = dice.choice(mine) if mine and dice.random() < 0.8 else some(world, CheckIn, dice)
    if dice.random() < 0.5:
        world.do(checking_in.ask_in, actor, kept, dice.randint(1, 2))
    else:
        world.do(checking_in.correct, actor, kept, Answer(CheckInState.MET, minutes=45))


def says_not_a_fit(world: World, actor: Actor, dice: random.Random) -> None:
    world.do(checking_in.not_a_fit, actor, my_pair(world, actor, dice))


def thanks(world: World, actor: Actor, dice: random.Random) -> None:
    world.do(thanking.thank, actor, [dice.choice(USERS)], f"the review {dice.random()}")


def decides(world: World, actor: Actor, dice: random.Random) -> None:
    said = dice.choice([Consent.GIVEN, Consent.REFUSED])
    never_again = dice.random() < 0.2
    if dice.random() < 0.5:
        world.do(thanking.answer, actor, some(world, Kudos, dice), said, never_again=never_again)
    else:
        world.do(celebrating.answer, actor, some(world, Milestone, dice), said, never_again=never_again)


def matches(world: World, actor: Actor, dice: random.Random) -> None:
    """The organizer previews and releases everyone who is free, or those who wait during the round."""
    cycle_id = None
    if world.rows(Cycle) and dice.random() < 0.5:
        program = world.row(Program)
        cycle_id = world.do(lambda session, now: rematching.check_round(session, program, now=now).id)
    draft = world.do(matchmaking.prepare, OLGA, world.program_id, cycle_id)
    run_id = world.do(matchmaking.keep, OLGA, draft, draft.inputs.plan()).id
    world.do(matchmaking.release, OLGA, run_id)


def releases_something_old(world: World, actor: Actor, dice: random.Random) -> None:
    world.do(matchmaking.release, OLGA, some(world, MatchRun, dice))


def takes_back(world: World, actor: Actor, dice: random.Random) -> None:
    world.do(undoing.take_back, OLGA, some(world, MatchRun, dice))


def is_gone(world: World, actor: Actor, dice: random.Random) -> None:
    """From Slack, and perhaps back with the next act of theirs."""
    told = vars(person_facts(actor.user_id, actor.user_id)) | {"is_gone": dice.random() < 0.6}
    world.do(remembering.remember, TEAM, type(person_facts("U", ""))(**told))


def waits(world: World, actor: Actor, dice: random.Random) -> None:
    """Time passes, from one due moment to the next; what is said is read."""
    until = world.now + timedelta(days=dice.choice([0.2, 1, 3, 7, 8, 15]))
    while world.now < until:
        due = world.do(heartbeat.next_due) or until
        world.at(min(due, until, world.now + timedelta(days=1)))
        while world.do(heartbeat.tick):
            pass
        is_said(world)
        what_must_hold(world)


PROFILE_HOURS = [time(7), time(9), time(11)]
Act = Callable[[World, Actor, random.Random], None]
ALL: list[Act] = [joins, pauses, resumes, leaves, asks_again, avoids, answers, goes_on_from_an_answer, says_not_a_fit]
ALL += [thanks, decides, matches, releases_something_old, takes_back, is_gone, waits]
DEEDS = {deed.__name__: deed for deed in ALL}
OFTEN = ["waits"] * 8 + ["answers"] * 6 + ["matches"] * 3 + ["decides", "asks_again", "joins"] * 2
deeds = st.lists(
    st.builds(Deed, st.sampled_from([*DEEDS, *OFTEN]), st.sampled_from(USERS), st.integers(0, 10_000)),
    min_size=8,
    max_size=40,
)


def some(world: World, table: type[SQLModel], dice: random.Random) -> int:
    """The number of any such row there is, of anyone; one that is not there else."""
    ids = [row.id for row in world.rows(table)]  # type: ignore[attr-defined]
    return int(dice.choice(ids)) if ids else 999


def my_pair(world: World, actor: Actor, dice: random.Random) -> int:
    """The last pair someone was in, mostly; any there is else."""
    mine = [member.pair_id for member in world.rows(PairMember, user_id=actor.user_id)]
    return max(mine) if mine and dice.random() < 0.8 else some(world, Pair, dice)


def is_said(world: World) -> None:
    """What is due by now reaches its readers."""
    with world.writing() as session:
        due = select(OutboxRow).where(col(OutboxRow.status) == OutboxStatus.PENDING, col(OutboxRow.due_at) <= world.now)
        for row in session.exec(due):
            row.status, row.sent_at, row.channel_id, row.ts = OutboxStatus.SENT, world.now, "D1", f"{row.id}.0"


# What must hold.


def what_must_hold(world: World) -> None:
    enrolled = {one.user_id: one.status for one in world.rows(Enrollment)}
    gone = {person.user_id for person in world.rows(Person) if person.is_gone}
    running = {pair.id for pair in world.rows(Pair, status=PairStatus.ACTIVE)}
    members = [(row.pair_id, row.user_id) for row in world.rows(PairMember)]
    in_pairs = [user_id for pair_id, user_id in members if pair_id in running]
    assert [user for user, count in Counter(in_pairs).items() if count > 1] == [], "one active pair at most"
    assert not set(in_pairs) & gone, "nobody who is gone has a partner"
    assert all(enrolled[user_id] is not EnrollmentStatus.LEFT for user_id in in_pairs)
    assert all(Counter(pair_id for pair_id, _ in members)[pair_id] in (2, 3) for pair_id in running)
    assert {nudge.pair_id for nudge in world.rows(Nudge) if nudge.answered_at is None} <= running, "no open question"
    for pair in world.rows(Pair, status=PairStatus.ENDED):
        assert pair.ending is not None and pair.ended_at is not None  # noqa: PT018
        if pair.ending not in ENDED_WELL:
            assert not world.rows(Milestone, pair_id=pair.id, status=MilestoneStatus.ASKING)
    for nudge in world.rows(Nudge, asked_at=world.now):
        everyone = [user_id for pair_id, user_id in members if pair_id == nudge.pair_id]
        assert {enrolled[user_id] for user_id in everyone} == {EnrollmentStatus.ACTIVE}, "nobody asked on a break"
    budget_holds(world)


def budget_holds(world: World) -> None:
    """One weekly message a local week, one that others caused a local day; changes of a message are free."""
    sent = [row for row in world.rows(OutboxRow, status=OutboxStatus.SENT) if row.replaces is None]
    read: Counter[tuple[str, date, Cost]] = Counter()
    for row in sent:
        cost, when = COSTS[outbox.decode(row.notice).kind], local_date(row.sent_at or row.due_at, "Europe/London")
        if cost in (Cost.WEEKLY, Cost.DAILY):
            read[row.to, week_of(when) if cost is Cost.WEEKLY else when, cost] += 1
    assert [what for what, count in read.items() if count > 1] == []


def statuses(world: World) -> dict[tuple[str, str], str]:
    """Every status there is: of what -> as what."""
    found = {}
    for table, machine in WATCHED:
        for row in world.rows(table):
            key = [str(getattr(row, column.name)) for column in table.__table__.primary_key]  # type: ignore[attr-defined]
            found[machine.name, f"{table.__name__}:{':'.join(key)}"] = getattr(row, machine.column)
    return found


LEGAL = {
    machine.name: {(was, becomes) for (was, _), becomes in machine.moves.items()} | {(s, s) for s in machine.states}
    for _, machine in WATCHED
}


@contextmanager
def fresh_world(template: Path) -> Iterator[World]:
    """Four of five are in the program and have a partner."""
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(sqlite_url(Path(shutil.copy(template, f"{folder}/mentor.db"))), pool_size=2)
        world = World(engine)
        world.people(*USERS[:4])
        matches(world, OLGA, random.Random(1))
        world.person(USERS[4], enrolled=False)
        yield world
        engine.dispose()


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds)
def test_in_whatever_order_people_act_what_must_hold_holds(sqlite_template: Path, done: list[Deed]) -> None:
    with fresh_world(sqlite_template) as world:
        for deed in done:
            if world.now > END:
                break
            before = statuses(world)
            with suppress(MentorError):
                DEEDS[deed.name](world, Actor(TEAM, deed.user), random.Random(deed.seed))
            what_must_hold(world)
            after = statuses(world)
            for (name, row), was in before.items():
                assert (was, after[name, row]) in LEGAL[name], f"{name} {row} went from {was} to {after[name, row]}"
