"""Giving thanks: the form, what will be read of it, and the values of a program."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block, DividerBlock

from bot.content import forms
from bot.content import thanking as words
from bot.domain.kudos import LONGEST_REASON, LONGEST_VALUE, MOST_A_DAY, MOST_VALUES, Consent, hashtag
from bot.domain.notices import KudosDelivered, Thanks
from bot.views import fields
from bot.views.ids import View
from bot.views.kit import Message, and_list, emphasised, escape, grey, message, section
from bot.views.messages import names, render
from bot.views.modals import Drawn, modal, plain
from bot.views.rounding_up import thanks_line

MOST_NAMED = 2
LONGEST_VALUES = 2 * MOST_VALUES * (LONGEST_VALUE + 2)
"""Room for what is refused with a sentence, too."""


@dataclass(frozen=True)
class ThanksPreview:
    """Thanks before they are sent. `receivers`: their names, `user_ids`: the same people; `channels`: those that would
    hear of it."""

    giver: str
    receivers: tuple[str, ...]
    user_ids: tuple[str, ...]
    why: str
    values: tuple[str, ...]
    channels: tuple[str, ...]


def form(
    receivers: Sequence[str] = (), why: str = "", offered: Sequence[str] = (), chosen: Sequence[str] = ()
) -> Drawn:
    """Whom to thank, for what, and which of the `offered` values it shows, where a program has any."""
    tags = {value: hashtag(value) for value in offered}
    blocks = [
        fields.people("receivers", words.TO, receivers, most=MOST_A_DAY, optional=False),
        fields.note(
            "why",
            words.WHY,
            most=LONGEST_REASON,
            placeholder=words.PLACEHOLDER,
            value=why[:LONGEST_REASON],
            optional=False,
            hint=words.HINT,
        ),
        *([fields.some("values", words.VALUES, tags, chosen, words.VALUES_PLACEHOLDER)] if tags else []),
    ]
    return modal(View.KUDOS, words.TITLE, blocks, submit=words.PREVIEW)


def preview(shown: ThanksPreview) -> Drawn:
    """What the receivers will read, and what the channel would: the same whatever a receiver's wish is, as that is
    theirs. The way back leads to the form."""
    told = KudosDelivered(shown.giver, shown.why, "", Consent.ASKED, never_again=False, values=shown.values)
    letter = Block.parse_all(render(told).blocks[:-1])
    receivers = and_list([emphasised(receiver) for receiver in shown.receivers])
    head = (words.READS if len(shown.receivers) == 1 else words.READ_EACH).format(names=receivers)
    blocks: list[Block] = [section(head), *letter, *_in_channels(shown), grey(words.PREVIEW_GREY)]
    about = {"receivers": list(shown.user_ids), "why": shown.why, "values": list(shown.values)}
    return modal(View.KUDOS_PREVIEW, words.PREVIEW_TITLE, blocks, submit=words.SEND, close=forms.BACK, about=about)


def _in_channels(shown: ThanksPreview) -> list[Block]:
    """The lines of the round-up, where there is a channel to read them."""
    if not shown.channels:
        return []
    head = words.CHANNEL_READS.format(channel=escape(shown.channels[0]))
    if len(shown.channels) > 1:
        head = words.CHANNELS_READ.format(channels=and_list([f"#{escape(one)}" for one in shown.channels]))
    lines = [thanks_line(Thanks(shown.giver, receiver, shown.why, shown.values)) for receiver in shown.receivers]
    return [DividerBlock(), section(head), *(section(f"• {line}") for line in lines)]


def thanked(receivers: Sequence[str], strange: Sequence[str] = (), values: Sequence[str] = ()) -> Message:
    """The giver sees only that it arrived; and which hashtags of theirs are `strange`, where there are `values`."""
    text = words.THANKED.format(names=names(receivers))
    if not strange or not values:
        return message(text)
    tags, known = names(strange[:MOST_NAMED]), and_list([escape(hashtag(value)) for value in values])
    said = words.NO_VALUE[min(len(strange[:MOST_NAMED]), 2)].format(tags=tags)
    hint = f"{said} {words.VALUES_ARE.format(values=known)}"
    return Message(f"{text} {hint}", message(text, grey(hint)).blocks)


def values_form(program_id: int, values: Sequence[str]) -> Drawn:
    """The one place where the values of a program are edited."""
    field = fields.note(
        "values",
        words.VALUES_FIELD,
        most=LONGEST_VALUES,
        placeholder=words.VALUES_EXAMPLE,
        value="\n".join(map(hashtag, values)),
        hint=words.VALUES_HINT.format(most=MOST_VALUES),
    )
    blocks = [section(words.VALUES_WORDS), field]
    return modal(View.VALUES, words.VALUES_TITLE, blocks, submit=forms.SAVE, about={"program": program_id})


def values_saved(values: Sequence[str]) -> Drawn:
    """The next step after it."""
    said = words.VALUES_SAVED.format(value=escape(values[0])) if values else words.VALUES_EMPTIED
    return plain(forms.SAVED_TITLE, said)
