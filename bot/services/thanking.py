"""Kudos: from any member to any other; the receiver's wish decides who else hears of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.content import refusals
from bot.domain.cadence import local_date, start_of_day
from bot.domain.enrollment import Celebration
from bot.domain.kudos import LONGEST_REASON, MOST_A_DAY, Consent, tagged
from bot.domain.lifecycle import BY_CONSENT, CONSENT
from bot.domain.notices import KudosConsentAsked, KudosDelivered
from bot.domain.people import Actor
from bot.errors import NotAllowed, NotPossibleNow, WrongWords
from bot.services import moving, valuing
from bot.services.deferring import deadline
from bot.services.enrolling import choose_program
from bot.services.placing import next_moment_for
from bot.services.remembering import known_person
from bot.services.wishing import ALREADY_SAID, in_time, prefer_private, question_of_kudos
from storage import celebrations, outbox, pairs, people, programs
from storage.tables import Kudos, Person, Program

SAME_CLICK = timedelta(minutes=2)
AT_ONCE = 50


@dataclass(frozen=True)
class Planned:
    """Thanks that may be given: by whom, to whom and in which program, for what, with which values."""

    giver: Person
    to: tuple[tuple[Person, Program], ...]
    why: str
    values: tuple[str, ...]

    @property
    def thanked(self) -> list[Person]:
        """Who is thanked."""
        return [person for person, _ in self.to]


def plan(
    session: Session, actor: Actor, receivers: Sequence[str], why: str, values: Sequence[str] = (), *, now: datetime
) -> Planned:
    """Thanks as they would be given; everyone and everything is checked, and nothing is written."""
    giver = known_person(session, actor)
    usual = choose_program(session, actor)
    thanked = _checked_receivers(session, actor, receivers)
    offered = valuing.offered(session, actor)
    why, named = tagged(why, offered)
    _check_reason(why)
    given = celebrations.kudos_given_since(session, actor.workspace_id, actor.user_id, now - SAME_CLICK)
    if any(kudos.receiver_id == person.user_id and kudos.why == why for kudos in given for person in thanked):
        raise NotPossibleNow(refusals.KUDOS_TWICE)
    _check_day(session, giver, len(thanked), now=now)
    to = tuple((person, _between(session, actor, person, usual)) for person in thanked)
    return Planned(giver, to, why, tuple(value for value in offered if value in {*named, *values}))


def thank(
    session: Session, actor: Actor, receivers: Sequence[str], why: str, values: Sequence[str] = (), *, now: datetime
) -> list[Person]:
    """Thank some colleagues; everyone is checked before any row is written. Returns who was thanked. `values`: those
    that were chosen, beside those that the reason names."""
    planned = plan(session, actor, receivers, why, values, now=now)
    for person, program in planned.to:
        _give(session, planned, person, program, now=now)
    return planned.thanked


def _between(session: Session, actor: Actor, person: Person, usual: Program) -> Program:
    """The program in which these two are partners, else one that both are in, else `usual`: its channel may hear it."""
    mine = pairs.active_pairs_of(session, actor.workspace_id, actor.user_id)
    partners = pairs.partners_of(session, mine)
    among = [pair.program_id for pair in mine if person.user_id in partners[pair.id]]
    theirs = {one.program_id for one in programs.enrollments_of(session, actor.workspace_id, person.user_id)}
    ours = programs.enrollments_of(session, actor.workspace_id, actor.user_id)
    among += [one.program_id for one in ours if one.program_id in theirs]
    return programs.its_program(session, actor.workspace_id, among[0]) if among else usual


def _check_day(session: Session, giver: Person, count: int, *, now: datetime) -> None:
    """A gentle limit, by the giver's own day."""
    if count > MOST_A_DAY:
        raise NotPossibleNow(refusals.KUDOS_TO_MANY.format(count=count, most=MOST_A_DAY))
    morning = start_of_day(local_date(now, giver.timezone), giver.timezone)
    given = len(celebrations.kudos_given_since(session, giver.workspace_id, giver.user_id, morning))
    if given + count > MOST_A_DAY:
        raise NotPossibleNow(refusals.KUDOS_ENOUGH.format(given=given, most=MOST_A_DAY))


