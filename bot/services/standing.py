"""Where a person stands: one reading for `/mentor`, App Home and every answer that ends in a next step."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlmodel import Session

from bot.domain.cadence import local_date
from bot.domain.checkins import CheckInState, Met, in_the_diary, meetings
from bot.domain.enrollment import EnrollmentStatus
from bot.domain.matching.sentences import segments_from_json
from bot.domain.notices import PairClosed, PairFinished, Thanks
from bot.domain.nudges import Asked, is_quiet
from bot.domain.pairs import PairStatus
from bot.domain.people import Actor, Those, first_name
from bot.domain.programs import Rounds
from bot.domain.rolling import next_week
from bot.services import agreement, inviting, previewing, scheduling, teaching
from bot.services.delivering import how_many
from bot.services.matchmaking import what_blocks
from bot.services.reaching import hours_in_workspace, working_day_of
from bot.services.readiness import still_to_read
from bot.services.rematching import may_ask
from bot.views.models import Ended, InProgram, Listed, OrganizerStanding, PairStanding, ProgramChoice, Standing
from storage import celebrations, considerations, goals, outbox, pairs, people, programs
from storage.tables import CheckIn, Enrollment, Pair, Person, Program


def standing(session: Session, actor: Actor, *, now: datetime) -> Standing:
    """Everything a person may see of themselves."""
    person = _person(session, actor)
    known = programs.programs_of(session, actor.workspace_id)
    mine = programs.enrollments_of(session, actor.workspace_id, actor.user_id)
    program = next((p for p in known if mine and p.id == mine[0].program_id), known[0] if known else None)
    enrollment = mine[0] if mine else None
    ended = _ended(session, actor) if mine else {}
    paired = [(pair.program_id, _pair_standing(session, person, pair, now)) for pair in _mine(session, actor)]
    return Standing(
        first_name=first_name(person.name),
        may_join=person.may_join and not person.is_gone,
        program=program.name if program else None,
        program_id=program.id if program else None,
        channel=program.channel_name if program else "",
        status=enrollment.status if enrollment else None,
        paused_until=enrollment.paused_until if enrollment else None,
        offers=tuple(enrollment.offers) if enrollment else (),
        asks=tuple(enrollment.asks) if enrollment else (),
        goal=enrollment.goal if enrollment else "",
        hours=_hours(enrollment),
        celebration=person.celebration,
        pairs=tuple(pair for _, pair in paired),
        thanks=_thanks(session, actor),
        organizer=_organizer(session, actor, now=now),
        next_week=next_week_of(program, now) if program else None,
        learning=teaching.learning(session, actor) if enrollment else None,
        again_id=enrollment.id if program and enrollment and may_ask(session, program, enrollment, now=now) else None,
        join_by=_to_come(program, program.join_by, now) if program else None,
        starts_on=_to_come(program, program.starts_on, now) if program else None,
        lessons_first=_lessons_first(session, actor, program) if program and enrollment else (),
        each=_each(session, actor, _with_programs(known, mine), paired, ended, now=now),
        ended=ended.get(program.id) if program else None,
        considered_id=considerations.open_sheet_of(session, actor.workspace_id, actor.user_id) if mine else None,
    )


def _person(session: Session, actor: Actor) -> Person:
    """Whoever the bot never met may not join."""
    stranger = Person(workspace_id=actor.workspace_id, user_id=actor.user_id, may_join=False)
    return people.person(session, actor.workspace_id, actor.user_id) or stranger


def _ended(session: Session, actor: Actor) -> dict[int, Ended]:
    """By program: their pair has ended, and what says so to them was not sent yet."""
    waiting = outbox.waiting_for(session, actor.workspace_id, f"user:{actor.user_id}")
    notices = [outbox.decode(row.notice) for row in waiting]
    ended = [one for one in notices if isinstance(one, PairClosed | PairFinished)]
    return {pairs.its_pair(session, actor.workspace_id, one.pair_id).program_id: one for one in ended}


def _each(
    session: Session,
    actor: Actor,
    mine: Sequence[tuple[Program, Enrollment]],
    paired: Sequence[tuple[int, PairStanding]],
    ended: Mapping[int, Ended],
    *,
    now: datetime,
) -> tuple[InProgram, ...]:
    """Each of their programs, where they are in several."""
    return tuple(
        InProgram(
            program_id=program.id,
            name=program.name,
            pairs=tuple(pair for program_id, pair in paired if program_id == program.id),
            next_week=next_week_of(program, now),
            lessons_first=_lessons_first(session, actor, program),
            ended=ended.get(program.id),
            offers=tuple(enrollment.offers),
            asks=tuple(enrollment.asks),
            goal=enrollment.goal,
            hours=_hours(enrollment),
        )
        for program, enrollment in (mine if len(mine) > 1 else ())
    )


def _with_programs(known: Sequence[Program], mine: Sequence[Enrollment]) -> list[tuple[Program, Enrollment]]:
    in_them = {enrollment.program_id: enrollment for enrollment in mine}
    return [(program, in_them[program.id]) for program in known if program.id in in_them]


def _mine(session: Session, actor: Actor) -> list[Pair]:
    return pairs.active_pairs_of(session, actor.workspace_id, actor.user_id)


def _to_come(program: Program, day: date | None, now: datetime) -> date | None:
    return day if day is not None and day >= local_date(now, program.timezone) else None


def _lessons_first(session: Session, actor: Actor, program: Program) -> tuple[int, ...]:
    return still_to_read(session, program, [actor.user_id]).get(actor.user_id, ())


def _hours(enrollment: Enrollment | None) -> str:
    return f"{enrollment.hours_from:%H:%M}-{enrollment.hours_to:%H:%M}" if enrollment else ""


def _pair_standing(session: Session, person: Person, pair: Pair, now: datetime) -> PairStanding:
    hours = hours_in_workspace(session, pair.workspace_id, person.user_id)
    partner_ids = [u for u in pairs.members_of(session, pair.id) if u != person.user_id]
    known = people.people_named(session, pair.workspace_id, partner_ids)
    answers = pairs.answers_of(session, pair.id)
    met = [Met(a.on_date, a.minutes) for a in answers if a.state is CheckInState.MET and a.on_date]
    today = local_date(now, person.timezone)
    said, asks_from = _diary(answers, person, today), working_day_of(local_date(pair.ask_from, person.timezone), hours)
    cycle = next((c for c in programs.cycles_of(session, pair.program_id) if c.id == pair.cycle_id), None)
    return PairStanding(
        pair_id=pair.id,
        partners=tuple(known[user_id].name for user_id in partner_ids),
        why=segments_from_json(pair.reason),
        meetings=len(meetings(met)),
        diary=said.on_date if said else None,
        moment=scheduling.moment_of(session, said) if said else None,
        asks_from=asks_from if asks_from > today else None,
        ends_on=cycle.ends_on if cycle else None,
        next_try=next((a.next_try for a in reversed(answers) if a.next_try), ""),
        goals=goals.reached_and_all(session, [pair.id])[pair.id],
        agreement=agreement.standing(session, pair),
        away=_away(session, pair, {user_id: known[user_id].name for user_id in partner_ids}),
    )


def _away(session: Session, pair: Pair, partners: Mapping[str, str]) -> tuple[str, date] | None:
    """A partner's break: until it ends nobody in the pair is asked. `partners`: user id -> name."""
    theirs = {user_id: programs.enrollment_of(session, pair.program_id, user_id) for user_id in partners}
    breaks = [
        (one.paused_until, partners[user_id])
        for user_id, one in theirs.items()
        if one is not None and one.status is EnrollmentStatus.PAUSED and one.paused_until is not None
    ]
    return next(((name, until) for until, name in sorted(breaks, reverse=True)), None)


