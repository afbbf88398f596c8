"""What someone wants told of them, said beforehand: kept for everything to come, and for what waits to be asked."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from bot.domain.enrollment import Celebration
from bot.domain.kudos import Consent
from bot.domain.lifecycle import CONSENT, MILESTONE, ConsentAct, MilestoneAct
from bot.domain.milestones import MilestoneStatus
from bot.domain.notices import KudosDelivered
from bot.domain.people import Actor
from bot.services import moving
from storage import celebrations, outbox, people, programs
from storage.tables import Kudos, Milestone, MilestoneConsent, Person

ALREADY_SAID = {
    Celebration.ASK: Consent.ASKED,
    Celebration.CHANNEL: Consent.GIVEN,
    Celebration.PRIVATE: Consent.REFUSED,
    Celebration.NEVER: Consent.REFUSED,
}


def question_of_kudos(kudos_id: int) -> str:
    """What makes a thank-you arrive once."""
    return f"kudos:{kudos_id}"


def question_of_milestone(milestone_id: int, user_id: str) -> str:
    """What makes a milestone's question once."""
    return f"milestone:{milestone_id}:{user_id}"


def prefer_private(session: Session, actor: Actor, *, now: datetime) -> None:
    """ "Don't ask again" is kept on the person."""
    wish(session, people.its_person(session, actor.workspace_id, actor.user_id), Celebration.PRIVATE, now=now)


def wish(session: Session, person: Person, celebration: Celebration, *, now: datetime) -> None:
    """Who wants nothing told is not asked what waits to be asked, and a yes given beforehand ends with the wish. A
    question that stands may still be answered, and an answer stands."""
    person.celebration = celebration
    said = ALREADY_SAID[celebration]
    thanks = celebrations.kudos_asked(session, person.workspace_id, person.user_id) if said is Consent.REFUSED else []
    for kudos in thanks:
        _spare_kudos(session, person, kudos, now=now)
    if said is not Consent.GIVEN:
        for milestone, consent in celebrations.milestones_asking(session, person.workspace_id, person.user_id):
            _spare_milestone(session, milestone, consent, said)


def in_time(said: Consent, decide_by: datetime, now: datetime) -> Consent:
    """A yes after its Friday is none, even where the bot was away when it came."""
    return Consent.EXPIRED if said is Consent.GIVEN and now >= decide_by else said


def still_agreed(session: Session, workspace_id: str, given: Sequence[Kudos]) -> list[Kudos]:
    """Their own answer stands; a yes given beforehand does as long as its giver wishes it so."""
    known = people.people_named(session, workspace_id, {kudos.receiver_id for kudos in given})
    wishes = {user_id: ALREADY_SAID[person.celebration] for user_id, person in known.items()}
    return [kudos for kudos in given if kudos.decided_at or wishes[kudos.receiver_id] is Consent.GIVEN]


def may_be_told(session: Session, milestone: Milestone) -> bool:
    """The same of everyone whom a milestone names: who was not asked had said yes beforehand."""
    users = [consent.user_id for consent in celebrations.consents_of(session, milestone.id)]
    known = people.people_named(session, milestone.workspace_id, users)
    unwilling = [user for user in users if ALREADY_SAID[known[user].celebration] is not Consent.GIVEN]
    keys = {user: question_of_milestone(milestone.id, user) for user in unwilling}
    return all(outbox.what_was_said(session, milestone.workspace_id, key) for key in keys.values())


def _spare_kudos(session: Session, person: Person, kudos: Kudos, *, now: datetime) -> None:
    """The thanks arrive at their moment all the same, as kept private, unless none are wanted at all."""
    key = question_of_kudos(kudos.id)
    giver = people.its_person(session, kudos.workspace_id, kudos.giver_id)
    channel = programs.its_program(session, kudos.workspace_id, kudos.program_id).channel_name
    said, values = Consent.REFUSED, tuple(kudos.values)
    private = KudosDelivered(giver.name, kudos.why, channel, said, never_again=False, values=values)
    if person.celebration is Celebration.NEVER:
        spared = outbox.withdraw(session, kudos.workspace_id, key)
    else:
        spared = outbox.rewrite(session, kudos.workspace_id, key, private)
    if spared:
        moving.move(CONSENT, kudos, ConsentAct.SAY_NO)
        kudos.decided_at = now


def _spare_milestone(session: Session, milestone: Milestone, consent: MilestoneConsent, said: Consent) -> None:
    key = question_of_milestone(milestone.id, consent.user_id)
    spared = said is Consent.REFUSED and outbox.withdraw(session, milestone.workspace_id, key)
    if spared:
        moving.move(CONSENT, consent, ConsentAct.SAY_NO)
    beforehand = consent.consent is Consent.GIVEN and outbox.what_was_said(session, milestone.workspace_id, key) is None
    if (spared or beforehand) and milestone.status is MilestoneStatus.ASKING:
        moving.move(MILESTONE, milestone, MilestoneAct.NOT_ALL_AGREE)
