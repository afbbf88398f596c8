"""How a time together ends well: what it came to, in numbers of one's own, and a certificate for who wants one."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.content import refusals
from bot.domain.cadence import local_date
from bot.domain.checkins import Met, meetings
from bot.domain.journeys import Journey
from bot.domain.milestones import MilestoneKind
from bot.domain.notices import AskedAgain, CertificateReady, PairClosed, PairFinished
from bot.domain.pairs import ENDED_WELL, PairStatus
from bot.domain.people import Actor, first_name
from bot.errors import NotAllowed, NotPossibleNow
from bot.services import celebrating
from bot.services.placing import say
from storage import celebrations, goals, outbox, pairs, people, programs, training
from storage.tables import Pair, Person

SAME_PRESS = timedelta(minutes=2)
"""Who presses twice in a moment meant one certificate."""


def journey(session: Session, pair: Pair, user_id: str) -> Journey:
    """What this person's time in the pair came to."""
    met = pairs.met_answers(session, [pair.id]).get(pair.id, [])
    held = meetings([Met(answer.on_date, answer.minutes) for answer in met if answer.on_date])
    until = pair.ended_at
    lessons = training.taken_by(session, pair.workspace_id, user_id)
    thanks = celebrations.kudos_received(session, pair.workspace_id, user_id)
    return Journey(
        meetings=len(held),
        minutes=sum(meeting.minutes or 0 for meeting in held),
        goals=goals.reached_and_all(session, [pair.id])[pair.id][0],
        lessons=sum(until is None or one.taken_at <= until for one in lessons),
        thanks=sum(_in_its_time(pair, one.given_at) and one.program_id == pair.program_id for one in thanks),
    )


def _in_its_time(pair: Pair, moment: datetime) -> bool:
    return pair.started_at <= moment and (pair.ended_at is None or moment <= pair.ended_at)


def say_goodbye(session: Session, pair: Pair, user_id: str, known: dict[str, Person], *, now: datetime) -> str:
    """The closing message of one of the pair, which has just ended well; what makes it once."""
    program = programs.its_program(session, pair.workspace_id, pair.program_id)
    enrollment = programs.enrollment_of(session, program.id, user_id)
    assert enrollment is not None
    notice = PairFinished(
        program=program.name,
        first_name=first_name(known[user_id].name),
        partners=tuple(person.name for other, person in known.items() if other != user_id),
        pair_id=pair.id,
        journey=journey(session, pair, user_id),
        enrollment_id=enrollment.id,
    )
    key = f"finished:pair-{pair.id}:{user_id}"
    say(session, pair.workspace_id, user_id, notice, key=key, now=now)
    return key


def asked_again(session: Session, actor: Actor, ts: str, asked: AskedAgain, *, now: datetime) -> bool:
    """Whether what stands at `ts` closes a pair of theirs: then it says that they asked for another partner, in place,
    keeps its numbers, and cannot be asked again."""
    to = f"user:{actor.user_id}"
    key = outbox.key_at(session, actor.workspace_id, to, ts)
    said = outbox.standing(session, actor.workspace_id, key) if key else None
    if key is None or not isinstance(said, PairClosed | PairFinished):
        return False
    changed, once = replace(said, again=asked), f"{key}:asked-again"
    outbox.enqueue(session, actor.workspace_id, changed, key=once, to=to, due_at=now, replaces=key)
    return True


def celebrate(session: Session, pair: Pair, *, now: datetime) -> None:
    """A pair that met and has ended well is asked, after its closing messages, whether the channel may hear of it."""
    if pairs.met_answers(session, [pair.id]).get(pair.id):
        celebrating.reach(session, pair, MilestoneKind.FINISHED, now=now)


def ask_for_certificate(session: Session, actor: Actor, pair_id: int | None, *, now: datetime) -> None:
    """Someone of a pair that ended well wants their certificate: it comes by itself, at once."""
    pair = pairs.pair(session, actor.workspace_id, pair_id) if pair_id else None
    if pair is None:
        raise NotPossibleNow(refusals.STALE_BUTTON)
    if actor.user_id not in pairs.members_of(session, pair.id):
        raise NotAllowed(refusals.NOT_YOUR_PAIR)
    walked = journey(session, pair, actor.user_id)
    if pair.status is not PairStatus.ENDED or pair.ending not in ENDED_WELL or not walked.meetings:
        raise NotPossibleNow(refusals.NO_CERTIFICATE)
    notice = _certificate(session, pair, actor, walked)
    moment = int(now.timestamp() // SAME_PRESS.total_seconds())
    asked = outbox.enqueue(
        session,
        actor.workspace_id,
        notice,
        key=f"certificate:pair-{pair.id}:{actor.user_id}:{moment}",
        to=f"user:{actor.user_id}",
        due_at=now,
    )
    if not asked:
        raise NotPossibleNow(refusals.CERTIFICATE_COMING)


def _certificate(session: Session, pair: Pair, actor: Actor, walked: Journey) -> CertificateReady:
    program = programs.its_program(session, pair.workspace_id, pair.program_id)
    workspace = people.workspace(session, pair.workspace_id)
    name = people.its_person(session, actor.workspace_id, actor.user_id).name
    assert pair.ended_at is not None
    return CertificateReady(
        program=program.name,
        workspace=workspace.name,
        name=name,
        first_name=first_name(name),
        began=local_date(pair.started_at, program.timezone),
        ended=local_date(pair.ended_at, program.timezone),
        journey=walked,
    )
