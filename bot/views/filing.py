"""A meeting as a calendar file: the buttons that ask for it, and the message it comes with."""

from datetime import datetime

from slack_sdk.models.blocks import ButtonElement

from bot.content import filing as words
from bot.domain import notices
from bot.domain.cadence import zone
from bot.views.ids import Action, Ref, of_time
from bot.views.kit import Attached, Message, and_list, button, day_words, drawn, escape, grey, section
from bot.views.messages import names, render


def of_answer(check_in_id: int) -> ButtonElement:
    """For a day in somebody's own diary."""
    return button(words.BUTTON, Action.CALENDAR_FILE, Ref("check_in", check_in_id))


def of_proposal(pair_id: int, start: datetime) -> ButtonElement:
    """For a time that was suggested to the pair."""
    return button(words.BUTTON, Action.CALENDAR_FILE, of_time(pair_id, start))


@render.register
def _calendar_file(notice: notices.CalendarFile) -> Message:
    when = escape(_when(notice))
    text = words.READY.format(partners=names(notice.partners), when=when)
    title = words.TITLE.format(day=day_words(notice.on), partners=and_list(notice.partners))
    file = Attached(words.NAME.format(on=notice.on.isoformat()), title, lambda: _drawn(notice))
    return Message(text, drawn([section(text), grey(words.GREY.format(program=escape(notice.program)))]), file)


def _when(notice: notices.CalendarFile) -> str:
    day = day_words(notice.on)
    if notice.start is None:
        return day
    return words.WHEN.format(day=day, start=notice.start.astimezone(zone(notice.timezone)), zone=notice.timezone)


def _drawn(notice: notices.CalendarFile) -> bytes:
    from bot.views.calendar_file import calendar_file  # its library costs a start 0.1 s, and few ask

    return calendar_file(notice)
