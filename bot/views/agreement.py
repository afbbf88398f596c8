"""A pair's agreement: its form, its message in the group DM, and a line wherever the pair is shown."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from slack_sdk.models.blocks import Block, ButtonElement

from bot.content import agreement as words
from bot.content import forms
from bot.domain import notices
from bot.domain.agreements import (
    CARRIED_ON,
    LONGEST_LINE,
    LONGEST_PARAGRAPH,
    MINUTES,
    STILL_GOOD,
    Agreement,
    marks,
)
from bot.domain.goals import LONGEST, MOST_OPEN
from bot.views import fields
from bot.views.ids import Action, Ref, View
from bot.views.kit import (
    Message,
    actions,
    and_list,
    beside_bold,
    button,
    day_words,
    emphasised,
    escape,
    fitted,
    grey,
    message,
    section,
)
from bot.views.messages import names, render
from bot.views.modals import Drawn, modal, plain
from bot.views.models import AgreementShown, PairStanding

ROOM_FOR_THEIRS = 1500
"""Characters of what a partner wrote meanwhile."""


def form(here: AgreementShown) -> Drawn:
    """The agreement, to be written or changed; [Still good] where it is due for a look."""
    if here.is_due:
        good = button(words.STILL_GOOD, Action.STILL_GOOD, Ref("pair", here.pair_id))
        return _form(here, replace(here.agreement, review_on=None), [section(words.DUE), actions(good)])
    return _form(here, here.agreement, [] if here.exists else [section(words.INTRO)])


def changed_meanwhile(here: AgreementShown, mine: Agreement, clashes: Sequence[str]) -> Drawn:
    """The form again with one's own words, below those a partner saved in the same places."""
    lines = [line for name, line in _lines(here.agreement, here.reached) if _is_about(name, clashes)]
    theirs = fitted("\n".join(lines), ROOM_FOR_THEIRS)
    return _form(here, mine, [section(words.CHANGED_MEANWHILE), section(theirs)])


def _is_about(line: str, parts: Sequence[str]) -> bool:
    return line in parts or (line == "meets" and bool({"minutes", "place"} & set(parts)))


def _form(here: AgreementShown, shown: Agreement, above: Sequence[Block]) -> Drawn:
    """Whatever `shown` holds, the marks are those of what stands: of that the reader was told."""
    about = {"pair": here.pair_id, "shown": marks(here.agreement)}
    blocks = [*above, *_fields(shown, goals_optional=bool(here.reached)), section(words.NO_FAULT)]
    blocks.append(grey(words.WHO_SEES.format(partners=names(here.partners))))
    return modal(View.AGREEMENT, words.TITLE, blocks, submit=forms.SAVE, about=about)


def _fields(shown: Agreement, *, goals_optional: bool) -> list[Block]:
    many_lines = (LONGEST + 1) * MOST_OPEN
    goals = "\n".join(shown.goals)[:many_lines]
    places = {str(place): label for place, label in words.PLACES.items()}
    place = str(shown.place) if shown.place else None
    return [
        fields.note(
            *("goals", words.GOALS),
            most=many_lines,
            placeholder=words.GOALS_PLACEHOLDER,
            value=goals,
            optional=goals_optional,
            hint=words.GOALS_HINT,
        ),
        fields.line("meets", words.MEETS, shown.meets, words.MEETS_PLACEHOLDER, most=LONGEST_LINE, optional=False),
        fields.number("minutes", words.MINUTES, shown.minutes, MINUTES, optional=False),
        fields.choose("place", words.PLACE, places, place, nothing=words.PLACE_UNSAID),
        fields.note(
            *("confidential", words.CONFIDENTIAL), most=LONGEST_PARAGRAPH, value=shown.confidential, optional=False
        ),
        fields.note(
            *("off_limits", words.OFF_LIMITS),
            most=LONGEST_PARAGRAPH,
            placeholder=words.OFF_LIMITS_PLACEHOLDER,
            value=shown.off_limits,
        ),
        fields.day("review_on", words.REVIEW, shown.review_on, optional=True, hint=words.REVIEW_HINT),
    ]


def saved(here: AgreementShown, said: str) -> Drawn:
    """After saving: what was done, and all of it as it stands."""
    lines = "\n".join(line for _, line in _lines(here.agreement, here.reached))
    who = grey(words.WHO_SEES.format(partners=names(here.partners)))
    return plain(words.TITLE, said.format(partners=names(here.partners)), lines, words.NO_FAULT, more=[who])


def with_whom(here: Sequence[PairStanding]) -> Message:
    """Each agreement of someone with more than one partner."""
    return message(words.WITH_WHOM, *(section(emphasised(and_list(pair.partners)), _open(pair)) for pair in here))


def line(pair: PairStanding) -> Block:
    """A pair's agreement in short, with its button."""
    agreed = pair.agreement
    if agreed is None:
        return section(words.NONE_YET, _open(pair))
    short = words.SHORT.format(meets=_when_and_where(agreed))
    review = day_words(agreed.review_on) if agreed.review_on else ""
    return section(words.SHORT_REVIEW.format(short=short, day=review) if review else f"{short}.", _open(pair))


def _open(pair: PairStanding) -> ButtonElement:
    label = words.OPEN if pair.agreement else words.WRITE
    return button(label, Action.OPEN_AGREEMENT, Ref("pair", pair.pair_id))


@render.register
def _agreed(notice: notices.Agreed) -> Message:
    lead = _lead(notice)
    lines = [line for _, line in _lines(notice.agreement, notice.reached)]
    ref = Ref("pair", notice.pair_id)
    why = words.CLOSED_GREY if notice.closed else words.GREY
    return message(
        " ".join([lead, *map(_ended, lines), words.EITHER_MAY_END_IT]),
        section("\n".join(lines)),
        section(words.EITHER_MAY_END_IT),
        *([] if notice.closed else [actions(button(words.OPEN, Action.OPEN_AGREEMENT, ref))]),
        grey(why.format(program=escape(notice.program))),
        lead=lead,
    )


def _lead(notice: notices.Agreed) -> str:
    patterns = {(): words.AGREED, (STILL_GOOD,): words.LOOKED_AT_AGAIN, (CARRIED_ON,): words.CARRIED_ON}
    parts = and_list([words.PARTS[part] for part in notice.changed if part in words.PARTS])
    pattern = patterns.get(notice.changed, words.CHANGED)
    return pattern.format(names=names(notice.names), who=escape(notice.by), parts=parts)


def _lines(agreed: Agreement, reached: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What was agreed on, a line for each part that was."""
    reached_ones = [words.REACHED.format(goal=beside_bold(goal)) for goal in reached]
    said = {
        "goals": " · ".join([*map(beside_bold, agreed.goals), *reached_ones]),
        "meets": _when_and_where(agreed),
        "confidential": beside_bold(agreed.confidential),
        "off_limits": beside_bold(agreed.off_limits),
        "review_on": day_words(agreed.review_on) if agreed.review_on else "",
    }
    return ((name, words.LINES[name].format(words=text)) for name, text in said.items() if text)


def _ended(line: str) -> str:
    return line if line[-1] in ".?!" else f"{line}."


def _when_and_where(agreed: Agreement) -> str:
    minutes = words.MINUTES_LONG.format(minutes=agreed.minutes)
    place = [words.PLACES_SAID[agreed.place]] if agreed.place else []
    return ", ".join([beside_bold(agreed.meets), minutes, *place])
