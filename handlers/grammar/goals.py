"""What follows `goals`: add, done, step, drop, reopen, or nothing, which lists."""

import re
from datetime import date

from handlers.grammar.commands import Goals, GoalVerb
from handlers.grammar.spoken import Unreadable
from handlers.grammar.words import Word, joined

Words = list[Word]
SAYS = {
    word: verb
    for verb, said in {
        GoalVerb.ADD: ("add", "new", "set", "create", "plus"),
        GoalVerb.DONE: ("done", "reached", "finished", "finish", "complete", "completed", "achieved", "tick"),
        GoalVerb.STEP: ("step", "steps", "substep"),
        GoalVerb.DROP: ("drop", "remove", "delete", "forget"),
        GoalVerb.REOPEN: ("reopen", "undo", "open", "undone"),
    }.items()
    for word in said
}
LISTING = {"", "please", "pls", "plz", "list", "show", "all", "our", "my", "now", "me", "thanks"}
LINKS = {"", "goal", "step", "number", "no", "the", "please", "as"}
NEGATIVE = re.compile(r"-\d")
NUMBER = re.compile(r"#?([0-9]{1,3}(?:\.[0-9]{1,2})?)")
_HOW = "To add a goal, type `/mentor goals add learn SQL`; when it is reached, `/mentor goals done 1`."
_WHICH = "Name the goal by its number or in its words, as in `/mentor goals done 1`."
_STEP = "Say the goal's number and the step, as in `/mentor goals step 1 read chapter one`."


def read_goals(words: Words, today: date) -> Goals:
    """Read "add learn SQL", "done 1", "1.2 done", "step 1 read chapter one", or "@ben add …"."""
    partner, words = _partner(words)
    if all(word.bare in LISTING for word in words):
        return Goals(partner=partner)
    verb = SAYS.get(words[0].folded)
    if verb is None:
        return _number_first(words, partner)
    rest = words[1:]
    if verb is GoalVerb.ADD:
        return Goals(verb, text=joined(rest), partner=partner)
    if verb is GoalVerb.STEP:
        return _step(rest, partner)
    said = _said(rest)
    return Goals(verb, said, partner=partner) if said else Goals(partner=partner)


def typed_again(command: Goals) -> str:
    """The words that mean a command, without whom it is with."""
    return " ".join(filter(None, ["goals", command.verb, command.said, command.text]))


def _partner(words: Words) -> tuple[str | None, Words]:
    led = 1 if words and words[0].folded in {"with", "for"} else 0
    if len(words) > led and (user := words[led].user):
        return user, words[led + 1 :]
    return None, words


def _number_first(words: Words, partner: str | None) -> Goals:
    number, ends = _number(words[0]), [SAYS.get(word.folded) for word in words[1:]]
    if number and ends in ([GoalVerb.DONE], [GoalVerb.DROP], [GoalVerb.REOPEN]):
        return Goals(ends[0] or GoalVerb.LIST, number, partner=partner)
    raise Unreadable(_HOW)


def _step(words: Words, partner: str | None) -> Goals:
    words = words[1:] if words and words[0].bare in {"goal", "to", "for"} else words
    if words and NEGATIVE.match(words[0].bare):
        raise Unreadable(_STEP)
    number = _number(words[0]) if words else None
    if number is None:
        return Goals(GoalVerb.STEP, text=joined(words), partner=partner) if words else Goals(partner=partner)
    rest = words[1:]
    if [SAYS.get(word.folded) for word in rest] == [GoalVerb.DONE]:
        return Goals(GoalVerb.DONE, number, partner=partner)
    if not rest or "." in number:
        raise Unreadable(_STEP)
    return Goals(GoalVerb.STEP, number, joined(rest), partner)


def _said(words: Words) -> str:
    """The number of a goal or a step, else its words."""
    kept = [word for word in words if word.bare not in LINKS]
    if kept and NEGATIVE.match(kept[0].bare):
        raise Unreadable(_WHICH)
    number = _number(kept[0]) if len(kept) == 1 else None
    return number or joined(words)


def _number(word: Word) -> str | None:
    found = NUMBER.fullmatch(word.bare)
    return found[1] if found else None
