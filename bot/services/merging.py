"""What organizers say of skills: which phrases are one, which only look so, and which are suggested to everyone."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import combinations

from sqlmodel import Session

from bot.content import refusals
from bot.domain import skills as naming
from bot.domain.matching.people import normal
from bot.domain.people import Actor
from bot.domain.skills import Phrase
from bot.errors import NotPossibleNow, WrongWords
from bot.services.administering import check_organizer
from bot.views.models import MergedSkill, SkillsPage
from storage import programs, skills
from storage.tables import Program, SkillAlias, SkillApproved

MOST_GROUPS = 8
MOST_MERGED = 10
MOST_APPROVED = 60


def page(session: Session, actor: Actor, program_id: int) -> SkillsPage:
    """Groups of phrases that look like one skill, what was merged, and what is suggested to everyone."""
    program = check_organizer(session, actor, program_id)
    found = naming.groups(phrases(session, actor), skills.apart(session, program.workspace_id))
    return SkillsPage(
        program_id=program.id,
        groups=tuple(found[:MOST_GROUPS]),
        more=max(0, len(found) - MOST_GROUPS),
        merged=_merged(session, program),
        approved=tuple(skills.approved(session, program.workspace_id)),
    )


def phrases(session: Session, actor: Actor) -> list[Phrase]:
    """What the members of the actor's programs wrote, without their names."""
    theirs = [p.id for p in programs.programs_of(session, actor.workspace_id) if _runs(session, actor, p)]
    return naming.counted(skills.written(session, actor.workspace_id, theirs))


def _runs(session: Session, actor: Actor, program: Program) -> bool:
    return programs.runs_program(session, program.id, actor.user_id)


def _merged(session: Session, program: Program) -> tuple[MergedSkill, ...]:
    """The latest first."""
    by_wording: dict[str, list[str]] = {}
    for key, wording in reversed(skills.aliases(session, program.workspace_id).items()):
        by_wording.setdefault(wording, []).append(key)
    return tuple(MergedSkill(wording, tuple(keys)) for wording, keys in by_wording.items())


def group_around(session: Session, actor: Actor, program_id: int, key: str) -> tuple[Phrase, ...]:
    """The group that this phrase leads. NotPossibleNow where there is none any more."""
    shown = page(session, actor, program_id)
    found = next((group for group in shown.groups if group[0].key == key), None)
    if found is None:
        raise NotPossibleNow(refusals.SKILLS_CHANGED)
    return found


def keep_apart(session: Session, actor: Actor, program_id: int, key: str) -> None:
    """The phrases of a group are not one: they are proposed to nobody again."""
    group = group_around(session, actor, program_id, key)
    skills.keep_apart(session, actor.workspace_id, combinations([phrase.key for phrase in group], 2))


def merge(
    session: Session, actor: Actor, program_id: int, merged: Sequence[str], wording: str, *, now: datetime
) -> int:
    """Let some phrases be one, called `wording`: in every profile of the workspace at once, and whenever one is typed
    later. How many profiles changed."""
    check_organizer(session, actor, program_id)
    called = normal(wording)
    keys = {normal(phrase) for phrase in merged} - {called, ""}
    if not called or not keys:
        raise WrongWords("merged", refusals.MERGE_NEEDS_TWO)
    _stand_for(session, actor, keys | {called}, wording, now=now)
    skills.no_longer_apart(session, actor.workspace_id, keys | {called})
    return _rewrite(session, actor.workspace_id)


def _stand_for(session: Session, actor: Actor, keys: Collection[str], wording: str, *, now: datetime) -> None:
    """`keys`, and what stood for them so far, stand for `wording`; nothing stands for itself."""
    known = skills.aliases(session, actor.workspace_id)
    followers = {key for key, earlier in known.items() if normal(earlier) in keys}
    for key in sorted({*keys, *followers}):
        row = skills.alias(session, actor.workspace_id, key)
        if key == normal(wording):
            skills.forget_aliases(session, actor.workspace_id, [key])
        else:
            row = row or SkillAlias(workspace_id=actor.workspace_id, key=key, wording="", merged_by="", merged_at=now)
            row.wording, row.merged_by, row.merged_at = wording, actor.user_id, now
            session.add(row)
    session.flush()


def _rewrite(session: Session, workspace_id: str) -> int:
    """Every profile in the words of the merges; `wording` itself in the organizer's spelling."""
    aliases = skills.aliases(session, workspace_id)
    called = aliases | {normal(wording): wording for wording in aliases.values()}
    changed = []
    for its, offers, asks in skills.everyone_s(session, workspace_id):
        new = naming.renamed(offers, called), naming.renamed(asks, called)
        if new != (offers, asks):
            changed.append((its, *new))
    skills.rewrite(session, changed)
    return len(changed)


def split(session: Session, actor: Actor, program_id: int, key: str) -> None:
    """Whatever stands for the same as `key` may be written again. Profiles stay as they are until their owners change
    them."""
    check_organizer(session, actor, program_id)
    known = skills.aliases(session, actor.workspace_id)
    if key not in known:
        raise NotPossibleNow(refusals.SKILLS_CHANGED)
    apart = [other for other, wording in known.items() if wording == known[key]]
    skills.forget_aliases(session, actor.workspace_id, apart)
    skills.keep_apart(session, actor.workspace_id, combinations([normal(known[key]), *apart], 2))


def approve(session: Session, actor: Actor, program_id: int, wordings: Iterable[str], *, now: datetime) -> None:
    """Suggest exactly these to everyone, beside what three people wrote."""
    check_organizer(session, actor, program_id)
    wanted = [wording for wording in naming.renamed(wordings, {}) if normal(wording)]
    skills.forget_approved(session, actor.workspace_id)
    for wording in wanted[:MOST_APPROVED]:
        row = SkillApproved(
            workspace_id=actor.workspace_id,
            key=normal(wording),
            wording=wording,
            approved_by=actor.user_id,
            approved_at=now,
        )
        session.add(row)
