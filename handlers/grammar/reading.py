"""Reading what follows a verb: people, days, minutes and a note. Each raises Unreadable with what was wanted."""

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from bot.domain.checkins import CheckInState
from handlers.grammar.commands import (
    AdminInvite,
    Avoid,
    AvoidList,
    AvoidRemove,
    CheckIn,
    Command,
    Kudos,
    Learn,
    Leave,
    Pause,
)
from handlers.grammar.reasons import read_stuck
from handlers.grammar.spoken import (
    FARTHEST_DAY,
    Looking,
    Unreadable,
    read_day,
    read_hour,
    read_minutes,
    read_span,
    within_a_meeting,
)
from handlers.grammar.words import Word, joined

Words = list[Word]

COURTESIES = {"", "please", "pls", "plz", "now", "thanks", "me"}
STATES: dict[str, CheckInState] = {
    phrase: state
    for state, phrases in {
        CheckInState.MET: (
            *("met", "we met", "we have met", "weve met", "i met", "yes we met", "yes met", "did meet", "we did meet"),
            *("we talked", "we spoke", "done"),
        ),
        CheckInState.SCHEDULED: (
            *("scheduled", "schedule", "booked", "planned", "in the diary", "in diary", "diary", "its scheduled"),
            *(
                "its booked",
                "its in the diary",
                "we scheduled",
                "we booked",
                "were booked",
                "we will meet",
                "well meet",
            ),
        ),
        CheckInState.NOT_YET: (
            *(
                "not yet",
                "notyet",
                "no not yet",
                "not met",
                "not met yet",
                "we havent met",
                "havent met",
                "we didnt meet",
            ),
            *("have not met", "we have not met", "we did not meet", "did not meet", "didnt meet", "nope"),
        ),
        CheckInState.STUCK: (
            *(
                "stuck",
                "we are stuck",
                "were stuck",
                "im stuck",
                "i am stuck",
                "somethings stuck",
                "something is stuck",
            ),
        ),
        CheckInState.WRAP_UP: ("wrap up", "wrap", "wrapup", "wrap it up", "lets wrap up", "wrapping up"),
    }.items()
    for phrase in phrases
}
_LONGEST_PHRASE = max(len(phrase.split()) for phrase in STATES)
_AND = {"and", "everyone", "everybody", "in", "people", "from", "of", "all"}
_LINKS = {"", "for", "on", "about", "around", "this", "next", "last", "and", "took"}
_WITHIN = {"in", "from", "of"}
_PLEA = {
    *("i", "im", "id", "us", "my", "you", "your", "it", "this", "that", "them", "all", "everything", "because", "as"),
    *("me", "alone", "writing", "messages", "messaging", "asking", "bothering", "no", "not", "too", "stop", "want"),
}
_LONGEST_PIECE = 5  # "for 1 h 30 m"

_PICK = "Pick the person from Slack's list after typing @, like `/mentor {example}`."
_TWO = "Choose two different people from Slack's list after typing @, like `/mentor {example}`."
_INVITE = "Pick people and channels from Slack's list after typing @ or #, like `/mentor admin invite @ana #general`."
_PAUSE = "I could not read how long. Try `/mentor pause 2w` or `/mentor pause 10 days`."
_PAUSE_ENDED = "A pause ends on a day still to come. Try `/mentor pause 2w` or `/mentor pause 10 days`."
_PAUSE_LONG = "A pause lasts a year at most. Try `/mentor pause 2w`, or `/mentor leave`, and come back any time."
_NOT_MET_YET = "That day is still to come. If it is in the diary, try `/mentor checkin scheduled thu`."
_NO_MINUS = {
    Looking.BACK: "How long it took has no minus. Try `/mentor checkin met 45m` or `/mentor checkin met yesterday`.",
    Looking.AHEAD: "Name a day still to come, without a minus. Try `/mentor checkin scheduled thu`.",
}
_LESSON = "Lessons have whole numbers. Try `/mentor learn 2`, or `/mentor learn` for the list."
_NOT_AHEAD = "That day has passed. If you met, try `/mentor checkin met yesterday 45m`."


def program_name(words: Words) -> str | None:
    """The program's name as typed, if what follows is more than courtesy."""
    said = {word.bare for word in words} - COURTESIES - {"the", "program", "programme", "up", "in"}
    return joined(words) if said else None


def read_leave(words: Words, today: date) -> Command:
    """Read a program's name, or nothing; "stop writing to me" and "leave because I am too busy" name none."""
    if any(word.folded in _PLEA for word in words):
        return Leave()
    return Leave(program_name([word for word in words if word.bare not in COURTESIES]))


