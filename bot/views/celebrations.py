"""Thanks and milestones: asked about, answered, and told to the channel."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.content import messages as words
from bot.domain import notices
from bot.domain.kudos import Consent, beside, hashtag
from bot.domain.milestones import TELLING
from bot.views.ids import Action, Ref
from bot.views.kit import (
    Message,
    actions,
    beginning,
    button,
    day_words,
    escape,
    grey,
    message,
    quoted,
    section,
)
from bot.views.messages import count_word, names, render, you


@render.register
def _kudos_consent(notice: notices.KudosConsentAsked) -> Message:
    text = words.KUDOS_ASKED.format(giver=escape(notice.giver), channel=escape(notice.channel))
    ref, why = Ref("kudos", notice.kudos_id), section(with_values(quoted(notice.why), notice.why, notice.values, "\n"))
    return Message(
        f"{text} {in_quotes(notice)}",
        [
            *message(text, why, consent_buttons(ref)).blocks,
            grey(words.KUDOS_ASKED_GREY.format(day=day_words(notice.decide_by))).to_dict(),
        ],
    )


@render.register
def _kudos_delivered(notice: notices.KudosDelivered) -> Message:
    text = words.KUDOS_DELIVERED.format(giver=escape(notice.giver))
    why = section(with_values(quoted(notice.why), notice.why, notice.values, "\n"))
    return Message(
        f"{text} {in_quotes(notice)}",
        message(text, why, grey(outcome(words.KUDOS_OUTCOME, notice))).blocks,
    )


def in_quotes(notice: notices.KudosConsentAsked | notices.KudosDelivered) -> str:
    """Thanks for who has nothing but the text of a message."""
    return f"“{escape(' '.join([notice.why, *map(hashtag, beside(notice.why, notice.values))]))}”"


def with_values(said: str, why: str, values: Sequence[str], between: str = " ") -> str:
    """Thanks with the values they carry, but for those that the reason's own words name."""
    tags = " ".join(f"*{escape(hashtag(value))}*" for value in beside(why, values))
    return f"{said}{between}{tags}" if tags else said


def outcome(
    sentences: dict[Consent, str],
    notice: notices.KudosDelivered | notices.MilestoneConsentAnswered,
    **marks: str,
) -> str:
    """What became of a consent question, with the promise not to ask again where it was given."""
    text = sentences[notice.consent].format(channel=escape(notice.channel), **marks)
    return f"{text} {words.NEVER_AGAIN}" if notice.never_again else text


@render.register
def _milestone_consent(notice: notices.MilestoneConsentAsked) -> Message:
    asked = words.MILESTONE_ASKED[TELLING[notice.milestone]].format(channel=escape(notice.channel))
    each = [words.MILESTONE_EACH] if notice.partners else []
    return message(
        " ".join([reached(notice), asked, *each]),
        consent_buttons(Ref("milestone", notice.milestone_id)),
        grey(words.KUDOS_ASKED_GREY.format(day=day_words(notice.decide_by))),
    )


@render.register
def _milestone_answered(notice: notices.MilestoneConsentAnswered) -> Message:
    told = words.MILESTONE_SHARED[TELLING[notice.milestone]].format(channel=escape(notice.channel))
    answered = words.MILESTONE_ANSWERED if notice.partners else words.MILESTONE_ANSWERED_ALONE
    return message(f"{reached(notice)} {told if notice.shared else outcome(answered, notice)}")


def reached(notice: notices.MilestoneConsentAsked | notices.MilestoneConsentAnswered) -> str:
    """What there is to celebrate, as a sentence."""
    together = beginning(you(notice.partners))
    return words.MILESTONE_REACHED.format(You=together, milestone=words.MILESTONES[notice.milestone])


@render.register
def _shoutout(notice: notices.MilestoneShoutout) -> Message:
    count = count_word(len(notice.names)) if len(notice.names) > 1 else ""
    text = words.SHOUTOUTS[notice.milestone].format(names=names(notice.names), count=count)
    return message(text, grey(words.SHOUTOUT_GREY.format(program=escape(notice.program))))


def one_line(text: str) -> str:
    """What people typed, on one line of the round-up and without the mark that would end its slant."""
    return escape(" ".join(text.replace("_", " ").split()))


def consent_buttons(ref: Ref) -> Block:
    """The three honest answers to "OK to post?"."""
    return actions(
        button("Post it", Action.POST_IT, ref, primary=True),
        button("Keep it private", Action.KEEP_IT_PRIVATE, ref),
        button("No thanks, and don't ask again", Action.NEVER_ASK_AGAIN, ref),
    )
