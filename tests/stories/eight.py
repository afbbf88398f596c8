"""Eight colleagues of the small seed, joined and paired: where stories begin that are not about beginning."""

from typing import Any

from tests.stories.stage import CHANNEL, Cast, Step

Ana, Ben, Chloe, Dev = Cast("U0ANA"), Cast("U0BEN"), Cast("U0CHLOE"), Cast("U0DEV")
Eva, Femi, Gita, Hugo = Cast("U0EVA"), Cast("U0FEMI"), Cast("U0GITA"), Cast("U0HUGO")
ALL = Ana + Ben + Chloe + Dev + Eva + Femi + Gita + Hugo

SKILLS = ["SQL", "giving feedback", "roadmaps", "colour theory", "React", "de-escalation", "forecasting", "negotiation"]
"""What each offers, in the order of ALL; each asks for what their partner-to-be offers."""
PARTNER = [1, 0, 5, 4, 3, 2, 7, 6]

A_PROGRAM_IS_SET_UP = [
    Ana.sets_up(channel=CHANNEL),
    Ana.types("/invite @Mentor", CHANNEL),
]


def join(person: Cast, **profile: Any) -> list[Step]:
    """Type, fill in, close."""
    return [person.types("/mentor join"), person.submits(**profile), person.closes()]


EIGHT_JOIN = [
    step
    for number, user in enumerate(ALL.users)
    for step in join(Cast(user), offers=[SKILLS[number]], asks=[SKILLS[PARTNER[number]]])
]

A_MATCH_IS_RELEASED = [
    Ana.types("/mentor admin match"),
    Ana.submits(),
    Ana.submits(),
    Ana.sees("Released"),
    Ana.closes(),
]

EIGHT_ARE_PAIRED = A_PROGRAM_IS_SET_UP + EIGHT_JOIN + A_MATCH_IS_RELEASED
