"""How a time together ends: the numbers of the two, what next, and a certificate; and how a round does."""

from slack_sdk.models.blocks import ButtonElement

from bot.content import certificates as numbers
from bot.content import finishing, inviting
from bot.content import messages as words
from bot.content.rematching import ASKED_BELOW
from bot.domain import notices
from bot.domain.journeys import Journey
from bot.domain.matching.sentences import LeftoverReason
from bot.views import certificates
from bot.views.ids import Action, Ref
from bot.views.kit import (
    Attached,
    Message,
    actions,
    and_list,
    button,
    counted,
    day_words,
    escape,
    grey,
    message,
    section,
)
from bot.views.messages import again_or_break, asked_again_words, lessons_named, names, read_first_button, render


@render.register
def _pair_closed(notice: notices.PairClosed) -> Message:
    text = words.PAIR_CLOSED[notice.ending].format(partner=escape(notice.partner))
    why = words.PAIR_CLOSED_GREY.format(program=escape(notice.program))
    return _closing(notice, notice.journey or Journey(), text, why)


@render.register
def _pair_finished(notice: notices.PairFinished) -> Message:
    done = words.PAIR_FINISHED if notice.journey.meetings else words.PAIR_FINISHED_UNMET
    text = done.format(name=escape(notice.first_name), partners=names(notice.partners))
    why = words.PAIR_FINISHED_ASKED_GREY if notice.again else words.PAIR_FINISHED_GREY
    return _closing(notice, notice.journey, text, why.format(program=escape(notice.program)))


def _closing(notice: notices.PairClosed | notices.PairFinished, journey: Journey, text: str, why: str) -> Message:
    came_to = came_to_words(journey)
    asked = asked_again_words(notice.again, ASKED_BELOW) if notice.again else ""
    certificate = _certificate_button(notice.pair_id, journey)
    buttons = again_or_break(notice.enrollment_id, *certificate, asked=notice.again is not None)
    below = [line for line in (came_to, asked) if line]
    shown = message(text, *map(section, below), buttons, grey(why))
    return Message(" ".join((text, *below)), shown.blocks)


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


@render.register
def _still_waiting(notice: notices.StillWaiting) -> Message:
    step = read_first_button(notice.lessons) if notice.lessons else _profile_button(notice)
    return message(
        _what_comes(notice),
        actions(step, button("Take a break", Action.OPEN_PAUSE)),
        grey(finishing.STILL_GREY.format(program=escape(notice.program))),
    )


def _what_comes(notice: notices.StillWaiting) -> str:
    name = escape(notice.first_name)
    place = finishing.COMES_FIRST if notice.comes_first else finishing.IS_NEXT
    if notice.lessons:
        return finishing.STILL_LESSONS.format(name=name, lessons=lessons_named(notice.lessons), place=place)
    starts = notice.starts_on and finishing.STARTS.format(day=day_words(notice.starts_on))
    return finishing.STILL_WAITING.format(
        name=name,
        why=finishing.STILL_WHY[notice.reason] if notice.reason else finishing.WHY_UNKNOWN,
        place=place,
        next=starts or finishing.AN_ORGANIZER,
    )


def _profile_button(notice: notices.StillWaiting) -> ButtonElement:
    label = words.NO_MATCH_STEPS[notice.reason or LeftoverReason.NOBODY_FREE]
    return button(label, Action.OPEN_PROFILE, primary=True)


@render.register
def _round_ended(notice: notices.RoundEnded) -> Message:
    ref, can = Ref("program", notice.program_id), notice.ready >= 2
    step = finishing.NEXT_MATCH.format(ready=notice.ready) if can else finishing.NEXT_INVITE
    waited = finishing.ONE_WAITED if notice.waiting == 1 else finishing.MANY_WAITED.format(count=notice.waiting)
    text = finishing.ROUND_ENDED.format(
        pairs=finishing.FINISHED.format(pairs=counted(notice.pairs, "pair")) if notice.pairs else "",
        waiting=waited if notice.waiting else "",
        next=step,
    )
    look = button(finishing.PREVIEW, Action.OPEN_MATCHING, ref, primary=True)
    invite = button(inviting.INVITE, Action.OPEN_INVITE, ref, primary=True)
    grey_line = grey(finishing.ROUND_ENDED_GREY.format(program=escape(notice.program)))
    return message(text, actions(look if can else invite), grey_line)
