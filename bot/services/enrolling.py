"""Joining, changing one's profile, pausing, returning, leaving, and whom not to be matched with."""

from datetime import date, datetime, time, timedelta

from sqlmodel import Session

from bot.content import refusals
from bot.domain.cadence import local_date, start_of_day
from bot.domain.calendars import usual_place
from bot.domain.enrollment import EnrollmentStatus, Profile
from bot.domain.lifecycle import ENROLLMENT, EnrollmentAct
from bot.domain.notices import WelcomeBack
from bot.domain.pairs import PairEnding
from bot.domain.people import Actor, first_name
from bot.domain.skills import renamed
from bot.errors import NotPossibleNow
from bot.services import celebrating, holding, inviting, moving, parting, placing, waiting, wishing
from bot.services.reaching import place_of, today_of, usual_weekdays, weekdays_of
from bot.services.remembering import known_person
from bot.views.kit import escape
from storage import pairs, people, programs, questions, skills
from storage.tables import Avoidance, Enrollment, Pair, Person, Program

LONGEST_PAUSE = timedelta(days=183)
AT_ONCE = 100


def choose_program(session: Session, actor: Actor, name: str | None = None) -> Program:
    """The program someone means: by name, else the one they are in, else the workspace's first."""
    known = programs.programs_of(session, actor.workspace_id)
    if not known:
        raise NotPossibleNow(refusals.NO_PROGRAM)
    if name:
        named = [p for p in known if p.name.casefold() == name.strip().casefold()]
        if not named:
            raise NotPossibleNow(refusals.NO_SUCH_PROGRAM.format(name=escape(name)))
        return named[0]
    mine = programs.enrollments_of(session, actor.workspace_id, actor.user_id)
    return next((p for p in known if mine and p.id == mine[0].program_id), known[0])


def my_enrollment(session: Session, actor: Actor, program_name: str | None = None) -> Enrollment:
    """The actor's place in the program they mean; NotPossibleNow when they are not in it."""
    program = choose_program(session, actor, program_name)
    enrollment = programs.enrollment_of(session, program.id, actor.user_id)
    if enrollment is None or enrollment.status is EnrollmentStatus.LEFT:
        raise NotPossibleNow(refusals.NOT_ENROLLED)
    return enrollment


def _mine(session: Session, actor: Actor, act: EnrollmentAct) -> list[Enrollment]:
    """The actor's places in all programs, with which they may do so; the refusal of the first where none may."""
    mine = programs.enrollments_of(session, actor.workspace_id, actor.user_id)
    if not mine:
        moving.after(ENROLLMENT, _status_of(session, actor), act)
    may = [enrollment for enrollment in mine if (enrollment.status, act) in ENROLLMENT.moves]
    if not may:
        moving.after(ENROLLMENT, mine[0].status, act)
    return may


def _status_of(session: Session, actor: Actor) -> EnrollmentStatus | None:
    """As what someone who takes part nowhere is known in the program they would mean."""
    enrollment = programs.enrollment_of(session, choose_program(session, actor).id, actor.user_id)
    return enrollment.status if enrollment else None


def join(session: Session, actor: Actor, program_id: int, profile: Profile, *, now: datetime) -> Enrollment:
    """Take part, or change what one said; joining again after leaving starts anew."""
    person = known_person(session, actor)
    program = programs.program(session, actor.workspace_id, program_id)
    if program is None:
        raise NotPossibleNow(refusals.NO_PROGRAM)
    enrollment = programs.enrollment_of(session, program_id, actor.user_id)
    if enrollment is None:
        enrollment = Enrollment(
            workspace_id=actor.workspace_id, program_id=program_id, user_id=actor.user_id, joined_at=now
        )
        session.add(enrollment)
    if enrollment.status is EnrollmentStatus.LEFT:
        enrollment.joined_at, enrollment.paused_until = now, None
    moving.move(ENROLLMENT, enrollment, EnrollmentAct.JOIN)
    _write_profile(session, person, enrollment, profile)
    wishing.wish(session, person, profile.celebration, now=now)
    inviting.has_joined(session, actor.workspace_id, program_id, actor.user_id, now=now)
    aliases = skills.aliases(session, actor.workspace_id)
    enrollment.offers, enrollment.asks = renamed(profile.offers, aliases), renamed(profile.asks, aliases)
    questions.look_again_at_person(session, actor.workspace_id, actor.user_id, now)
    holding.plan_anew(session, actor.workspace_id, actor.user_id, now=now)
    return enrollment


