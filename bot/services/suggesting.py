"""Skills people may mean, while they type and after: never a phrase that would show one person's ask to everyone."""

from collections.abc import Collection, Sequence

from sqlmodel import Session

from bot.content import refusals
from bot.domain import skills as naming
from bot.domain.enrollment import EnrollmentStatus
from bot.domain.matching.people import normal
from bot.domain.people import Actor
from bot.domain.skills import Phrase, Shared
from bot.errors import NotPossibleNow
from bot.views.models import Meant
from storage import programs, skills
from storage.tables import Enrollment

MOST = 19
MOST_ASKED = 3


def shared(session: Session, workspace_id: str) -> Shared:
    """What everyone in a workspace may be shown. With 20,000 profiles it takes some tenths of a second."""
    known = naming.counted(skills.written(session, workspace_id))
    return naming.shared(known, skills.approved(session, workspace_id), skills.aliases(session, workspace_id))


def looking_like(typed: str, among: Shared) -> list[str]:
    """Up to 19 shared phrases that someone who types this may look for; what stands for one finds it, too."""
    key = normal(typed)
    stands_for = {alias: phrase for alias, wording in among.aliases.items() if (phrase := among.named(normal(wording)))}
    known = [*among.phrases, *(Phrase(alias, phrase.wording, phrase.people) for alias, phrase in stands_for.items())]
    return list(dict.fromkeys(phrase.wording for phrase in naming.looking_like(key, known, MOST)))


def is_known(typed: str, among: Shared) -> bool:
    """Whether this is a shared phrase, or stands for one, so that nothing needs to be added."""
    return normal(typed) in among.aliases or among.named(normal(typed)) is not None


def phrases_of(session: Session, actor: Actor, program_id: int) -> tuple[str, ...]:
    """What the actor offers and asks for in a program; nothing where they are not in it."""
    mine = programs.enrollment_of(session, program_id, actor.user_id)
    if mine is None or mine.workspace_id != actor.workspace_id or mine.status is EnrollmentStatus.LEFT:
        return ()
    return (*mine.offers, *mine.asks)


def meant(session: Session, actor: Actor, program_id: int, phrases: Sequence[str], among: Shared) -> tuple[Meant, ...]:
    """For the first three of `phrases` that stand in the actor's profile and are near a shared one: that one."""
    keys = {normal(phrase) for phrase in phrases_of(session, actor, program_id)}
    written = {key: phrase for phrase in phrases if (key := normal(phrase)) in keys}
    if not written:
        return ()
    apart = skills.apart(session, actor.workspace_id)
    found = ((phrase, naming.meant(key, among, apart)) for key, phrase in written.items())
    near = [Meant(phrase, other.wording, other.people) for phrase, other in found if other and other.key not in keys]
    return tuple(near[:MOST_ASKED])


def aliases(session: Session, actor: Actor) -> dict[str, str]:
    """What stands for what in the actor's workspace."""
    return skills.aliases(session, actor.workspace_id)


def newly_written(session: Session, actor: Actor, program_id: int, before: Collection[str]) -> tuple[str, ...]:
    """What stands in the actor's profile and did not before."""
    had = set(map(normal, before))
    return tuple(p for p in phrases_of(session, actor, program_id) if normal(p) not in had)


def use(session: Session, actor: Actor, program_id: int, phrase: str, among: Shared) -> Meant:
    """Write in the actor's profile what others write for `phrase`. NotPossibleNow where it changed since."""
    (found, *_) = meant(session, actor, program_id, [phrase], among) or (None,)
    mine = programs.enrollment_of(session, program_id, actor.user_id)
    if found is None or mine is None:
        raise NotPossibleNow(refusals.STALE_BUTTON)
    _rename(mine, {normal(phrase): found.wording})
    return found


def _rename(enrollment: Enrollment, called: dict[str, str]) -> None:
    enrollment.offers = naming.renamed(enrollment.offers, called)
    enrollment.asks = naming.renamed(enrollment.asks, called)
