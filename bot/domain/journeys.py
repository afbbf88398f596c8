"""What two people did together, in numbers that nobody else sees."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Journey:
    """One person's time in a pair. `meetings`, `minutes` (of those meetings that have any) and `goals` reached are the
    pair's; `lessons` taken and `thanks` received in that time are their own."""

    meetings: int = 0
    minutes: int = 0
    goals: int = 0
    lessons: int = 0
    thanks: int = 0
