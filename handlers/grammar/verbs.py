"""The verbs as a table, and the reading of what a person typed.

A verb is a row of VERBS: its aliases, its line in the help, and the function that reads what follows it. A verb
without an act has no row, so that nobody is offered what cannot be done.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from bot.domain.people import Those
from handlers.grammar import reading
from handlers.grammar.commands import (
    Admin,
    AdminHolidays,
    AdminImport,
    AdminMatch,
    AdminPeople,
    AdminSetup,
    AdminSkills,
    AdminUndelivered,
    AdminValues,
    Agreement,
    Command,
    Help,
    Invalid,
    Join,
    Match,
    MatchVerb,
    Profile,
    Resume,
    SetupVerb,
    Status,
    Unknown,
)
from handlers.grammar.goals import read_goals
from handlers.grammar.spoken import Unreadable
from handlers.grammar.words import Word, cut, joined

Words = list[Word]
Read = Callable[[Words, date], Command]
Meaning = TypeVar("Meaning")


class Who(StrEnum):
    """Whom a verb is for: the help shows it to nobody else. A `member` may take part, a `newcomer` in a program they
    are not in yet; a `participant` does, one who is `resting` is on a break, and a `partner` is in a pair."""

    EVERYONE = "everyone"
    MEMBER = "member"
    NEWCOMER = "newcomer"
    PARTICIPANT = "participant"
    RESTING = "resting"
    PARTNER = "partner"
    ORGANIZER = "organizer"


@dataclass(frozen=True)
class Verb:
    """A row: `says` are phrases in lower case without hyphens and apostrophes, `line` and `example` its help."""

    name: str
    says: tuple[str, ...]
    line: str
    example: str
    read: Read
    who: Who = Who.MEMBER


def parse(text: str, *, today: date) -> Command:
    """Read what a person typed, after the command or in the bot's DM; never raises.

    `text` is as Slack sends it (& < > escaped, mentions as <@U1|ana>); `today` is the person's own local date.
    """
    words = said_in(text)
    if not words:
        return Status()
    try:
        return _command(words, today) or Unknown(_beginning(words), nearest(words))
    except Unreadable as unreadable:
        return Invalid(unreadable.sentence)


def said_in(text: str) -> Words:
    """What was typed, cut into words, from the verb on."""
    return _without_address(cut(text))


def nearest(words: Words) -> str | None:
    """The name of the verb that looks most like the first words, if any looks alike."""
    for length in (3, 2, 1):
        said = " ".join(word.folded for word in words[:length])[:30]
        if close := get_close_matches(said, _NAMES, n=1, cutoff=0.7):
            return _NAMES[close[0]]
    return None


def _command(words: Words, today: date) -> Command | None:
    if not words[0].bare:
        return Help()
    verb, used = begun_by(words)
    if verb:
        return verb.read(words[used:], today)
    if reading.begins_with_state(words):
        return reading.read_checkin(words, today)
    return None


def _find(words: Words, meanings: Mapping[str, Meaning]) -> tuple[Meaning | None, int]:
    """What the longest known phrase at the beginning means, and its number of words."""
    for length in (3, 2, 1):
        said = " ".join(word.folded for word in words[:length])
        if len(words) >= length and said in meanings:
            return meanings[said], length
    return None, 0


def begun_by(words: Words) -> tuple[Verb | None, int]:
    """The verb that the words begin with, and the number of its words."""
    return _find(words, _BY_PHRASE)


def _without_address(words: Words) -> Words:
    """Drop the command's own name typed again, a mention of the bot before the verb, or a stray bullet."""
    while words and _is_address(words[0]):
        words = words[1:]
    return words


def _is_address(word: Word) -> bool:
    if word.user or word.folded == "mentor":
        return True
    if word.raw.startswith("/"):
        return word.folded not in _BY_PHRASE
    return not word.bare and "?" not in word.raw


def _beginning(words: Words) -> str:
    text = " ".join(joined(words).split())
    return text if len(text) <= 40 else text[:39] + "…"


def _alone(command: Command) -> Read:
    """A verb that needs nothing more: whatever follows is courtesy."""
    return lambda words, today: command


def _strictly(name: str, command: Command) -> Read:
    """A verb after which another word would mean something else, which we must not pretend to do."""

    def read(words: Words, today: date) -> Command:
        more = [word for word in words if word.bare not in reading.COURTESIES]
        return Unknown(f"{name} {_beginning(more)}", _nearest_below(name, more[0])) if more else command

    return read


