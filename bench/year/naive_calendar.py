"""The checker of the simulated year: it recomputes by hand where every reader was, and whether they should have been
written to. It shares no rule with the bot: its own clock, its own weekends, holidays straight from the library."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from storage.tables import Nudge, OutboxRow, OutboxStatus, Pair, PairMember, WithheldQuestion

Stretch = tuple[datetime, datetime]
Promise = tuple[int, datetime, datetime, datetime | None]
WEEKLY = ("check_in_question", "weekly")
REST_FRIDAY_AND_SATURDAY = ("EG",)
GRACE = timedelta(minutes=1)


@dataclass(frozen=True)
class Habits:
    """Where someone lives and when they work, since a moment."""

    since: datetime
    timezone: str
    country: str
    start: time
    end: time

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


@dataclass
class Record:
    """What was found: `lines` say each broken promise; `trace` each message, what became of it, and in which minute."""

    sent: int = 0
    outside: int = 0
    over: int = 0
    unexplained: int = 0
    lost: int = 0
    doubled: int = 0
    without_consent: int = 0
    told_of: int = 0
    weekly: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)
    trace: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def broken(self) -> bool:
        return bool(self.outside or self.over or self.unexplained or self.lost or self.doubled or self.without_consent)

    @property
    def verdict(self) -> str:
        return f"outside hours {self.outside}, over budget {self.over}, unexplained {self.unexplained}"

    @property
    def whole_verdict(self) -> str:
        return f"{self.verdict}, without consent {self.without_consent}"

    @property
    def delivered(self) -> str:
        return f"lost {self.lost}, doubled {self.doubled}"

    @property
    def consented(self) -> str:
        return f"named in a channel {self.told_of} times, without consent {self.without_consent}"

    @property
    def spent(self) -> str:
        return f"{self.sent} messages, {self.weekly} person-weeks with a weekly one"

    @property
    def told(self) -> str:
        return "held back: " + (", ".join(f"{reason} {n}" for reason, n in self.reasons.most_common()) or "none")


@cache
def _holidays(country: str, year: int) -> frozenset[date]:
    import holidays

    return frozenset(holidays.country_holidays(country, years=year))


def _works_on(day: date, country: str) -> bool:
    rest = (4, 5) if country in REST_FRIDAY_AND_SATURDAY else (5, 6)
    return day.weekday() not in rest and day not in _holidays(country, day.year)


@dataclass(frozen=True)
class Checker:
    """Everyone's habits, breaks and hours without disturbance, and the weeks in which nobody is written to."""

    habits: Mapping[str, Sequence[Habits]]
    breaks: Mapping[str, Sequence[Stretch]]
    quiet: Sequence[date]
    silences: Mapping[str, Sequence[Stretch]] = field(default_factory=dict)

    def habits_at(self, user_id: str, moment: datetime) -> Habits:
        return [one for one in self.habits[user_id] if one.since <= moment][-1]

    def is_away(self, user_id: str, moment: datetime) -> bool:
        """On a break or not to be disturbed, for more than the minute a sender may take."""
        stretches = (*self.breaks.get(user_id, ()), *self.silences.get(user_id, ()))
        return any(start + GRACE < moment < end for start, end in stretches)

    def is_allowed(self, user_id: str, moment: datetime) -> bool:
        """Within a minute, as long as a sender may take."""
        return self._is_work(user_id, moment) or self._is_work(user_id, moment - GRACE)

    def _is_work(self, user_id: str, moment: datetime) -> bool:
        one = self.habits_at(user_id, moment)
        local = moment.astimezone(one.zone)
        monday = local.date() - timedelta(days=local.weekday())
        in_hours = one.start <= local.time() < one.end or self._was_silent_all_day(user_id, local)
        return in_hours and _works_on(local.date(), one.country) and monday not in self.quiet

    def _was_silent_all_day(self, user_id: str, local: datetime) -> bool:
        """Do-not-disturb had every hour of work of today, or, if it is shorter than a day, of yesterday, and is over
        today before five."""
        one, today = self.habits_at(user_id, local), local.date()
        for start, end in self.silences.get(user_id, ()):
            for day in (today, today - timedelta(days=1)) if end - start < timedelta(days=1) else (today,):
                begin, finish = (datetime.combine(day, at, one.zone) for at in (one.start, one.end))
                if start <= begin and finish <= end <= local and end.astimezone(one.zone).date() == today:
                    return 8 <= local.hour < 17
        return False

    def moment_of_week(self, user_id: str, monday: date) -> datetime | None:
        """Ten o'clock on Tuesday or the next working day; None where they moved or changed hours around then."""
        noon = datetime.combine(monday + timedelta(days=3), time(12), UTC)
        if any(abs(one.since - noon) < timedelta(days=6) for one in self.habits[user_id]):
            return None
        one = self.habits_at(user_id, noon)
        at = min(max(time(10), one.start), time(one.end.hour - 1, 30))
        days = [monday + timedelta(days=n) for n in range(1, 7)]
        day = next((day for day in days if _works_on(day, one.country)), days[0])
        return datetime.combine(day, at, one.zone).astimezone(UTC)


def look_over(session: Session, checker: Checker, promises: Sequence[Promise], end: datetime) -> Record:
    """Count what was sent at the wrong hour, what was too much, and what was due and is not explained."""
    record, habits = Record(), checker.habits
    rows = session.exec(select(OutboxRow)).all()
    mine = [row for row in rows if row.to.startswith("user:") and row.to[5:] in habits and row.replaces is None]
    sent = [row for row in mine if row.status is OutboxStatus.SENT and row.sent_at is not None]
    record.sent = len(sent)
    _check_hours(checker, sent, record)
    _check_introductions(session, checker, rows, record)
    _check_budget(checker, sent, record)
    _check_silences(session, checker, mine, promises, end, record)
    return record


