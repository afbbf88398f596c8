"""The tables. Every row belongs to a workspace; what must happen once has a UNIQUE key.

An `id` is None until its row is flushed; `int` says what it is everywhere else.
`from __future__ import annotations` would break SQLModel's relationships, so it stays out of this file.
"""

from datetime import date, datetime, time
from typing import Any, ClassVar

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.domain.checkins import CheckInState, StuckAudience, StuckReason
from bot.domain.enrollment import Celebration, EnrollmentStatus
from bot.domain.kudos import Consent
from bot.domain.milestones import MilestoneKind, MilestoneStatus
from bot.domain.pairs import PairEnding, PairStatus
from bot.domain.programs import CADENCE_WEEKS, COOLDOWN_WEEKS, LENGTH_WEEKS, CycleStatus, Rounds, RunStatus
from bot.domain.templates import Purpose
from storage.agreement_tables import PairAgreement as PairAgreement
from storage.goal_tables import GoalStep as GoalStep
from storage.goal_tables import PairGoal as PairGoal
from storage.importing_tables import Brought as Brought
from storage.inviting_tables import Invitation as Invitation
from storage.outbox_tables import OutboxAudit as OutboxAudit
from storage.outbox_tables import OutboxRow as OutboxRow
from storage.outbox_tables import OutboxStatus as OutboxStatus
from storage.outbox_tables import Pace as Pace
from storage.silence_tables import QuietWeek as QuietWeek
from storage.silence_tables import WithheldQuestion as WithheldQuestion
from storage.skill_tables import SkillAlias as SkillAlias
from storage.skill_tables import SkillApart as SkillApart
from storage.skill_tables import SkillApproved as SkillApproved
from storage.training_tables import LessonOffered as LessonOffered
from storage.training_tables import LessonTaken as LessonTaken
from storage.types import UtcDateTime, choice


class Workspace(SQLModel, table=True):
    """A Slack workspace the bot was installed in; its key is Slack's team id. `swept_at`: when its people and channels
    were last compared with what Slack says."""

    id: str = Field(primary_key=True)
    name: str
    bot_user_id: str
    bot_name: str = ""
    swept_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Person(SQLModel, table=True):
    """What Slack says of one of its members, and what they told the bot about themselves.

    `place`: whose public holidays they keep (bot/domain/calendars.py), None for those of the country their zone is of;
    `weekdays`: the days they work (Monday 0), None for that country's. `undisturbed_...`: the stretch of do-not-disturb
    Slack told of last, which may be over, and when it was last asked.
    """

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    user_id: str = Field(primary_key=True)
    name: str = ""
    title: str = ""
    timezone: str = "UTC"
    department: str | None = None
    manager_id: str | None = None
    is_admin: bool = False
    is_gone: bool = False
    may_join: bool = True
    dm_id: str | None = None
    celebration: Celebration = Field(default=Celebration.ASK, sa_type=choice(Celebration, "celebration"))
    place: str | None = None
    weekdays: list[int] | None = Field(default=None, sa_type=JSON)
    undisturbed_from: datetime | None = Field(default=None, sa_type=UtcDateTime)
    undisturbed_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    asked_undisturbed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    refreshed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Program(SQLModel, table=True):
    """A program: its dates, its rhythm and its channel. `channel_joined` turns true when the bot was invited.
    `asks_first`: people are asked before a match; `weekly_on`: the latest Monday that had its match, when rolling.
    `weights`: what its matches want most, by part; empty is the default. `lessons`: those it offers, in its order;
    empty are all. `lessons_first`: nobody is matched before the first two. `join_by`, `starts_on`: local dates.
    `values`: words that thanks may carry, in the organizer's order."""

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    name: str
    timezone: str
    channel_id: str | None = None
    channel_name: str = ""
    channel_joined: bool = False
    length_weeks: int = LENGTH_WEEKS
    cadence_weeks: int = CADENCE_WEEKS
    cooldown_weeks: int = COOLDOWN_WEEKS
    asks_first: bool = False
    rounds: Rounds = Field(default=Rounds.RELEASE, sa_type=choice(Rounds, "rounds"))
    weekly_on: date | None = None
    weights: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    purpose: Purpose = Field(default=Purpose.SKILLS, sa_type=choice(Purpose, "purpose"))
    lessons: list[int] = Field(default_factory=list, sa_type=JSON)
    lessons_first: bool = False
    join_by: date | None = None
    starts_on: date | None = None
    values: list[str] = Field(default_factory=list, sa_type=JSON)
    created_at: datetime = Field(sa_type=UtcDateTime)