def _diary(answers: Sequence[CheckIn], person: Person, today: date) -> CheckIn | None:
    """The author's own word: what a partner said of the diary stays with the partner."""
    planned = in_the_diary([answer for answer in answers if answer.user_id == person.user_id])
    return planned if planned is not None and planned.on_date is not None and planned.on_date >= today else None


def _thanks(session: Session, actor: Actor) -> tuple[Thanks, ...]:
    received = celebrations.kudos_received(session, actor.workspace_id, actor.user_id)[:5]
    known = people.people_named(session, actor.workspace_id, [kudos.giver_id for kudos in received])
    return tuple(Thanks(known[kudos.giver_id].name, "", kudos.why, tuple(kudos.values)) for kudos in received)


def _organizer(session: Session, actor: Actor, *, now: datetime) -> OrganizerStanding | None:
    """The program they chose last; the first they run, where they never chose."""
    mine = programs.run_by(session, actor.workspace_id, actor.user_id)
    if not mine:
        return None
    chosen = [(chosen_at, program.id, program) for program, chosen_at in mine if chosen_at is not None]
    return organizing(session, actor, max(chosen)[-1] if chosen else mine[0][0], now=now)


def organizing(session: Session, actor: Actor, program: Program, *, now: datetime) -> OrganizerStanding:
    """A program as the actor, who runs it, sees it; and the others they run."""
    enrolled = programs.enrolled(session, program.id)
    running = [pair for pair in pairs.pairs_ever(session, program.id) if pair.status is PairStatus.ACTIVE]
    partners = pairs.partners_of(session, running)
    paired = {user for users in partners.values() for user in users}
    active = [e for e in enrolled if e.status is EnrollmentStatus.ACTIVE]
    waiting = [e for e in active if e.user_id not in paired]
    again = previewing.rematch(session, actor, program, now=now) if len(waiting) > 1 else None
    return OrganizerStanding(
        program_id=program.id,
        program=program.name,
        channel=program.channel_name,
        others=_others(session, actor, program),
        enrolled=len(enrolled),
        paused=len(enrolled) - len(active),
        paired=len(running),
        waiting=len(waiting),
        quiet=_quiet(session, program, running, partners, now=now),
        blocked=what_blocks(session, program),
        next_week=next_week_of(program, now),
        undelivered=how_many(session, program),
        learning=teaching.totals(session, program.id),
        rematch=again,
        invited=inviting.totals(session, program.id, now=now),
        trios=sum(len(group) > 2 for group in partners.values()),
        none_fit=again is None and len(waiting) > 1 and previewing.none_fit(session, actor, program, now=now),
    )


