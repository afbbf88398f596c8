"""Questions about what people said before a match. Who said what is for the match and for themselves alone."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from storage.tables import Consideration, Considered, PossiblePartner, Suggestion


def of_round(session: Session, program_id: int, number: int) -> Consideration | None:
    """The asking before a program's round, if there was one."""
    return session.exec(
        select(Consideration).where(Consideration.program_id == program_id, Consideration.round == number)
    ).one_or_none()


def running(session: Session) -> list[Consideration]:
    """Every asking that has not ended, in every workspace."""
    return list(
        session.exec(select(Consideration).where(col(Consideration.is_over).is_(False)).order_by(col(Consideration.id)))
    )


def running_in(session: Session, program_id: int) -> Consideration | None:
    """A program's asking that has not ended."""
    return session.exec(
        select(Consideration).where(Consideration.program_id == program_id, col(Consideration.is_over).is_(False))
    ).one_or_none()


def next_close(session: Session) -> datetime | None:
    """When the first asking ends."""
    return session.exec(select(func.min(Consideration.closes_at)).where(col(Consideration.is_over).is_(False))).one()


def its_consideration(session: Session, considered: Considered) -> Consideration:
    """The asking a person's sheet belongs to."""
    return session.exec(
        select(Consideration).where(
            Consideration.workspace_id == considered.workspace_id, Consideration.id == considered.consideration_id
        )
    ).one()


def considered(session: Session, workspace_id: str, considered_id: int) -> Considered | None:
    """One person's sheet, held until the transaction ends: two clicks of theirs come one after the other."""
    return session.exec(
        select(Considered)
        .where(Considered.workspace_id == workspace_id, Considered.id == considered_id)
        .with_for_update()
    ).one_or_none()


def open_sheet_of(session: Session, workspace_id: str, user_id: str) -> int | None:
    """The number of a sheet that someone can still answer; the first one, where several programs ask."""
    return session.exec(
        select(Considered.id)
        .join(Consideration, col(Consideration.id) == col(Considered.consideration_id))
        .where(
            Considered.workspace_id == workspace_id,
            Considered.user_id == user_id,
            col(Consideration.is_over).is_(False),
        )
        .order_by(col(Considered.id))
    ).first()


def everyone_asked(session: Session, consideration_id: int) -> list[Considered]:
    """All who were asked, in a steady order."""
    return list(
        session.exec(
            select(Considered).where(Considered.consideration_id == consideration_id).order_by(col(Considered.id))
        )
    )


def possible_partner(session: Session, workspace_id: str, possible_id: int) -> PossiblePartner | None:
    """One line of a person's sheet."""
    return session.exec(
        select(PossiblePartner).where(PossiblePartner.workspace_id == workspace_id, PossiblePartner.id == possible_id)
    ).one_or_none()


def shown_to(session: Session, considered_id: int) -> list[PossiblePartner]:
    """The lines of a person's sheet, as they were shown."""
    return list(
        session.exec(
            select(PossiblePartner)
            .where(PossiblePartner.considered_id == considered_id)
            .order_by(col(PossiblePartner.id))
        )
    )


def rather_nots(session: Session, consideration_id: int) -> frozenset[frozenset[str]]:
    """Who would rather not be matched this time, whichever of the two said so: for the match alone."""
    rows = session.exec(
        select(Considered.user_id, PossiblePartner.partner_id)
        .join(PossiblePartner, col(PossiblePartner.considered_id) == col(Considered.id))
        .where(Considered.consideration_id == consideration_id, col(PossiblePartner.rather_not).is_(True))
    )
    return frozenset(frozenset(row) for row in rows)


def suggested_by(session: Session, considered_id: int) -> list[str]:
    """Whom a person suggested, in a steady order: for their own eyes."""
    return sorted(session.exec(select(Suggestion.suggested_id).where(Suggestion.considered_id == considered_id)))


def suggestions(session: Session, consideration_id: int) -> list[tuple[str, str]]:
    """Who suggested whom: for the match alone."""
    rows = session.exec(
        select(Considered.user_id, Suggestion.suggested_id)
        .join(Suggestion, col(Suggestion.considered_id) == col(Considered.id))
        .where(Considered.consideration_id == consideration_id)
    )
    return sorted((user, suggested) for user, suggested in rows)


def suggestion_rows(session: Session, considered_id: int) -> list[Suggestion]:
    """A person's suggestions, to be taken back."""
    return list(session.exec(select(Suggestion).where(Suggestion.considered_id == considered_id)))
