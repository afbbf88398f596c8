"""What the views of more than one page are drawn from: facts about people, unescaped."""

from dataclasses import dataclass
from datetime import date

from bot.domain.agreements import Agreement
from bot.domain.checkins import Moment
from bot.domain.enrollment import Celebration, EnrollmentStatus
from bot.domain.goals import Goal
from bot.domain.matching import Caution, LeftoverReason, Segment
from bot.domain.notices import Invited, PairClosed, PairFinished, Preparation, Thanks
from bot.domain.skills import Phrase
from bot.domain.training import Lesson
from bot.domain.weightings import Weighting


@dataclass(frozen=True)
class PairStanding:
    """One partner, or two. `diary`: the day this person said is in the diary, `moment` its hour; `asks_from`: silence
    until that day, None where it has come. `goals`: how many are reached, and how many there are; `agreement` is None
    before there is one.
    `away`: a partner on a break and their first day back, the last to return where two are."""

    pair_id: int
    partners: tuple[str, ...]
    why: tuple[Segment, ...]
    meetings: int
    diary: date | None
    asks_from: date | None
    ends_on: date | None
    next_try: str
    goals: tuple[int, int] = (0, 0)
    agreement: Agreement | None = None
    moment: Moment | None = None
    away: tuple[str, date] | None = None


Ended = PairClosed | PairFinished
"""What says that a pair has ended."""


@dataclass(frozen=True)
class InProgram:
    """Where someone of several programs stands in one of them, and what they said in it; `ended` as in Standing."""

    program_id: int
    name: str
    pairs: tuple[PairStanding, ...] = ()
    next_week: date | None = None
    lessons_first: tuple[int, ...] = ()
    ended: Ended | None = None
    offers: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    goal: str = ""
    hours: str = ""


@dataclass(frozen=True)
class PairGoals:
    """The goals of one pair as one of its partners sees them, by number."""

    pair_id: int
    partners: tuple[str, ...]
    goals: tuple[Goal, ...]

    @property
    def open(self) -> list[Goal]:
        """Those still to be reached."""
        return [goal for goal in self.goals if not goal.reached]


@dataclass(frozen=True)
class AgreementShown:
    """What a pair agreed on as one of its partners sees it, or, where it does not exist yet, what they may begin with.
    `reached`: goals that are; `is_due`: the day has come to look at it again."""

    pair_id: int
    partners: tuple[str, ...]
    agreement: Agreement
    exists: bool
    reached: tuple[str, ...] = ()
    is_due: bool = False


@dataclass(frozen=True)
class Learning:
    """Where a person stands in the course. `lessons`: number, title, whether taken; `next`: None after the last."""

    lessons: tuple[tuple[int, str, bool], ...]
    next: int | None

    @property
    def taken(self) -> int:
        return sum(taken for _, _, taken in self.lessons)

    @property
    def next_title(self) -> str:
        return next((title for number, title, _ in self.lessons if number == self.next), "")


@dataclass(frozen=True)
class Marked:
    """A lesson with the choice made at each question, from 0, and the lesson that comes next."""

    lesson: Lesson
    chosen: tuple[int | None, ...]
    next: Lesson | None


@dataclass(frozen=True)
class LearningTotals:
    """How many people of a program have begun, how many have taken all lessons, and how useful they found them."""

    begun: int
    all_of_them: int
    useful: float | None = None


@dataclass(frozen=True)
class ProgramChoice:
    """A program someone may mean, and a line of what it is for."""

    program_id: int
    name: str
    line: str = ""


@dataclass(frozen=True)
class Rematch:
    """Those who wait during a round and are ready for a partner. `pairs`: how many they could be, None for an organizer
    who waits too."""

    waiting: int
    pairs: int | None
    ends_on: date


@dataclass(frozen=True)
class InvitedTotals:
    """Of those who were invited: how many joined, and how many others have days left, whatever they said."""

    invited: int
    joined: int
    running: int


@dataclass(frozen=True)
class InvitationsAhead:
    """What inviting a list of people would do: for how many an invitation is, how many others are named, and the
    message, to a made-up reader."""

    program_id: int
    program: str
    invited: int
    cannot: int
    message: Invited


@dataclass(frozen=True)
class OrganizerStanding:
    """The health line of a program, in counts; `quiet` names pairs that are quiet, never what they said. `others`: the
    other programs that person runs; `trios`: how many of the `paired` are three; `none_fit`: no two of those who wait
    can be partners, in a match of its own."""

    program_id: int
    program: str
    enrolled: int
    paused: int
    paired: int
    waiting: int
    quiet: tuple[tuple[str, ...], ...]
    blocked: str | None
    next_week: date | None = None
    undelivered: int = 0
    learning: LearningTotals | None = None
    channel: str = ""
    others: tuple[ProgramChoice, ...] = ()
    rematch: Rematch | None = None
    invited: InvitedTotals | None = None
    trios: int = 0
    none_fit: bool = False


@dataclass(frozen=True)
class Letter:
    """A message that could not be delivered. `uncertain`: it may be there; else Slack refused it with `error`."""

    row_id: int
    to: tuple[str, ...]
    day: date
    in_channel: bool
    uncertain: bool
    error: str


