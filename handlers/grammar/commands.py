"""Everything a person can ask for in words: a closed union of frozen dataclasses.

Texts in them are plain, as the person meant them: views escape. Users are Slack ids.
"""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from bot.domain.checkins import CheckInState, StuckReason
from bot.domain.people import Those


@dataclass(frozen=True)
class Status:
    pass


@dataclass(frozen=True)
class Help:
    """`topic` is the name of a row of VERBS."""

    topic: str | None = None


@dataclass(frozen=True)
class Join:
    program: str | None = None


@dataclass(frozen=True)
class Profile:
    program: str | None = None


@dataclass(frozen=True)
class Pause:
    """`until` is the first day back; None when the person named none. `program`: one they named, though a break is one
    from all."""

    until: date | None = None
    program: str | None = None


@dataclass(frozen=True)
class Resume:
    pass


@dataclass(frozen=True)
class Leave:
    program: str | None = None


@dataclass(frozen=True)
class Match:
    pass


@dataclass(frozen=True)
class Avoid:
    user: str


@dataclass(frozen=True)
class AvoidList:
    pass


@dataclass(frozen=True)
class AvoidRemove:
    user: str


@dataclass(frozen=True)
class CheckIn:
    """Without a state the person wants to be asked. `on` is the day they met, or the day in the diary, `at`
    its hour; `why`: what is stuck."""

    state: CheckInState | None = None
    minutes: int | None = None
    on: date | None = None
    note: str = ""
    at: time | None = None
    why: StuckReason | None = None


@dataclass(frozen=True)
class Kudos:
    """Without receivers the person wants to be asked."""

    receivers: tuple[str, ...] = ()
    why: str = ""


class GoalVerb(StrEnum):
    """What partners can do with their goals."""

    LIST = "list"
    ADD = "add"
    DONE = "done"
    STEP = "step"
    DROP = "drop"
    REOPEN = "reopen"


@dataclass(frozen=True)
class Agreement:
    """What the pair agreed on."""


@dataclass(frozen=True)
class Goals:
    """`said`: the goal, or its step, as the person named it: "2", "1.2" or its words; `text`: new words;
    `partner`: whose, where someone has several."""

    verb: GoalVerb = GoalVerb.LIST
    said: str = ""
    text: str = ""
    partner: str | None = None


@dataclass(frozen=True)
class Learn:
    """`number` of the lesson; None for the list."""

    number: int | None = None


@dataclass(frozen=True)
class Admin:
    pass


class SetupVerb(StrEnum):
    """Which program is set up: the one that is meant, another one, or a copy of the one that is meant."""

    THIS = "this"
    NEW = "new"
    COPY = "copy"


@dataclass(frozen=True)
class AdminSetup:
    verb: SetupVerb = SetupVerb.THIS


@dataclass(frozen=True)
class AdminPeople:
    """`those`: only some of them."""

    those: Those | None = None


@dataclass(frozen=True)
class AdminImport:
    pass


class MatchVerb(StrEnum):
    """What an organizer can do with the next match."""

    PREVIEW = "preview"
    RERUN = "rerun"
    EXPLAIN = "explain"
    SWAP = "swap"
    LOCK = "lock"
    UNLOCK = "unlock"
    VETO = "veto"
    RELEASE = "release"
    UNDO = "undo"


@dataclass(frozen=True)
class AdminUndelivered:
    pass


@dataclass(frozen=True)
class AdminInvite:
    """Ids of people and of channels; without any the organizer wants to be asked."""

    users: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()


@dataclass(frozen=True)
class AdminHolidays:
    pass


@dataclass(frozen=True)
class AdminSkills:
    pass


@dataclass(frozen=True)
class AdminValues:
    pass


@dataclass(frozen=True)
class AdminMatch:
    """`users`: the two people it is about, where the verb is about two."""

    verb: MatchVerb = MatchVerb.PREVIEW
    users: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unknown:
    """`typed` is how the text began, to be escaped; `suggestion` is the verb they may have meant."""

    typed: str
    suggestion: str | None = None


@dataclass(frozen=True)
class Invalid:
    """A known verb with a part that does not fit; `sentence` is our own words in mrkdwn, safe to show."""

    sentence: str


Command = (
    Status | Help | Join | Profile | Pause | Resume | Leave | Match | Avoid | AvoidList | AvoidRemove
    | CheckIn | Kudos | Goals | Agreement | Learn
    | Admin | AdminSetup | AdminPeople | AdminHolidays | AdminUndelivered | AdminMatch
    | AdminInvite | AdminImport | AdminSkills | AdminValues | Unknown | Invalid
)  # fmt: skip
