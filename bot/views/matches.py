"""What an organizer reviews before a release, in a modal."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, DividerBlock

from bot.content import answers
from bot.content import forms as words
from bot.domain.matching import CAUTIONS_IN_WORDS
from bot.views.ids import View
from bot.views.kit import and_list, beginning, counted, escape, fitted, grey, section
from bot.views.messages import reason
from bot.views.modals import Drawn, modal, plain
from bot.views.models import Preview, PreviewedPair

MOST_PAIRS = 80
LONGEST_ROW = 700
"""A view holds 100 blocks and 250,000 bytes, in any script."""


def matching(people: int = 0) -> Drawn:
    """Shown at once, while the match is computed; `people`: how many, once that is known."""
    return plain(words.MATCH_TITLE, answers.MATCHING_SO_MANY.format(count=people) if people else answers.MATCHING)


def preview(shown: Preview) -> Drawn:
    """Every pair with its reason, who waits and why; Release says next how many messages go out."""
    covered = sum(len(pair.names) for pair in shown.pairs)
    coverage = answers.COVERAGE.format(
        covered=covered, total=covered + len(shown.waiting), pairs=groups(shown.pairs), waiting=len(shown.waiting)
    )
    more = len(shown.pairs) - MOST_PAIRS
    blocks: list[Block] = [section(coverage), grey(answers.COVERAGE_GREY)]
    blocks += [section(f":warning: {shown.blocked}")] if shown.blocked else []
    blocks += [DividerBlock(), *(section(_row(pair)) for pair in shown.pairs[:MOST_PAIRS])]
    blocks += [grey(answers.MORE_PAIRS.format(count=more))] if more > 0 else []
    blocks += [section(_waiting(shown))] if shown.waiting else []
    return modal(
        View.MATCH_PREVIEW,
        words.MATCH_TITLE,
        blocks,
        submit=words.MATCH_SUBMIT if shown.pairs and not shown.blocked else None,
        close=words.CLOSE,
        about={"run": shown.run_id},
    )


def confirm_release(shown: Preview) -> Drawn:
    """The last question: how many messages go out."""
    text = answers.CONFIRM_RELEASE.format(
        messages=counted(shown.messages, "message"),
        introductions=counted(len(shown.pairs), "introduction"),
        waiting=word_to(len(shown.waiting)),
    )
    return modal(
        View.MATCH_CONFIRM,
        words.CONFIRM_TITLE,
        [section(text)],
        submit=words.CONFIRM_SUBMIT,
        close=words.BACK,
        about={"run": shown.run_id},
    )


def _row(pair: PreviewedPair) -> str:
    heading = f"*{and_list([escape(name) for name in pair.names])}* · {strength(pair.score)}"
    cautions = ", ".join(CAUTIONS_IN_WORDS[caution] for caution in pair.cautions)
    why = f"{beginning(reason(pair.why))} {pair.overlap}".strip()
    return fitted("\n".join([heading, *([f":warning: {cautions}"] if cautions else []), why]), LONGEST_ROW)


def groups(pairs: Sequence[PreviewedPair]) -> str:
    """`5 pairs and 1 trio`."""
    trios = sum(len(pair.names) > 2 for pair in pairs)
    twos = len(pairs) - trios
    named = [counted(twos, "pair")] if twos or not trios else []
    return and_list([*named, *([counted(trios, "trio")] if trios else [])])


def released(pairs: int, waiting: int) -> str:
    """What a release has set going."""
    return answers.RELEASED.format(introductions=counted(pairs, "introduction"), waiting=word_to(waiting))


def word_to(waiting: int) -> str:
    """The end of a sentence: what those who wait are sent."""
    return answers.WORD_TO_WAITING.get(waiting, answers.WORD_TO_MANY.format(count=waiting))


def strength(score: float) -> str:
    """A score of 0 to 100 in a word."""
    return next(word for least, word in answers.STRENGTHS if score >= least)


def _waiting(shown: Preview) -> str:
    lines = [f"• *{escape(name)}*: {answers.WAITING_REASONS[why]}" for name, why in shown.waiting[:40]]
    return "\n".join(["*Waiting*", *lines])
