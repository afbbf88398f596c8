"""What opens over the preview: one pair in detail, its swaps, other weights; and the answers to typed verbs."""

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    Block,
    DividerBlock,
    InputBlock,
    MarkdownTextObject,
    Option,
    RadioButtonsElement,
    SectionBlock,
    StaticSelectElement,
)

from bot.content import answers
from bot.content import explaining as why
from bot.content import forms as words
from bot.content import review as said
from bot.domain.matching import Barrier
from bot.domain.weightings import Weighting
from bot.views.ids import Action, Ref, View
from bot.views.kit import Message, actions, and_list, button, counted, drawn, fitted, grey, message, section
from bot.views.matches import coverage, groups, pair_lines, some_names, strength, together
from bot.views.modals import Drawn, modal
from bot.views.models import Comparison, PairDetail, Preview, Seated, SwapOffer, SwapOption, Weighed
from bot.views.programs import headed
from bot.views.reviewed import Explained

LONGEST_OPTION = 75
SWAP_FIELD = "swap"


def detail(shown: PairDetail) -> Drawn:
    """What each part brings, the reason, the hours, and what to look at twice."""
    heading = said.DETAIL_HEADING.format(
        pair=together(shown.pair.names), strength=strength(shown.pair.score), score=f"{shown.pair.score:.0f}"
    )
    parts = [
        MarkdownTextObject(text=said.DETAIL_PART.format(part=said.PARTS[part], brought=points(brought), most=most))
        for part, brought, most in shown.parts
    ]
    blocks: list[Block] = [section(heading), SectionBlock(fields=parts), DividerBlock()]
    blocks += [section(line) for line in pair_lines(shown.pair)[1:]]
    return modal(View.PLAIN, said.DETAIL_TITLE, blocks, close=words.BACK)


def swap(offer: SwapOffer) -> Drawn:
    """The best swaps for a pair; each option says what it does to everyone it touches."""
    introduction = said.SWAP_INTRODUCTION.format(pair=together(offer.pair.names), strength=strength(offer.pair.score))
    options = [
        Option(value=str(number), text=_swapped(option), description=_instead(option))
        for number, option in enumerate(offer.options, 1)
    ]
    label = said.SWAP_LABEL if len(options) > 2 else said.SWAP_LABEL_FEWER
    choices = RadioButtonsElement(action_id=SWAP_FIELD, options=options, initial_option=options[0])
    return modal(
        View.MATCH_SWAP,
        said.SWAP_TITLE,
        [section(introduction), InputBlock(block_id=SWAP_FIELD, label=label, element=choices)],
        submit=said.SWAP_SUBMIT,
        close=words.BACK,
        about={"run": offer.run_id, "pair": offer.number},
    )


def _swapped(option: SwapOption) -> str:
    """`Ana and Chloé (good), Ben and Dev (fair)`, with first names where that does not fit."""
    whole = ", ".join(_seated(seated, [*seated.names]) for seated in option.after)
    if len(whole) <= LONGEST_OPTION:
        return whole
    return fitted(", ".join(_seated(s, [name.split()[0] for name in s.names]) for s in option.after), LONGEST_OPTION)


def _seated(seated: Seated, called: Sequence[str]) -> str:
    if len(called) == 1:
        return said.SWAP_WAITS.format(name=called[0])
    return f"{and_list(called)} ({strength(seated.score)})"


def _instead(option: SwapOption) -> str:
    total = said.SWAP_TOTAL.format(gain=signed(option.gain)) if round(option.gain, 1) else said.SWAP_UNCHANGED
    other = option.instead
    before = (
        said.SWAP_WAITED.format(name=other.names[0])
        if len(other.names) == 1
        else said.SWAP_INSTEAD.format(pair=and_list(other.names), strength=strength(other.score))
    )
    return fitted(f"{total}; {before}", LONGEST_OPTION)


