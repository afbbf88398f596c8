"""Asking pairs how it stands, on the ladder of domain/nudges.py."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from bot.domain.cadence import is_working_time, local_date, next_working_moment
from bot.domain.checkins import CheckInState, Met, meetings
from bot.domain.enrollment import EnrollmentStatus
from bot.domain.notices import CheckInQuestion
from bot.domain.nudges import Asked, Due, next_question
from bot.domain.people import first_name
from bot.services.parting import question_key
from bot.services.reaching import hours_of
from storage import outbox, pairs, people, programs
from storage.tables import CheckIn, Enrollment, Nudge, Pair, Person

STILL_USEFUL = timedelta(hours=36)
"""A question that could not be sent for so long is dropped: the next slot asks again."""


@dataclass(frozen=True)
class _Waiting:
    """A partner whose next question is known."""

    pair: Pair
    person: Person
    enrollment: Enrollment
    due: Due


def ask_due(session: Session, *, now: datetime) -> None:
    """Ask every partner whose slot has come, once per local date."""
    waiting = [w for w in _waiting(session, now) if w.due.slot <= now]
    met = pairs.met_answers(session, [w.pair.id for w in waiting])
    for one in waiting:
        _ask(session, one, met.get(one.pair.id, []), now=now)


def next_ask(session: Session, *, now: datetime) -> datetime | None:
    """The earliest slot at which someone may be asked."""
    return min((w.due.slot for w in _waiting(session, now)), default=None)


def _waiting(session: Session, now: datetime) -> Iterator[_Waiting]:
    rows = pairs.askable(session)
    paused = {pair.id for pair, _, enrollment in rows if enrollment.status is EnrollmentStatus.PAUSED}
    asked: dict[tuple[int, str], list[Asked]] = {}
    for nudge in pairs.nudges_of(session, [pair.id for pair, _, _ in rows]):
        asked.setdefault((nudge.pair_id, nudge.user_id), []).append(Asked(nudge.asked_on, nudge.asked_at))
    for pair, person, enrollment in rows:
        if pair.id in paused:
            continue
        mine = asked.get((pair.id, person.user_id), [])
        due = next_question(pair.ask_from, pair.answered_at, mine, hours_of(person, enrollment), now)
        if due is not None:
            yield _Waiting(pair, person, enrollment, due)


def _ask(session: Session, one: _Waiting, met: list[CheckIn], *, now: datetime) -> None:
    pair, person, hours = one.pair, one.person, hours_of(one.person, one.enrollment)
    nudge = _remember_asking(session, one, now=now)
    partner_ids = [u for u in pairs.members_of(session, nudge.pair_id) if u != person.user_id]
    known = people.people_named(session, pair.workspace_id, partner_ids)
    program = programs.its_program(session, pair.workspace_id, pair.program_id)
    held = meetings([Met(answer.on_date, answer.minutes) for answer in met if answer.on_date])
    days = (local_date(now, person.timezone) - held[-1].on).days if held else None
    notice = CheckInQuestion(
        program=program.name,
        nudge_id=nudge.id,
        first_name=first_name(person.name),
        partners=tuple(known[user_id].name for user_id in partner_ids),
        step=one.due.step,
        weeks=max(1, round(days / 7)) if days is not None else None,
        diary=_diary(session, nudge, held[-1].on if held else None),
    )
    moment = now if is_working_time(now, hours) else next_working_moment(now, hours)
    outbox.enqueue(
        session,
        pair.workspace_id,
        notice,
        key=question_key(nudge.pair_id, person.user_id, f"{one.due.asked_on}"),
        to=f"user:{person.user_id}",
        due_at=moment,
        expires_at=moment + STILL_USEFUL,
    )


def _diary(session: Session, nudge: Nudge, met_on: date | None) -> date | None:
    """The day the person asked had in the diary, when that was their last word and no meeting has come since."""
    mine = [answer for answer in pairs.answers_of(session, nudge.pair_id) if answer.user_id == nudge.user_id]
    last = mine[-1] if mine else None
    if last is None or last.state is not CheckInState.SCHEDULED or last.on_date is None:
        return None
    return last.on_date if met_on is None or met_on < last.on_date else None


def _remember_asking(session: Session, one: _Waiting, *, now: datetime) -> Nudge:
    nudge = Nudge(
        workspace_id=one.pair.workspace_id,
        pair_id=one.pair.id,
        user_id=one.person.user_id,
        asked_on=one.due.asked_on,
        step=one.due.step,
        asked_at=now,
    )
    session.add(nudge)
    session.flush()
    return nudge
