"""Skills in several wordings, around whatever words people might have typed."""

from typing import Any

from bot.content import answers as said
from bot.content import forms
from bot.domain.matching.people import normal
from bot.domain.skills import MOST_IN_A_GROUP, Phrase
from bot.services.merging import MOST_GROUPS
from bot.views import skills
from bot.views.models import Meant, MergedSkill, SkillsPage
from tests.views.notices import Words


def _group(words: Words) -> tuple[Phrase, ...]:
    wordings = (*words.skills, "public speakng", "speaking in public") * (MOST_IN_A_GROUP if words.many > 1 else 1)
    return tuple(Phrase(normal(one), one, people) for people, one in enumerate(wordings[:MOST_IN_A_GROUP], 1))


def skill_modals(words: Words) -> dict[str, Any]:
    """Every page and question."""
    one = words.skills[-1]
    meant = (Meant("public speakng", one, 4), Meant(one, "presenting", 1), Meant(one, one, 12))
    group = _group(words)
    merged = MergedSkill(one, tuple(normal(phrase.wording) for phrase in group))
    several = min(words.many, MOST_GROUPS)
    full = SkillsPage(1, (group,) * several, words.many - several, (merged,) * words.many, tuple(words.skills))
    return {
        "joined_meant": skills.written(forms.JOINED_TITLE, [said.JOINED_NEXT], 1, meant),
        "joined_called": skills.written(forms.JOINED_TITLE, [said.JOINED_NEXT], 1, (), [("presenting", one)]),
        "meant_used": skills.written(forms.SAVED_TITLE, [skills.used(meant[0])], 1, meant[1:2]),
        "meant_kept": skills.written(forms.SAVED_TITLE, [skills.kept(one)], 1, ()),
        "skills": skills.page(full),
        "skills_none": skills.page(SkillsPage(1, (), 0, (), ())),
        "skills_merge": skills.merge(1, group),
        "skills_merge_others": skills.merge(1, ()),
        "skills_merged": skills.merged(14),
    }
