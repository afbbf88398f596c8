"""Milestones: detected from the data, once each; the people are asked first, then the channel hears."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.content import refusals
from bot.domain.cadence import local_date, start_of_day
from bot.domain.kudos import Consent
from bot.domain.lifecycle import BY_CONSENT, CONSENT, MILESTONE, ConsentAct, MilestoneAct
from bot.domain.milestones import TELLING, MilestoneKind, MilestoneStatus, Telling
from bot.domain.notices import MilestoneConsentAnswered, MilestoneConsentAsked, MilestoneShoutout
from bot.domain.people import Actor
from bot.errors import NotAllowed, NotPossibleNow
from bot.services import moving
from bot.services.deferring import deadline
from bot.services.placing import next_moment_for
from bot.services.wishing import ALREADY_SAID, in_time, prefer_private, question_of_milestone
from storage import celebrations, outbox, pairs, people, programs
from storage.tables import Cycle, Milestone, MilestoneConsent, Pair, Person, Program

AT_ONCE = 50
"""Milestones looked at in one transaction: clicks wait for no longer than that takes."""


def reach(session: Session, pair: Pair, kind: MilestoneKind, *, now: datetime) -> None:
    """The pair reached a milestone: ask each partner who wants to be asked. One "no" keeps it private for all."""
    if any(milestone.kind is kind for milestone in celebrations.milestones_of(session, [pair.id])):
        return
    program = programs.its_program(session, pair.workspace_id, pair.program_id)
    _begin(session, program, kind, pairs.members_of(session, pair.id), pair_id=pair.id, now=now)


def reach_alone(session: Session, program: Program, user_id: str, kind: MilestoneKind, *, now: datetime) -> None:
    """Someone reached a milestone of their own: theirs is the only word that counts."""
    if all(one.kind is not kind for one in celebrations.own_milestones(session, program.id, user_id)):
        _begin(session, program, kind, [user_id], user_id=user_id, now=now)


def _begin(
    session: Session,
    program: Program,
    kind: MilestoneKind,
    members: Sequence[str],
    *,
    now: datetime,
    pair_id: int | None = None,
    user_id: str | None = None,
) -> None:
    milestone = Milestone(
        workspace_id=program.workspace_id,
        program_id=program.id,
        pair_id=pair_id,
        user_id=user_id,
        kind=kind,
        reached_at=now,
        decide_by=deadline(_read_by_all(session, program, members, now), program),
    )
    session.add(milestone)
    session.flush()
    _ask(session, program, milestone, people.people_named(session, program.workspace_id, members), now=now)


def _read_by_all(session: Session, program: Program, members: Sequence[str], now: datetime) -> datetime:
    """When the last of them can have read the question."""
    place = program.workspace_id
    return max(next_moment_for(session, place, user_id, MilestoneConsentAsked, now=now) for user_id in members)


def _ask(
    session: Session, program: Program, milestone: Milestone, members: dict[str, Person], *, now: datetime
) -> None:
    answers = {user_id: ALREADY_SAID[person.celebration] for user_id, person in members.items()}
    private = Consent.REFUSED in answers.values() or program.channel_id is None
    for user_id, answer_given in sorted(answers.items()):
        # Nobody is asked about what stays private anyway, so there is nothing of theirs to lapse.
        said = Consent.EXPIRED if private and answer_given is not Consent.REFUSED else answer_given
        session.add(
            MilestoneConsent(
                milestone_id=milestone.id, user_id=user_id, workspace_id=milestone.workspace_id, consent=said
            )
        )
        if said is Consent.ASKED:
            partners = tuple(p.name for other, p in sorted(members.items()) if other != user_id)
            _send_question(session, program, milestone, user_id, partners, now=now)
    session.flush()
    _settle(session, milestone, now=now)


def _send_question(
    session: Session, program: Program, milestone: Milestone, user_id: str, partners: tuple[str, ...], *, now: datetime
) -> None:
    due_at = next_moment_for(session, milestone.workspace_id, user_id, MilestoneConsentAsked, now=now)
    outbox.enqueue(
        session,
        milestone.workspace_id,
        MilestoneConsentAsked(
            milestone_id=milestone.id,
            milestone=milestone.kind,
            partners=partners,
            channel=program.channel_name,
            decide_by=local_date(milestone.decide_by, program.timezone),
        ),
        key=question_of_milestone(milestone.id, user_id),
        to=f"user:{user_id}",
        due_at=due_at,
        expires_at=milestone.decide_by,
    )


def answer(
    session: Session, actor: Actor, milestone_id: int | None, said: Consent, *, never_again: bool, now: datetime
) -> None:
    """A partner's answer; the last "yes" tells the channel. `never_again` is kept for everything to come."""
    milestone = celebrations.milestone(session, actor.workspace_id, milestone_id) if milestone_id else None
    if milestone is None:
        raise NotPossibleNow(refusals.STALE_BUTTON)
    mine = next((c for c in celebrations.consents_of(session, milestone.id) if c.user_id == actor.user_id), None)
    if mine is None:
        raise NotAllowed(refusals.NOT_YOUR_QUESTION)
    moving.after(CONSENT, mine.consent, BY_CONSENT[said])
    said = in_time(said, milestone.decide_by, now)
    moving.move(CONSENT, mine, BY_CONSENT[said])
    if never_again:
        prefer_private(session, actor, now=now)
    show_outcome(session, milestone, actor.user_id, said, never_again=never_again, now=now)
    _settle(session, milestone, now=now)