def comparing() -> Drawn:
    """While the other weights are tried."""
    return modal(View.PLAIN, said.COMPARE_TITLE, [section(answers.MATCHING)], close=words.BACK)


def compare(shown: Comparison, weighting: Weighting, choices: Sequence[Weighting]) -> Drawn:
    """The match as it is and as other weights would make it, side by side."""
    options = {choice: Option(value=choice, text=said.WEIGHTINGS[choice]) for choice in choices}
    menu = StaticSelectElement(
        action_id=Action.CHOOSE_WEIGHTING, options=list(options.values()), initial_option=options[weighting]
    )
    differ = said.COMPARE_DIFFER.format(count=counted(shown.differing, "pair"), total=len(shown.then.groups))
    columns = [_weighed(shown.now, now=True), _weighed(shown.then, now=False)]
    return modal(
        View.MATCH_COMPARE,
        said.COMPARE_TITLE,
        [
            section(said.COMPARE_WITH, menu),
            DividerBlock(),
            SectionBlock(fields=[MarkdownTextObject(text=column) for column in columns]),
            section(differ if shown.differing else said.COMPARE_SAME),
            grey(said.COMPARE_GREY),
        ],
        submit=said.COMPARE_SUBMIT,
        close=words.BACK,
        about={"run": shown.run_id, "weighting": weighting},
    )


def _weighed(match: Weighed, *, now: bool) -> str:
    name = said.WEIGHTINGS[match.weighting] if match.weighting else said.OWN_WEIGHTS
    parts = [said.WEIGHED_PART.format(part=said.SHORT_PARTS[part], percent=share) for part, share in match.parts]
    return said.WEIGHED.format(
        name=said.WEIGHED_NOW.format(name=name) if now else name,
        covered=match.covered,
        total=match.total,
        pairs=groups(match.groups),
        weakest=strength(match.weakest),
        parts="\n".join(parts),
    )


def explained(shown: Explained) -> Message:
    """Why these two, or why not."""
    if shown.pair is None:
        return message(f"*{together(shown.names)}*: {_why_not(shown)}")
    heading = said.EXPLAINED.format(
        pair=together(shown.names), strength=strength(shown.pair.score), score=f"{shown.pair.score:.0f}"
    )
    lines = [heading, *pair_lines(shown.pair)[1:]]
    return Message("\n".join([*lines, why.NOT_LOOKED_AT]), drawn([*map(section, lines), grey(why.NOT_LOOKED_AT)]))


def _why_not(shown: Explained) -> str:
    match shown.told:
        case Barrier.VETOED:
            return why.VETOED
        case Barrier.HOURS:
            return why.HOURS.format(shared=_time(shown.shared))
        case _:
            return why.REPORTS


def _time(minutes: int) -> str:
    """`1 hour and 15 minutes`, `no part`."""
    whole, rest = divmod(minutes, 60)
    said = [counted(whole, "hour")] if whole else []
    said += [counted(rest, "minute")] if rest else []
    return and_list(said) or why.NO_TIME


def changed(sentence: str, shown: Preview) -> Message:
    """What a typed verb has done to the match, and how it stands now."""
    waiting = said.WAITS_NOW.format(names=some_names([name for name, _ in shown.waiting])) if shown.waiting else ""
    text = f"{sentence} {coverage(shown)} {waiting}".strip()
    look = button(said.OPEN_MATCH, Action.OPEN_MATCHING, Ref("run", shown.run_id))
    return headed(message(text, actions(look)), shown.program)


def pair_named(called: Sequence[str]) -> str:
    """`Ana and Ben`, escaped."""
    return together(called)


def points(score: float) -> str:
    """A score as it is read: `62` or `12.5`."""
    return f"{round(score, 1):g}"


def signed(gain: float) -> str:
    """`+3` or `−1.2`: points won or lost."""
    return f"+{points(gain)}" if gain > 0 else f"−{points(-gain)}"
