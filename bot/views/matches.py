"""What an organizer reviews before a release: the preview by pages, the last question, the way back."""

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, DividerBlock, Option, OverflowMenuElement

from bot.content import answers
from bot.content import forms as words
from bot.content import review as said
from bot.domain.matching import CAUTIONS_IN_WORDS, LeftoverReason
from bot.views import rematching
from bot.views.ids import Action, Ref, View
from bot.views.kit import (
    Message,
    actions,
    and_list,
    beginning,
    button,
    confirm,
    counted,
    escape,
    fitted,
    grey,
    message,
    section,
    slack_date,
    unmarked,
)
from bot.views.messages import reason
from bot.views.modals import Drawn, modal, plain
from bot.views.models import Preview, PreviewedPair
from bot.views.programs import headed, headed_view
from bot.views.reviewed import Changes

A_PAGE = 20
"""Pairs on a page: a view holds 100 blocks and 250,000 bytes in any script, and a person reads no more at once."""
LONGEST_ROW = 700
MOST_NAMED = 10
MOST_WAITING = 15


def matching(people: int = 0) -> Drawn:
    """Shown at once, while the match is computed; `people`: how many, once that is known."""
    return plain(words.MATCH_TITLE, answers.MATCHING_SO_MANY.format(count=people) if people else answers.MATCHING)


def preview(shown: Preview, page: int = 1, note: str = "") -> Drawn:
    """Who waits and why, then a page of pairs with their reasons; Release says next how many messages go out.

    `page` counts from 1; one that is not there is the nearest. `note`: a sentence of ours about what just happened.
    """
    pages = pages_of(shown)
    page = min(max(page, 1), pages)
    first = (page - 1) * A_PAGE
    rows = [_row(pair, first + at) for at, pair in enumerate(shown.pairs[first : first + A_PAGE], 1)]
    drawn = modal(
        View.MATCH_PREVIEW,
        words.MATCH_TITLE,
        [*_head(shown, note), *(_first_page(shown) if page == 1 else []), *rows, *_turning(shown, page, pages)],
        submit=words.MATCH_SUBMIT if shown.pairs and not shown.blocked else None,
        close=words.CLOSE,
        about={"run": shown.run_id, "page": page},
    )
    return headed_view({**drawn, "clear_on_close": True}, shown.program)