@dataclass(frozen=True)
class Standing:
    """`enrollment` is None for someone who is not in the program; `program` None where there is none yet. `again_id`:
    the enrollment of someone who lost a partner in the running round and has not asked for another.
    `next_week`: the Monday of the next match, where the program is a rolling one; `lessons_first`: what is to be read
    before a match; `join_by`, `starts_on`: dates of the program that are still to come; `each`: their programs, where
    they are in several; `ended`: their pair has, and what says so to them is still on its way; `considered_id`: where
    they can still say who would suit them in the next match.
    """

    first_name: str
    may_join: bool
    program: str | None
    program_id: int | None
    channel: str
    status: EnrollmentStatus | None
    paused_until: date | None
    offers: tuple[str, ...]
    asks: tuple[str, ...]
    goal: str
    hours: str
    celebration: Celebration
    pairs: tuple[PairStanding, ...]
    thanks: tuple[Thanks, ...]
    organizer: OrganizerStanding | None
    next_week: date | None = None
    learning: Learning | None = None
    again_id: int | None = None
    lessons_first: tuple[int, ...] = ()
    join_by: date | None = None
    starts_on: date | None = None
    each: tuple[InProgram, ...] = ()
    ended: Ended | None = None
    considered_id: int | None = None


@dataclass(frozen=True)
class Listed:
    """Someone in the program, as organizers may see them."""

    name: str
    status: EnrollmentStatus
    paused_until: date | None
    partners: tuple[str, ...]


@dataclass(frozen=True)
class PreviewedPair:
    """A row of the preview; `cautions` are sentences of `CAUTIONS_IN_WORDS`."""

    names: tuple[str, ...]
    score: float
    why: tuple[Segment, ...]
    overlap: str
    cautions: tuple[Caution, ...]
    locked: bool = False


@dataclass(frozen=True)
class Preview:
    """What an organizer reviews before a release, from the weakest pair to the strongest.

    `program`: its name where the workspace has several, else empty; `vetoed`: what the organizers ruled out; `refused`:
    locks that could not be kept; `joins_until`: the last day of the running round that the pairs join, of whom nobody
    hears who waits on; `unread`: how many have still to read the first lessons.
    """

    run_id: int
    program: str
    pairs: tuple[PreviewedPair, ...]
    waiting: tuple[tuple[str, LeftoverReason], ...]
    blocked: str | None
    vetoed: tuple[tuple[str, ...], ...] = ()
    refused: tuple[tuple[str, ...], ...] = ()
    joins_until: date | None = None
    unread: int = 0

    @property
    def told_to_wait(self) -> int:
        return 0 if self.joins_until else len(self.waiting) + self.unread

    @property
    def messages(self) -> int:
        return len(self.pairs) + self.told_to_wait


@dataclass(frozen=True)
class Seated:
    """People who would be partners, and their score; someone alone waits."""

    names: tuple[str, ...]
    score: float


@dataclass(frozen=True)
class SwapOption:
    """What a swap makes of two pairs. `instead`: the other pair as it is now, or who waits; `gain`: of the total."""

    after: tuple[Seated, ...]
    instead: Seated
    gain: float


@dataclass(frozen=True)
class SwapOffer:
    """The best swaps for one pair."""

    run_id: int
    number: int
    pair: Seated
    options: tuple[SwapOption, ...]


@dataclass(frozen=True)
class PairDetail:
    """One pair with what each part brings: its points, and the most it could bring."""

    pair: PreviewedPair
    parts: tuple[tuple[str, float, int], ...]


@dataclass(frozen=True)
class Weighed:
    """A whole match under some weights. `groups`: how many people each pair or trio has; `parts`: how far each part is
    fulfilled over all pairs, 0-100; `weakest`: the lowest score of a pair by the program's own weights."""

    weighting: Weighting | None
    covered: int
    total: int
    groups: tuple[int, ...]
    weakest: float
    parts: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Comparison:
    """The match as it is, and as other weights would make it; `differing`: pairs of the second not in the first."""

    run_id: int
    now: Weighed
    then: Weighed
    differing: int


@dataclass(frozen=True)
class Starter:
    """A way to start a talk; its `{words}` are someone's own, unescaped."""

    pattern: str
    words: str = ""


@dataclass(frozen=True)
class Prepared:
    """What someone may think over before they meet."""

    driving: Preparation
    starters: tuple[Starter, ...]


@dataclass(frozen=True)
class Meant:
    """A phrase someone wrote, a shared one that is nearly the same, and how many wrote that one."""

    phrase: str
    wording: str
    people: int


@dataclass(frozen=True)
class MergedSkill:
    """What stands for `wording`, by normal form."""

    wording: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class SkillsPage:
    """Skills as an organizer reviews them; `more` groups are not shown yet."""

    program_id: int
    groups: tuple[tuple[Phrase, ...], ...]
    more: int
    merged: tuple[MergedSkill, ...]
    approved: tuple[str, ...]
