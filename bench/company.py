"""A company on paper: people with the spread of skills, zones, departments and managers that real ones have."""

import random
from typing import Any

DEPARTMENTS = (
    "Engineering",
    "Sales",
    "Support",
    "Marketing",
    "Design",
    "Finance",
    "People",
    "Operations",
    "Legal",
    "Data",
)
ZONES = (
    *("Europe/Berlin", "Europe/London", "Europe/Lisbon", "America/New_York", "America/Chicago", "America/Sao_Paulo"),
    *("Asia/Kolkata", "Africa/Lagos", "Africa/Nairobi", "America/Los_Angeles", "Asia/Singapore", "Europe/Warsaw"),
)
SUBJECTS = (
    *("feedback", "speaking", "writing", "SQL", "Python", "hiring", "negotiation", "planning", "design", "budgets"),
    *(
        "statistics",
        "interviews",
        "roadmaps",
        "presenting",
        "coaching",
        "delegation",
        "research",
        "security",
        "pricing",
    ),
)
GRADES = ("basic", "good", "advanced")
GOALS = (
    "lead a team",
    "speak in public",
    "change my role",
    "learn to delegate",
    "publish my work",
    "write more clearly",
)
SPAN = 8  # people a manager has


def company(count: int, seed: int = 7) -> list[dict[str, Any]]:
    """`count` rows as `mentor match` reads them. Popular skills are far more popular than rare ones."""
    chance = random.Random(seed)
    skills = [f"{grade} {subject}" for subject in SUBJECTS for grade in GRADES]
    popularity = [1 / (rank + 1) for rank in range(len(skills))]
    return [_person(number, chance, skills, popularity) for number in range(count)]


def _person(number: int, chance: random.Random, skills: list[str], popularity: list[float]) -> dict[str, Any]:
    start = chance.choice((7, 8, 9, 9, 9, 10))
    return {
        "id": f"P{number:05}",
        "offers": sorted(set(chance.choices(skills, popularity, k=chance.randrange(0, 6)))),
        "asks": sorted(set(chance.choices(skills, popularity, k=chance.randrange(0, 6)))),
        "goals": [chance.choice(GOALS)] if chance.random() < 0.8 else [],
        "style": {
            name: chance.choice("ab")
            for name in ("planning", "feedback", "thinking", "rhythm")
            if chance.random() < 0.9
        },
        "department": chance.choices(DEPARTMENTS, range(len(DEPARTMENTS), 0, -1))[0],
        "level": chance.randrange(1, 7),
        "manager": f"P{(number - 1) // SPAN:05}" if number else None,
        "timezone": chance.choices(ZONES, range(len(ZONES), 0, -1))[0],
        "hours": [start, start + 8],
    }
