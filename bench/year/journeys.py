"""What people do in a year of three programs besides: lessons, goals, endings, and what they say to being named."""

import random
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bench.year.company import DAY, HOUR, TEAM, Company
from bench.year.naive_consent import QUESTION, WHY, Seen, Word, last_moment
from bench.year.people import People
from bench.year.seeded_slack import SeededSlack
from bot.domain.kudos import Consent
from bot.domain.people import Actor
from bot.errors import MentorError
from bot.services import celebrating, checking_in, striving, teaching, thanking

YES, NO, NEVER, LATE, SILENT = "yes", "no", "never", "late", "silent"
REACTIONS = {YES: 45, NO: 12, NEVER: 4, LATE: 9, SILENT: 30}


@dataclass(frozen=True)
class _Reply:
    """A tap that someone is going to make under a question."""

    at: datetime
    question: Seen
    reaction: str


class Journeys:
    """Adds to what people do; `answer` has them answer consent questions as they find them in their DMs."""

    def __init__(self, company: Company, slack: SeededSlack, people: People) -> None:
        self._company, self._slack, self._dice = company, slack, random.Random(company.dice.randrange(10**9))
        self._read = 0
        self._asked: set[str] = set()
        self._replies: list[_Reply] = []
        people.also(
            [(0.4, self._learn), (0.15, self._set_goal), (0.1, self._reach_goal), (0.004, self._say_it_is_no_fit)]
        )

    def answer(self, session: Session, now: datetime) -> bool:
        """Read what is new, and tap what is due; whether anybody did."""
        for seen in self._slack.seen[self._read :]:
            if seen.asks and QUESTION.fullmatch(seen.key) and seen.key not in self._asked:
                self._asked.add(seen.key)
                self._replies.append(self._reaction(seen))
        self._read = len(self._slack.seen)
        ready = [reply for reply in self._replies if reply.at <= now and reply.reaction != SILENT]
        self._replies = [reply for reply in self._replies if reply.at > now]
        for reply in ready:
            self._tap(session, reply, now)
        return bool(ready)

    def _reaction(self, seen: Seen) -> _Reply:
        """Most answer within two days; some long after the Friday, when it is too late."""
        reaction = self._dice.choices(list(REACTIONS), list(REACTIONS.values()))[0]
        wait = self._dice.randint(15, 30) * DAY if reaction == LATE else self._dice.randint(1, 48) * HOUR
        return _Reply(seen.at + wait, seen, reaction)

    def _tap(self, session: Session, reply: _Reply, now: datetime) -> None:
        seen, user_id = reply.question, reply.question.channel.removeprefix("D-")
        yes, never = reply.reaction in (YES, LATE), reply.reaction == NEVER
        said = Consent.GIVEN if yes else Consent.REFUSED
        kind, number = seen.key.split(":")[:2]
        answer = thanking.answer if kind == "kudos" else celebrating.answer
        try:
            answer(session, Actor(TEAM, user_id), int(number), said, never_again=never, now=now)
        except MentorError:
            never = False  # the buttons were gone by then
        why = WHY.search(seen.text)
        about = why[0] if kind == "kudos" and why else f"{kind}:{number}"
        self._company.consents.words.append(Word(now, last_moment(seen), user_id, about, yes, never))

    def _learn(self, session: Session, user_id: str, now: datetime) -> None:
        actor = Actor(TEAM, user_id)
        coming = teaching.learning(session, actor).next
        if coming is not None:
            teaching.take(session, actor, coming, {}, self._dice.randint(1, 5), now=now)

    def _set_goal(self, session: Session, user_id: str, now: datetime) -> None:
        actor = Actor(TEAM, user_id)
        pair = self._dice.choice(striving.pairs_meant(session, actor))
        striving.add(session, actor, pair.id, f"Read paper number {self._dice.random()}", now=now)

    def _reach_goal(self, session: Session, user_id: str, now: datetime) -> None:
        actor = Actor(TEAM, user_id)
        theirs = striving.goals_with(session, actor, striving.pairs_meant(session, actor))
        open_goals = [goal.goal_id for each in theirs for goal in each.goals if not goal.reached]
        if open_goals:
            striving.finish(session, actor, self._dice.choice(open_goals), now=now)

    def _say_it_is_no_fit(self, session: Session, user_id: str, now: datetime) -> None:
        actor = Actor(TEAM, user_id)
        pair = self._dice.choice(striving.pairs_meant(session, actor))
        checking_in.not_a_fit(session, actor, pair.id, now=now)
