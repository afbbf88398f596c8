"""What an organizer says of a program when they set it up: one value, from the form to the program and back."""

from dataclasses import dataclass
from datetime import date

from bot.domain.programs import CADENCE_WEEKS, LENGTH_WEEKS, Rounds
from bot.domain.templates import TEMPLATES, Purpose


@dataclass(frozen=True)
class Setup:
    """A program as it is to be. `channel_name` and `joined` (the bot is a member of it) are what Slack says of the
    channel, once it was asked; `channel_id` is empty where none is chosen yet."""

    name: str
    channel_id: str = ""
    channel_name: str = ""
    joined: bool = False
    length_weeks: int = LENGTH_WEEKS
    cadence_weeks: int = CADENCE_WEEKS
    asks_first: bool = False
    rounds: Rounds = Rounds.RELEASE
    purpose: Purpose = Purpose.SKILLS
    lessons: tuple[int, ...] = ()
    lessons_first: bool = False
    join_by: date | None = None
    starts_on: date | None = None


def from_template(purpose: Purpose, name: str, channel_id: str = "") -> Setup:
    """A program as the template has it."""
    template = TEMPLATES[purpose]
    return Setup(
        name=name,
        channel_id=channel_id,
        length_weeks=template.length_weeks,
        cadence_weeks=template.cadence_weeks,
        rounds=template.rounds,
        purpose=purpose,
        lessons=template.lessons,
        lessons_first=template.lessons_first,
    )
