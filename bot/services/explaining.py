"""Two people of the next match, for an organizer: the pair they would be, or why not, as far as that is not private.

What people keep to themselves (whom they avoid, "rather not") is not looked at, and nor is what it might be told apart
from: the answer is the same before and after somebody avoids somebody (docs/decisions/0023-why-not.md).
"""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session

from bot.content import explaining as words
from bot.domain.enrollment import EnrollmentStatus
from bot.domain.matching import Inputs, explain, inputs_from_json
from bot.domain.people import Actor
from bot.errors import NotPossibleNow
from bot.services.administering import check_organizer
from bot.services.matchmaking import gather, with_rules
from bot.services.previewing import previewed
from bot.services.reviewing import Review, check_in_preview, check_not_oneself
from bot.views.kit import day_words, escape
from bot.views.reviewed import Explained
from storage import pairs, people, programs
from storage.tables import Program


def explained(session: Session, actor: Actor, program_id: int, one: str, other: str, *, now: datetime) -> Explained:
    """NotPossibleNow where one of them is not there to be matched, with the reason where *People* shows it."""
    program = check_organizer(session, actor, program_id)
    check_not_oneself(actor, (one, other))
    inputs = gather(session, program, now=now)
    shown = programs.previews_of(session, program_id)
    if shown:
        inputs = with_rules(inputs, vetoes=inputs_from_json(shown[-1].inputs).rules.vetoes)
    _check_in_line(session, program, (one, other), inputs, words.NOTHING_TO_COMPARE)
    found = explain(
        one, other, inputs.candidates, inputs.history, rules=inputs.rules, weights=inputs.weights, on=inputs.on
    )
    names = {user_id: person.name for user_id, person in people.everyone_known(session, actor.workspace_id).items()}
    pair = previewed(found.pair, names) if found.pair else None
    return Explained((names[one], names[other]), pair, found.told, found.shared)


def check_in_match(session: Session, review: Review, members: Collection[str], *, now: datetime) -> None:
    """NotPossibleNow for whoever is not in a match under review: why, where a new one would be without them, too."""
    if not {candidate.id for candidate in review.inputs.candidates} >= set(members):
        program = programs.its_program(session, review.run.workspace_id, review.run.program_id)
        there = gather(session, program, review.run.cycle_id, now=now)
        _check_in_line(session, program, members, there, words.NOTHING_TO_CHANGE)
    check_in_preview(session, review.run.workspace_id, review.inputs, *members)


def _check_in_line(session: Session, program: Program, members: Collection[str], inputs: Inputs, so: str) -> None:
    free = {candidate.id for candidate in inputs.candidates}
    missing = [user_id for user_id in members if user_id not in free]
    if missing:
        known = people.people_named(session, program.workspace_id, missing)
        said = [_why_away(session, program, user_id, escape(known[user_id].name)) for user_id in missing]
        raise NotPossibleNow(" ".join([*said, so]))


def _why_away(session: Session, program: Program, user_id: str, name: str) -> str:
    """As *People* shows it. Who has lessons to read before a match is not named: how many have is for organizers."""
    enrollment = programs.enrollment_of(session, program.id, user_id)
    if enrollment is None or enrollment.status is EnrollmentStatus.LEFT:
        return words.NOT_IN_PROGRAM.format(name=name)
    if enrollment.status is EnrollmentStatus.PAUSED and enrollment.paused_until is not None:
        return words.ON_A_BREAK.format(name=name, day=day_words(enrollment.paused_until))
    running = pairs.active_pairs_of(session, program.workspace_id, user_id)
    has_partner = any(pair.program_id == program.id for pair in running)
    return (words.HAS_PARTNER if has_partner else words.NOT_IN_LINE).format(name=name)
