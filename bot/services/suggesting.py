"""Skills people may mean while they type: never a phrase that would show one person's ask to everyone."""

from difflib import SequenceMatcher

from sqlmodel import Session

from bot.domain.matching.people import normal
from bot.domain.people import Actor
from storage import programs

ENOUGH_PEOPLE = 3
MOST = 19
NEAR = 0.75


def skills(session: Session, actor: Actor, typed: str) -> list[str]:
    """Up to 19 phrases that three people wrote and that begin with, hold or nearly are what was typed."""
    sought = normal(typed)
    ranked = [(_nearness(sought, normal(phrase)), phrase) for phrase in common_phrases(session, actor)]
    near = sorted((-rank, phrase) for rank, phrase in ranked if rank >= NEAR)
    return [phrase for _, phrase in near[:MOST]]


def common_phrases(session: Session, actor: Actor) -> list[str]:
    """What three people or more of the workspace wrote, in the spelling most of them chose."""
    spellings: dict[str, list[str]] = {}
    writers: dict[str, set[str]] = {}
    for program in programs.programs_of(session, actor.workspace_id):
        for enrollment in programs.enrolled(session, program.id):
            for phrase in (*enrollment.offers, *enrollment.asks):
                spellings.setdefault(normal(phrase), []).append(phrase)
                writers.setdefault(normal(phrase), set()).add(enrollment.user_id)
    shared = [key for key, users in writers.items() if len(users) >= ENOUGH_PEOPLE]
    return [max(sorted(set(spellings[key])), key=spellings[key].count) for key in shared]


def _nearness(sought: str, phrase: str) -> float:
    if phrase.startswith(sought):
        return 2.0
    return 1.0 if sought in phrase else SequenceMatcher(None, sought, phrase).ratio()
