"""Questions about kudos, milestones and the consent both need."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col, exists, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from bot.domain.checkins import CheckInState
from bot.domain.enrollment import EnrollmentStatus
from bot.domain.kudos import Consent
from bot.domain.milestones import MilestoneKind, MilestoneStatus
from bot.domain.pairs import ENDED_WELL, PairStatus
from storage.tables import CheckIn, Enrollment, Kudos, Milestone, MilestoneConsent, Pair, PairMember


def kudos(session: Session, workspace_id: str, kudos_id: int) -> Kudos | None:
    """One thank-you of this workspace."""
    return session.exec(select(Kudos).where(Kudos.workspace_id == workspace_id, Kudos.id == kudos_id)).one_or_none()


def kudos_received(session: Session, workspace_id: str, user_id: str) -> list[Kudos]:
    """Everything a person was thanked for, newest first: they see all of it."""
    return list(
        session.exec(
            select(Kudos)
            .where(Kudos.workspace_id == workspace_id, Kudos.receiver_id == user_id)
            .order_by(col(Kudos.given_at).desc())
        )
    )


def kudos_given_since(session: Session, workspace_id: str, user_id: str, since: datetime) -> list[Kudos]:
    """What a person gave since a moment."""
    return list(
        session.exec(
            select(Kudos).where(
                Kudos.workspace_id == workspace_id, Kudos.giver_id == user_id, col(Kudos.given_at) >= since
            )
        )
    )


def kudos_undecided(session: Session, by: datetime, most: int) -> list[Kudos]:
    """Questions whose Friday has come without an answer; at most so many."""
    undecided = select(Kudos).where(Kudos.consent == Consent.ASKED, col(Kudos.decide_by) <= by)
    return list(session.exec(undecided.order_by(col(Kudos.id)).limit(most)))


def kudos_asked(session: Session, workspace_id: str, user_id: str) -> list[Kudos]:
    """The thanks to a person of which they have not said whether the channel may hear."""
    theirs = select(Kudos).where(Kudos.workspace_id == workspace_id, Kudos.receiver_id == user_id)
    return list(session.exec(theirs.where(Kudos.consent == Consent.ASKED).order_by(col(Kudos.id))))


def kudos_to_tell(session: Session, program_id: int) -> list[Kudos]:
    """Consented thanks the channel has not heard yet, in the order they were given."""
    return list(
        session.exec(
            select(Kudos)
            .where(Kudos.program_id == program_id, Kudos.consent == Consent.GIVEN)
            .where(col(Kudos.round_up_on).is_(None))
            .order_by(col(Kudos.id))
        )
    )


def milestone(session: Session, workspace_id: str, milestone_id: int) -> Milestone | None:
    """One milestone of this workspace."""
    return session.exec(
        select(Milestone).where(Milestone.workspace_id == workspace_id, Milestone.id == milestone_id)
    ).one_or_none()


def pairs_that_met_without(session: Session, cycle_id: int, kind: MilestoneKind, most: int) -> list[Pair]:
    """The running pairs of a round that have met, nobody of whom is on a break, and that lack a milestone; at most so
    many."""
    met = exists().where(col(CheckIn.pair_id) == Pair.id, col(CheckIn.state) == CheckInState.MET)
    reached = exists().where(col(Milestone.pair_id) == Pair.id, col(Milestone.kind) == kind)
    away = exists().where(
        col(PairMember.pair_id) == Pair.id,
        col(Enrollment.program_id) == Pair.program_id,
        col(Enrollment.user_id) == PairMember.user_id,
        col(Enrollment.status) == EnrollmentStatus.PAUSED,
    )
    running = select(Pair).where(Pair.cycle_id == cycle_id, Pair.status == PairStatus.ACTIVE)
    return list(session.exec(running.where(met, ~reached, ~away).order_by(col(Pair.id)).limit(most)))


def milestones_of(session: Session, pairs: Sequence[int]) -> list[Milestone]:
    """What some pairs have reached."""
    return list(session.exec(select(Milestone).where(col(Milestone.pair_id).in_(pairs))))


def own_milestones(session: Session, program_id: int, user_id: str) -> list[Milestone]:
    """What a person has reached for themselves in a program."""
    return list(session.exec(select(Milestone).where(Milestone.program_id == program_id, Milestone.user_id == user_id)))


def milestones_to_tell(session: Session, program_id: int, by: datetime) -> list[Milestone]:
    """Milestones to which everyone had said yes by then and of which the channel has not heard, in the order in which
    they were reached; but for those of pairs that have parted since, and of people who have left."""
    agreed = select(Milestone).where(Milestone.program_id == program_id, Milestone.status == MilestoneStatus.SHARED)
    untold = agreed.where(col(Milestone.told_on).is_(None), col(Milestone.decided_at) <= by)
    return list(session.exec(untold.where(~_parted(), ~_left()).order_by(col(Milestone.reached_at), col(Milestone.id))))


def _parted() -> ColumnElement[bool]:
    well = col(Pair.ending).in_(ENDED_WELL)
    return exists().where(col(Pair.id) == Milestone.pair_id, col(Pair.status) == PairStatus.ENDED, ~well)


def _left() -> ColumnElement[bool]:
    """Someone whom a milestone names is no longer in its program."""
    named = (col(MilestoneConsent.milestone_id) == Milestone.id) & (col(MilestoneConsent.user_id) == Enrollment.user_id)
    gone = (col(Enrollment.program_id) == Milestone.program_id) & (col(Enrollment.status) == EnrollmentStatus.LEFT)
    return exists().where(named, gone)


def milestones_asking(session: Session, workspace_id: str, user_id: str) -> list[tuple[Milestone, MilestoneConsent]]:
    """What a person has reached and not everyone has said yes to, with their own word so far: none, or yes."""
    open_to = col(MilestoneConsent.consent).in_([Consent.ASKED, Consent.GIVEN])
    undecided = or_(Milestone.status == MilestoneStatus.ASKING, MilestoneConsent.consent == Consent.ASKED)
    both = select(Milestone, MilestoneConsent).where(col(Milestone.id) == MilestoneConsent.milestone_id)
    theirs = both.where(MilestoneConsent.workspace_id == workspace_id, MilestoneConsent.user_id == user_id)
    return list(session.exec(theirs.where(open_to, undecided).order_by(col(Milestone.id))))


def milestones_undecided(session: Session, by: datetime, most: int) -> list[Milestone]:
    """Milestones whose Friday has come while someone had not answered, even where another's "no" decided before; at
    most so many."""
    undecided = select(Milestone).where(col(Milestone.id).in_(_unanswered()), col(Milestone.decide_by) <= by)
    return list(session.exec(undecided.order_by(col(Milestone.id)).limit(most)))


def _unanswered() -> SelectOfScalar[int]:
    return select(MilestoneConsent.milestone_id).where(MilestoneConsent.consent == Consent.ASKED)


def consents_of(session: Session, milestone_id: int) -> list[MilestoneConsent]:
    """The answer of each whom it names, in a steady order."""
    return list(
        session.exec(
            select(MilestoneConsent)
            .where(MilestoneConsent.milestone_id == milestone_id)
            .order_by(MilestoneConsent.user_id)
        )
    )


def next_deadline(session: Session) -> datetime | None:
    """The earliest moment at which a consent question lapses."""
    moments = [
        session.exec(select(func.min(Kudos.decide_by)).where(Kudos.consent == Consent.ASKED)).one(),
        session.exec(select(func.min(Milestone.decide_by)).where(col(Milestone.id).in_(_unanswered()))).one(),
    ]
    return min((moment for moment in moments if moment is not None), default=None)
