"""The Friday round-up: what the channel hears of the week, all of it with the yes of everyone it names."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlmodel import Session

from bot.domain.cadence import WorkingHours, local_date, round_up_slot
from bot.domain.notices import Celebrated, RoundUp, Thanks
from bot.services.celebrating import whose
from bot.services.reaching import hours_of_programs
from bot.services.wishing import may_be_told, still_agreed
from bot.views.rounding_up import celebrated_that_fit, thanks_that_fit
from storage import celebrations, outbox, people, programs
from storage.tables import Kudos, Milestone, Program

STILL_NEWS = timedelta(hours=20)


def _round_up(session: Session, program: Program, hours: WorkingHours, *, now: datetime) -> None:
    """Friday at 15:00 in the program's zone, or the working day before: the week's milestones and thanks that the
    channel may hear of and has not heard of yet, once; silent without any. What does not fit comes the Friday after."""
    if program.channel_id is None:
        return
    slot = round_up_slot(now - STILL_NEWS, hours)
    if slot > now:
        return
    agreed = celebrations.milestones_to_tell(session, program.id, slot)
    reached = [milestone for milestone in agreed if may_be_told(session, milestone)]
    ready = celebrations.kudos_to_tell(session, program.id)
    wished = still_agreed(session, program.workspace_id, ready)
    given = [kudos for kudos in wished if (kudos.decided_at or kudos.given_at) <= slot]
    celebrated = celebrated_that_fit(_celebrated(session, program, reached))
    thanks = thanks_that_fit(_thanks(session, program, given), celebrated)
    friday = local_date(slot, program.timezone)
    notice = RoundUp(program.name, thanks, celebrated)
    if not (celebrated or thanks) or not _say(session, program, notice, friday, now=now):
        return
    for kudos in given[: len(thanks)]:
        kudos.round_up_on = friday
    for milestone in reached[: len(celebrated)]:
        milestone.told_on = friday


def _say(session: Session, program: Program, notice: RoundUp, friday: date, *, now: datetime) -> bool:
    """False where this Friday's was said already."""
    return outbox.enqueue(
        session,
        program.workspace_id,
        notice,
        key=f"round-up:program-{program.id}:{friday}",
        to=f"channel:{program.channel_id}",
        due_at=now,
    )


def _celebrated(session: Session, program: Program, reached: Sequence[Milestone]) -> list[Celebrated]:
    named = [whose(session, milestone) for milestone in reached]
    known = people.people_named(session, program.workspace_id, {user for users in named for user in users})
    return [
        Celebrated(milestone.kind, tuple(known[user].name for user in users))
        for milestone, users in zip(reached, named, strict=True)
    ]


def _thanks(session: Session, program: Program, given: Sequence[Kudos]) -> list[Thanks]:
    both = {user for kudos in given for user in (kudos.giver_id, kudos.receiver_id)}
    known = people.people_named(session, program.workspace_id, both)
    return [Thanks(known[one.giver_id].name, known[one.receiver_id].name, one.why, tuple(one.values)) for one in given]


def round_all_up(session: Session, *, now: datetime) -> bool:
    """Every program's round-up; there is never more to do."""
    everything = programs.all_programs(session)
    hours = hours_of_programs(session, everything)
    for program in everything:
        _round_up(session, program, hours[program.id], now=now)
    return False


def next_due(session: Session, *, now: datetime) -> datetime | None:
    """When the next round-up of any program is due; None without programs."""
    hours = hours_of_programs(session, programs.all_programs(session))
    return min((round_up_slot(now + timedelta(seconds=1), one) for one in hours.values()), default=None)
