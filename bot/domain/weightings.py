"""What a program may want most from a match, as weights (sources of the parts: matching/scores.py)."""

from enum import StrEnum

from bot.domain.matching import Weights


class Weighting(StrEnum):
    """Named weights an organizer can compare and choose."""

    BALANCED = "balanced"
    NEW_CONNECTIONS = "new_connections"
    HELP = "help"
    COMMON_GROUND = "common_ground"


WEIGHTS = {
    Weighting.BALANCED: Weights(),
    Weighting.NEW_CONNECTIONS: Weights(complement=30, goals=15, style=15, new=40),
    Weighting.HELP: Weights(complement=60, goals=15, style=15, new=10),
    Weighting.COMMON_GROUND: Weights(complement=20, goals=35, style=35, new=10),
}


def weighting_of(weights: Weights) -> Weighting | None:
    """The name of these weights; None where they are a program's own."""
    return next((named for named, known in WEIGHTS.items() if known == weights), None)
