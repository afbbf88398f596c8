"""What somebody can do here: only what is for them, each with an example."""

from bot.domain.enrollment import EnrollmentStatus
from bot.services import choosing, standing
from bot.views import answers
from bot.views.kit import Message
from bot.views.models import Standing
from handlers.deps import Act, Deps
from handlers.grammar import VERBS, Verb, Who
from storage import people


def help_for(deps: Deps, act: Act, topic: str | None) -> Message:
    """Of one verb, or of all: of all, too, where that one is not for them."""
    here = standing.standing(act.session, act.actor, now=act.now)
    elsewhere = bool(choosing.to_join(act.session, act.actor))
    mine = for_whom(here, elsewhere=elsewhere) | ({Who.ORGANIZER} if _organizes(deps, act, here) else set())
    verbs = [verb for verb in VERBS if verb.who in mine]
    wanted = [verb for verb in verbs if topic in (verb.name, *verb.says)] or verbs
    return answers.help_lines(*apart(wanted))


def for_whom(here: Standing, *, elsewhere: bool = False) -> set[Who]:
    """What someone who stands so is to the programs here, but for running one. `elsewhere`: a program of several is
    still open to them."""
    takes_part, may = here.status is not None, here.may_join and here.program is not None
    of_whom = {
        Who.EVERYONE: True,
        Who.MEMBER: may,
        Who.NEWCOMER: may and (elsewhere or not takes_part),
        Who.PARTICIPANT: takes_part,
        Who.RESTING: here.status is EnrollmentStatus.PAUSED,
        Who.PARTNER: takes_part and bool(here.pairs),
    }
    return {who for who, is_one in of_whom.items() if is_one}


def apart(verbs: list[Verb]) -> tuple[list[Verb], list[Verb]]:
    """An organizer's verbs stand below the others."""
    return [v for v in verbs if v.who is not Who.ORGANIZER], [v for v in verbs if v.who is Who.ORGANIZER]


def _organizes(deps: Deps, act: Act, here: Standing) -> bool:
    person = people.person(act.session, deps.workspace_id, act.actor.user_id)
    return here.organizer is not None or (person is not None and person.is_admin and not deps.organizers)