def _nearest_below(name: str, word: Word) -> str:
    """The verb that begins with `name` and goes on most like `word`; `name` itself where none does."""
    below = [phrase for phrase in _NAMES if phrase.startswith(f"{name} ")]
    close = get_close_matches(f"{name} {word.folded}", below, n=1, cutoff=0.85)
    return _NAMES[close[0]] if close else name


def _help(words: Words, today: date) -> Command:
    verb, _ = _find(words, _BY_PHRASE)
    return Help(verb.name if verb else None)


def _thanks(words: Words, today: date) -> Command:
    """Thanks to a person are kudos; thanks to the bot are a courtesy."""
    return reading.read_kudos(words, today) if any(word.user for word in words) else Status()


def _admin(words: Words, today: date) -> Command:
    if all(word.bare in reading.COURTESIES for word in words):
        return Admin()
    said = " ".join(["admin", words[0].folded])
    close = get_close_matches(said, [name for name in _NAMES if name.startswith("admin ")], n=1, cutoff=0.75)
    return Unknown(f"admin {_beginning(words)}", _NAMES[close[0]] if close else "admin")


_THOSE = {
    **dict.fromkeys(("unmatched", "unpaired", "waiting", "free"), Those.UNMATCHED),
    **dict.fromkeys(("paused", "away", "resting"), Those.PAUSED),
    **dict.fromkeys(("quiet", "silent", "stuck"), Those.QUIET),
}


def _people(words: Words, today: date) -> Command:
    """Everyone, or only some of them."""
    more = [word for word in words if word.bare not in reading.COURTESIES]
    if len(more) == 1 and more[0].folded in _THOSE:
        return AdminPeople(_THOSE[more[0].folded])
    close = get_close_matches(more[0].folded, list(_THOSE), n=1, cutoff=0.75) if more else []
    nearest = f"admin people {_THOSE[close[0]]}" if close else "admin people"
    return Unknown(f"admin people {_beginning(more)}", nearest) if more else AdminPeople()


def _of_two(verb: MatchVerb, line: str, *also: str) -> Verb:
    name = f"admin match {verb}"
    example = f"{name} @ana @ben"

    def read(words: Words, today: date) -> Command:
        return AdminMatch(verb, reading.two_people(words, example))

    return Verb(name, (name, *also), line, example, read, Who.ORGANIZER)


def _of_the_match(verb: MatchVerb, line: str, *also: str) -> Verb:
    name = f"admin match {verb}"
    return Verb(name, (name, *also), line, name, _strictly(name, AdminMatch(verb)), Who.ORGANIZER)


_GREETINGS = ("hi", "hello", "hey", "hallo", "good morning", "morning", "start", "home", "next", "next step")
_PARTNER = ("not a fit", "my match", "partner", "my partner", "pair", "my pair", "who")
_BACK = ("unpause", "continue", "back", "im back", "i am back")