def _write_profile(session: Session, person: Person, enrollment: Enrollment, profile: Profile) -> None:
    enrollment.goal, enrollment.style = profile.goal, dict(profile.style)
    enrollment.hours_from, enrollment.hours_to = profile.hours_from, profile.hours_to
    _write_days(person, profile)
    wanted = set(profile.avoid) - {person.user_id}
    listed = set(people.avoided_by(session, person.workspace_id, person.user_id))
    for user_id in sorted(wanted - listed):
        session.add(Avoidance(workspace_id=person.workspace_id, user_id=person.user_id, avoided_id=user_id))
    for user_id in sorted(listed - wanted):
        session.delete(people.avoidance(session, person.workspace_id, person.user_id, user_id))


def _write_days(person: Person, profile: Profile) -> None:
    """What is only the usual where they are stays unsaid, so that it follows them when they move."""
    person.place = None if profile.place == usual_place(person.timezone) else profile.place
    usual = usual_weekdays(place_of(person))
    chosen = sorted(set(profile.weekdays or ()))
    person.weekdays = None if not chosen or set(chosen) == usual else chosen


def pause(session: Session, actor: Actor, until: date, *, now: datetime) -> list[Enrollment]:
    """Take a break until a local date, in every program: nothing is asked, no match is made."""
    today = today_of(session, actor, now=now)
    if until <= today:
        raise NotPossibleNow(refusals.PAUSE_IN_PAST)
    if until - today > LONGEST_PAUSE:
        raise NotPossibleNow(refusals.PAUSE_TOO_LONG)
    mine = _mine(session, actor, EnrollmentAct.PAUSE)
    for enrollment in mine:
        moving.move(ENROLLMENT, enrollment, EnrollmentAct.PAUSE)
        enrollment.paused_until = until
    holding.plan_anew(session, actor.workspace_id, actor.user_id, now=now)
    return mine


def resume(session: Session, actor: Actor, *, now: datetime) -> list[Enrollment]:
    """End a pause early: what was kept for its end comes now."""
    paused = _mine(session, actor, EnrollmentAct.RESUME)
    for enrollment in paused:
        _back(enrollment, EnrollmentAct.RESUME)
    placing.come_forward(session, actor.workspace_id, actor.user_id, now=now)
    return paused


def _back(enrollment: Enrollment, act: EnrollmentAct) -> None:
    moving.move(ENROLLMENT, enrollment, act)
    enrollment.paused_until = None


def end_pauses(session: Session, *, now: datetime, most: int = AT_ONCE) -> bool:
    """Bring back those whose local date has come, with a plain sign of it; so many at a time, and whether there may be
    more."""
    back = 0
    for enrollment, person in programs.pauses_over(session, (now + timedelta(days=1)).date()):
        until = enrollment.paused_until
        if until is None or local_date(now, person.timezone) < until:
            continue
        _back(enrollment, EnrollmentAct.RESUME)
        _welcome_back(session, person, enrollment, until, now=now)
        back += 1
        if back == most:
            return True
    return False


def next_pause_end(session: Session, *, now: datetime) -> datetime | None:
    """When the next pause ends: at the start of that day where its owner is."""
    moments = [start_of_day(until, timezone) for until, timezone in programs.first_pauses(session)]
    return max(min(moments), now + timedelta(seconds=1)) if moments else None


def _welcome_back(session: Session, person: Person, enrollment: Enrollment, until: date, *, now: datetime) -> None:
    program = programs.its_program(session, enrollment.workspace_id, enrollment.program_id)
    mine = pairs.active_pairs_of(session, enrollment.workspace_id, person.user_id)
    with_me = [u for ids in pairs.partners_of(session, mine).values() for u in ids if u != person.user_id]
    known = people.people_named(session, enrollment.workspace_id, with_me)
    placing.say(
        session,
        enrollment.workspace_id,
        person.user_id,
        WelcomeBack(program.name, first_name(person.name), tuple(known[u].name for u in with_me)),
        key=f"welcome-back:{enrollment.id}:{until}",
        now=now,
    )


