"""How a time together ends: the numbers of the two, what next, and a certificate."""

from slack_sdk.models.blocks import ButtonElement

from bot.content import certificates as numbers
from bot.content import messages as words
from bot.domain import notices
from bot.domain.journeys import Journey
from bot.views import certificates
from bot.views.ids import Action, Ref
from bot.views.kit import Attached, Message, and_list, button, escape, grey, message, section
from bot.views.messages import again_or_break, names, render


@render.register
def _pair_closed(notice: notices.PairClosed) -> Message:
    text = words.PAIR_CLOSED[notice.ending].format(partner=escape(notice.partner))
    why = words.PAIR_CLOSED_GREY.format(program=escape(notice.program))
    return _closing(notice, notice.journey or Journey(), text, why)


@render.register
def _pair_finished(notice: notices.PairFinished) -> Message:
    done = words.PAIR_FINISHED if notice.journey.meetings else words.PAIR_FINISHED_UNMET
    text = done.format(name=escape(notice.first_name), partners=names(notice.partners))
    return _closing(notice, notice.journey, text, words.PAIR_FINISHED_GREY.format(program=escape(notice.program)))


def _closing(notice: notices.PairClosed | notices.PairFinished, journey: Journey, text: str, why: str) -> Message:
    came_to = came_to_words(journey)
    buttons = again_or_break(notice.enrollment_id, *_certificate_button(notice.pair_id, journey))
    shown = [section(came_to)] if came_to else []
    return Message(" ".join(filter(None, (text, came_to))), message(text, *shown, buttons, grey(why)).blocks)


def came_to_words(journey: Journey) -> str:
    """The numbers in two lines: what was done together, what is the reader's own; "" where there is nothing."""
    parts = (
        (numbers.TOGETHER, numbers.together(journey)),
        (numbers.YOURS, numbers.own(journey)),
    )
    return "\n".join(line.format(numbers=and_list(said)) for line, said in parts if said)


def _certificate_button(pair_id: int, journey: Journey) -> list[ButtonElement]:
    """Only who met has something to be certified."""
    return [button(numbers.GET, Action.GET_CERTIFICATE, Ref("pair", pair_id))] if journey.meetings else []


@render.register
def _certificate(notice: notices.CertificateReady) -> Message:
    ready = numbers.READY if certificates.can_be_drawn(notice.name) else numbers.READY_UNWRITTEN
    shown = message(
        ready.format(first=escape(notice.first_name)), grey(numbers.READY_GREY.format(program=escape(notice.program)))
    )
    file = Attached(
        name=numbers.NAME,
        title=numbers.FILE_TITLE.format(program=notice.program),
        draw=lambda: certificates.draw(notice),
        alt_text=certificates.in_words(notice),
    )
    return Message(shown.text, shown.blocks, file)