def _check_hours(checker: Checker, sent: Sequence[OutboxRow], record: Record) -> None:
    for row in sent:
        assert row.sent_at is not None
        user_id = row.to.removeprefix("user:")
        if not checker.is_allowed(user_id, row.sent_at) or checker.is_away(user_id, row.sent_at):
            record.outside += 1
            where = row.sent_at.astimezone(checker.habits_at(user_id, row.sent_at).zone)
            record.lines.append(f"outside hours: {row.key} at {where:%a %d %b %H:%M} in {where.tzinfo}")


def _check_introductions(session: Session, checker: Checker, rows: Sequence[OutboxRow], record: Record) -> None:
    """A group hears of itself while at least the first of them works: not every two share an hour."""
    members: dict[str, list[str]] = {}
    for member in session.exec(select(PairMember)):
        members.setdefault(f"pair:{member.pair_id}", []).append(member.user_id)
    for row in rows:
        at_work = [user for user in members.get(row.to, ()) if row.sent_at and checker.is_allowed(user, row.sent_at)]
        if row.to in members and row.sent_at is not None and row.replaces is None and not at_work:
            record.outside += 1
            record.lines.append(f"outside hours: {row.key} at {row.sent_at}")


def _check_budget(checker: Checker, sent: Sequence[OutboxRow], record: Record) -> None:
    """One weekly message in a local week, over all programs; one of all the others in a local day."""
    spent: Counter[tuple[str, ...]] = Counter()
    for row in sent:
        assert row.sent_at is not None
        user_id, kind = row.to.removeprefix("user:"), row.notice["kind"]
        day = row.sent_at.astimezone(checker.habits_at(user_id, row.sent_at).zone).date()
        year, week, _ = day.isocalendar()
        spent[user_id, *(("week", f"{year}-{week}") if kind in WEEKLY else ("day", f"{day}"))] += 1
    record.weekly = sum("week" in what for what in spent)
    for what, times in spent.items():
        if times > 1:
            record.over += times - 1
            record.lines.append(f"over budget: {' '.join(what)} had {times}")


def _check_silences(
    session: Session,
    checker: Checker,
    mine: Sequence[OutboxRow],
    promises: Sequence[Promise],
    end: datetime,
    record: Record,
) -> None:
    """Every week that had a question coming has it, or a reason in the books."""
    books = _Books(session, mine)
    record.reasons = books.reasons
    promised = by_pair(promises)
    for pair in session.exec(select(Pair)).all():
        for user_id in books.members[pair.id]:
            for monday in _weeks(pair, end):
                slot = checker.moment_of_week(user_id, monday)
                if slot is None or slot >= (pair.ended_at or end) or slot <= pair.started_at:
                    continue
                explained = (pair.id, user_id, monday) in books.explained
                if not explained and _was_due(books, promised[pair.id], pair.id, user_id, slot):
                    record.unexplained += 1
                    record.lines.append(f"unexplained: pair {pair.id}, {user_id}, the week of {monday}")


def by_pair(promises: Sequence[Promise]) -> Mapping[int, list[Promise]]:
    """What each pair was promised, oldest first."""
    found: defaultdict[int, list[Promise]] = defaultdict(list)
    for promise in promises:
        found[promise[0]].append(promise)
    return found


class _Books:
    """What the bot wrote down."""

    def __init__(self, session: Session, mine: Sequence[OutboxRow]) -> None:
        fate = {row.key: row for row in mine}
        self.members: dict[int, list[str]] = {}
        for member in session.exec(select(PairMember)):
            self.members.setdefault(member.pair_id, []).append(member.user_id)
        self.read: dict[tuple[int, str], list[datetime]] = {}
        self.explained: set[tuple[int, str, date]] = set()
        self.reasons: Counter[str] = Counter()
        for nudge in session.exec(select(Nudge)):
            row = fate[nudge.message_key]
            if row.status is OutboxStatus.SENT:
                self.read.setdefault((nudge.pair_id, nudge.user_id), []).append(nudge.asked_at)
            else:
                self.reasons[row.error or "waiting"] += 1
            if row.status is OutboxStatus.SENT or row.error or row.status is OutboxStatus.PENDING:
                monday = nudge.asked_on - timedelta(days=nudge.asked_on.weekday())
                self.explained.add((nudge.pair_id, nudge.user_id, monday))
        for held in session.exec(select(WithheldQuestion)):
            self.reasons[str(held.reason)] += 1
            self.explained.add((held.pair_id, held.user_id, held.week))


def _weeks(pair: Pair, end: datetime) -> list[date]:
    first = pair.started_at.date() - timedelta(days=pair.started_at.weekday())
    last = min(pair.ended_at or end, end).date()
    return [first + timedelta(weeks=n) for n in range((last - first).days // 7 + 1)]


def _was_due(books: _Books, promises: Sequence[Promise], pair_id: int, user_id: str, slot: datetime) -> bool:
    """Whether, by what was promised up to then, a question was coming: the meeting was due, the ladder not climbed."""
    then = [promise for promise in promises if promise[1] < slot]
    if not then or then[-1][2] > slot:
        return False
    answered = then[-1][3]
    asked = [at for at in books.read.get((pair_id, user_id), ()) if at < slot and (answered is None or at > answered)]
    return len(asked) < 3
