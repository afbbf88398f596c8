"""The weekly message: asking partners how it stands, as domain/nudges.py decides, with all else that is due to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from bot.domain.cadence import WEEK, WorkingHours, local_date, start_of_day
from bot.domain.enrollment import EnrollmentStatus
from bot.domain.lesson_weeks import Timetable, timetable
from bot.domain.notices import CheckInQuestion, Weekly
from bot.domain.nudges import Asked, Footing, Outlook, Verdict, Withheld, outlook
from bot.services import composing, offering, weekly
from bot.services.offering import Week
from bot.services.reaching import hours_of
from storage import outbox, pairs, programs, questions
from storage.outbox import Saying
from storage.questions import Partner, Rung
from storage.readers import Reader
from storage.tables import Nudge, Pair, Person

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
    timetable: Timetable

    @property
    def look_at(self) -> datetime | None:
        """The moment before which there is nothing more to say to them."""
        return min((at for at in (self.outlook.look_at, self.timetable.look_at) if at is not None), default=None)


_Asking = tuple[Place, Verdict]
"""Someone who is to be asked, and in which week."""


@dataclass
class _Letter:
    """What one person's week is about to hold: questions, and the programs in which a lesson is due. Someone's `place`
    stands for all of theirs."""

    place: Place
    week: date
    moment: datetime
    asking: list[_Asking] = field(default_factory=list)
    learns: list[int] = field(default_factory=list)

    @property
    def of_week(self) -> Week:
        return self.place.partner.reader, self.week

    @property
    def key(self) -> tuple[str, str]:
        workspace_id, user_id = self.place.partner.reader
        return workspace_id, weekly.key_of(user_id, self.week)


def ask_due(session: Session, *, now: datetime, most: int = AT_ONCE) -> bool:
    """Ask everyone whose moment has come, at most so many people; whether there may be more."""
    readers = questions.readers_to_look_at(session, now, most)
    if not readers:
        return False
    known, places = _look(session, readers, now=now)
    questions.looked_at(session, readers, now)
    for place in places:
        place.partner.member.look_at = place.look_at
        place.partner.member.learned = place.timetable.week or place.partner.member.learned
    asking = [one for place in places for one in _settle(session, place, now=now)]
    _write(session, known, _letters(places, asking), now=now)
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
        lessons = timetable(offering.term_of(partner, footing), hours, now)
        places.append(Place(partner, hours, footing, outlook(footing, hours, now), lessons))
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


def _letters(places: Sequence[Place], asking: Sequence[_Asking]) -> list[_Letter]:
    """All that is due to one person in a week, over all their programs, is one message."""
    found: dict[Week, _Letter] = {}
    for place, verdict in asking:
        of_week = place.partner.reader, verdict.week
        found.setdefault(of_week, _Letter(place, verdict.week, verdict.moment)).asking.append((place, verdict))
    for place in places:
        week, moment = place.timetable.week, place.timetable.moment
        if week is not None and moment is not None:
            letter = found.setdefault((place.partner.reader, week), _Letter(place, week, moment))
            letter.learns.append(place.partner.pair.program_id)
    return list(found.values())


def _write(session: Session, known: _Known, letters: Sequence[_Letter], *, now: datetime) -> None:
    """Enqueue the week's messages, unless a week had one already."""
    taken = outbox.said_already(session, {letter.key for letter in letters}) if letters else set()
    too_much = [one for at in letters for one in (at.asking if at.key in taken else at.asking[MOST_PARTS:])]
    questions.withhold(session, [(p.partner.member, v.week, Withheld.ONE_A_WEEK) for p, v in too_much], now)
    going = [replace(letter, asking=letter.asking[:MOST_PARTS]) for letter in letters if letter.key not in taken]
    lessons = offering.choose(session, {letter.of_week: letter.learns for letter in going if letter.learns})
    going = [letter for letter in going if letter.asking or letter.of_week in lessons]
    nudges = questions.ask(session, [_asked(*one, letter.key[1], now) for letter in going for one in letter.asking])
    asked = [place.partner for letter in going for place, _ in letter.asking]
    told = composing.read(session, asked, [letter.place.partner for letter in going], known.people, now=now)
    sayings = []
    for letter in going:
        parts = [composing.question(p.partner, nudges[_rung(p, v)], told) for p, v in letter.asking]
        lesson = lessons.get(letter.of_week)
        if len(parts) == 1:
            composing.remember_named(letter.asking[0][0].partner, parts[0], told, now=now)
        sayings.append(_saying(letter, composing.letter(letter.place.partner, parts, lesson, told)))
    outbox.enqueue_all(session, sayings)


def _saying(letter: _Letter, notice: CheckInQuestion | Weekly) -> Saying:
    (workspace_id, key), person = letter.key, letter.place.partner.person
    return outbox.saying(
        workspace_id,
        notice,
        key=key,
        to=f"user:{person.user_id}",
        due_at=letter.moment,
        expires_at=start_of_day(letter.week + WEEK, person.timezone),
    )


def _asked(place: Place, verdict: Verdict, key: str, now: datetime) -> dict[str, Any]:
    pair_id, user_id, asked_on = _rung(place, verdict)
    return {
        "workspace_id": place.partner.member.workspace_id,
        "pair_id": pair_id,
        "user_id": user_id,
        "asked_on": asked_on,
        "step": verdict.step,
        "message_key": key,
        "late": verdict.late,
        "asked_at": now,
    }


def _rung(place: Place, verdict: Verdict) -> Rung:
    member = place.partner.member
    return member.pair_id, member.user_id, local_date(verdict.slot, place.partner.person.timezone)