def leave(session: Session, actor: Actor, program_id: int, *, now: datetime) -> None:
    """Leave a program with no fault; a partner gets a neutral word."""
    enrollment = programs.enrollment_of(session, program_id, actor.user_id)
    moving.after(ENROLLMENT, enrollment.status if enrollment else None, EnrollmentAct.LEAVE)
    assert enrollment is not None
    for pair in pairs.active_pairs_of(session, actor.workspace_id, actor.user_id):
        if pair.program_id == program_id:
            parting.end(session, pair, actor.user_id, PairEnding.LEFT, now=now)
    celebrating.drop_own_questions(session, program_id, actor.user_id, now=now)
    waiting.overtaken(session, programs.its_program(session, actor.workspace_id, program_id), actor.user_id)
    moving.move(ENROLLMENT, enrollment, EnrollmentAct.LEAVE)
    enrollment.left_out, enrollment.again_at = 0, None


def is_of_three(session: Session, actor: Actor, program_id: int) -> bool:
    """Whether someone has two partners in one pair of a program, who go on together when they leave."""
    mine = pairs.active_pairs_of(session, actor.workspace_id, actor.user_id)
    return any(pair.program_id == program_id and len(pairs.members_of(session, pair.id)) > 2 for pair in mine)


def match_again(session: Session, actor: Actor, enrollment_id: int, *, now: datetime) -> Enrollment:
    """Wait for another partner, in the running round already; a pause ends with it."""
    found = programs.its_enrollment(session, actor.workspace_id, enrollment_id)
    if found is None or found.user_id != actor.user_id:
        raise NotPossibleNow(refusals.STALE_BUTTON)
    _back(found, EnrollmentAct.MATCH_AGAIN)
    found.again_at = found.again_at or now
    return found


def avoid(session: Session, actor: Actor, other: str) -> Pair | None:
    """Never match me with them. Nobody else learns of it. Returns the pair that both are in now: it goes on."""
    known_person(session, actor)
    if other == actor.user_id:
        raise NotPossibleNow(refusals.AVOID_SELF)
    if people.avoidance(session, actor.workspace_id, actor.user_id, other) is None:
        session.add(Avoidance(workspace_id=actor.workspace_id, user_id=actor.user_id, avoided_id=other))
    running = pairs.active_pairs_of(session, actor.workspace_id, actor.user_id)
    return next((pair for pair in running if other in pairs.members_of(session, pair.id)), None)


def stop_avoiding(session: Session, actor: Actor, other: str) -> None:
    """Take someone off the list."""
    wish = people.avoidance(session, actor.workspace_id, actor.user_id, other)
    if wish is None:
        raise NotPossibleNow(refusals.AVOID_NOBODY)
    session.delete(wish)


def _first_of(session: Session, actor: Actor) -> Enrollment | None:
    return next(iter(programs.enrollments_of(session, actor.workspace_id, actor.user_id)), None)


def default_profile(session: Session, actor: Actor, enrollment: Enrollment | None) -> Profile:
    """What the form starts with: what the person said before, here or else in another program; the gentle defaults."""
    enrollment = enrollment or _first_of(session, actor)
    person = known_person(session, actor)
    avoid = tuple(people.avoided_by(session, actor.workspace_id, actor.user_id))
    place, weekdays = place_of(person), tuple(sorted(weekdays_of(person)))
    if enrollment is None:
        return Profile((), (), "", {}, time(9), time(17), person.celebration, avoid, place, weekdays)
    return Profile(
        offers=tuple(enrollment.offers),
        asks=tuple(enrollment.asks),
        goal=enrollment.goal,
        style=dict(enrollment.style),
        hours_from=enrollment.hours_from,
        hours_to=enrollment.hours_to,
        celebration=person.celebration,
        avoid=avoid,
        place=place,
        weekdays=weekdays,
    )
