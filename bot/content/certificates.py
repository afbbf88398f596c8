"""What a pair's time came to: the closing message's numbers, and the words on a certificate."""

from bot.content.numbers import NUMBERS
from bot.domain.journeys import Journey

TITLE = "Certificate"
FOR = "This is to say, with thanks, that"
TOOK_PART = "took part in {program} and helped a colleague grow"
PROGRAM = "peer mentoring"
SPAN = "from {began} to {ended}"
NAME = "certificate.png"
FILE_TITLE = "Certificate: {program}"
ALT = "A certificate for {name}, who took part in {program} from {began} to {ended}: {numbers}."
READY = "Here is your certificate, {first}. It is yours to keep or to share."
READY_UNWRITTEN = (
    "Here is your certificate, {first}. I cannot draw your name in its own script yet, so there is a line to write it "
    "on. It is yours to keep or to share."
)
READY_GREY = "{program}. It names nobody but you, and nobody else gets it from me."
GET = "Certificate"

TOGETHER = "Together: {numbers}."
YOURS = "Yours: {numbers}."


def counted(count: int, one: str, many: str) -> str:
    """`one meeting`, `five meetings`, `13 meetings`"""
    return f"{NUMBERS.get(count, count)} {one if count == 1 else many}"


def hours(minutes: int) -> str:
    """`45 min`, `2 h`, `3 h 45 min`"""
    whole, rest = divmod(minutes, 60)
    return " ".join(part for part in (f"{whole} h" if whole else "", f"{rest} min" if rest else "") if part)


def together(journey: Journey) -> list[str]:
    """What the pair did, leaving out what it did not."""
    meetings = counted(journey.meetings, "meeting", "meetings") + (
        f" ({hours(journey.minutes)})" if journey.minutes else ""
    )
    goals = counted(journey.goals, "goal reached", "goals reached")
    return [part for part, count in ((meetings, journey.meetings), (goals, journey.goals)) if count]


def own(journey: Journey) -> list[str]:
    """What the person did and was given, leaving out what is not there."""
    lessons = counted(journey.lessons, "lesson", "lessons")
    often = "once" if journey.thanks == 1 else counted(journey.thanks, "time", "times")
    thanks = f"thanks received {often}"
    return [part for part, count in ((lessons, journey.lessons), (thanks, journey.thanks)) if count]


def figures(journey: Journey) -> list[tuple[str, str]]:
    """The same as large figures with small words, for a certificate."""
    whole, rest = divmod(journey.minutes, 60)
    time = f"{whole}:{rest:02}" if whole and rest else str(whole or rest)
    unit = "minutes" if not whole else "hour" if (whole, rest) == (1, 0) else "hours"
    shown = [
        (journey.meetings, str(journey.meetings), "meeting" if journey.meetings == 1 else "meetings"),
        (journey.minutes, time, unit),
        (journey.goals, str(journey.goals), "goal reached" if journey.goals == 1 else "goals reached"),
        (journey.lessons, str(journey.lessons), "lesson" if journey.lessons == 1 else "lessons"),
    ]
    return [(figure, label) for count, figure, label in shown if count]
