"""One of each list and form of goals, around whatever words people might have typed."""

from typing import Any

from bot.content import goals as said
from bot.domain.goals import LONGEST, MOST_STEPS, Goal, Step
from bot.views import goals
from bot.views.kit import Message
from bot.views.models import PairGoals
from tests.views.notices import Words


def _goal(words: Words, number: int = 1, steps: int = 0, done: int = 0, *, reached: bool = False) -> Goal:
    below = tuple(Step(number * 100 + n, n, words.note[:LONGEST], n <= done) for n in range(1, steps + 1))
    return Goal(number, number, words.line, below, reached)


def _theirs(words: Words, *listed: Goal) -> PairGoals:
    return PairGoals(42, words.names[1:2], listed)


def _full(words: Words) -> PairGoals:
    """As much as a pair can have."""
    steps = min(MOST_STEPS, max(4, words.many))
    open_ones = [_goal(words, number, steps, number) for number in (1, 2, 3)]
    return _theirs(words, *open_ones, *(_goal(words, number, reached=True) for number in range(4, 10)))


def goal_answers(words: Words) -> dict[str, Message]:
    """Every list, and what is said above it."""
    none, one, some = _theirs(words), _theirs(words, _goal(words)), _full(words)
    trio = PairGoals(43, words.names[1:], (_goal(words, 1, 2, 2), _goal(words, 2, reached=True)))
    reached = _theirs(words, _goal(words, reached=True))
    return {
        "goals_none": goals.listing([none]),
        "goals_added": goals.listing([one], goals.added(words.line)),
        "goals_step_added": goals.listing([one], goals.steps_added(words.line)),
        "goals": goals.listing([some]),
        "goals_of_two_pairs": goals.listing([some, trio]),
        "goals_step_done": goals.listing([some], goals.step_done(some.goals[0], words.line)),
        "goals_last_step": goals.listing([trio], goals.step_done(trio.goals[0], words.line)),
        "goals_reached": goals.listing([reached], goals.reached(words.line, words.names[1:2]), thank=True),
        "goals_reopened": goals.listing([one], goals.reopened(words.line)),
        "goals_dropped": goals.listing([none], goals.dropped(words.line)),
        "goals_with_whom": goals.with_whom([some, trio], f"goals add {words.line}"),
        "goals_drop_offer": goals.drop_offer(words.names[1:2], _goal(words)),
    }


def goal_modals(words: Words) -> dict[str, dict[str, Any]]:
    """Every form, and the list over Home."""
    some = _full(words)
    return {
        "goal_new": goals.form(_theirs(words)),
        "goal": goals.form(_theirs(words), _goal(words)),
        "goal_with_steps": goals.form(some, some.goals[1]),
        "goal_with_all_steps": goals.form(some, _goal(words, 1, MOST_STEPS, 3)),
        "goal_changed_meanwhile": goals.form(some, some.goals[0], words.line, theirs=True),
        "goals_shown": goals.shown(goals.listing([some], said.CHANGED)),
    }
