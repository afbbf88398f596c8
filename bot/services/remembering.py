"""Keeping what Slack says about people, and what follows when someone is gone."""

from datetime import datetime

from sqlmodel import Session

from bot.content import refusals
from bot.domain.people import Actor, PersonFacts
from bot.errors import NotPossibleNow
from bot.services import holding, parting
from storage import pacing, people, questions
from storage.tables import Person, SeenEvent, Workspace


def remember_workspace(session: Session, workspace_id: str, name: str, bot_user_id: str, bot_name: str) -> None:
    """Keep the workspace the bot was started for."""
    known = session.get(Workspace, workspace_id)
    if known is None:
        session.add(Workspace(id=workspace_id, name=name, bot_user_id=bot_user_id, bot_name=bot_name))
        session.flush()
        pacing.begin(session, workspace_id)
    else:
        known.name, known.bot_user_id, known.bot_name = name, bot_user_id, bot_name


def remember(session: Session, workspace_id: str, facts: PersonFacts, *, now: datetime) -> Person:
    """Keep what Slack says now. Someone who has gone ends their pairs with a neutral word to the partners."""
    person = people.person(session, workspace_id, facts.user_id)
    if person is None:
        person = Person(workspace_id=workspace_id, user_id=facts.user_id)
        session.add(person)
    moves = person.timezone != facts.timezone
    leaves = facts.is_gone and not person.is_gone
    person.name, person.title, person.timezone = facts.name, facts.title, facts.timezone
    person.department, person.manager_id = facts.department, facts.manager_id
    person.is_admin, person.is_gone, person.may_join = facts.is_admin, facts.is_gone, facts.may_join
    person.refreshed_at = now
    session.flush()
    if moves:
        questions.look_again_at_person(session, workspace_id, facts.user_id, now)
        holding.plan_anew(session, workspace_id, facts.user_id, now=now)
    if leaves:
        parting.everyone_loses(session, workspace_id, facts.user_id, now=now)
    return person


def found_gone(session: Session, workspace_id: str, user_id: str, *, now: datetime) -> None:
    """Slack would not deliver to someone: they are gone, and each partner hears a neutral word, once."""
    person = people.person(session, workspace_id, user_id)
    if person is not None and not person.is_gone:
        person.is_gone = True
        session.flush()
        parting.everyone_loses(session, workspace_id, user_id, now=now)


def known_person(session: Session, actor: Actor) -> Person:
    """The actor, whom the handlers have introduced; NotPossibleNow when Slack says they may not take part."""
    person = people.person(session, actor.workspace_id, actor.user_id)
    if person is None or person.is_gone or not person.may_join:
        raise NotPossibleNow(refusals.NOT_ELIGIBLE)
    return person


def first_sight_of(session: Session, workspace_id: str, event_id: str, *, now: datetime) -> bool:
    """Whether this event is new; Slack delivers some twice and Bolt does not deduplicate."""
    if people.event_seen(session, workspace_id, event_id):
        return False
    session.add(SeenEvent(workspace_id=workspace_id, event_id=event_id, seen_at=now))
    return True
