"""All that the passing of time alone can cause: ticked every minute. It also says when it has something to do."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from sqlmodel import Session

from bot.services import (
    celebrating,
    considering,
    delivering,
    enrolling,
    finishing,
    holding,
    inviting,
    nudging,
    rolling,
    rounding_up,
    thanking,
)
from storage import celebrations, considerations, programs
from storage.turns import have_turn


class Beat(Protocol):
    """A part of the heartbeat: does what is due, so much at a time, and says whether there may be more."""

    def __call__(self, session: Session, *, now: datetime) -> bool: ...


def tick(session: Session, *, now: datetime) -> bool:
    """Do what is due; when all is done, doing it again changes nothing.

    Returns whether more may be due than one transaction should hold, so that nobody's click waits for a fan-out: then
    tick again at once, in a new one.
    """
    return have_turn(session) and any(beat(session, now=now) for beat in BEATS)


def next_due(session: Session, *, now: datetime) -> datetime | None:
    """The next moment at which a tick may have something to do; None when nothing waits. For the sender see
    `outbox.next_due`.

    Sometimes early, never late: an extra tick does nothing.
    """
    moments = [
        nudging.next_ask(session, now=now),
        enrolling.next_pause_end(session, now=now),
        celebrations.next_deadline(session),
        considerations.next_close(session),
        rolling.next_due(session, now=now),
        delivering.next_telling(session, now=now),
        inviting.next_due(session),
        rounding_up.next_due(session, now=now),
    ]
    for cycle, program in programs.running_rounds(session):
        moments += [finishing.end_of(cycle, program), celebrating.halfway_of(cycle, program)]
    return min((moment for moment in moments if moment is not None and moment > now), default=None)


def _close_considerations(session: Session, *, now: datetime) -> bool:
    considering.close_due(session, now=now)
    return False


def _tell_organizers(session: Session, *, now: datetime) -> bool:
    delivering.tell_organizers(session, now=now)
    return False


BEATS: Sequence[Beat] = (
    enrolling.end_pauses,
    holding.hold_back,
    celebrating.reach_halfway,
    _close_considerations,
    _tell_organizers,
    celebrating.lapse,
    thanking.lapse,
    rounding_up.round_all_up,
    inviting.follow_up,
    nudging.ask_due,
    finishing.finish_due,
)
"""In this order: who is back from a break is asked in the same minute, and the last question precedes the end."""
