"""Skills that are written in several ways: the question to who wrote one, and the organizers' page."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, DividerBlock

from bot.content import forms
from bot.content import skills as words
from bot.domain.skills import ENOUGH_PEOPLE, Phrase
from bot.views import fields
from bot.views.fields import LONGEST_SKILL
from bot.views.ids import Action, Ref, Spoken, View
from bot.views.kit import actions, and_list, button, confirm, counted, emphasised, fitted, grey, section
from bot.views.modals import Drawn, modal, plain
from bot.views.models import Meant, MergedSkill, SkillsPage

MOST_MERGES_SHOWN = 10
MOST_APPROVED = 60
MOST_MERGED = 10
LONGEST_ROW = 900


def written(
    title: str,
    paragraphs: Sequence[str],
    program_id: int,
    meant: Sequence[Meant],
    renamed: Sequence[tuple[str, str]] = (),
    more: Sequence[Block] = (),
) -> Drawn:
    """What is said of a profile that was saved, then what its owner may have meant; `renamed`: (phrase, how it is
    called here); `more`: what follows where there is nothing to ask."""
    called = [grey(words.CALLED_HERE.format(phrase=emphasised(one), wording=emphasised(it))) for one, it in renamed]
    if not meant:
        return plain(title, *paragraphs, more=[*called, *more])
    asked = [block for number, one in enumerate(meant, 1) for block in _asked(one, number)]
    about = {"program": program_id, "phrases": [one.phrase for one in meant]}
    blocks = [*map(section, paragraphs), *called, *asked]
    return modal(View.PLAIN, title, blocks, close=forms.CLOSE, about=about)


def _asked(one: Meant, number: int) -> list[Block]:
    people = words.SAID_BY.format(people=counted(one.people, "person", "people"))
    who = people if one.people >= ENOUGH_PEOPLE else words.SAID_BY_ORGANIZERS
    text = words.MEANT.format(phrase=emphasised(one.phrase), wording=emphasised(one.wording), who=who)
    ref = Ref("phrase", number)
    use = button(words.USE_IT, Action.USE_WORDING, ref, primary=number == 1)
    return [section(text), actions(use, button(words.KEEP_MINE, Action.KEEP_WORDING, ref))]


def used(one: Meant) -> str:
    """After *Use it*."""
    return words.USED.format(wording=emphasised(one.wording))


def kept(phrase: str) -> str:
    """After *Keep mine*."""
    return words.KEPT.format(phrase=emphasised(phrase))


def page(shown: SkillsPage) -> Drawn:
    """Groups to merge or to keep apart, what was merged, and what is suggested to everyone."""
    ref = Ref("program", shown.program_id)
    alike = len(shown.groups) + shown.more
    title = words.ALIKE.format(groups=counted(alike, "group of phrases", "groups of phrases"))
    blocks: list[Block] = [section(title if alike else words.NONE_ALIKE)]
    blocks += [block for group in shown.groups for block in _group(group, ref)]
    blocks += [grey(words.MORE.format(count=shown.more))] if shown.more else []
    blocks += [actions(button(words.MERGE_OTHERS, Action.OPEN_MERGE, ref)), DividerBlock()]
    blocks += [_merged(one, ref) for one in shown.merged[:MOST_MERGES_SHOWN]]
    blocks += [
        fields.skills(
            *(Action.SUGGEST_SKILLS_APPROVED, words.APPROVED, shown.approved),
            most=MOST_APPROVED,
            hint=words.APPROVED_HINT,
        )
    ]
    about = {"program": shown.program_id}
    return modal(View.SKILLS, words.SKILLS_TITLE, blocks, submit=forms.SAVE, close=forms.CLOSE, about=about)


def _group(group: Sequence[Phrase], ref: Ref) -> list[Block]:
    named = [words.COUNTED.format(phrase=emphasised(one.wording), people=one.people) for one in group]
    value = Spoken(ref, group[0].key)
    return [
        section(fitted(" · ".join(named), LONGEST_ROW)),
        actions(
            button(words.MERGE, Action.OPEN_MERGE, value),
            button(words.KEEP_APART, Action.KEEP_APART, value),
        ),
    ]


def _merged(one: MergedSkill, ref: Ref) -> Block:
    phrases = and_list([emphasised(key) for key in one.keys])
    text = fitted(words.MERGED.format(wording=emphasised(one.wording), phrases=phrases), LONGEST_ROW)
    sure = confirm(words.SPLIT_TITLE, words.SPLIT_SURE, words.SPLIT)
    return section(text, button(words.SPLIT, Action.SPLIT_SKILL, Spoken(ref, one.keys[0]), confirm=sure))


def merge(program_id: int, group: Sequence[Phrase]) -> Drawn:
    """Which phrases, and their one name: that of the most people to begin with."""
    blocks = [
        fields.skills(
            *(Action.SUGGEST_SKILLS_MERGED, words.MERGE_WHICH, [one.wording for one in group]),
            most=MOST_MERGED,
            optional=False,
            hint=forms.SKILLS_MERGED_HINT,
        ),
        fields.line(
            *("wording", words.MERGE_NAME, group[0].wording if group else ""),
            most=LONGEST_SKILL,
            optional=False,
        ),
        grey(words.MERGE_GREY),
    ]
    about = {"program": program_id}
    return modal(View.MERGE_SKILLS, words.MERGE_TITLE, blocks, submit=words.MERGE_SUBMIT, close=forms.BACK, about=about)


def merged(profiles: int) -> Drawn:
    """What a merge has done."""
    text = words.MERGED_DONE.format(profiles=counted(profiles, "profile"))
    return modal(View.PLAIN, words.MERGE_TITLE, [section(text)], close=forms.BACK)
