"""Questions about skills: who wrote what, and what organizers said of it."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence

from sqlalchemy import Text, bindparam, cast
from sqlmodel import Session, col, delete, select, update

from bot.domain.enrollment import EnrollmentStatus
from storage.engine import insert
from storage.tables import Enrollment, SkillAlias, SkillApart, SkillApproved

Written = tuple[str, list[str]]
"""A user id, and phrases they wrote."""


def written(session: Session, workspace_id: str, program_ids: Collection[int] | None = None) -> Iterator[Written]:
    """What everyone offers and asks for, once per enrollment that has not ended; of some programs, or of all.

    Twenty thousand lists are read as one text: row by row the database layer would take as long as people type a word.
    """
    wanted = select(Enrollment.user_id, cast(Enrollment.offers, Text), cast(Enrollment.asks, Text))
    wanted = wanted.where(Enrollment.workspace_id == workspace_id, Enrollment.status != EnrollmentStatus.LEFT)
    if program_ids is not None:
        wanted = wanted.where(col(Enrollment.program_id).in_(program_ids))
    rows = session.exec(wanted).all()
    lists: list[list[list[str]]] = json.loads(f"[{','.join(f'[{offers},{asks}]' for _, offers, asks in rows)}]")
    return ((row[0], [*offers, *asks]) for row, (offers, asks) in zip(rows, lists, strict=True))


def everyone_s(session: Session, workspace_id: str) -> list[tuple[int, list[str], list[str]]]:
    """Every enrollment's id, offers and asks, also of those who left."""
    wanted = select(Enrollment.id, Enrollment.offers, Enrollment.asks).where(Enrollment.workspace_id == workspace_id)
    rows = session.exec(wanted.order_by(col(Enrollment.id)).with_for_update())
    return [(its, list(offers), list(asks)) for its, offers, asks in rows]


def rewrite(session: Session, changed: Sequence[tuple[int, list[str], list[str]]]) -> None:
    """Other words in some profiles: an enrollment's id, its offers and asks."""
    if changed:
        theirs = update(Enrollment).where(col(Enrollment.id) == bindparam("its"))
        theirs = theirs.values(offers=bindparam("offered"), asks=bindparam("asked"))
        rows = [{"its": its, "offered": offers, "asked": asks} for its, offers, asks in changed]
        session.connection().execute(theirs, rows)


def aliases(session: Session, workspace_id: str) -> dict[str, str]:
    """Which phrases stand for another one: key -> wording, the latest merge last."""
    merged = select(SkillAlias).where(SkillAlias.workspace_id == workspace_id)
    return {
        row.key: row.wording for row in session.exec(merged.order_by(col(SkillAlias.merged_at), col(SkillAlias.key)))
    }


def alias(session: Session, workspace_id: str, key: str) -> SkillAlias | None:
    """What one phrase stands for."""
    return session.get(SkillAlias, (workspace_id, key))


def forget_aliases(session: Session, workspace_id: str, keys: Collection[str]) -> None:
    """These stand for themselves again."""
    mine = delete(SkillAlias).where(col(SkillAlias.workspace_id) == workspace_id)
    session.exec(mine.where(col(SkillAlias.key).in_(keys)))


def approved(session: Session, workspace_id: str) -> list[str]:
    """The phrases an organizer approved, in the order of the alphabet."""
    wanted = select(SkillApproved.wording).where(SkillApproved.workspace_id == workspace_id)
    return list(session.exec(wanted.order_by(col(SkillApproved.key))))


def forget_approved(session: Session, workspace_id: str) -> None:
    """Before others are approved."""
    session.exec(delete(SkillApproved).where(col(SkillApproved.workspace_id) == workspace_id))


def apart(session: Session, workspace_id: str) -> set[frozenset[str]]:
    """The pairs that look alike and are not one."""
    rows = session.exec(select(SkillApart).where(SkillApart.workspace_id == workspace_id))
    return {frozenset((row.key, row.other)) for row in rows}


def keep_apart(session: Session, workspace_id: str, pairs: Iterable[tuple[str, str]]) -> None:
    """From now on these are not one; said twice it is the same."""
    for one, other in pairs:
        row = insert(session)(SkillApart).values(workspace_id=workspace_id, key=min(one, other), other=max(one, other))
        session.exec(row.on_conflict_do_nothing())


def no_longer_apart(session: Session, workspace_id: str, keys: Collection[str]) -> None:
    """Merged after all."""
    among = col(SkillApart.key).in_(keys) & col(SkillApart.other).in_(keys)
    session.exec(delete(SkillApart).where(col(SkillApart.workspace_id) == workspace_id, among))