class Organizer(SQLModel, table=True):
    """Who may run a program. `chosen_at`: when they last said that they mean this one."""

    program_id: int = Field(primary_key=True, foreign_key="program.id")
    user_id: str = Field(primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    chosen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Enrollment(SQLModel, table=True):
    """One person in one program. `left_out` counts the cycles in a row without a partner or in a trio; `again_at`: when
    they asked to be matched again, while they have no partner."""

    __table_args__ = (
        UniqueConstraint("program_id", "user_id"),
        Index("ix_enrollment_person", "workspace_id", "user_id"),
        Index("ix_enrollment_paused", "status", "paused_until"),
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    program_id: int = Field(foreign_key="program.id")
    user_id: str
    status: EnrollmentStatus = Field(
        default=EnrollmentStatus.ACTIVE,
        sa_type=choice(EnrollmentStatus, "status"),
    )
    paused_until: date | None = None
    offers: list[str] = Field(default_factory=list, sa_type=JSON)
    asks: list[str] = Field(default_factory=list, sa_type=JSON)
    goal: str = ""
    style: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    hours_from: time = time(9)
    hours_to: time = time(17)
    left_out: int = 0
    again_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    joined_at: datetime = Field(sa_type=UtcDateTime)


class Avoidance(SQLModel, table=True):
    """Someone a person would rather not be matched with. Nobody else ever learns of it."""

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    user_id: str = Field(primary_key=True)
    avoided_id: str = Field(primary_key=True)


class MatchRun(SQLModel, table=True):
    """A computed match with all its inputs, so that it can be shown, released and replayed. `locks`: the pairs an
    organizer wants kept; the inputs may hold more, the pairs that were left as they were when one was changed.
    `cycle_id`: the running round that its pairs join; None where it begins one of its own."""

    __tablename__: ClassVar[Any] = "match_run"

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    program_id: int = Field(foreign_key="program.id", index=True)
    made_at: datetime = Field(sa_type=UtcDateTime)
    made_by: str
    seed: int
    inputs: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    plan: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    locks: list[list[str]] = Field(default_factory=list, sa_type=JSON)
    released_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    status: RunStatus = Field(default=RunStatus.PREVIEWED, sa_type=choice(RunStatus, "status"))
    cycle_id: int | None = None


class Cycle(SQLModel, table=True):
    """One round: made when a match is released. Dates are local to the program's zone."""

    __table_args__ = (UniqueConstraint("program_id", "number"), UniqueConstraint("run_id"))

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    program_id: int = Field(foreign_key="program.id")
    run_id: int = Field(foreign_key="match_run.id")
    number: int
    starts_on: date
    ends_on: date
    status: CycleStatus = Field(default=CycleStatus.RUNNING, sa_type=choice(CycleStatus, "status"))


class Consideration(SQLModel, table=True):
    """The days before a round's match in which people may say "rather not". `round` is its cycle's number to be."""

    __table_args__ = (UniqueConstraint("program_id", "round"),)

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    program_id: int = Field(foreign_key="program.id")
    round: int
    asked_at: datetime = Field(sa_type=UtcDateTime)
    closes_at: datetime = Field(sa_type=UtcDateTime)
    is_over: bool = False


class Considered(SQLModel, table=True):
    """One person who was asked. What they said is theirs alone. `changes` counts redrawn messages."""

    __table_args__ = (UniqueConstraint("consideration_id", "user_id"),)

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    consideration_id: int = Field(foreign_key="consideration.id")
    user_id: str
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    changes: int = 0


class PossiblePartner(SQLModel, table=True):
    """Someone a person was shown, and whether they would rather not: for this round's match, and nobody's eyes."""

    __tablename__: ClassVar[Any] = "possible_partner"
    __table_args__ = (UniqueConstraint("considered_id", "partner_id"),)

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    considered_id: int = Field(foreign_key="considered.id")
    partner_id: str
    why: list[Any] = Field(default_factory=list, sa_type=JSON)
    rather_not: bool = False


class Suggestion(SQLModel, table=True):
    """Someone a person would like to be matched with, or to see in the program. Nobody learns who said so."""

    considered_id: int = Field(primary_key=True, foreign_key="considered.id")
    suggested_id: str = Field(primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")


class Pair(SQLModel, table=True):
    """Partners for one cycle. `ask_from`: the meeting is due, so the next slot after it asks;
    `answered_at`: the last answer of either partner, from which the ladder counts anew."""

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    program_id: int = Field(foreign_key="program.id", index=True)
    cycle_id: int = Field(foreign_key="cycle.id", index=True)
    status: PairStatus = Field(default=PairStatus.ACTIVE, sa_type=choice(PairStatus, "status"))
    ending: PairEnding | None = Field(default=None, sa_type=choice(PairEnding, "ending"))
    reason: list[Any] = Field(default_factory=list, sa_type=JSON)
    started_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ask_from: datetime = Field(sa_type=UtcDateTime)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    channel_id: str | None = None


class PairMember(SQLModel, table=True):
    """A partner. Their place in the pair stays after it ended: history keeps people from meeting again too soon.

    Before `look_at` there is nothing to say to them; `decided` is the Monday of the last week that had its question or
    its reason (bot/domain/nudges.py), `learned` of the last of which is known whether it has a lesson
    (bot/domain/lesson_weeks.py); `goal_named_at`: when a weekly message last named a goal that rests;
    `review_named`: the day of their agreement's review that one named.
    """

    __tablename__: ClassVar[Any] = "pair_member"
    __table_args__ = (Index("ix_pair_member_look_at", "look_at", "workspace_id", "user_id"),)

    pair_id: int = Field(primary_key=True, foreign_key="pair.id")
    user_id: str = Field(primary_key=True, index=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    look_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided: date | None = None
    learned: date | None = None
    goal_named_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    review_named: date | None = None


class Nudge(SQLModel, table=True):
    """One question asked of one partner on one local date; `step` is its rung on the ladder, 1 to 3.

    `message_key` is the key of the message of the week it stands in; `late`: the bot was away at its own moment.
    """

    __table_args__ = (UniqueConstraint("pair_id", "user_id", "asked_on"),)

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    pair_id: int = Field(foreign_key="pair.id")
    user_id: str
    asked_on: date
    step: int
    message_key: str
    late: bool = False
    asked_at: datetime = Field(sa_type=UtcDateTime)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class CheckIn(SQLModel, table=True):
    """One person's answer. State, note and reason stay with the author; `next_try` is shown to the pair.
    `ask_from`: the author was promised not to be asked before; `stuck_to`: the organizer they chose to tell.
    `starts_at`: the moment that is in the diary, where one was chosen of those that suit all."""

    __tablename__: ClassVar[Any] = "check_in"

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    pair_id: int = Field(foreign_key="pair.id", index=True)
    user_id: str
    state: CheckInState = Field(sa_type=choice(CheckInState, "state"))
    answered_at: datetime = Field(sa_type=UtcDateTime)
    on_date: date | None = None
    starts_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    minutes: int | None = None
    next_try: str = ""
    worth_it: int | None = None
    note: str = ""
    ask_from: datetime = Field(sa_type=UtcDateTime)
    stuck_reason: StuckReason | None = Field(default=None, sa_type=choice(StuckReason, "stuck_reason"))
    stuck_audience: StuckAudience | None = Field(
        default=None,
        sa_type=choice(StuckAudience, "stuck_audience"),
    )
    stuck_to: str | None = None


class Kudos(SQLModel, table=True):
    """Thanks. `round_up_on` is the date of the round-up that told the channel; `values`: those it was given with."""

    __table_args__ = (
        Index("ix_kudos_given", "workspace_id", "giver_id", "given_at"),
        Index("ix_kudos_received", "workspace_id", "receiver_id", "given_at"),
        Index("ix_kudos_decided", "consent", "decide_by"),
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    program_id: int = Field(foreign_key="program.id", index=True)
    giver_id: str
    receiver_id: str
    why: str
    values: list[str] = Field(default_factory=list, sa_type=JSON)
    given_at: datetime = Field(sa_type=UtcDateTime)
    consent: Consent = Field(default=Consent.ASKED, sa_type=choice(Consent, "consent"))
    decide_by: datetime = Field(sa_type=UtcDateTime)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    round_up_on: date | None = None


class Milestone(SQLModel, table=True):
    """Something a pair reached, or a person for themselves, once. `decided_at`: everyone had said yes; `told_on`: the
    date on which the channel heard of it."""

    __table_args__ = (UniqueConstraint("pair_id", "kind"), UniqueConstraint("program_id", "user_id", "kind"))

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    program_id: int = Field(foreign_key="program.id")
    pair_id: int | None = Field(default=None, foreign_key="pair.id")
    user_id: str | None = None
    kind: MilestoneKind = Field(sa_type=choice(MilestoneKind, "kind"))
    reached_at: datetime = Field(sa_type=UtcDateTime)
    status: MilestoneStatus = Field(default=MilestoneStatus.ASKING, sa_type=choice(MilestoneStatus, "status"))
    decide_by: datetime = Field(sa_type=UtcDateTime)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    told_on: date | None = None


class MilestoneConsent(SQLModel, table=True):
    """The answer of one whom a milestone names to "may the channel know?"."""

    __tablename__: ClassVar[Any] = "milestone_consent"
    __table_args__ = (
        Index("ix_milestone_consent_person", "workspace_id", "user_id"),
        Index("ix_milestone_consent_given", "consent", "milestone_id"),
    )

    milestone_id: int = Field(primary_key=True, foreign_key="milestone.id")
    user_id: str = Field(primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    consent: Consent = Field(default=Consent.ASKED, sa_type=choice(Consent, "consent"))


class SeenEvent(SQLModel, table=True):
    """An event Slack delivered. It may deliver it again: Bolt does not deduplicate."""

    __tablename__: ClassVar[Any] = "seen_event"

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    event_id: str = Field(primary_key=True)
    seen_at: datetime = Field(sa_type=UtcDateTime, index=True)