VERBS: tuple[Verb, ...] = (
    Verb("status", ("status", *_GREETINGS), "My next step", "status", _alone(Status()), Who.EVERYONE),
    Verb("help", ("help", "commands", "usage"), "What you can do here", "help", _help, Who.EVERYONE),
    Verb(
        *("join", ("join", "enroll", "enrol", "sign up", "signup", "opt in"), "Take part in a program", "join"),
        *(lambda words, today: Join(reading.program_name(words)), Who.NEWCOMER),
    ),
    Verb(
        *("profile", ("profile", "edit", "my profile"), "What you offer and ask for", "profile"),
        lambda words, today: Profile(reading.program_name(words)),
        Who.PARTICIPANT,
    ),
    Verb(
        *("match", ("match", *_PARTNER), "Your partner, and why you two", "match"),
        *(_alone(Match()), Who.PARTICIPANT),
    ),
    Verb(
        *("checkin", ("checkin", "check in", "ci", "checkins"), "Say how it stands with your partner"),
        *("checkin met 45m", reading.read_checkin, Who.PARTNER),
    ),
    Verb(
        *("kudos", ("kudos", "kudo", "praise", "shoutout"), "Thank someone"),
        *("kudos @ana for the patient review", reading.read_kudos),
    ),
    Verb(
        *("goals", ("goals", "goal", "my goals", "our goals", "my goal", "our goal"), "What you two want to reach"),
        *("goals add learn SQL", read_goals, Who.PARTNER),
    ),
    Verb(
        *("agreement", ("agreement", "our agreement", "my agreement", "agree"), "What you two agreed on"),
        *("agreement", _alone(Agreement()), Who.PARTNER),
    ),
    Verb(
        *("learn", ("learn", "lesson", "lessons", "training", "learning"), "Lessons of five minutes"),
        *("learn 2", reading.read_learn),
    ),
    Verb(
        *("pause", ("pause", "break", "take a break", "snooze"), "Take a break from all your programs", "pause 2w"),
        *(reading.read_pause, Who.PARTICIPANT),
    ),
    Verb("resume", ("resume", *_BACK), "Come back from a break", "resume", _alone(Resume()), Who.RESTING),
    Verb(
        *("avoid", ("avoid",), "Someone not to be matched with, seen by nobody else; `/mentor avoid list` shows yours"),
        *("avoid @ana", reading.read_avoid),
    ),
    Verb(
        *("leave", ("leave", "quit", "stop", "opt out", "unsubscribe"), "Leave a program", "leave"),
        reading.read_leave,
        Who.PARTICIPANT,
    ),
    Verb("admin", ("admin", "organizer", "organiser"), "What needs you", "admin", _admin, Who.ORGANIZER),
    Verb(
        *("admin setup", ("admin setup", "admin set up"), "The program's name, channel and rhythm", "admin setup"),
        *(_strictly("admin setup", AdminSetup()), Who.ORGANIZER),
    ),
    Verb(
        *("admin setup new", ("admin setup new", "admin setup another", "admin new program"), "Start another program"),
        *("admin setup new", _strictly("admin setup new", AdminSetup(SetupVerb.NEW)), Who.ORGANIZER),
    ),
    Verb(
        *("admin setup copy", ("admin setup copy", "admin copy"), "Another program like this one, for other people"),
        *("admin setup copy", _strictly("admin setup copy", AdminSetup(SetupVerb.COPY)), Who.ORGANIZER),
    ),
    Verb(
        *("admin people", ("admin people",), "Who takes part, or only who is `unmatched`, `paused` or `quiet`"),
        *("admin people quiet", _people, Who.ORGANIZER),
    ),
    Verb(
        *("admin people import", ("admin people import",), "Bring what Slack does not know of people"),
        *("admin people import", _strictly("admin people import", AdminImport()), Who.ORGANIZER),
    ),
    Verb(
        *("admin invite", ("admin invite", "admin invitations"), "Invite people, or everyone in a channel"),
        *("admin invite @ana #general", reading.read_invite, Who.ORGANIZER),
    ),
    Verb(
        *("admin holidays", ("admin holidays", "admin quiet", "admin quiet weeks"), "Holidays to come, quiet weeks"),
        *("admin holidays", _strictly("admin holidays", AdminHolidays()), Who.ORGANIZER),
    ),
    Verb(
        *("admin skills", ("admin skills", "admin skill"), "Phrases that mean the same: merge them, or approve one"),
        *("admin skills", _strictly("admin skills", AdminSkills()), Who.ORGANIZER),
    ),
    Verb(
        *("admin values", ("admin values", "admin value"), "The words people can add to thanks, as in #care"),
        *("admin values", _strictly("admin values", AdminValues()), Who.ORGANIZER),
    ),
    Verb(
        *("admin undelivered", ("admin undelivered", "admin failed", "admin not delivered"), "What did not arrive"),
        *("admin undelivered", _strictly("admin undelivered", AdminUndelivered()), Who.ORGANIZER),
    ),
    Verb(
        *("admin match", ("admin match", "admin match preview"), "Review the next match, then release it"),
        *("admin match", _strictly("admin match", AdminMatch()), Who.ORGANIZER),
    ),
    _of_two(MatchVerb.EXPLAIN, "Why these two would fit, or not", "admin match why"),
    _of_two(MatchVerb.SWAP, "Let two people take each other's place"),
    _of_two(MatchVerb.LOCK, "Keep two people together"),
    _of_two(MatchVerb.UNLOCK, "Let them be matched anew"),
    _of_two(MatchVerb.VETO, "Never these two; only organizers see it"),
    _of_the_match(MatchVerb.RERUN, "Match anew; locks and vetoes stay", "admin match re run", "admin match again"),
    _of_the_match(MatchVerb.RELEASE, "Release the match you have seen"),
    _of_the_match(MatchVerb.UNDO, "Take a release back, within ten minutes", "admin match take back"),
)
"""What can be asked for, in the order of the help."""

_THANKS = Verb("kudos", ("thanks", "thank you", "thx"), "", "", _thanks)
_BY_PHRASE = {phrase: verb for verb in (*VERBS, _THANKS) for phrase in verb.says}
_NAMES = {phrase: verb.name for verb in VERBS for phrase in verb.says} | dict.fromkeys(reading.STATES, "checkin")
