"""What people do in the simulated year, hour by hour, as the dice fall."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from sqlmodel import Session, col, select

from bench.year.company import COUNTRIES, CYCLE_WEEKS, DAY, HOUR, START, TEAM, WEEK, Company, facts, new_cycle
from bench.year.naive_calendar import Stretch
from bot.domain.checkins import Answer, CheckInState
from bot.domain.enrollment import EnrollmentStatus
from bot.domain.people import Actor
from bot.errors import MentorError
from bot.services import checking_in, enrolling, holding, introducing, remembering, thanking
from storage import questions
from storage.tables import Enrollment, Nudge

Act = Callable[[Session, str, datetime], None]
"""Something a person does; a MentorError where it is not possible just now."""

STATES = [CheckInState.MET, CheckInState.MET, CheckInState.NOT_YET, CheckInState.STUCK, CheckInState.KEEP]


class People:
    """Everyone's habits of acting; what they change of their days and hours is told to the checker."""

    def __init__(self, company: Company) -> None:
        self._company, self._dice = company, company.dice
        self._answers: list[tuple[datetime, str, int]] = []
        self._heard: set[int] = set()
        self.may_have_heard = False
        self._acts: list[tuple[float, Act]] = [
            (0.4, self._thank),
            (0.05, self._pause),
            (0.01, self._move),
            (0.01, self._change_hours),
            (0.1, self._want_quiet),
        ]

    def also(self, acts: Sequence[tuple[float, Act]]) -> None:
        """They do this, too: so often in an hour, for 300 of them."""
        self._acts += acts

    def act(self, session: Session, now: datetime) -> bool:
        """What people do in an hour; whether they did anything. How often is for 300 of them."""
        new_round = (now - START) % (CYCLE_WEEKS * WEEK + WEEK) < HOUR
        if new_round:
            self._pair_up(session, now)
        acted = self._answer(session, now) or new_round
        for chance, act in self._acts:
            if self._dice.random() < chance * len(self._company.people) / 300:
                self._try(session, act, now)
                acted = True
        return acted

    def _try(self, session: Session, act: Act, now: datetime) -> None:
        try:
            act(session, self._dice.choice(self._company.people), now)
        except MentorError:
            return

    def _pair_up(self, session: Session, now: datetime) -> None:
        for program_id in self._company.programs:
            free = [
                enrollment.user_id
                for enrollment in session.exec(select(Enrollment).where(Enrollment.program_id == program_id))
                if enrollment.status is EnrollmentStatus.ACTIVE
            ]
            self._dice.shuffle(free)
            cycle = new_cycle(session, program_id, now)
            for pair in zip(free[::2], free[1::2], strict=False):
                introducing.pair_up(session, (TEAM, program_id, cycle.id), pair, ("you two are new.",), "", now=now)
                self._company.consents.pair(pair, now)

    def _answer(self, session: Session, now: datetime) -> bool:
        """Six in ten answer a question within a day and a half, each in their own time; whether anybody did."""
        for nudge in self._new_questions(session, now):
            if nudge.id not in self._heard:
                self._heard.add(nudge.id)
                if self._dice.random() < 0.6:
                    self._answers.append((now + self._dice.randint(1, 36) * HOUR, nudge.user_id, nudge.id))
        ready = [answer for answer in self._answers if answer[0] <= now]
        for answer in ready:
            self._answers.remove(answer)
            self._say(session, answer[1], answer[2], now)
        return bool(ready)

    def _new_questions(self, session: Session, now: datetime) -> list[Nudge]:
        if not self.may_have_heard:
            return []
        self.may_have_heard = False
        sent = select(Nudge).where(col(Nudge.answered_at).is_(None), Nudge.asked_at >= now - 2 * HOUR)
        return list(session.exec(sent))

    def _say(self, session: Session, user_id: str, nudge_id: int, now: datetime) -> None:
        wrap = self._dice.random() < 0.02
        state = CheckInState.WRAP_UP if wrap else self._dice.choice(STATES)
        given = Answer(state, next_try="ask one more question", note=f"a secret of {user_id}")
        try:
            checking_in.answer_question(session, Actor(TEAM, user_id), nudge_id, given, now=now)
        except MentorError:
            return

    def _thank(self, session: Session, user_id: str, now: datetime) -> None:
        other = self._dice.choice(self._company.people)
        why = f"help number {self._dice.random()}"
        thanking.thank(session, Actor(TEAM, user_id), [other], why, now=now)
        self._company.consents.thanks[why] = (user_id, other)

    def _pause(self, session: Session, user_id: str, now: datetime) -> None:
        zone = self._company.habits[user_id][-1].zone
        until = now.astimezone(zone).date() + timedelta(days=self._dice.randint(2, 25))
        enrolling.pause(session, Actor(TEAM, user_id), until, now=now)
        back = datetime.combine(until, time(0), zone).astimezone(UTC)
        _take_the_place(self._company.breaks.setdefault(user_id, []), (now, back))

    def _move(self, session: Session, user_id: str, now: datetime) -> None:
        if self._company.breaks.get(user_id, [(now, now)])[-1][1] > now:
            return  # the day someone is back is told in one zone
        zone = self._dice.choice(sorted(COUNTRIES))
        remembering.remember(session, TEAM, facts(user_id, zone), now=now)
        habits = self._company.habits[user_id]
        habits.append(replace(habits[-1], since=now, timezone=zone, country=COUNTRIES[zone]))

    def _want_quiet(self, session: Session, user_id: str, now: datetime) -> None:
        """Some hours, or the rest of the week."""
        end = now + self._dice.choice([HOUR, 3 * HOUR, 20 * HOUR, 5 * DAY])
        remembering.told_undisturbed(session, TEAM, {user_id: (now, end)}, now=now)
        _take_the_place(self._company.silences.setdefault(user_id, []), (now, end))

    def _change_hours(self, session: Session, user_id: str, now: datetime) -> None:
        start = self._dice.randint(7, 12)
        for enrollment in session.exec(select(Enrollment).where(Enrollment.user_id == user_id)):
            enrollment.hours_from, enrollment.hours_to = time(start), time(start + 7)
        session.flush()
        holding.plan_anew(session, TEAM, user_id, now=now)
        questions.look_again_at_person(session, TEAM, user_id, now)
        habits = self._company.habits[user_id]
        habits.append(replace(habits[-1], since=now, start=time(start), end=time(start + 7)))


def _take_the_place(mine: list[Stretch], new: Stretch) -> None:
    """One break takes the place of another."""
    if mine and mine[-1][1] > new[0]:
        mine[-1] = (mine[-1][0], new[0])
    mine.append(new)
