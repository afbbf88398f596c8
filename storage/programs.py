"""Questions about programs, who runs them and who takes part."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, func, or_, select, update

from bot.domain.enrollment import EnrollmentStatus
from bot.domain.programs import CycleStatus, RunStatus
from storage.readers import Reader, among
from storage.tables import Cycle, Enrollment, MatchRun, Organizer, Person, Program, QuietWeek


def programs_of(session: Session, workspace_id: str) -> list[Program]:
    """The workspace's programs, oldest first."""
    return list(session.exec(select(Program).where(Program.workspace_id == workspace_id).order_by(col(Program.id))))


def named(session: Session, program_ids: Collection[int]) -> dict[int, Program]:
    """Some programs by id."""
    return {found.id: found for found in session.exec(select(Program).where(col(Program.id).in_(program_ids)))}


def all_programs(session: Session) -> list[Program]:
    """Every program of every workspace, oldest first."""
    return list(session.exec(select(Program).order_by(col(Program.id))))


def program(session: Session, workspace_id: str, program_id: int) -> Program | None:
    """One program of this workspace."""
    return session.exec(
        select(Program).where(Program.workspace_id == workspace_id, Program.id == program_id)
    ).one_or_none()


def its_program(session: Session, workspace_id: str, program_id: int) -> Program:
    """The program that a row of ours names; NoResultFound otherwise."""
    return session.exec(select(Program).where(Program.workspace_id == workspace_id, Program.id == program_id)).one()


def channels_of(session: Session, workspace_id: str) -> list[str]:
    """The channels programs live in."""
    mine = select(Program.channel_id).where(Program.workspace_id == workspace_id).distinct()
    return sorted(channel_id for channel_id in session.exec(mine) if channel_id)


def programs_with_channel(session: Session, workspace_id: str, channel_id: str) -> list[Program]:
    """The programs that celebrate in this channel."""
    return list(
        session.exec(select(Program).where(Program.workspace_id == workspace_id, Program.channel_id == channel_id))
    )


def hold(session: Session, program_id: int) -> None:
    """Keep others from doing what may be done once in a program, until the transaction ends."""
    session.exec(select(Program.id).where(Program.id == program_id).with_for_update()).one()


def organizers_of(session: Session, program_id: int) -> list[str]:
    """The user ids of those who run a program."""
    return sorted(session.exec(select(Organizer.user_id).where(Organizer.program_id == program_id)))


def run_by(session: Session, workspace_id: str, user_id: str) -> list[tuple[Program, datetime | None]]:
    """The programs this person runs, oldest first, and when they last chose each."""
    theirs = select(Program, Organizer.chosen_at).join(Organizer, col(Organizer.program_id) == Program.id)
    theirs = theirs.where(Organizer.workspace_id == workspace_id, Organizer.user_id == user_id)
    return [(program, chosen_at) for program, chosen_at in session.exec(theirs.order_by(col(Program.id)))]


def organizer(session: Session, program_id: int, user_id: str) -> Organizer | None:
    """This person as an organizer of that program."""
    return session.get(Organizer, (program_id, user_id))


def runs_program(session: Session, program_id: int, user_id: str) -> bool:
    """Whether this person is an organizer of it."""
    return organizer(session, program_id, user_id) is not None


def quiet_weeks(session: Session, program_id: int) -> frozenset[date]:
    """The Mondays of a program's quiet weeks."""
    return frozenset(week.monday for week in session.exec(select(QuietWeek).where(QuietWeek.program_id == program_id)))


def quiet_weeks_in(session: Session, program_ids: Iterable[int]) -> dict[int, frozenset[date]]:
    """The quiet weeks of many programs at once: program id -> Mondays."""
    found: dict[int, set[date]] = {}
    for week in session.exec(select(QuietWeek).where(col(QuietWeek.program_id).in_(list(program_ids)))):
        found.setdefault(week.program_id, set()).add(week.monday)
    return {program_id: frozenset(mondays) for program_id, mondays in found.items()}


def enrollment_of(session: Session, program_id: int, user_id: str) -> Enrollment | None:
    """One person in one program, whatever its status."""
    return session.exec(
        select(Enrollment).where(Enrollment.program_id == program_id, Enrollment.user_id == user_id)
    ).one_or_none()


def its_enrollment(session: Session, workspace_id: str, enrollment_id: int) -> Enrollment | None:
    """One place in a program, whosever it is and whatever its status."""
    wanted = select(Enrollment).where(Enrollment.workspace_id == workspace_id, Enrollment.id == enrollment_id)
    return session.exec(wanted).one_or_none()


def enrollments_of(session: Session, workspace_id: str, user_id: str) -> list[Enrollment]:
    """Where this person takes part or pauses, oldest first."""
    return list(
        session.exec(
            select(Enrollment)
            .where(Enrollment.workspace_id == workspace_id, Enrollment.user_id == user_id)
            .where(Enrollment.status != EnrollmentStatus.LEFT)
            .order_by(col(Enrollment.id))
        )
    )


def enrollments_of_readers(session: Session, readers: Collection[Reader]) -> dict[Reader, list[Enrollment]]:
    """Where these people take part or pause, oldest first."""
    rows = select(Enrollment).where(among(Enrollment, readers), Enrollment.status != EnrollmentStatus.LEFT)
    found: dict[Reader, list[Enrollment]] = {}
    for row in session.exec(rows.order_by(col(Enrollment.id))):
        found.setdefault((row.workspace_id, row.user_id), []).append(row)
    return found


