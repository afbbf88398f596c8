"""Questions about pairs, their check-ins and the questions asked of them."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from bot.domain.checkins import CheckInState
from bot.domain.pairs import PairEnding, PairStatus
from storage.tables import CheckIn, Nudge, Pair, PairMember


def pair(session: Session, workspace_id: str, pair_id: int) -> Pair | None:
    """One pair of this workspace."""
    return session.exec(select(Pair).where(Pair.workspace_id == workspace_id, Pair.id == pair_id)).one_or_none()


def its_pair(session: Session, workspace_id: str, pair_id: int) -> Pair:
    """The pair that a row of ours names; NoResultFound otherwise."""
    return session.exec(select(Pair).where(Pair.workspace_id == workspace_id, Pair.id == pair_id)).one()


def hold(session: Session, pair: Pair) -> None:
    """Keep others from changing what belongs to a pair, or ending it, until the transaction ends; then read it anew."""
    held = select(Pair).where(Pair.id == pair.id).with_for_update().execution_options(populate_existing=True)
    session.exec(held).one()


def members_of(session: Session, pair_id: int) -> list[str]:
    """The partners' user ids, in a steady order."""
    return sorted(session.exec(select(PairMember.user_id).where(PairMember.pair_id == pair_id)))


def partners_of(session: Session, pairs: Sequence[Pair]) -> dict[int, list[str]]:
    """The partners of many pairs at once: pair id -> user ids."""
    found: dict[int, list[str]] = {}
    rows = select(PairMember).where(col(PairMember.pair_id).in_([p.id for p in pairs])).order_by(PairMember.user_id)
    for row in session.exec(rows):
        found.setdefault(row.pair_id, []).append(row.user_id)
    return found


def active_pairs_of(session: Session, workspace_id: str, user_id: str) -> list[Pair]:
    """The pairs a person is in just now, oldest first."""
    return list(
        session.exec(
            select(Pair)
            .join(PairMember, col(PairMember.pair_id) == col(Pair.id))
            .where(PairMember.workspace_id == workspace_id, PairMember.user_id == user_id)
            .where(Pair.status == PairStatus.ACTIVE)
            .order_by(col(Pair.id))
        )
    )


def active_pairs_in_cycle(session: Session, cycle_id: int, most: int | None = None) -> list[Pair]:
    """The pairs of a round that have not ended; at most so many."""
    running = select(Pair).where(Pair.cycle_id == cycle_id, Pair.status == PairStatus.ACTIVE)
    return list(session.exec(running.order_by(col(Pair.id)).limit(most)))


def pairs_ever(session: Session, program_id: int) -> list[Pair]:
    """All pairs of a program, ended ones too: nobody meets the same partner again too soon. What was taken back never
    was."""
    ever = select(Pair).where(Pair.program_id == program_id, col(Pair.ending).is_distinct_from(PairEnding.TAKEN_BACK))
    return list(session.exec(ever.order_by(col(Pair.id))))


def pairs_in_cycle(session: Session, cycle_id: int) -> list[Pair]:
    """The pairs of a round, ended ones too."""
    return list(session.exec(select(Pair).where(Pair.cycle_id == cycle_id).order_by(col(Pair.id))))


def nudge(session: Session, workspace_id: str, nudge_id: int) -> Nudge | None:
    """One question of this workspace."""
    return session.exec(select(Nudge).where(Nudge.workspace_id == workspace_id, Nudge.id == nudge_id)).one_or_none()


def nudges_of(session: Session, pairs: Sequence[int]) -> list[Nudge]:
    """The questions asked of some pairs, oldest first."""
    return list(session.exec(select(Nudge).where(col(Nudge.pair_id).in_(pairs)).order_by(col(Nudge.asked_at))))


def open_nudges(session: Session, pair_id: int) -> list[Nudge]:
    """The pair's questions nobody answered yet."""
    return list(
        session.exec(
            select(Nudge)
            .where(Nudge.pair_id == pair_id, col(Nudge.answered_at).is_(None))
            .order_by(col(Nudge.asked_at))
        )
    )


def check_in(session: Session, workspace_id: str, check_in_id: int) -> CheckIn | None:
    """One answer of this workspace."""
    return session.exec(
        select(CheckIn).where(CheckIn.workspace_id == workspace_id, CheckIn.id == check_in_id)
    ).one_or_none()


def answers_of(session: Session, pair_id: int) -> list[CheckIn]:
    """A pair's answers, oldest first."""
    return list(
        session.exec(
            select(CheckIn).where(CheckIn.pair_id == pair_id).order_by(col(CheckIn.answered_at), col(CheckIn.id))
        )
    )


def answers_in(session: Session, pairs: Sequence[int]) -> dict[int, list[CheckIn]]:
    """The answers of some pairs: pair id -> answers, oldest first."""
    found: dict[int, list[CheckIn]] = {pair_id: [] for pair_id in pairs}
    rows = select(CheckIn).where(col(CheckIn.pair_id).in_(pairs))
    for row in session.exec(rows.order_by(col(CheckIn.answered_at), col(CheckIn.id))):
        found[row.pair_id].append(row)
    return found


def met_answers(session: Session, pairs: Sequence[int]) -> dict[int, list[CheckIn]]:
    """The "we met" answers of some pairs: pair id -> answers, oldest first."""
    found: dict[int, list[CheckIn]] = {}
    rows = (
        select(CheckIn)
        .where(col(CheckIn.pair_id).in_(pairs), CheckIn.state == CheckInState.MET)
        .order_by(col(CheckIn.answered_at))
    )
    for row in session.exec(rows):
        found.setdefault(row.pair_id, []).append(row)
    return found


def pairs_ever_of(session: Session, program_id: int, user_id: str) -> list[Pair]:
    """All pairs a person has been in in a program, oldest first; what was taken back never was."""
    return list(
        session.exec(
            select(Pair)
            .join(PairMember, col(PairMember.pair_id) == col(Pair.id))
            .where(Pair.program_id == program_id, PairMember.user_id == user_id)
            .where(col(Pair.ending).is_distinct_from(PairEnding.TAKEN_BACK))
            .order_by(col(Pair.id))
        )
    )
