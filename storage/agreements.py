"""Questions about what pairs agreed on."""

from collections.abc import Collection
from datetime import date

from sqlmodel import Session, col, select

from storage.tables import PairAgreement


def agreement_of(session: Session, pair_id: int) -> PairAgreement | None:
    """What a pair agreed on, read anew."""
    theirs = select(PairAgreement).where(PairAgreement.pair_id == pair_id)
    return session.exec(theirs.execution_options(populate_existing=True)).one_or_none()


def review_days(session: Session, pair_ids: Collection[int]) -> dict[int, date]:
    """The day on which some pairs want to look at their agreement again; pairs without one are not in it."""
    theirs = select(PairAgreement).where(col(PairAgreement.pair_id).in_(list(pair_ids)))
    kept = session.exec(theirs.where(col(PairAgreement.review_on).is_not(None)))
    return {one.pair_id: one.review_on for one in kept if one.review_on is not None}