def read_learn(words: Words, today: date) -> Command:
    """Read "2", "lesson 2", or nothing, which lists."""
    said = next((word.bare for word in words if re.match(r"-?\d", word.bare)), None)
    if said is None:
        return Learn()
    if not re.fullmatch("[0-9]{1,3}", said):
        raise Unreadable(_LESSON)
    return Learn(int(said))


def read_pause(words: Words, today: date) -> Command:
    """Read "2w", "for 3 weeks", "until 12 Jan", or nothing; and after it "in Leadership"."""
    kept = [word for word in words if word.bare not in COURTESIES]
    while kept and kept[0].bare in {"for", "until", "till", "til", "to", "next", "on"}:
        kept = kept[1:]
    if not kept:
        return Pause()
    if _names_program(kept):
        return Pause(program=_only_the_name(kept[1:]))
    until, used = _first_day_back([word.bare for word in kept], today)
    if _names_program(kept[used:]):
        return Pause(until, _only_the_name(kept[used + 1 :]))
    if len(kept) > used:
        raise Unreadable(_PAUSE)
    return Pause(until)


def _only_the_name(words: Words) -> str | None:
    """ "Leadership" of "the Leadership program"."""
    around = {"the", "program", "programme"}
    first = next((at for at, word in enumerate(words) if word.bare not in around), len(words))
    last = next((at for at in range(len(words), first, -1) if words[at - 1].bare not in around), first)
    return joined(words[first:last]).rstrip(".,;:!") or None


def _names_program(words: Words) -> bool:
    """ "in Leadership", and not "in 3 weeks"."""
    return len(words) > 1 and words[0].bare in _WITHIN and read_span([word.bare for word in words[1:]]) is None


def read_avoid(words: Words, today: date) -> Command:
    """Read "@x", "list", "remove @x", or nothing, which lists."""
    users = _users(words)
    verb = words[0].folded if words else "list"
    if verb in {"remove", "delete", "undo"}:
        return AvoidRemove(_one(users, "avoid remove @ana"))
    if not users and verb in {"list", "show"} | COURTESIES:
        return AvoidList()
    return Avoid(_one(users, "avoid @ana"))


def two_people(words: Words, example: str) -> tuple[str, str]:
    """Two different people, whatever stands around them."""
    users = tuple(dict.fromkeys(_users(words)))
    if len(users) != 2:
        raise Unreadable(_TWO.format(example=example))
    return users[0], users[1]


def read_invite(words: Words, today: date) -> Command:
    """Read "@ana @ben #general", in any order, or nothing."""
    strangers = [word for word in words if not word.user and not word.channel]
    if any(word.bare not in COURTESIES | _AND for word in strangers):
        raise Unreadable(_INVITE)
    channels = tuple(dict.fromkeys(word.channel for word in words if word.channel))
    return AdminInvite(_users(words), channels)


def read_kudos(words: Words, today: date) -> Command:
    """Read "@x and @y for the review", "for the review @x", or nothing."""
    if all(word.bare in COURTESIES for word in words):
        return Kudos()
    led = _run_of_people(words)
    if receivers := _users(words[:led]):
        return Kudos(receivers, _reason(words[led:]))
    closed = len(words) - _run_of_people(words[::-1])
    if receivers := _users(words[closed:]):
        return Kudos(receivers, _reason(words[:closed]))
    raise Unreadable(_PICK.format(example="kudos @ana for the review"))


def begins_with_state(words: Words) -> bool:
    """Whether the words begin with one of the five answers."""
    return _state(words)[0] is not None


def read_checkin(words: Words, today: date) -> Command:
    """Read a state, then minutes, a day and its hour in any order, before or after a note; minutes alone mean met."""
    state, used = _state(words)
    rest = words[used:]
    if state is CheckInState.STUCK:
        return read_stuck(rest)
    if state in {CheckInState.NOT_YET, CheckInState.WRAP_UP}:
        return CheckIn(state, note=joined(rest))
    ahead = state is CheckInState.SCHEDULED
    said, note = _details(rest, today, Looking.AHEAD if ahead else Looking.BACK)
    if state is None and said.minutes is None:
        return CheckIn(note=joined(rest))
    if said.on:
        _check_side(said.on, today, ahead)
    return CheckIn(state or CheckInState.MET, said.minutes, said.on, note, said.at)


def _first_day_back(said: list[str], today: date) -> tuple[date, int]:
    if span := read_span(said):
        until, used = today + timedelta(days=span[0]), span[1]
    elif day := read_day(said, today, Looking.AHEAD):
        until, used = day
    else:
        raise Unreadable(_PAUSE)
    if until <= today:
        raise Unreadable(_PAUSE_ENDED)
    if until - today > FARTHEST_DAY:
        raise Unreadable(_PAUSE_LONG)
    return until, used


