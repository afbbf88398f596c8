"""Questions about invitations. What someone answered is for themselves and for the bot alone; others get totals."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, func, select

from bot.domain.inviting import InvitationStatus
from storage.tables import Invitation


def invitation(session: Session, workspace_id: str, invitation_id: int) -> Invitation | None:
    """One invitation, held until the transaction ends: two clicks of its reader come one after the other."""
    return session.exec(
        select(Invitation)
        .where(Invitation.workspace_id == workspace_id, Invitation.id == invitation_id)
        .with_for_update()
    ).one_or_none()


def of_person(session: Session, program_id: int, user_id: str) -> Invitation | None:
    """The invitation of a person to a program, whatever came of it."""
    return session.exec(
        select(Invitation).where(Invitation.program_id == program_id, Invitation.user_id == user_id)
    ).one_or_none()


def of_people(session: Session, program_id: int, user_ids: Collection[str]) -> dict[str, Invitation]:
    """The invitations these people had to a program, by id."""
    theirs = select(Invitation).where(Invitation.program_id == program_id, col(Invitation.user_id).in_(user_ids))
    return {one.user_id: one for one in session.exec(theirs)}


def to_look_at(session: Session, now: datetime, most: int) -> list[Invitation]:
    """Open invitations about which there may be something to do, the longest due first; at most so many."""
    due = select(Invitation).where(col(Invitation.look_at) <= now)
    return list(session.exec(due.order_by(col(Invitation.look_at), col(Invitation.id)).limit(most)))


def next_look(session: Session) -> datetime | None:
    """When there may be something to do about an invitation next."""
    return session.exec(select(func.min(Invitation.look_at))).one()


def totals(session: Session, program_id: int, now: datetime) -> tuple[int, int, int]:
    """How many were invited, how many of them joined, and how many others could still answer if they had not yet."""
    joined = col(Invitation.status) == InvitationStatus.JOINED
    mine = select(func.count()).select_from(Invitation).where(Invitation.program_id == program_id)
    running = mine.where(~joined, col(Invitation.lapses_at) > now)
    return session.exec(mine).one(), session.exec(mine.where(joined)).one(), session.exec(running).one()
