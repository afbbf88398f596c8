"""Why these people: the clauses of a pair's sentence, from the same profiles that were scored."""

from collections.abc import Sequence
from itertools import combinations, permutations

from bot.domain.matching.scores import Profile, Scorer, other_department, telling_words
from bot.domain.matching.sentences import STYLES_IN_WORDS, Clause, Topic

_MOST_CLAUSES, _MOST_WORDS = 4, 2
_DIMENSIONS = ("rhythm", "feedback", "planning", "thinking")  # what is felt first when two people meet


def clauses(members: Sequence[str], scorer: Scorer, new: bool) -> tuple[Clause, ...]:
    """Up to four reasons, help first; `new`: no two of the members were partners before."""
    profiles = {member: scorer.profiles[member] for member in members}
    found = [*_help(profiles), *_goals(profiles), *_styles(profiles)[:2], *_departments(profiles)]
    return tuple(found[:_MOST_CLAUSES]) or (Clause(_fallback(new), tuple(members)),)


def _fallback(new: bool) -> Topic:
    return Topic.NEW if new else Topic.AGAIN


def _help(profiles: dict[str, Profile]) -> list[Clause]:
    found: list[Clause] = []
    for asker, helper in permutations(profiles, 2):
        offered = profiles[helper].offers
        words = [phrase for key, phrase in profiles[asker].asks.items() if key in offered]
        if words:
            back = any(clause.people == (asker, helper) for clause in found)
            topic = Topic.RETURN if back else Topic.HELP
            found.append(Clause(topic, (helper, asker), tuple(words[:_MOST_WORDS])))
    return found


def _goals(profiles: dict[str, Profile]) -> list[Clause]:
    for one, other in combinations(profiles, 2):
        a, b = profiles[one].goals, profiles[other].goals
        if same := [phrase for key, phrase in a.items() if key in b]:
            return [Clause(Topic.SAME_GOAL, (one, other), tuple(same[:1]))]
    for one, other in combinations(profiles, 2):
        if near := _near_words(profiles[one], profiles[other]):
            return [Clause(Topic.NEAR_GOALS, (one, other), tuple(near[:_MOST_WORDS]))]
    return []


def _near_words(a: Profile, b: Profile) -> list[str]:
    """The words of the first one's goals that the other's share, longest first: they tell the most."""
    words = {stem: word for goal in a.goals for stem, word in telling_words(goal).items()}
    return sorted((words[stem] for stem in a.goal_words & b.goal_words), key=lambda word: (-len(word), word))


def _styles(profiles: dict[str, Profile]) -> list[Clause]:
    """Styles that all of them share, and none of them keeps to themselves."""
    hidden = frozenset().union(*(profile.hidden for profile in profiles.values()))
    sides = [f"{dimension} {_shared(profiles, dimension)}" for dimension in _DIMENSIONS if dimension not in hidden]
    return [Clause(Topic.STYLE, tuple(profiles), side=side) for side in sides if side in STYLES_IN_WORDS]


def _shared(profiles: dict[str, Profile], dimension: str) -> str:
    chosen = {profile.style.get(dimension, "") for profile in profiles.values()}
    return chosen.pop() if len(chosen) == 1 else ""


def _departments(profiles: dict[str, Profile]) -> list[Clause]:
    apart = all(other_department(a, b) == 2 for a, b in combinations(profiles.values(), 2))
    return [Clause(Topic.DEPARTMENTS, tuple(profiles))] if apart else []
