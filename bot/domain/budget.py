"""What a message costs its reader: one weekly message, one that others cause a day, and what is free of both.

PRODUCT.md, "one message". What answers a person's own act, or changes a message that stands already, costs nothing.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum

from bot.domain.cadence import DAY, LONGEST_SILENCE, WorkingHours, local_date, next_working_moment, start_of_day


class Cost(StrEnum):
    """`weekly`: one in a local week, merged over all programs; `daily`: what another person or a date caused, one a
    local day; `duty`: what whoever runs a program must hear, in working time; `shared`: a channel's or a group's;
    `asked`: what its reader pressed for, at once and free."""

    WEEKLY = "weekly"
    DAILY = "daily"
    DUTY = "duty"
    SHARED = "shared"
    ASKED = "asked"


COSTS = {
    "introduction": Cost.SHARED,
    "agreed": Cost.SHARED,
    "time_proposed": Cost.SHARED,
    "check_in_question": Cost.WEEKLY,
    "weekly": Cost.WEEKLY,
    "check_in_answered": Cost.WEEKLY,
    "calendar_file": Cost.ASKED,
    "question_closed": Cost.WEEKLY,
    "pair_closed": Cost.DAILY,
    "pair_finished": Cost.DAILY,
    "no_match": Cost.DAILY,
    "still_waiting": Cost.DAILY,
    "taken_back": Cost.DAILY,
    "considering_asked": Cost.DAILY,
    "considering_closed": Cost.DAILY,
    "answers_in": Cost.DUTY,
    "invited": Cost.DAILY,
    "invitation_closed": Cost.DAILY,
    "weekly_matched": Cost.DUTY,
    "match_ready": Cost.DUTY,
    "round_ended": Cost.DUTY,
    "kudos_consent_asked": Cost.DAILY,
    "kudos_delivered": Cost.DAILY,
    "milestone_consent_asked": Cost.DAILY,
    "milestone_consent_answered": Cost.DAILY,
    "milestone_shoutout": Cost.SHARED,
    "certificate_ready": Cost.ASKED,
    "round_up": Cost.SHARED,
    "welcome_back": Cost.DAILY,
    "stuck_shared": Cost.DUTY,
    "channel_lost": Cost.DUTY,
    "undelivered": Cost.DUTY,
}
"""The cost of each kind of notice; a test holds that every one is here."""


class Importance(IntEnum):
    """Which of several messages of a day goes first: that what someone counted on is no more, what has a date of its
    own, what is merely nice."""

    LOSS = 0
    DATED = 1
    NICE = 2


IMPORTANCE = {
    "pair_closed": Importance.LOSS,
    "no_match": Importance.LOSS,
    "taken_back": Importance.LOSS,
    "pair_finished": Importance.DATED,
    "still_waiting": Importance.DATED,
    "considering_asked": Importance.DATED,
    "considering_closed": Importance.DATED,
    "welcome_back": Importance.DATED,
    "invited": Importance.NICE,
    "invitation_closed": Importance.NICE,
    "kudos_consent_asked": Importance.NICE,
    "kudos_delivered": Importance.NICE,
    "milestone_consent_asked": Importance.NICE,
    "milestone_consent_answered": Importance.NICE,
}
"""How much each kind matters that costs a day; a test holds that every one of those is here."""


@dataclass(frozen=True)
class OfADay:
    """A message of a day that waits. `number`: the order in which they were caused; `since`: it goes no sooner;
    `under_way`: it may have been said already, so it makes way for nothing."""

    number: int
    importance: Importance
    since: datetime
    under_way: bool = False


def on_days_of_their_own(
    waiting: Iterable[OfADay], hours: WorkingHours, taken: Collection[date]
) -> dict[int, datetime]:
    """When each of them goes, by number: one a local day that is not `taken`, what matters more before what matters
    less, else in their order."""
    days, moments = set(taken), dict[int, datetime]()
    for one in sorted(waiting, key=lambda one: (not one.under_way, one.importance, one.number)):
        moments[one.number] = free_moment(one.since, hours, days)
        days.add(local_date(moments[one.number], hours.timezone))
    return moments


def free_moment(after: datetime, hours: WorkingHours, taken: Collection[date]) -> datetime:
    """The first working moment from `after` on, on a local day that is not `taken` by another message of its kind."""
    moment = next_working_moment(after, hours)
    for _ in range(LONGEST_SILENCE):
        day = local_date(moment, hours.timezone)
        if day not in taken:
            return moment
        moment = next_working_moment(start_of_day(day + DAY, hours.timezone), hours)
    return moment


def week_name(monday: date) -> str:
    """A local week as ISO 8601 names it: `2026-W14`."""
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02}"