def pages_of(shown: Preview) -> int:
    """How many pages the pairs take."""
    return max(1, -(-len(shown.pairs) // A_PAGE))


def _head(shown: Preview, note: str) -> list[Block]:
    """What just happened, how many are covered, and what can be done with all of it."""
    blocks: list[Block] = [section(note)] if note else []
    under = rematching.joins(shown.joins_until) if shown.joins_until else answers.COVERAGE_GREY
    blocks += [section(f"*{coverage(shown)}*"), grey(under)]
    blocks += [section(f":warning: {shown.blocked}")] if shown.blocked else []
    blocks += [section(unread_words(shown.unread))] if shown.unread else []
    blocks += [section(said.REFUSED.format(pairs=_some(shown.refused)))] if shown.refused else []
    ref = Ref("run", shown.run_id)
    return [
        *blocks,
        actions(button(said.RERUN, Action.RERUN_MATCH, ref), button(said.COMPARE, Action.COMPARE_WEIGHTS, ref)),
        DividerBlock(),
    ]


def coverage(shown: Preview) -> str:
    """`58 of 60 in 29 pairs, 2 waiting.`"""
    covered = sum(len(pair.names) for pair in shown.pairs)
    total = covered + len(shown.waiting)
    return answers.COVERAGE.format(
        covered=covered,
        total=total,
        pairs=groups([len(pair.names) for pair in shown.pairs]),
        waiting=len(shown.waiting),
    )


def unread_words(unread: int) -> str:
    """How many are not in the match because the first lessons come before it: a count, and no names."""
    return said.UNREAD.format(people=counted(unread, "person", "people"), have="has" if unread == 1 else "have")


def _first_page(shown: Preview) -> list[Block]:
    blocks = [section(_waiting(shown)), DividerBlock()] if shown.waiting else []
    if shown.vetoed:
        again = button(said.ALLOW_AGAIN, Action.ALLOW_AGAIN, Ref("run", shown.run_id))
        blocks += [section(said.VETOED.format(pairs=_some(shown.vetoed)), again), DividerBlock()]
    return blocks


def _row(pair: PreviewedPair, number: int) -> Block:
    return section(fitted("\n".join(pair_lines(pair)), LONGEST_ROW), _menu(pair, number))


def pair_lines(pair: PreviewedPair) -> list[str]:
    """The names and how strong they are together, what to look at twice, and the reason."""
    heading = f"*{together(pair.names)}* · {strength(pair.score)}"
    cautions = ", ".join(CAUTIONS_IN_WORDS[caution] for caution in pair.cautions)
    why = f"{beginning(reason(pair.why))} {pair.overlap}".strip()
    return [
        f"{heading} · {said.LOCKED}" if pair.locked else heading,
        *([f":warning: {cautions}"] if cautions else []),
        why,
    ]


def _menu(pair: PreviewedPair, number: int) -> OverflowMenuElement:
    changes = {"unlock": said.UNLOCK} if pair.locked else {"swap": said.SWAP, "lock": said.LOCK}
    choices = {**changes, "veto": said.VETO, "detail": said.DETAILS}
    options = [Option(value=str(Ref(noun, number)), text=label) for noun, label in choices.items()]
    return OverflowMenuElement(action_id=Action.REVIEW_PAIR, options=options)


def _turning(shown: Preview, page: int, pages: int) -> list[Block]:
    if pages == 1:
        return []
    last = min(page * A_PAGE, len(shown.pairs))
    turns: list[ButtonElement] = []
    turns += [button(said.PREVIOUS_PAGE, Action.PREVIOUS_PAGE, Ref("page", page - 1))] if page > 1 else []
    turns += [button(said.NEXT_PAGE, Action.NEXT_PAGE, Ref("page", page + 1))] if page < pages else []
    where = said.PAGE.format(first=(page - 1) * A_PAGE + 1, last=last, total=len(shown.pairs))
    return [DividerBlock(), grey(where), ActionsBlock(elements=list(turns))]


def confirm_release(shown: Preview) -> Drawn:
    """The last question: how many messages go out."""
    drawn = modal(
        View.MATCH_CONFIRM,
        words.CONFIRM_TITLE,
        [section(_what_goes_out(shown))],
        submit=words.CONFIRM_SUBMIT,
        close=words.BACK,
        about={"run": shown.run_id},
    )
    return headed_view(drawn, shown.program)


def release_offer(shown: Preview) -> Message:
    """The same question after a typed verb."""
    ref = Ref("run", shown.run_id)
    offer = message(
        f"{coverage(shown)} {_what_goes_out(shown)}",
        actions(
            button(words.CONFIRM_SUBMIT, Action.RELEASE_MATCH, ref, primary=True),
            button(said.OPEN_MATCH, Action.OPEN_MATCHING, ref),
        ),
    )
    return headed(offer, shown.program)


def _what_goes_out(shown: Preview) -> str:
    return answers.CONFIRM_RELEASE.format(
        messages=counted(shown.messages, "message"),
        introductions=counted(len(shown.pairs), "introduction"),
        waiting=word_to(shown.told_to_wait),
    )


def changed_words(changes: Changes) -> str:
    """What became of a match when someone was not free any more."""
    gone = some_names(changes.gone)
    are = "is" if len(changes.gone) == 1 else "are"
    if not changes.pairs:
        return said.CHANGED_NO_PAIRS.format(gone=gone, are=are)
    return said.CHANGED.format(gone=gone, are=are, pairs=_some(changes.pairs))


def some_names(people: Sequence[str]) -> str:
    """The first few, escaped, and how many more."""
    return and_list([*map(escape, people[:MOST_NAMED]), *_more(len(people) - MOST_NAMED)])


def new_pairs(pairs: Sequence[Sequence[str]]) -> str:
    """Which pairs an act made; nothing where it made none."""
    return said.NEW_PAIRS.format(pairs=_some(pairs)) if pairs else ""


def others_changed(changes: Changes) -> str:
    """How many pairs are no more that nobody touched by hand."""
    if not changes.others:
        return said.OTHERS_STAY if changes.by_hand else said.PAIRS_STAY
    if changes.by_hand:
        return said.OTHERS_CHANGED.format(pairs=counted(changes.others, "other pair"))
    return said.PAIRS_CHANGED.format(pairs=counted(changes.others, "pair"))


def what_changed(changes: Changes, *, swapped: bool) -> str:
    """The note over a preview after a change: the new pairs, what a swap has locked, and how many others changed."""
    locked = said.SWAP_LOCKED.format(pairs=_some(changes.locked)) if swapped else ""
    return " ".join(filter(None, (new_pairs(changes.pairs), locked, others_changed(changes))))


def swap_locked(changes: Changes) -> str:
    """The same beside a typed verb: what a swap has locked, and how it is freed."""
    return said.SWAP_LOCKED_TYPED.format(pairs=_some(changes.locked))


def _some(pairs: Sequence[Sequence[str]]) -> str:
    """The first few pairs by name, and how many more."""
    return "; ".join([*map(together, pairs[:MOST_NAMED]), *_more(len(pairs) - MOST_NAMED)])


def _more(count: int) -> list[str]:
    return [said.MORE.format(count=count)] if count > 0 else []


def together(people: Sequence[str]) -> str:
    """`Ana and Ben`, as they stand in bold, too."""
    return and_list([unmarked(person) for person in people])


def groups(sizes: Sequence[int]) -> str:
    """`5 pairs and 1 trio`, of how many people each has."""
    trios = sum(size > 2 for size in sizes)
    twos = len(sizes) - trios
    named = [counted(twos, "pair")] if twos or not trios else []
    return and_list([*named, *([counted(trios, "trio")] if trios else [])])


def released(run_id: int, sentence: str, until: datetime, zone: str, program: str) -> Drawn:
    """What a release has set going, and for a while the way back. `program`: as in a Preview."""
    drawn = modal(
        View.PLAIN,
        words.RELEASED_TITLE,
        [section(sentence), actions(undo_button(run_id)), grey(said.UNDO_UNTIL.format(moment=slack_date(until, zone)))],
        close=words.CLOSE,
    )
    return headed_view({**drawn, "clear_on_close": True}, program)


def released_message(run_id: int, sentence: str, until: datetime, zone: str, program: str) -> Message:
    """The same beside a typed verb."""
    grey_line = grey(said.UNDO_UNTIL.format(moment=slack_date(until, zone)))
    return headed(message(sentence, actions(undo_button(run_id)), grey_line), program)


def undo_offer(run_id: int, program: str, pairs: int, moment: datetime, zone: str) -> Message:
    """Whether to take the last release back."""
    text = said.UNDO_OFFER.format(
        program=escape(program), introductions=counted(pairs, "introduction"), moment=slack_date(moment, zone)
    )
    return message(text, actions(undo_button(run_id)))


def undo_button(run_id: int) -> ButtonElement:
    """Takes a release back, after a question."""
    sure = confirm(said.UNDO_TITLE, said.UNDO_SURE, said.UNDO, danger=True)
    return button(said.UNDO, Action.UNDO_RELEASE, Ref("run", run_id), danger=True, confirm=sure)


def released_words(pairs: int, waiting: int) -> str:
    """How many hear of it."""
    return answers.RELEASED.format(introductions=counted(pairs, "introduction"), waiting=word_to(waiting))


def word_to(waiting: int) -> str:
    """The end of a sentence: what those who wait are sent."""
    return answers.WORD_TO_WAITING.get(waiting, answers.WORD_TO_MANY.format(count=waiting))


def strength(score: float) -> str:
    """A score of 0 to 100 in a word."""
    return next(word for least, word in answers.STRENGTHS if score >= least)


def _waiting(shown: Preview) -> str:
    """By reason, with the names of those it holds back."""
    by_reason: dict[LeftoverReason, list[str]] = {}
    for name, why in shown.waiting:
        by_reason.setdefault(why, []).append(unmarked(name))
    lines = [
        f"• *{and_list([*called[:MOST_WAITING], *_more(len(called) - MOST_WAITING)])}*: {answers.WAITING_REASONS[why]}"
        for why, called in by_reason.items()
    ]
    return "\n".join(["*Waiting*", *lines])
