"""Inviting people to a program: personally, once, with one reminder. A "no" is respected, and nobody can find it out.

Whatever an organizer reads depends on what they may know anyway: who is in, and the dates of invitations. Those who
said no are counted like those who say nothing (docs/decisions/0019-inviting-and-importing.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.content import inviting as words
from bot.content import refusals
from bot.content.setup import SAMPLE_NAMES
from bot.domain.cadence import WorkingHours, next_working_moment
from bot.domain.inviting import (
    MOST_AT_ONCE,
    MOST_BY_NAME,
    Asked,
    InvitationStatus,
    Step,
    asked,
    last_day,
    look_next,
    may_be_asked_again,
    step,
)
from bot.domain.lifecycle import INVITATION, InvitationAct
from bot.domain.notices import InvitationClosed, Invited
from bot.domain.people import Actor, first_name
from bot.errors import NotAllowed, NotPossibleNow
from bot.services import moving
from bot.services.administering import check_organizer
from bot.services.placing import next_moment_for, say
from bot.services.reaching import hours_in_workspace
from bot.views.models import InvitationsAhead, InvitedTotals
from storage import invitations, outbox, pairs, people, programs
from storage.tables import Invitation, Person, Program

AT_ONCE = 100


@dataclass(frozen=True)
class Sent:
    """How many people the organizer's list holds who may take part and are not in, and how many others."""

    invited: int
    cannot: int

    def __add__(self, other: "Sent") -> "Sent":
        return Sent(self.invited + other.invited, self.cannot + other.cannot)


def check_number(count: int) -> None:
    """Nobody is invited where there are too many: a mistyped channel is not the whole company's morning."""
    if count > MOST_AT_ONCE:
        raise NotPossibleNow(words.TOO_MANY.format(count=count, most=MOST_AT_ONCE))


def check_named(count: int) -> None:
    """So many as a button can carry to the answer; more are a channel's."""
    if count > MOST_BY_NAME:
        raise NotPossibleNow(words.TOO_MANY_NAMED.format(count=count, most=MOST_BY_NAME))


def invite(session: Session, actor: Actor, program_id: int, user_ids: Sequence[str], *, now: datetime) -> Sent:
    """Invite everyone on a list who may take part and is not in; whoever answered before is not written to."""
    program = check_organizer(session, actor, program_id)
    check_number(len(set(user_ids)))
    programs.hold(session, program_id)
    wanted = _wanted(session, actor, program_id, user_ids)
    earlier = invitations.of_people(session, program_id, [person.user_id for person in wanted])
    for person in wanted:
        _invite_person(session, program, actor, person, earlier.get(person.user_id), now=now)
    return Sent(len(wanted), len(set(user_ids)) - len(wanted))


def foresee(
    session: Session, actor: Actor, program_id: int, user_ids: Sequence[str], *, now: datetime
) -> InvitationsAhead:
    """What inviting a list would do: the totals that `invite` returns, and the message, to a made-up reader in the
    program's zone. Nothing is written, and nothing in it depends on anybody's answer or day."""
    program = check_organizer(session, actor, program_id)
    check_number(len(set(user_ids)))
    wanted = _wanted(session, actor, program_id, user_ids)
    return InvitationsAhead(
        program_id=program.id,
        program=program.name,
        invited=len(wanted),
        cannot=len(set(user_ids)) - len(wanted),
        message=_to_a_made_up_reader(session, program, actor, now=now),
    )


def _wanted(session: Session, actor: Actor, program_id: int, user_ids: Sequence[str]) -> list[Person]:
    """Those on a list whom an invitation is for: full members who are not in, and not oneself."""
    known = people.people_named(session, actor.workspace_id, user_ids)
    inside = {one.user_id for one in programs.enrolled(session, program_id)}
    return [
        known[user_id]
        for user_id in dict.fromkeys(user_ids)
        if user_id in known and user_id not in inside and user_id != actor.user_id and _may_join(known[user_id])
    ]


