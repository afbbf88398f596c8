"""What counts of a person where Slack's profile and an organizer say different things: the later word."""

from sqlmodel import Session

from bot.domain.importing import later_word
from bot.domain.people import PersonFacts
from storage import people
from storage.tables import Brought, Person


def stand(person: Person, kept: Brought) -> None:
    """What counts of a person: what was brought, else what Slack says."""
    person.department = kept.department or kept.slack_department
    person.manager_id = kept.manager_id or kept.slack_manager_id


def read_anew(session: Session, person: Person, facts: PersonFacts) -> None:
    """Slack's profile was read: what changed there is the later word."""
    kept = people.brought_of(session, person.workspace_id, person.user_id)
    if kept is None:
        person.department, person.manager_id = facts.department, facts.manager_id
        return
    kept.department = later_word(kept.department, kept.slack_department, facts.department, read=kept.slack_read)
    kept.manager_id = later_word(kept.manager_id, kept.slack_manager_id, facts.manager_id, read=kept.slack_read)
    kept.slack_read, kept.slack_department, kept.slack_manager_id = True, facts.department, facts.manager_id
    session.add(kept)
    stand(person, kept)