def _checked_receivers(session: Session, actor: Actor, receivers: Sequence[str]) -> list[Person]:
    if not receivers:
        raise NotPossibleNow(refusals.KUDOS_TO_NOBODY)
    if actor.user_id in receivers:
        raise NotPossibleNow(refusals.KUDOS_TO_SELF)
    known = people.people_named(session, actor.workspace_id, receivers)
    found = [known.get(user_id) for user_id in dict.fromkeys(receivers)]
    thanked = [person for person in found if person is not None and person.may_join and not person.is_gone]
    if len(thanked) != len(found):
        raise NotPossibleNow(refusals.KUDOS_TO_A_BOT)
    return thanked


def _check_reason(why: str) -> None:
    if not why:
        raise WrongWords("why", refusals.KUDOS_WITHOUT_WHY)
    if len(why) > LONGEST_REASON:
        raise WrongWords("why", refusals.KUDOS_TOO_LONG.format(most=LONGEST_REASON, length=len(why)))


def _give(session: Session, planned: Planned, person: Person, program: Program, *, now: datetime) -> None:
    due_at = next_moment_for(session, person.workspace_id, person.user_id, KudosConsentAsked, now=now)
    # without a channel there is nothing to ask about
    consent = ALREADY_SAID[person.celebration] if program.channel_id else Consent.REFUSED
    kudos = Kudos(
        workspace_id=person.workspace_id,
        program_id=program.id,
        giver_id=planned.giver.user_id,
        receiver_id=person.user_id,
        why=planned.why,
        values=list(planned.values),
        given_at=now,
        consent=consent,
        decide_by=deadline(due_at, program),
    )
    session.add(kudos)
    session.flush()
    if person.celebration is Celebration.NEVER:
        return
    outbox.enqueue(
        session,
        person.workspace_id,
        _first_word(kudos, planned.giver, program),
        key=question_of_kudos(kudos.id),
        to=f"user:{person.user_id}",
        due_at=due_at,
    )


def _first_word(kudos: Kudos, giver: Person, program: Program) -> KudosConsentAsked | KudosDelivered:
    channel, values = program.channel_name, tuple(kudos.values)
    if kudos.consent is not Consent.ASKED:
        return KudosDelivered(giver.name, kudos.why, channel, kudos.consent, never_again=False, values=values)
    until = local_date(kudos.decide_by, program.timezone)
    return KudosConsentAsked(kudos.id, giver.name, kudos.why, channel, until, values)


def answer(
    session: Session, actor: Actor, kudos_id: int | None, said: Consent, *, never_again: bool, now: datetime
) -> None:
    """The receiver decides whether the channel hears it; `never_again` is kept for everything to come."""
    kudos = celebrations.kudos(session, actor.workspace_id, kudos_id) if kudos_id else None
    if kudos is None:
        raise NotPossibleNow(refusals.STALE_BUTTON)
    if kudos.receiver_id != actor.user_id:
        raise NotAllowed(refusals.NOT_YOUR_QUESTION)
    moving.after(CONSENT, kudos.consent, BY_CONSENT[said])
    _decide(session, kudos, in_time(said, kudos.decide_by, now), never_again=never_again, now=now)
    if never_again:
        prefer_private(session, actor, now=now)


def _decide(session: Session, kudos: Kudos, said: Consent, *, never_again: bool, now: datetime) -> None:
    moving.move(CONSENT, kudos, BY_CONSENT[said])
    kudos.decided_at = now
    giver = people.person(session, kudos.workspace_id, kudos.giver_id)
    program = programs.its_program(session, kudos.workspace_id, kudos.program_id)
    assert giver is not None
    key = question_of_kudos(kudos.id)
    outbox.enqueue(
        session,
        kudos.workspace_id,
        KudosDelivered(giver.name, kudos.why, program.channel_name, said, never_again, tuple(kudos.values)),
        key=f"{key}:{said}",
        to=f"user:{kudos.receiver_id}",
        due_at=now,
        replaces=key,
    )


def lapse(session: Session, *, now: datetime, most: int = AT_ONCE) -> bool:
    """Friday came without an answer: the thanks stay private, and the question says so. Whether there may be more."""
    undecided = celebrations.kudos_undecided(session, now, most)
    for kudos in undecided:
        _decide(session, kudos, Consent.EXPIRED, never_again=False, now=now)
    return len(undecided) == most