def _to_a_made_up_reader(session: Session, program: Program, actor: Actor, *, now: datetime) -> Invited:
    inviter = people.its_person(session, program.workspace_id, actor.user_id).name
    hours = WorkingHours(program.timezone)
    new = asked(next_working_moment(now, hours), hours, program.join_by)
    return Invited(
        program=program.name,
        invitation_id=0,
        first_name=next(name for name in SAMPLE_NAMES if name != first_name(inviter)),
        inviter=inviter,
        length_weeks=program.length_weeks,
        cadence_weeks=program.cadence_weeks,
        until=last_day(new.lapses_at, program.timezone),
    )


def _may_join(person: Person) -> bool:
    return person.may_join and not person.is_gone


def _invite_person(
    session: Session, program: Program, actor: Actor, person: Person, earlier: Invitation | None, *, now: datetime
) -> None:
    """A first invitation, or another half a year after one that nobody answered.

    Of those who said no only the date is kept, as if they had been asked: their part in the totals tells nothing.
    """
    if earlier is not None and not (_is_a_no(earlier) and may_be_asked_again(earlier.lapses_at, now)):
        return
    hours = hours_in_workspace(session, program.workspace_id, person.user_id)
    due_at = next_moment_for(session, program.workspace_id, person.user_id, Invited, now=now)
    new = asked(due_at, hours, program.join_by)
    row = earlier or _first_invitation(session, program, person, new)
    row.inviter_id, row.invited_at, row.lapses_at = actor.user_id, new.at, new.lapses_at
    session.add(row)
    session.flush()
    if row.status is InvitationStatus.LAPSED:
        moving.move(INVITATION, row, InvitationAct.INVITE_AGAIN)
    if row.status is InvitationStatus.OPEN:
        _send(session, program, row, person, new, hours, now=now)


def _is_a_no(row: Invitation) -> bool:
    return row.status in (InvitationStatus.DECLINED, InvitationStatus.LAPSED)


def _first_invitation(session: Session, program: Program, person: Person, new: Asked) -> Invitation:
    """Who left a program has said no to it."""
    left = programs.enrollment_of(session, program.id, person.user_id) is not None
    return Invitation(
        workspace_id=program.workspace_id,
        program_id=program.id,
        user_id=person.user_id,
        inviter_id="",
        status=InvitationStatus.DECLINED if left else InvitationStatus.OPEN,
        invited_at=new.at,
        lapses_at=new.lapses_at,
    )


def _send(
    session: Session,
    program: Program,
    row: Invitation,
    person: Person,
    new: Asked,
    hours: WorkingHours,
    *,
    now: datetime,
) -> None:
    row.times, row.reminded_at = row.times + 1, None
    row.look_at = look_next(new, hours, now)
    outbox.enqueue(
        session,
        row.workspace_id,
        _drawn(session, program, row, person),
        key=_key(row),
        to=f"user:{row.user_id}",
        due_at=new.at,
        expires_at=new.lapses_at,
    )


def _drawn(
    session: Session,
    program: Program,
    row: Invitation,
    person: Person,
    *,
    told_more: bool = False,
    reminder: bool = False,
) -> Invited:
    return Invited(
        program=program.name,
        invitation_id=row.id,
        first_name=first_name(person.name),
        inviter=people.its_person(session, row.workspace_id, row.inviter_id).name,
        length_weeks=program.length_weeks,
        cadence_weeks=program.cadence_weeks,
        until=last_day(row.lapses_at, person.timezone),
        told_more=told_more,
        reminder=reminder,
    )


def _key(row: Invitation, *, reminder: bool = False) -> str:
    return f"invitation:{row.id}:{row.times}{':reminder' if reminder else ''}"


def program_of(session: Session, actor: Actor, invitation_id: int | None) -> Program:
    """The program one was invited to; an invitation that is over still opens the door."""
    row = _mine(session, actor, invitation_id)
    return programs.its_program(session, row.workspace_id, row.program_id)


def tell_more(session: Session, actor: Actor, invitation_id: int | None, *, reminder: bool, now: datetime) -> None:
    """What the program is, in the message that asked."""
    row = _mine(session, actor, invitation_id)
    if row.status is not InvitationStatus.OPEN:
        raise NotPossibleNow(words.OVER)
    program = programs.its_program(session, row.workspace_id, row.program_id)
    person = people.its_person(session, row.workspace_id, row.user_id)
    outbox.enqueue(
        session,
        row.workspace_id,
        _drawn(session, program, row, person, told_more=True, reminder=reminder),
        key=f"{_key(row, reminder=reminder)}:more",
        to=f"user:{row.user_id}",
        due_at=now,
        replaces=_key(row, reminder=reminder),
    )