def _others(session: Session, actor: Actor, program: Program) -> tuple[ProgramChoice, ...]:
    mine = programs.run_by(session, actor.workspace_id, actor.user_id)
    return tuple(ProgramChoice(other.id, other.name) for other, _ in mine if other.id != program.id)


def next_week_of(program: Program, now: datetime) -> date | None:
    """The Monday on which a rolling program matches next."""
    rolls = program.rounds is not Rounds.RELEASE
    return local_date(next_week(now, program.timezone), program.timezone) if rolls else None


def _quiet(
    session: Session, program: Program, running: Sequence[Pair], partners: dict[int, list[str]], *, now: datetime
) -> tuple[tuple[str, ...], ...]:
    names = people.people_named(session, program.workspace_id, {u for ids in partners.values() for u in ids})
    silent = _silent(session, running, now=now)
    return tuple(tuple(names[user].name for user in partners[pair.id]) for pair in silent)


def _silent(session: Session, running: Sequence[Pair], *, now: datetime) -> list[Pair]:
    """The pairs of which nothing was heard for four weeks since they were asked."""
    asked: dict[int, list[Asked]] = {}
    for nudge in pairs.nudges_of(session, [pair.id for pair in running]):
        asked.setdefault(nudge.pair_id, []).append(Asked(nudge.asked_on, nudge.asked_at))
    return [pair for pair in running if is_quiet(pair.answered_at, asked.get(pair.id, []), now)]


def roster(session: Session, program: Program, those: Those | None = None, *, now: datetime) -> list[Listed]:
    """Everyone enrolled (or only some of them) with their partners, by name: whether, never what."""
    enrolled = programs.enrolled(session, program.id)
    running = [pair for pair in pairs.pairs_ever(session, program.id) if pair.status is PairStatus.ACTIVE]
    groups = pairs.partners_of(session, running)
    names = {u: p.name for u, p in people.everyone_known(session, program.workspace_id).items()}
    partners: dict[str, list[str]] = {}
    for members in groups.values():
        for user in members:
            partners.setdefault(user, []).extend(names[other] for other in members if other != user)
    quiet = {user for pair in _silent(session, running, now=now) for user in groups[pair.id]}
    chosen = [e for e in enrolled if _is_among(those, e, paired=e.user_id in partners, quiet=e.user_id in quiet)]
    listed = [Listed(names[e.user_id], e.status, e.paused_until, tuple(partners.get(e.user_id, ()))) for e in chosen]
    return sorted(listed, key=lambda one: one.name.casefold())


def _is_among(those: Those | None, enrollment: Enrollment, *, paired: bool, quiet: bool) -> bool:
    if those is Those.UNMATCHED:
        return not paired and enrollment.status is EnrollmentStatus.ACTIVE
    if those is Those.PAUSED:
        return enrollment.status is EnrollmentStatus.PAUSED
    return quiet if those is Those.QUIET else True
