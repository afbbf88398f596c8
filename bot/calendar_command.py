"""`mentor tick` and `mentor calendar`: what would be sent, when, and why not, read from the bot's database."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session

from bot.content import calendar as words
from bot.domain.cadence import DAYTIME, WEEK, WorkingHours, local_date, made_up_for, zone
from bot.domain.calendars import NOWHERE, name_of
from bot.domain.nudges import RUNGS
from bot.errors import SetupError
from bot.services import heartbeat
from bot.services.foreseeing import DayOff, Foresight, LessonToCome, Question, foresee
from bot.services.reaching import hours_of_readers
from storage import outbox, people, questions
from storage.engine import reading_scope, trial_scope
from storage.tables import OutboxRow, OutboxStatus, Person, WithheldQuestion
from storage.turns import have_turn

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def moment_of(typed: str) -> datetime | None:
    """The moment typed; None for nothing. Raises SetupError for what is no moment, or has no zone."""
    if not typed:
        return None
    try:
        moment = datetime.fromisoformat(typed)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise SetupError(words.NO_MOMENT.format(typed=typed))
    return moment


def tick(engine: Engine, now: datetime) -> str:
    """What one tick at `now` would do to the database as it is; nothing of it stays."""
    with trial_scope(engine) as session:
        if not have_turn(session):
            return words.BUSY
        waiting, last = outbox.unfinished(session), outbox.last_row(session)
        while heartbeat.tick(session, now=now):
            session.flush()
        session.flush()
        rows = outbox.since_row(session, list(waiting), last)
        return tick_as_text(session, now, waiting, rows, questions.withheld_at(session, now))


def tick_as_text(
    session: Session,
    now: datetime,
    waiting: dict[int, datetime],
    rows: list[OutboxRow],
    held: list[WithheldQuestion],
) -> str:
    """`waiting`: what waited before and when it was due; `rows`: what became of it, and what is new."""
    new = [row for row in rows if row.id not in waiting and row.status is OutboxStatus.PENDING]
    old = [row for row in rows if row.id in waiting and row.status is OutboxStatus.PENDING]
    moved = [row for row in old if row.due_at != waiting[row.id]]
    dropped = [row for row in rows if row.status is OutboxStatus.DROPPED]
    readers = {(row.workspace_id, row.to.removeprefix("user:")) for row in rows}
    hours = hours_of_readers(session, readers)
    lines = [words.TICK.format(moment=_utc(now))]
    lines += _part(words.WOULD_SEND, (_line(row, hours) for row in new))
    lines += _part(words.WOULD_MOVE, (_line(row, hours) for row in moved))
    lines += _part(words.WOULD_DROP, (f"{_line(row, hours)}: {row.error}" for row in dropped))
    lines += _part(words.WOULD_NOT_ASK, (_unasked(one) for one in held))
    return "\n".join(lines if len(lines) > 1 else [*lines, words.NOTHING])


def _line(row: OutboxRow, hours: dict[tuple[str, str], WorkingHours]) -> str:
    where = hours[row.workspace_id, row.to.removeprefix("user:")]
    return words.LINE.format(when=_when(row.due_at, where), what=_what(row), to=row.to)


def _unasked(one: WithheldQuestion) -> str:
    return words.UNASKED.format(user_id=one.user_id, week=f"{one.week:%d %b}", why=words.NOT_ASKED[one.reason])


def calendar(engine: Engine, typed: str, *, now: datetime, weeks: int) -> str:
    """What the person called `typed` will be sent. Raises SetupError where that is nobody, or several."""
    with reading_scope(engine) as session:
        person = _person(session, typed)
        seen = foresee(session, person.workspace_id, person.user_id, now=now, weeks=weeks)
    lines = [_heading(seen), *_undisturbed(seen.hours, now)]
    lines += _part(words.WAITING, (_dropped(row, seen.hours) for row in seen.waiting))
    lines += _part(words.COMING, _coming(seen, now, weeks))
    lines += _part(words.DAYS_OFF_HEADING, (_day_off(off) for off in seen.days_off))
    return "\n".join([*lines, *_part(words.LATELY, _lately(seen))])


def _person(session: Session, typed: str) -> Person:
    found = people.called(session, typed)
    if not found:
        raise SetupError(words.NOBODY.format(name=typed))
    if len(found) > 1:
        raise SetupError(words.SEVERAL.format(name=typed, ids=", ".join(sorted(one.user_id for one in found))))
    return found[0]


def _heading(seen: Foresight) -> str:
    hours = seen.hours
    return words.HEADING.format(
        name=seen.name,
        user_id=seen.user_id,
        days=" ".join(DAYS[day] for day in sorted(hours.weekdays)),
        start=hours.start,
        end=hours.end,
        timezone=hours.timezone,
        place=name_of(hours.place) if hours.place != NOWHERE else words.NO_PLACE,
    )


def _undisturbed(hours: WorkingHours, now: datetime) -> list[str]:
    if hours.undisturbed is None:
        return []
    start, end = (_when(moment, hours) for moment in hours.undisturbed)
    takes_all = made_up_for(local_date(hours.undisturbed[1], hours.timezone), hours) is not None
    lines = [words.UNDISTURBED.format(start=start, end=end)] if takes_all or hours.undisturbed[1] > now else []
    return [*lines, words.TAKES_ALL_HOURS.format(until=DAYTIME[1])] if takes_all else lines


def _coming(seen: Foresight, now: datetime, weeks: int) -> list[str]:
    dated = [(one.week, _question(one, seen.hours)) for one in seen.questions]
    dated += [(one.week, _lesson(one, seen.hours)) for one in seen.lessons]
    lines = [line for _, line in sorted(dated, key=lambda one: one[0])]
    if not lines:
        until = _when(now + weeks * WEEK, seen.hours)
        lines = [words.NOTHING_COMING.format(until=until, why=_why_nothing(seen))]
    return lines + [words.ENDS.format(when=_when(end, seen.hours)) for end in seen.ends]


def _why_nothing(seen: Foresight) -> str:
    if not seen.is_paired:
        return words.NO_PAIR
    if seen.is_over:
        return words.OVER
    return words.SILENT if seen.is_silent else words.NOT_DUE


def _question(question: Question, hours: WorkingHours) -> str:
    partners = ", ".join(question.partners)
    if question.why_not is not None:
        why = words.NOT_ASKED[question.why_not]
        return words.NO_QUESTION.format(week=f"{question.week:%d %b}", partners=partners, why=why)
    when = _when(question.at, hours)
    return words.QUESTION.format(when=when, step=question.step, steps=RUNGS, partners=partners)


def _lesson(coming: LessonToCome, hours: WorkingHours) -> str:
    return words.LESSON.format(when=_when(coming.at, hours), number=coming.number, title=coming.title)


def _day_off(off: DayOff) -> str:
    return f"{off.on:%a %d %b}  {off.name or words.DAYS_OFF[off.why]}"


def _lately(seen: Foresight) -> Iterable[str]:
    yield from (_dropped(row, seen.hours) for row in seen.not_sent)
    for week, reason in seen.not_asked:
        yield words.NEVER_ASKED.format(week=f"{week:%d %b}", why=words.NOT_ASKED[reason])


def _dropped(row: OutboxRow, hours: WorkingHours) -> str:
    what = f"{_when(row.due_at, hours)}  {_what(row)}"
    return what if row.status is OutboxStatus.PENDING else f"{what}: {row.error or words.NO_REASON}"


def _what(row: OutboxRow) -> str:
    return f"{str(row.notice['kind']).replace('_', ' ')} [{row.key}]"


def _when(moment: datetime, hours: WorkingHours) -> str:
    return f"{moment.astimezone(zone(hours.timezone)):%a %d %b %H:%M}"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(zone('UTC')):%a %d %b %Y %H:%M} UTC"


def _part(heading: str, lines: Iterable[str]) -> list[str]:
    """A heading and its lines, or nothing where there are none."""
    found = [f"  {line}" for line in lines]
    return ["", heading, *found] if found else []