def decline(session: Session, actor: Actor, invitation_id: int | None, *, now: datetime) -> None:
    """Not this time: nobody is told, and nobody can invite them to this program again."""
    _close(session, _mine(session, actor, invitation_id), InvitationAct.SAY_NO, now=now)


def has_joined(session: Session, workspace_id: str, program_id: int, user_id: str, *, now: datetime) -> None:
    """Someone takes part: an invitation has done its work, or is not needed any more."""
    row = invitations.of_person(session, program_id, user_id)
    if row is not None and row.workspace_id == workspace_id and row.status is not InvitationStatus.JOINED:
        _close(session, row, InvitationAct.JOIN, now=now)


def _mine(session: Session, actor: Actor, invitation_id: int | None) -> Invitation:
    row = invitations.invitation(session, actor.workspace_id, invitation_id) if invitation_id else None
    if row is None:
        raise NotPossibleNow(refusals.STALE_BUTTON)
    if row.user_id != actor.user_id:
        raise NotAllowed(refusals.NOT_YOUR_QUESTION)
    return row


def _close(session: Session, row: Invitation, act: InvitationAct, *, now: datetime) -> None:
    """Its messages lose their buttons; what was not sent yet is not sent any more."""
    moving.move(INVITATION, row, act)
    row.look_at = None
    session.add(row)
    program = programs.its_program(session, row.workspace_id, row.program_id)
    for key in [_key(row), *([_key(row, reminder=True)] if row.reminded_at else [])] if row.times else []:
        if not outbox.withdraw(session, row.workspace_id, key):
            outbox.enqueue(
                session,
                row.workspace_id,
                InvitationClosed(program.name, row.status),
                key=f"{key}:{row.status}",
                to=f"user:{row.user_id}",
                due_at=now,
                replaces=key,
            )


def follow_up(session: Session, *, now: datetime, most: int = AT_ONCE) -> bool:
    """Remind of what is open, and end what is over; so many at a time, and whether there may be more."""
    rows = invitations.to_look_at(session, now, most)
    known = people.of_readers(session, [(row.workspace_id, row.user_id) for row in rows])
    for row in rows:
        _follow_up(session, row, known[row.workspace_id, row.user_id], now=now)
    return len(rows) == most


def next_due(session: Session) -> datetime | None:
    """When there may be something to do about an invitation; None when nothing waits."""
    return invitations.next_look(session)


def _follow_up(session: Session, row: Invitation, person: Person, *, now: datetime) -> None:
    hours = hours_in_workspace(session, row.workspace_id, row.user_id)
    invitation = Asked(row.invited_at, row.lapses_at, row.reminded_at is not None)
    has_partner = bool(pairs.active_pairs_of(session, row.workspace_id, row.user_id))
    match step(invitation, hours, now, has_partner=has_partner):
        case Step.LAPSE:
            _close(session, row, InvitationAct.LAPSE, now=now)
            return
        case Step.REMIND if _may_join(person) and outbox.is_said(session, row.workspace_id, _key(row)):
            _remind(session, row, person, now=now)
    row.look_at = look_next(invitation, hours, now)
    session.add(row)


def _remind(session: Session, row: Invitation, person: Person, *, now: datetime) -> None:
    program = programs.its_program(session, row.workspace_id, row.program_id)
    row.reminded_at = now
    say(
        session,
        row.workspace_id,
        row.user_id,
        _drawn(session, program, row, person, reminder=True),
        key=_key(row, reminder=True),
        expires_at=row.lapses_at,
        now=now,
    )


def totals(session: Session, program_id: int, *, now: datetime) -> InvitedTotals | None:
    """What organizers read of a program's invitations; None before the first."""
    invited, joined, running = invitations.totals(session, program_id, now)
    return InvitedTotals(invited, joined, running) if invited else None