def _users(words: Words) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.user for word in words if word.user))


def _one(users: tuple[str, ...], example: str) -> str:
    if len(users) > 1:
        raise Unreadable(f"One person at a time, please, like `/mentor {example}`.")
    if not users:
        raise Unreadable(_PICK.format(example=example))
    return users[0]


def _run_of_people(words: Words) -> int:
    """How many words at the beginning are people and what stands between them."""
    for at, word in enumerate(words):
        if word.raw.startswith("@"):
            raise Unreadable(_PICK.format(example="kudos @ana for the review"))
        if not word.user and word.bare not in {"", "to", "and"}:
            return at
    return len(words)


def _reason(words: Words) -> str:
    why = words[1:] if words and words[0].bare == "for" else words
    return joined(why)


def _state(words: Words) -> tuple[CheckInState | None, int]:
    for length in range(min(_LONGEST_PHRASE, len(words)), 0, -1):
        said = " ".join(word.folded for word in words[:length])
        if said in STATES:
            return STATES[said], length
    return None, 0


def _check_side(on: date, today: date, ahead: bool) -> None:
    if ahead and on < today:
        raise Unreadable(_NOT_AHEAD)
    if not ahead and on > today:
        raise Unreadable(_NOT_MET_YET)


@dataclass(frozen=True)
class _Piece:
    """Minutes, a day or an hour, and how many words said it, links included; or several of them, put together."""

    minutes: int | None = None
    on: date | None = None
    at: time | None = None
    used: int = 0

    def lacks(self, other: "_Piece") -> bool:
        """Whether the other says nothing that is said already."""
        return not ((self.minutes and other.minutes) or (self.on and other.on) or (self.at and other.at))

    def plus(self, other: "_Piece") -> "_Piece":
        return _Piece(self.minutes or other.minutes, self.on or other.on, self.at or other.at)


def _details(words: Words, today: date, looking: Looking) -> tuple[_Piece, str]:
    """What was said, and the note. A piece at the front must be right; one at the end or inside may be of the note."""
    told = _Piece()
    while (piece := _piece(words, today, looking)) and told.lacks(piece):
        told, words = told.plus(piece), words[piece.used :]
    _check_sign(words, looking)
    if len(words) == 1 and words[0].bare.isdecimal():
        told, words = told.plus(_number(words[0].bare, looking)), []
    while (piece := _last_piece(words, today, looking)) and told.lacks(piece):
        told, words = told.plus(piece), words[: -piece.used]
    return replace(told, minutes=told.minutes or _minutes_inside(words)), joined(words)


def _number(said: str, looking: Looking) -> _Piece:
    """A bare number: so many minutes behind us, or an hour ahead."""
    if looking is Looking.AHEAD and (hour := read_hour(["at", said])):
        return _Piece(at=hour[0])
    return _Piece(within_a_meeting(int(said[:4])))


def _check_sign(words: Words, looking: Looking) -> None:
    first = next((word.bare for word in words if word.bare not in _LINKS | {"in"}), "")
    if re.match(r"-\d", first):
        raise Unreadable(_NO_MINUS[looking])


def _piece(words: Words, today: date, looking: Looking) -> _Piece | None:
    said = [word.bare for word in words[:_LONGEST_PIECE]]
    links = next((at for at, word in enumerate(said) if word not in _LINKS), len(said))
    if looking is Looking.AHEAD and (hour := read_hour(said[links:])):
        return _Piece(at=hour[0], used=links + hour[1])
    if minutes := read_minutes(said[links:]):
        return _Piece(minutes[0], used=links + minutes[1])
    if day := read_day(said[links:], today, looking):
        return _Piece(on=day[0], used=links + day[1])
    return None


def _last_piece(words: Words, today: date, looking: Looking) -> _Piece | None:
    """The longest piece that reaches exactly to the end: "great talk, 45m"."""
    for start in range(max(0, len(words) - _LONGEST_PIECE), len(words)):
        with suppress(Unreadable):
            piece = _piece(words[start:], today, looking)
            if piece and start + piece.used == len(words):
                return piece
    return None


def _minutes_inside(words: Words) -> int | None:
    """The minutes of "and talked for 45m about SQL", which stay in the note too."""
    for at, word in enumerate(words):
        if word.bare == "for":
            with suppress(Unreadable):
                if found := read_minutes([word.bare for word in words[at + 1 : at + _LONGEST_PIECE]]):
                    return found[0]
    return None
