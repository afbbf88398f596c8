"""Asking partners how it stands, once in a local week, as domain/nudges.py decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from sqlmodel import Session

from bot.domain.cadence import WEEK, WorkingHours, local_date, start_of_day
from bot.domain.checkins import CheckInState, Met, meetings
from bot.domain.enrollment import EnrollmentStatus
from bot.domain.notices import CheckInQuestion
from bot.domain.nudges import Asked, Footing, Outlook, Verdict, Withheld, outlook
from bot.domain.people import first_name
from bot.services import weekly
from bot.services.reaching import hours_of
from storage import outbox, pairs, programs, questions
from storage.outbox import Saying
from storage.people import Reader
from storage.questions import Partner
from storage.tables import CheckIn, Nudge, Pair, Person, Program

AT_ONCE = 200
"""People looked at in one transaction: clicks wait for no longer than that takes."""
MOST_PARTS = 8


@dataclass(frozen=True)
class _Known:
    """What was read for everyone who is looked at."""

    people: Mapping[int, list[tuple[Person, bool]]]
    asked: Mapping[tuple[int, str], list[Nudge]]
    lost: set[tuple[str, str]]
    quiet: Mapping[int, frozenset[date]]


@dataclass(frozen=True)
class Place:
    """A partner, their days and hours, where they stand, and what becomes of their weeks."""

    partner: Partner
    hours: WorkingHours
    footing: Footing
    outlook: Outlook


_Asking = tuple[Place, Verdict]
"""Someone who is to be asked, and in which week."""


def ask_due(session: Session, *, now: datetime, most: int = AT_ONCE) -> bool:
    """Ask everyone whose moment has come, at most so many people; whether there may be more."""
    readers = questions.readers_to_look_at(session, now, most)
    if not readers:
        return False
    known, places = _look(session, readers, now=now)
    questions.looked_at(session, readers, now)
    for place in places:
        place.partner.member.look_at = place.outlook.look_at
    asking = [one for place in places for one in _settle(session, place, now=now)]
    _ask(session, known, asking, now=now)
    return len(readers) == most


def account_for(session: Session, pair: Pair, reason: Withheld, *, now: datetime) -> None:
    """Something is about to change what a pair is asked: a week that was due and is not asked yet keeps its reason."""
    readers = [(pair.workspace_id, user_id) for user_id in pairs.members_of(session, pair.id)]
    mine = [place for place in looked_at(session, readers, now=now) if place.partner.pair.id == pair.id]
    for place in mine:
        member = place.partner.member
        for verdict in place.outlook.verdicts:
            questions.withhold(session, [(member, verdict.week, verdict.withheld or reason)], now)
            member.decided = verdict.week


def next_ask(session: Session, *, now: datetime) -> datetime | None:
    """The next moment at which someone may have to be asked."""
    look_at = questions.next_look(session)
    return None if look_at is None else max(look_at, now + timedelta(seconds=1))


def looked_at(session: Session, readers: Sequence[Reader], *, now: datetime) -> list[Place]:
    """Where these people stand in each of their pairs, and what `now` makes of it; nothing is changed."""
    return _look(session, readers, now=now)[1]


def _look(session: Session, readers: Sequence[Reader], *, now: datetime) -> tuple[_Known, list[Place]]:
    partners = questions.partners(session, readers)
    known = _read(session, partners)
    first: dict[Reader, WorkingHours] = {}
    places = []
    for partner in partners:
        hours = first.setdefault(partner.reader, hours_of(partner.person, partner.enrollment))
        footing = _footing(partner, known)
        places.append(Place(partner, hours, footing, outlook(footing, hours, now)))
    return known, places


def _read(session: Session, partners: Sequence[Partner]) -> _Known:
    pair_ids = [partner.pair.id for partner in partners]
    asked = questions.asked(session, pair_ids)
    keys = {(nudge.workspace_id, nudge.message_key) for nudges in asked.values() for nudge in nudges}
    return _Known(
        people=questions.others(session, pair_ids),
        asked=asked,
        lost=outbox.never_said(session, keys) if keys else set(),
        quiet=programs.quiet_weeks_in(session, {partner.pair.program_id for partner in partners}),
    )


def _footing(partner: Partner, known: _Known) -> Footing:
    """Questions that were never read are no rungs of the ladder."""
    mine = known.asked.get((partner.pair.id, partner.member.user_id), [])
    return Footing(
        ask_from=partner.pair.ask_from,
        answered_at=partner.pair.answered_at,
        asked=[Asked(n.asked_on, n.asked_at) for n in mine if (n.workspace_id, n.message_key) not in known.lost],
        decided=partner.member.decided,
        paused=partner.enrollment.status is EnrollmentStatus.PAUSED,
        partner_paused=any(paused for _, paused in known.people[partner.pair.id]),
        quiet=known.quiet.get(partner.pair.program_id, frozenset()),
    )


def _settle(session: Session, place: Place, *, now: datetime) -> list[_Asking]:
    """Remember why weeks had no question; what is left is to be asked."""
    member, verdicts = place.partner.member, place.outlook.verdicts
    if verdicts:
        member.decided = verdicts[-1].week
    held = [(member, verdict.week, verdict.withheld) for verdict in verdicts if verdict.withheld is not None]
    questions.withhold(session, held, now)
    return [(place, verdict) for verdict in verdicts if verdict.withheld is None]


def _ask(session: Session, known: _Known, asking: Sequence[_Asking], *, now: datetime) -> None:
    """One message for all that is due to one person in a week, unless that week had one already."""
    groups = [list(group) for _, group in groupby(asking, key=lambda one: (one[0].partner.reader, one[1].week))]
    taken = outbox.said_already(session, {_key_of(group) for group in groups}) if groups else set()
    too_much = [one for group in groups for one in (group if _key_of(group) in taken else group[MOST_PARTS:])]
    questions.withhold(session, [(p.partner.member, v.week, Withheld.ONE_A_WEEK) for p, v in too_much], now)
    going = [group[:MOST_PARTS] for group in groups if _key_of(group) not in taken]
    nudges = {id(one): _remember(*one, _key_of(group)[1], now) for group in going for one in group}
    session.add_all(nudges.values())
    session.flush()
    told = _tellings(session, known, [place for group in going for place, _ in group])
    asked = [[_question(one[0], nudges[id(one)], told) for one in group] for group in going]
    outbox.enqueue_all(session, [_message(group, asked) for group, asked in zip(going, asked, strict=True)])


def _key_of(group: Sequence[_Asking]) -> tuple[str, str]:
    place, verdict = group[0]
    workspace_id, user_id = place.partner.reader
    return workspace_id, weekly.key_of(user_id, verdict.week)


def _message(group: Sequence[_Asking], asked: Sequence[CheckInQuestion]) -> Saying:
    (workspace_id, key), (place, verdict) = _key_of(group), group[0]
    return outbox.saying(
        workspace_id,
        weekly.of_questions(asked),
        key=key,
        to=f"user:{place.partner.member.user_id}",
        due_at=verdict.moment,
        expires_at=start_of_day(verdict.week + WEEK, place.partner.person.timezone),
    )


def _remember(place: Place, verdict: Verdict, key: str, now: datetime) -> Nudge:
    partner = place.partner
    return Nudge(
        workspace_id=partner.member.workspace_id,
        pair_id=partner.pair.id,
        user_id=partner.member.user_id,
        asked_on=local_date(verdict.slot, partner.person.timezone),
        step=verdict.step,
        message_key=key,
        late=verdict.late,
        asked_at=now,
    )


@dataclass(frozen=True)
class _Tellings:
    """What a question tells of: the program, the people, the answers so far."""

    programs: Mapping[int, Program]
    people: Mapping[int, list[tuple[Person, bool]]]
    answers: Mapping[int, list[CheckIn]]


def _tellings(session: Session, known: _Known, places: Sequence[Place]) -> _Tellings:
    pairs_asked = {place.partner.pair.id: place.partner.pair.program_id for place in places}
    told = programs.named(session, set(pairs_asked.values()))
    return _Tellings(told, known.people, pairs.answers_in(session, list(pairs_asked)))


def _question(place: Place, nudge: Nudge, told: _Tellings) -> CheckInQuestion:
    person, pair = place.partner.person, place.partner.pair
    answers = told.answers[pair.id]
    met = [Met(a.on_date, a.minutes) for a in answers if a.state is CheckInState.MET and a.on_date]
    last = meetings(met)[-1].on if met else None
    days = (local_date(nudge.asked_at, person.timezone) - last).days if last else None
    return CheckInQuestion(
        program=told.programs[pair.program_id].name,
        nudge_id=nudge.id,
        first_name=first_name(person.name),
        partners=tuple(other.name for other, _ in told.people[pair.id] if other.user_id != person.user_id),
        step=nudge.step,
        weeks=max(1, round(days / 7)) if days is not None else None,
        diary=_diary(answers, person.user_id, last),
    )


def _diary(answers: Sequence[CheckIn], user_id: str, met_on: date | None) -> date | None:
    """The day the person asked had in the diary, when that was their last word and no meeting has come since."""
    mine = [answer for answer in answers if answer.user_id == user_id]
    last = mine[-1] if mine else None
    if last is None or last.state is not CheckInState.SCHEDULED or last.on_date is None:
        return None
    return last.on_date if met_on is None or met_on < last.on_date else None