def enrolled(session: Session, program_id: int) -> list[Enrollment]:
    """Everyone in a program who has not left, in the order they joined."""
    return list(
        session.exec(
            select(Enrollment)
            .where(Enrollment.program_id == program_id, Enrollment.status != EnrollmentStatus.LEFT)
            .order_by(col(Enrollment.id))
        )
    )


def enrollments_ever(session: Session, program_id: int) -> list[Enrollment]:
    """Everyone who is or was in a program, in the order they joined."""
    return list(
        session.exec(select(Enrollment).where(Enrollment.program_id == program_id).order_by(col(Enrollment.id)))
    )


def pauses_over(session: Session, latest: date) -> list[tuple[Enrollment, Person]]:
    """Pauses that end on `latest` or before, in some zone: the caller looks at each person's own date."""
    theirs = (col(Person.workspace_id) == Enrollment.workspace_id) & (col(Person.user_id) == Enrollment.user_id)
    over = select(Enrollment, Person).join(Person, theirs)
    over = over.where(Enrollment.status == EnrollmentStatus.PAUSED, col(Enrollment.paused_until) <= latest)
    return list(session.exec(over.order_by(col(Enrollment.id))))


def first_pauses(session: Session) -> set[tuple[date, str]]:
    """The local dates on which pauses end first, with the zones of those who are back then. A day begins up to 26 hours
    apart, so the day after the first one counts, and anywhere later is later."""
    paused = Enrollment.status == EnrollmentStatus.PAUSED
    first = session.exec(select(func.min(Enrollment.paused_until)).where(paused)).one()
    if first is None:
        return set()
    theirs = (col(Person.workspace_id) == Enrollment.workspace_id) & (col(Person.user_id) == Enrollment.user_id)
    soon = select(col(Enrollment.paused_until), Person.timezone).join(Person, theirs).where(paused)
    rows = session.exec(soon.where(col(Enrollment.paused_until) <= first + timedelta(days=1)).distinct())
    return {(until, timezone) for until, timezone in rows if until is not None}


def match_run(session: Session, workspace_id: str, run_id: int) -> MatchRun | None:
    """One computed match of this workspace."""
    return session.exec(
        select(MatchRun).where(MatchRun.workspace_id == workspace_id, MatchRun.id == run_id)
    ).one_or_none()


def its_run(session: Session, workspace_id: str, run_id: int) -> MatchRun:
    """The computed match that a row of ours names; NoResultFound otherwise."""
    return session.exec(select(MatchRun).where(MatchRun.workspace_id == workspace_id, MatchRun.id == run_id)).one()


def move_run(session: Session, run_id: int, was: RunStatus, becomes: RunStatus) -> bool:
    """Whether the run was so and now becomes so: of two who ask at once, one is told False."""
    session.flush()
    moved = session.exec(
        update(MatchRun).where(col(MatchRun.id) == run_id, col(MatchRun.status) == was).values(status=becomes)
    )
    return moved.rowcount == 1


def last_release(session: Session, program_id: int) -> MatchRun | None:
    """The match that was released last, and not taken back."""
    released = select(MatchRun).where(MatchRun.program_id == program_id, MatchRun.status == RunStatus.RELEASED)
    return session.exec(released.order_by(col(MatchRun.released_at).desc(), col(MatchRun.id).desc())).first()


def cycle_of_run(session: Session, run_id: int) -> Cycle | None:
    """The round that a release began."""
    return session.exec(select(Cycle).where(Cycle.run_id == run_id)).one_or_none()


def previews_of(session: Session, program_id: int) -> list[MatchRun]:
    """Matches shown and not yet released, oldest first."""
    shown = select(MatchRun).where(MatchRun.program_id == program_id, MatchRun.status == RunStatus.PREVIEWED)
    return list(session.exec(shown.order_by(col(MatchRun.id))))


def cycles_of(session: Session, program_id: int) -> list[Cycle]:
    """A program's rounds, oldest first."""
    return list(session.exec(select(Cycle).where(Cycle.program_id == program_id).order_by(col(Cycle.number))))


def rounds_so_far(session: Session, program_id: int) -> int:
    """How many rounds a program has had; what was taken back never was."""
    return sum(cycle.status is not CycleStatus.TAKEN_BACK for cycle in cycles_of(session, program_id))


def its_cycle(session: Session, workspace_id: str, cycle_id: int) -> Cycle:
    """The cycle that a row of ours names; NoResultFound otherwise."""
    return session.exec(select(Cycle).where(Cycle.workspace_id == workspace_id, Cycle.id == cycle_id)).one()


def runs_of_round(session: Session, cycle: Cycle) -> list[MatchRun]:
    """The released matches whose pairs are in a round: the one that began it, and those that joined it."""
    of_it = or_(MatchRun.id == cycle.run_id, MatchRun.cycle_id == cycle.id)
    query = select(MatchRun).where(MatchRun.workspace_id == cycle.workspace_id, of_it)
    return list(session.exec(query.where(MatchRun.status == RunStatus.RELEASED).order_by(col(MatchRun.id))))


def running_rounds(session: Session) -> list[tuple[Cycle, Program]]:
    """Every round that has not ended, in every workspace, with its program."""
    both = select(Cycle, Program).join(Program, col(Program.id) == Cycle.program_id)
    return list(session.exec(both.where(Cycle.status == CycleStatus.RUNNING).order_by(col(Cycle.id))))
