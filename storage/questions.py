"""Whom the heartbeat may have to ask just now, with all that decides it; read for many people at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, func, or_, select, update

from bot.domain.enrollment import EnrollmentStatus
from bot.domain.nudges import Withheld
from bot.domain.pairs import PairStatus
from storage.engine import insert
from storage.readers import Reader, among
from storage.tables import Enrollment, Nudge, Pair, PairMember, Person, WithheldQuestion

Silence = tuple[PairMember, date, Withheld]
"""Whose week (its Monday) has no question, and why."""

Rung = tuple[int, str, date]
"""Of which pair, who is asked, and the local date: once."""


@dataclass(frozen=True)
class Partner:
    """One place in one running pair: who has it, and as what they take part."""

    member: PairMember
    pair: Pair
    person: Person
    enrollment: Enrollment

    @property
    def reader(self) -> Reader:
        return self.member.workspace_id, self.member.user_id

    @property
    def takes_part(self) -> bool:
        """Whether pair, person and enrollment are all there still."""
        running = self.pair.status is PairStatus.ACTIVE and self.enrollment.status is not EnrollmentStatus.LEFT
        return running and not self.person.is_gone


def readers_to_look_at(session: Session, now: datetime, most: int) -> list[Reader]:
    """The people whose moment has come, once for each of their places, at most so many."""
    due = select(PairMember.workspace_id, PairMember.user_id).where(col(PairMember.look_at) <= now)
    in_turn = (col(PairMember.look_at), col(PairMember.workspace_id), col(PairMember.user_id))
    return list(session.exec(due.order_by(*in_turn).limit(most)))


def next_look(session: Session) -> datetime | None:
    """The earliest moment at which someone may have to be asked; it may be past."""
    return session.exec(select(func.min(PairMember.look_at))).one()


def look_again(session: Session, pair_id: int, at: datetime) -> None:
    """Something about a pair changed: look at its partners from `at` on, unless that is sooner anyway."""
    later = or_(col(PairMember.look_at).is_(None), col(PairMember.look_at) > at)
    session.exec(update(PairMember).where(col(PairMember.pair_id) == pair_id, later).values(look_at=at))


def look_again_at_person(session: Session, workspace_id: str, user_id: str, at: datetime) -> None:
    """Something about a person's days or zone changed: look at them from `at` on, unless that is sooner anyway."""
    mine = update(PairMember).where(col(PairMember.workspace_id) == workspace_id, col(PairMember.user_id) == user_id)
    session.exec(mine.where(col(PairMember.look_at) > at).values(look_at=at))


def looked_at(session: Session, readers: Collection[Reader], now: datetime) -> None:
    """Places nobody has to look at any more: in pairs that ended, of people who are gone."""
    session.exec(
        update(PairMember)
        .where(among(PairMember, readers), col(PairMember.look_at) <= now)
        .values(look_at=None)
        .execution_options(synchronize_session=False)
    )


def partners(session: Session, readers: Collection[Reader]) -> list[Partner]:
    """Every place in a running pair that these people have, in a steady order.

    What is over is left out here and not in the query: a server that has no statistics yet takes every condition for a
    rare one, begins with that table, and reads all pairs once for each person.
    """
    rows = session.exec(
        select(PairMember, Pair, Person, Enrollment)
        .join(Pair, col(PairMember.pair_id) == col(Pair.id))
        .join(
            Person,
            (col(Person.workspace_id) == PairMember.workspace_id) & (col(Person.user_id) == PairMember.user_id),
        )
        .join(
            Enrollment,
            (col(Enrollment.program_id) == Pair.program_id) & (col(Enrollment.user_id) == PairMember.user_id),
        )
        .where(among(PairMember, readers))
        .order_by(col(PairMember.workspace_id), col(PairMember.user_id), col(Pair.id))
    )
    return [partner for row in rows if (partner := Partner(*row)).takes_part]


def others(session: Session, pair_ids: Sequence[int]) -> dict[int, list[tuple[Person, bool]]]:
    """Everyone in some pairs, and whether they are on a break: pair id -> people in the order of their ids."""
    rows = session.exec(
        select(PairMember.pair_id, Person, Enrollment.status)
        .join(Pair, col(PairMember.pair_id) == col(Pair.id))
        .join(
            Person,
            (col(Person.workspace_id) == PairMember.workspace_id) & (col(Person.user_id) == PairMember.user_id),
        )
        .join(
            Enrollment,
            (col(Enrollment.program_id) == Pair.program_id) & (col(Enrollment.user_id) == PairMember.user_id),
        )
        .where(col(PairMember.pair_id).in_(pair_ids))
        .order_by(col(PairMember.user_id))
    )
    found: dict[int, list[tuple[Person, bool]]] = {}
    for pair_id, person, status in rows:
        found.setdefault(pair_id, []).append((person, status is EnrollmentStatus.PAUSED))
    return found


def asked(session: Session, pair_ids: Sequence[int]) -> dict[tuple[int, str], list[Nudge]]:
    """The questions of some pairs, oldest first: (pair id, user id) -> questions."""
    rows = select(Nudge).where(col(Nudge.pair_id).in_(pair_ids)).order_by(col(Nudge.asked_at), col(Nudge.id))
    found: dict[tuple[int, str], list[Nudge]] = {}
    for nudge in session.exec(rows):
        found.setdefault((nudge.pair_id, nudge.user_id), []).append(nudge)
    return found


def ask(session: Session, asking: Sequence[Mapping[str, Any]]) -> dict[Rung, Nudge]:
    """Remember many questions, given by their columns, and read them; a row of the ORM takes four times as long to
    make."""
    if not asking:
        return {}
    session.connection().execute(insert(session)(Nudge), asking)
    pair_ids = {row["pair_id"] for row in asking}
    written = select(Nudge).where(col(Nudge.pair_id).in_(pair_ids), Nudge.asked_at == asking[0]["asked_at"])
    return {(nudge.pair_id, nudge.user_id, nudge.asked_on): nudge for nudge in session.exec(written)}


def withhold(session: Session, silences: Sequence[Silence], now: datetime) -> None:
    """Remember once why some weeks have no question."""
    values = [
        {
            "workspace_id": place.workspace_id,
            "pair_id": place.pair_id,
            "user_id": place.user_id,
            "week": week,
            "reason": reason,
            "noticed_at": now,
        }
        for place, week, reason in silences
    ]
    if values:
        session.connection().execute(insert(session)(WithheldQuestion).on_conflict_do_nothing(), values)


def withheld_from(session: Session, workspace_id: str, user_id: str) -> list[WithheldQuestion]:
    """The questions a person was not asked, and why; oldest first."""
    mine = select(WithheldQuestion).where(
        WithheldQuestion.workspace_id == workspace_id, WithheldQuestion.user_id == user_id
    )
    return list(session.exec(mine.order_by(col(WithheldQuestion.week), col(WithheldQuestion.id))))


def withheld_at(session: Session, moment: datetime) -> list[WithheldQuestion]:
    """The questions of which a heartbeat noticed at `moment` that they are not asked, in order."""
    noticed = select(WithheldQuestion).where(WithheldQuestion.noticed_at == moment)
    return list(session.exec(noticed.order_by(col(WithheldQuestion.id))))
