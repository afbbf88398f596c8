"""The Friday of a question goes with it: whoever is asked later than was meant has their two working days all the same.

A question waits for the end of a break, for a day of its own, or until the bot is back. By its old Friday, silence
would be taken for an answer that nobody had the time to give, or the question would not be asked at all.
"""

from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session

from bot.domain.cadence import consent_deadline, instant, local_date
from bot.domain.kudos import Consent
from bot.domain.notices import KudosConsentAsked, MilestoneConsentAsked
from bot.domain.programs import ROUND_UP_TIME
from bot.services.wishing import question_of_kudos, question_of_milestone
from storage import celebrations, outbox, programs
from storage.tables import Milestone, OutboxRow, Program

QUESTIONS = {KudosConsentAsked.kind, MilestoneConsentAsked.kind}


def deadline(asked: datetime, program: Program) -> datetime:
    """When silence becomes "private": Friday at the hour of the round-up, in the program's zone."""
    return instant(consent_deadline(asked, program.timezone), ROUND_UP_TIME, program.timezone)


def defer(session: Session, row: OutboxRow, moment: datetime) -> None:
    """`row` goes at `moment`, later than was meant: a question has the Friday that is counted from then."""
    asked = outbox.decode(row.notice) if row.notice["kind"] in QUESTIONS else None
    if isinstance(asked, KudosConsentAsked):
        _defer_thanks(session, row.workspace_id, asked, moment)
    if isinstance(asked, MilestoneConsentAsked):
        _defer_milestone(session, row.workspace_id, asked.milestone_id, moment)


def _defer_thanks(session: Session, workspace_id: str, asked: KudosConsentAsked, moment: datetime) -> None:
    kudos = celebrations.kudos(session, workspace_id, asked.kudos_id)
    assert kudos is not None
    program = programs.its_program(session, workspace_id, kudos.program_id)
    friday = deadline(moment, program)
    if friday > kudos.decide_by:
        kudos.decide_by = friday
        again = replace(asked, decide_by=local_date(friday, program.timezone))
        outbox.rewrite(session, workspace_id, question_of_kudos(kudos.id), again)


def _defer_milestone(session: Session, workspace_id: str, milestone_id: int, moment: datetime) -> None:
    """They have one Friday, so each who has not answered has it, and reads it where their question stands."""
    milestone = celebrations.milestone(session, workspace_id, milestone_id)
    assert milestone is not None
    program = programs.its_program(session, workspace_id, milestone.program_id)
    friday = deadline(moment, program)
    if friday <= milestone.decide_by:
        return
    milestone.decide_by = friday
    for consent in celebrations.consents_of(session, milestone.id):
        if consent.consent is Consent.ASKED:
            _say_the_friday(session, milestone, consent.user_id, local_date(friday, program.timezone))


def _say_the_friday(session: Session, milestone: Milestone, user_id: str, day: date) -> None:
    key = question_of_milestone(milestone.id, user_id)
    asked = outbox.what_was_said(session, milestone.workspace_id, key)
    assert isinstance(asked, MilestoneConsentAsked)
    again = replace(asked, decide_by=day)
    if outbox.rewrite(session, milestone.workspace_id, key, again, expires_at=milestone.decide_by):
        return
    if outbox.is_said(session, milestone.workspace_id, key):
        outbox.enqueue(
            session,
            milestone.workspace_id,
            again,
            key=f"{key}:until-{day}",
            to=f"user:{user_id}",
            due_at=milestone.reached_at,  # before any answer, which would be written over
            replaces=key,
        )
