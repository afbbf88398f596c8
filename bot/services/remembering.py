"""Keeping what Slack says about people, and what follows when someone is gone."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from bot.content import refusals
from bot.domain.people import Actor, PersonFacts, Stretch
from bot.errors import NotPossibleNow
from bot.services import holding, parting, reconciling
from storage import pacing, people, questions
from storage.tables import Person, Workspace

LISTED = ("name", "title", "timezone", "is_admin", "is_gone", "may_join")
"""What Slack's list of people says of each, by the names of both PersonFacts and Person."""


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
    reconciling.read_anew(session, person, facts)
    person.refreshed_at = now
    _follow(session, person, facts, now=now)
    return person


def remember_listed(session: Session, workspace_id: str, listed: Sequence[PersonFacts]) -> None:
    """Keep people whom Slack's list names. It holds no custom fields: those are read when someone turns up."""
    known = people.people_named(session, workspace_id, [facts.user_id for facts in listed])
    for facts in listed:
        if facts.user_id not in known:
            said = {name: getattr(facts, name) for name in LISTED}
            session.add(Person(workspace_id=workspace_id, user_id=facts.user_id, **said))


def heal(session: Session, workspace_id: str, listed: Sequence[PersonFacts], *, now: datetime) -> None:
    """Bring those we know to what Slack's list of people says: what an event would have told, had it come.

    The list holds no custom fields, so department and manager stay as they are.
    """
    known = people.people_named(session, workspace_id, [facts.user_id for facts in listed])
    for facts in listed:
        person = known.get(facts.user_id)
        if person is not None and any(getattr(person, name) != getattr(facts, name) for name in LISTED):
            _follow(session, person, facts, now=now)


def _follow(session: Session, person: Person, facts: PersonFacts, *, now: datetime) -> None:
    moves = person.timezone != facts.timezone
    leaves = facts.is_gone and not person.is_gone
    for name in LISTED:
        setattr(person, name, getattr(facts, name))
    session.flush()
    if moves:
        questions.look_again_at_person(session, person.workspace_id, person.user_id, now)
        holding.plan_anew(session, person.workspace_id, person.user_id, now=now)
    if leaves:
        parting.everyone_loses(session, person.workspace_id, person.user_id, now=now)


def told_undisturbed(session: Session, workspace_id: str, told: Mapping[str, Stretch | None], *, now: datetime) -> None:
    """Keep when Slack's do-not-disturb is on for some people (None: it is off); what waits for them waits longer."""
    for user_id, person in people.people_named(session, workspace_id, told).items():
        start, end = told[user_id] or (None, None)
        changed = (person.undisturbed_from, person.undisturbed_until) != (start, end)
        person.undisturbed_from, person.undisturbed_until, person.asked_undisturbed_at = start, end, now
        if changed and end is not None and end > now:
            holding.plan_anew(session, workspace_id, user_id, now=now)


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
    return people.first_sight_of(session, workspace_id, event_id, now)