def show_outcome(
    session: Session,
    milestone: Milestone,
    user_id: str,
    said: Consent,
    *,
    never_again: bool,
    now: datetime,
    shared: bool = False,
) -> None:
    """The question becomes its outcome, in place."""
    program = programs.its_program(session, milestone.workspace_id, milestone.program_id)
    others = [u for u in whose(session, milestone) if u != user_id]
    known = people.people_named(session, milestone.workspace_id, others)
    key = question_of_milestone(milestone.id, user_id)
    outbox.enqueue(
        session,
        milestone.workspace_id,
        MilestoneConsentAnswered(
            milestone=milestone.kind,
            partners=tuple(known[u].name for u in others),
            channel=program.channel_name,
            consent=said,
            never_again=never_again,
            shared=shared,
        ),
        key=f"{key}:shared" if shared else f"{key}:{said}",
        to=f"user:{user_id}",
        due_at=now,
        replaces=key,
    )


def _settle(session: Session, milestone: Milestone, *, now: datetime) -> None:
    """Shared when everyone said yes, private at the first no."""
    said = [consent.consent for consent in celebrations.consents_of(session, milestone.id)]
    if milestone.status is not MilestoneStatus.ASKING:
        return
    if Consent.REFUSED in said or Consent.EXPIRED in said:
        moving.move(MILESTONE, milestone, MilestoneAct.NOT_ALL_AGREE)
    elif all(one is Consent.GIVEN for one in said):
        moving.move(MILESTONE, milestone, MilestoneAct.ALL_AGREE)
        milestone.decided_at = now
        if TELLING[milestone.kind] is Telling.SINGLY:
            _shout(session, milestone, now=now)
        for user_id in whose(session, milestone):
            if outbox.what_was_said(session, milestone.workspace_id, question_of_milestone(milestone.id, user_id)):
                show_outcome(session, milestone, user_id, Consent.GIVEN, never_again=False, shared=True, now=now)


def whose(session: Session, milestone: Milestone) -> list[str]:
    """Those whom a milestone names: partners, or one whose own it is."""
    return [consent.user_id for consent in celebrations.consents_of(session, milestone.id)]


def _shout(session: Session, milestone: Milestone, *, now: datetime) -> None:
    program = programs.its_program(session, milestone.workspace_id, milestone.program_id)
    if program.channel_id is None:
        return
    members = whose(session, milestone)
    known = people.people_named(session, milestone.workspace_id, members)
    outbox.enqueue(
        session,
        milestone.workspace_id,
        MilestoneShoutout(program.name, milestone.kind, tuple(known[u].name for u in members)),
        key=f"shoutout:milestone-{milestone.id}",
        to=f"channel:{program.channel_id}",
        due_at=now,
    )
    milestone.told_on = local_date(now, program.timezone)


def drop_questions(session: Session, pair: Pair, *, now: datetime) -> None:
    """Nobody is asked any more whether the channel may hear of this pair; what waits to be asked is not sent."""
    _drop(session, celebrations.milestones_of(session, [pair.id]), now=now)


def drop_own_questions(session: Session, program_id: int, user_id: str, *, now: datetime) -> None:
    """Nor whether it may hear of someone who leaves the program."""
    _drop(session, celebrations.own_milestones(session, program_id, user_id), now=now)


def _drop(session: Session, milestones: Sequence[Milestone], *, now: datetime) -> None:
    for milestone in [one for one in milestones if one.status is MilestoneStatus.ASKING]:
        moving.move(MILESTONE, milestone, MilestoneAct.NOT_ALL_AGREE)
        consents = celebrations.consents_of(session, milestone.id)
        for consent in (one for one in consents if one.consent is Consent.ASKED):
            moving.move(CONSENT, consent, ConsentAct.LAPSE)
            question = question_of_milestone(milestone.id, consent.user_id)
            if not outbox.withdraw(session, milestone.workspace_id, question):
                show_outcome(session, milestone, consent.user_id, Consent.EXPIRED, never_again=False, now=now)


def lapse(session: Session, *, now: datetime, most: int = AT_ONCE) -> bool:
    """Friday came without an answer: it stays private, and the question says so. Whether there may be more."""
    undecided = celebrations.milestones_undecided(session, now, most)
    for milestone in undecided:
        for consent in celebrations.consents_of(session, milestone.id):
            if consent.consent is Consent.ASKED:
                moving.move(CONSENT, consent, ConsentAct.LAPSE)
                show_outcome(session, milestone, consent.user_id, Consent.EXPIRED, never_again=False, now=now)
        _settle(session, milestone, now=now)
    return len(undecided) == most


def reach_halfway(session: Session, *, now: datetime, most: int = AT_ONCE) -> bool:
    """Half the weeks are over: pairs that met have something to celebrate; whoever is on a break hears nothing.
    Whether there may be more."""
    since = {cycle.id: now - halfway_of(cycle, program) for cycle, program in programs.running_rounds(session)}
    halfway = [cycle_id for cycle_id, passed in since.items() if timedelta() <= passed < timedelta(weeks=1)]
    return any(_reach_halfway(session, cycle_id, now, most) for cycle_id in halfway)


def _reach_halfway(session: Session, cycle_id: int, now: datetime, most: int) -> bool:
    reaching = celebrations.pairs_that_met_without(session, cycle_id, MilestoneKind.HALFWAY, most)
    for pair in reaching:
        reach(session, pair, MilestoneKind.HALFWAY, now=now)
    return len(reaching) == most


def halfway_of(cycle: Cycle, program: Program) -> datetime:
    """The start of the local day on which half of a cycle is over."""
    return start_of_day(cycle.starts_on + (cycle.ends_on - cycle.starts_on) / 2, program.timezone)
