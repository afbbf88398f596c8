"""Making pairs and bringing their people together in a group DM."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.content import messages as words
from bot.domain.cadence import WorkingHours, local_date, shared_working_moment
from bot.domain.matching import Inputs, explain, inputs_from_json
from bot.domain.matching import reason as reason_in_words
from bot.domain.matching.sentences import Clause, Segment, Topic, segments_to_json
from bot.domain.notices import Introduction, TakenBack
from bot.domain.nudges import first_slot
from bot.domain.program_dates import days_to_meet
from bot.services import agreement
from bot.services.reaching import hours_in_workspace
from storage import goals, outbox, people, programs, questions
from storage.tables import Pair, PairMember

OF_STRANGERS = (Topic.NEW, Topic.AGAIN)
"""What speaks for two who do not know each other, where nothing else does."""


def key_of(pair_id: int) -> str:
    """What makes an introduction once."""
    return f"introduction:pair-{pair_id}"


def pair_up(
    session: Session,
    cycle: tuple[str, int, int],
    members: Sequence[str],
    reason: Sequence[Segment],
    overlap: str,
    *,
    now: datetime,
    goes_on: bool = False,
) -> Pair:
    """A new pair with its introduction, due at once where it is working time for all, else when it first is.

    `cycle` is (workspace id, program id, cycle id). `goes_on`: they are two of three who know each other already.
    """
    workspace_id, program_id, cycle_id = cycle
    program = programs.its_program(session, workspace_id, program_id)
    days = days_to_meet(program.starts_on, local_date(now, program.timezone))
    pair = Pair(
        workspace_id=workspace_id,
        program_id=program_id,
        cycle_id=cycle_id,
        reason=segments_to_json(reason or (words.CARRY_ON,)),
        started_at=now,
        ask_from=now + timedelta(days=days),
    )
    session.add(pair)
    session.flush()
    hours = {user_id: hours_in_workspace(session, workspace_id, user_id) for user_id in members}
    session.add_all(
        PairMember(pair_id=pair.id, user_id=user_id, workspace_id=workspace_id, look_at=first_slot(now, hours[user_id]))
        for user_id in members
    )
    session.flush()
    _introduce(session, pair, hours, reason, overlap, goes_on, now=now)
    return pair


def carry_on(session: Session, ended: Pair, members: Sequence[str], *, now: datetime) -> Pair:
    """The two who remain of three: a new group DM, as the old one still holds the one who left. Their open goals go
    with them, and what they agreed on."""
    cycle = (ended.workspace_id, ended.program_id, ended.cycle_id)
    pair = pair_up(session, cycle, members, _why_these(session, ended, members), "", now=now, goes_on=True)
    pair.ask_from = max(ended.ask_from, now)
    questions.look_again(session, pair.id, pair.ask_from)
    goals.hand_over(session, ended.id, pair.id)
    agreement.carry_over(session, ended, pair, now=now)
    return pair


def _why_these(session: Session, ended: Pair, members: Sequence[str]) -> tuple[Segment, ...]:
    """Of the match that made the three, what speaks for these two; () where that says nothing of two who know each
    other."""
    cycle = programs.its_cycle(session, ended.workspace_id, ended.cycle_id)
    matched = [inputs_from_json(run.inputs) for run in programs.runs_of_round(session, cycle)]
    told = next((told for inputs in reversed(matched) if (told := _clauses(inputs, members))), ())
    known = people.people_named(session, ended.workspace_id, members)
    names = {user_id: person.name for user_id, person in known.items()}
    return reason_in_words(told, members, names) if told else ()


def _clauses(inputs: Inputs, members: Sequence[str]) -> tuple[Clause, ...]:
    two = [candidate for candidate in inputs.candidates if candidate.id in members]
    if len(two) < len(members):
        return ()
    one, other = members
    found = explain(one, other, two, rules=inputs.rules, weights=inputs.weights, on=inputs.on).pair
    return tuple(clause for clause in found.clauses if clause.topic not in OF_STRANGERS) if found else ()


def close(session: Session, pair: Pair, *, at: datetime) -> None:
    """The pair ended: its introduction is not sent any more, or loses its buttons. Nothing is announced there.

    `at`: when the last of those who stay hears of it; buttons that vanish before would tell them.
    """
    key = key_of(pair.id)
    agreement.close(session, pair, at=at)
    _withdraw_the_rest(session, pair)
    said = outbox.what_was_said(session, pair.workspace_id, key)
    if not isinstance(said, Introduction) or outbox.withdraw(session, pair.workspace_id, key):
        return
    closed = replace(said, closed=True)
    to = f"pair:{pair.id}"
    outbox.enqueue(session, pair.workspace_id, closed, key=f"{key}:closed", to=to, due_at=at, replaces=key)


def closings_of(pair_id: int) -> list[str]:
    """What makes the changes once by which a group DM loses its buttons when its pair has ended."""
    return [f"{key}:closed" for key in (key_of(pair_id), agreement.key_of(pair_id))]


def take_back(session: Session, pair: Pair, program: str, *, now: datetime) -> None:
    """The release was taken back: the introduction is not sent any more, or says so in its place."""
    key = key_of(pair.id)
    agreement.close(session, pair, at=now)
    _withdraw_the_rest(session, pair)
    if outbox.withdraw(session, pair.workspace_id, key):
        return
    said, to = TakenBack(program, introduction=True), f"pair:{pair.id}"
    outbox.enqueue(session, pair.workspace_id, said, key=f"{key}:taken-back", to=to, due_at=now, replaces=key)


def _withdraw_the_rest(session: Session, pair: Pair) -> None:
    """Nothing else that waits for the pair's group DM, as a time to meet does, makes sense any more."""
    for row in outbox.waiting_for(session, pair.workspace_id, f"pair:{pair.id}"):
        if row.key != key_of(pair.id):
            outbox.withdraw(session, pair.workspace_id, row.key)


def _introduce(
    session: Session,
    pair: Pair,
    hours: Mapping[str, WorkingHours],
    reason: Sequence[Segment],
    overlap: str,
    goes_on: bool,
    *,
    now: datetime,
) -> None:
    """`hours`: member -> when they work, in the order in which they are named."""
    members = list(hours)
    known = people.people_named(session, pair.workspace_id, members)
    program = programs.its_program(session, pair.workspace_id, pair.program_id)
    notice = Introduction(
        program=program.name,
        pair_id=pair.id,
        names=tuple(known[user_id].name for user_id in members),
        reason=tuple(reason),
        overlap=overlap,
        days=days_to_meet(program.starts_on, local_date(now, program.timezone)),
        purpose=program.purpose,
        goes_on=goes_on,
    )
    outbox.enqueue(
        session,
        pair.workspace_id,
        notice,
        key=key_of(pair.id),
        to=f"pair:{pair.id}",
        due_at=shared_working_moment(now, list(hours.values())),
    )
