"""What an answer to "how does it stand?" does: it is kept, moves the schedule, and closes the question."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlmodel import Session

from bot.content import refusals
from bot.domain.cadence import local_date, start_of_day
from bot.domain.checkins import Answer, CheckInState, StuckAudience, ask_again, in_the_diary
from bot.domain.lifecycle import CHECK_IN, PAIR, CheckInAct, PairAct, QuestionAct, does_to_pair
from bot.domain.milestones import MilestoneKind
from bot.domain.notices import AgreementOffer, CheckInAnswered, Extra, Preparation, StuckShared
from bot.domain.nudges import Withheld
from bot.domain.pairs import PairEnding, PairStatus
from bot.domain.people import Actor
from bot.errors import NotAllowed, NotPossibleNow, WrongDay
from bot.services import celebrating, composing, moving, nudging, parting, scheduling, weekly
from bot.services.reaching import hours_in_workspace, today_of, working_day_of, working_moment_for
from storage import agreements, outbox, pairs, people, programs, questions
from storage.tables import CheckIn, Nudge, Pair


def nudge_for(session: Session, actor: Actor, nudge_id: int | None) -> Nudge:
    """The question behind a button, if it is the actor's to answer and still open."""
    nudge = pairs.nudge(session, actor.workspace_id, nudge_id) if nudge_id else None
    if nudge is None:
        raise NotPossibleNow(refusals.STALE_BUTTON)
    if nudge.user_id != actor.user_id:
        raise NotAllowed(refusals.NOT_YOUR_PAIR)
    my_pair(session, actor, nudge.pair_id)
    moving.check_open(nudge, QuestionAct.ANSWER)
    return nudge


def my_pair(session: Session, actor: Actor, pair_id: int | None = None, act: PairAct = PairAct.ANSWER) -> Pair:
    """The actor's pair with which they may do so: the one named, else their only one that runs."""
    if pair_id is None:
        return _only_pair(session, actor)
    pair = pairs.pair(session, actor.workspace_id, pair_id)
    if pair is None:
        raise NotPossibleNow(refusals.STALE_BUTTON)
    if actor.user_id not in pairs.members_of(session, pair_id):
        raise NotAllowed(refusals.NOT_YOUR_PAIR)
    moving.after(PAIR, pair.status, act)
    return pair


def _only_pair(session: Session, actor: Actor) -> Pair:
    mine = pairs.active_pairs_of(session, actor.workspace_id, actor.user_id)
    if not mine:
        raise NotPossibleNow(refusals.NO_PAIR)
    if len(mine) > 1:
        raise NotPossibleNow(refusals.WHICH_PARTNER)
    return mine[0]


def answer_question(session: Session, actor: Actor, nudge_id: int | None, given: Answer, *, now: datetime) -> None:
    """A tap under the question; the message itself shows what it did."""
    nudge = nudge_for(session, actor, nudge_id)
    answer(session, actor, my_pair(session, actor, nudge.pair_id), given, now=now)


def answer(session: Session, actor: Actor, pair: Pair, given: Answer, *, now: datetime) -> CheckInAnswered:
    """Keep an answer and do what it says. Returns what to show its author.

    Raises NotPossibleNow for a day, or an hour, that cannot be.
    """
    moving.after(PAIR, pair.status, does_to_pair(given.state))
    today = today_of(session, actor, now=now)
    given = scheduling.at_its_moment(session, actor, given, now=now)
    _check_met(session, actor, pair, given, today)
    _check_audience(session, actor, pair, given)
    nudging.account_for(session, pair, Withheld.ANSWERED_FIRST, now=now)
    on = given.on or (today if given.state is CheckInState.MET else None)
    kept, again = _keep(session, actor, pair, given, on, today, now=now)
    pair.answered_at = now
    _reschedule(session, pair)
    shown = _shown(session, actor, kept, again)
    _close_own_questions(session, actor, pair, shown, now=now)
    if given.state is CheckInState.MET:
        celebrating.reach(session, pair, MilestoneKind.FIRST_MEETING, now=now)
    if given.state is CheckInState.WRAP_UP:
        parting.end(session, pair, actor.user_id, PairEnding.WRAPPED_UP, now=now)
    if kept.stuck_to is not None:
        _tell_organizer(session, actor, kept, kept.note, now=now)
    return shown


def _check_met(session: Session, actor: Actor, pair: Pair, given: Answer, today: date) -> None:
    if given.state is not CheckInState.MET or given.on is None:
        return
    person = people.person(session, actor.workspace_id, actor.user_id)
    started = local_date(pair.started_at, person.timezone if person else "UTC")
    if given.on > today:
        raise WrongDay(refusals.MET_IN_FUTURE)
    if given.on < started:
        raise WrongDay(refusals.MET_TOO_EARLY.format(day=f"{started:%A} {started.day} {started:%B}"))


def _keep(
    session: Session, actor: Actor, pair: Pair, given: Answer, on: date | None, today: date, *, now: datetime
) -> tuple[CheckIn, date]:
    """`on`: the day the answer is about. Also from when its author may be asked again."""
    kept = CheckIn(
        workspace_id=actor.workspace_id,
        pair_id=pair.id,
        user_id=actor.user_id,
        state=given.state,
        answered_at=now,
        on_date=on,
        starts_at=given.at,
        ask_from=now,
        minutes=given.minutes,
        next_try=given.next_try,
        worth_it=given.worth_it,
        note=given.note,
        stuck_reason=given.stuck_reason,
        stuck_audience=given.stuck_audience,
        stuck_to=given.stuck_to,
    )
    again = _leave_in_peace(session, pair, kept, today)
    session.add(kept)
    session.flush()
    return kept, again


def _leave_in_peace(session: Session, pair: Pair, kept: CheckIn, today: date) -> date:
    """From when its author may be asked again after an answer: until then, nothing."""
    program = programs.its_program(session, pair.workspace_id, pair.program_id)
    planned = _still_planned(session, kept)
    diary = planned.on_date if planned is not None else None
    again = ask_again(kept.state, kept.on_date, today, program.cadence_weeks, diary)
    kept.ask_from = start_of_day(again, people.its_person(session, kept.workspace_id, kept.user_id).timezone)
    return again


def _still_planned(session: Session, kept: CheckIn) -> CheckIn | None:
    """The day that stays in its author's diary though they met."""
    if kept.state is not CheckInState.MET:
        return None
    others = [one for one in pairs.answers_of(session, kept.pair_id) if one.user_id == kept.user_id and one is not kept]
    return in_the_diary(sorted([*others, kept], key=lambda one: one.answered_at))


def _shown(
    session: Session, actor: Actor, kept: CheckIn, again: date | None, *, settled: bool = False
) -> CheckInAnswered:
    partner_ids = [u for u in pairs.members_of(session, kept.pair_id) if u != actor.user_id]
    known = people.people_named(session, actor.workspace_id, partner_ids)
    listeners, planned = _listeners_of(session, actor, kept), _still_planned(session, kept)
    hours = hours_in_workspace(session, actor.workspace_id, actor.user_id)
    return CheckInAnswered(
        check_in_id=kept.id,
        pair_id=kept.pair_id,
        partners=tuple(known[user_id].name for user_id in partner_ids),
        state=kept.state,
        on_date=kept.on_date,
        diary=planned.on_date if planned else None,
        moment=scheduling.moment_of(session, planned or kept),
        minutes=kept.minutes,
        ask_again=working_day_of(again, hours) if again else None,
        settled=settled,
        stuck=kept.stuck_reason,
        told=listeners.get(kept.stuck_to, "") if kept.stuck_to else "",
        organizers=tuple(listeners.values()),
        extras=_extras(session, actor, kept),
    )


def _extras(session: Session, actor: Actor, kept: CheckIn) -> tuple[Extra, ...]:
    """What it is natural to do next, beside the buttons: prepare, or write an agreement after the first meeting."""
    if kept.state is CheckInState.SCHEDULED:
        return (_preparation(session, actor, kept.pair_id),)
    first = kept.state is CheckInState.MET and agreements.agreement_of(session, kept.pair_id) is None
    held = composing.meetings_of(pairs.answers_of(session, kept.pair_id)) if first else []
    return (AgreementOffer(kept.pair_id),) if len(held) == 1 else ()


def _preparation(session: Session, actor: Actor, pair_id: int) -> Preparation:
    known = people.people_named(session, actor.workspace_id, pairs.members_of(session, pair_id))
    names = {user_id: person.name for user_id, person in known.items()}
    held = composing.meetings_of(pairs.answers_of(session, pair_id))
    return composing.preparation(pair_id, actor.user_id, names, len(held))


def _close_own_questions(session: Session, actor: Actor, pair: Pair, shown: CheckInAnswered, *, now: datetime) -> None:
    """The author's open questions become their answer. The partner's stay: partners may answer differently."""
    for nudge in pairs.open_nudges(session, pair.id):
        if nudge.user_id == actor.user_id:
            moving.close(nudge, QuestionAct.ANSWER, now=now)
            _show_in_place(session, nudge, shown, now=now)


def _show_in_place(session: Session, nudge: Nudge, shown: CheckInAnswered, *, now: datetime) -> None:
    became = "ended" if shown.again_id is not None else now.isoformat()
    weekly.change(session, nudge, shown, reason=f"answer-{shown.check_in_id}:{became}", now=now)


def may_be_told(session: Session, actor: Actor, pair: Pair) -> dict[str, str]:
    """The organizers who may hear that someone is stuck: id -> name. Never one who is in the pair: the partner must not
    learn of it."""
    members = pairs.members_of(session, pair.id)
    others = [user_id for user_id in programs.organizers_of(session, pair.program_id) if user_id not in members]
    known = people.people_named(session, pair.workspace_id, others)
    return {user_id: known[user_id].name for user_id in others if user_id in known and not known[user_id].is_gone}


def _listeners_of(session: Session, actor: Actor, kept: CheckIn) -> dict[str, str]:
    if kept.state is not CheckInState.STUCK:
        return {}
    return may_be_told(session, actor, pairs.its_pair(session, kept.workspace_id, kept.pair_id))


def _check_audience(session: Session, actor: Actor, pair: Pair, given: Answer) -> None:
    if given.stuck_to is not None and given.stuck_to not in may_be_told(session, actor, pair):
        raise NotAllowed(refusals.NOT_TO_THEM)


def tell_organizer(
    session: Session, actor: Actor, check_in_id: int | None, organizer: str, note: str, *, now: datetime
) -> str:
    """Someone who is stuck wants an organizer to know after all, in the words of `note`; answers with their name. The
    pair may have ended meanwhile. NotAllowed for anyone who may not be told."""
    kept = stuck_answer(session, actor, check_in_id)
    moving.after(CHECK_IN, kept.state, CheckInAct.TELL_ORGANIZER)
    pair = pairs.its_pair(session, kept.workspace_id, kept.pair_id)
    listeners = may_be_told(session, actor, pair)
    if organizer not in listeners:
        raise NotAllowed(refusals.NOT_TO_THEM)
    if kept.stuck_to is not None:
        raise NotPossibleNow(refusals.TOLD_ALREADY)
    kept.stuck_audience, kept.stuck_to = StuckAudience.ORGANIZER, organizer
    _tell_organizer(session, actor, kept, note, now=now)
    if pair.status is PairStatus.ACTIVE:
        again = local_date(kept.ask_from, people.its_person(session, kept.workspace_id, kept.user_id).timezone)
        _show_again(session, actor, kept, again, now=now)
    return listeners[organizer]


def stuck_answer(session: Session, actor: Actor, check_in_id: int | None) -> CheckIn:
    """The actor's own word that they are stuck; their pair may have ended."""
    kept = pairs.check_in(session, actor.workspace_id, check_in_id) if check_in_id else None
    if kept is None or kept.stuck_reason is None:
        raise NotPossibleNow(refusals.STALE_BUTTON)
    if kept.user_id != actor.user_id:
        raise NotAllowed(refusals.NOT_YOUR_PAIR)
    return kept


def _tell_organizer(session: Session, actor: Actor, kept: CheckIn, note: str, *, now: datetime) -> None:
    pair = pairs.its_pair(session, kept.workspace_id, kept.pair_id)
    program = programs.its_program(session, pair.workspace_id, pair.program_id)
    person = people.its_person(session, actor.workspace_id, actor.user_id)
    assert kept.stuck_reason is not None
    assert kept.stuck_to is not None
    outbox.enqueue(
        session,
        pair.workspace_id,
        StuckShared(program.name, person.name, kept.stuck_reason, note),
        key=f"stuck:{kept.id}:{kept.stuck_to}",
        to=f"user:{kept.stuck_to}",
        due_at=working_moment_for(session, pair.workspace_id, kept.stuck_to, now=now),
    )


def own_check_in(session: Session, actor: Actor, check_in_id: int | None, act: CheckInAct | None = None) -> CheckIn:
    """An answer of the actor's own, in a pair that still runs, to which they may do so."""
    kept = pairs.check_in(session, actor.workspace_id, check_in_id) if check_in_id else None
    if kept is None:
        raise NotPossibleNow(refusals.STALE_BUTTON)
    if kept.user_id != actor.user_id:
        raise NotAllowed(refusals.NOT_YOUR_PAIR)
    my_pair(session, actor, kept.pair_id)
    if act is not None:
        moving.after(CHECK_IN, kept.state, act)
    return kept


def correct(session: Session, actor: Actor, check_in_id: int | None, given: Answer, *, now: datetime) -> None:
    """Add the details of a meeting to the answer that one tap gave."""
    kept = own_check_in(session, actor, check_in_id, CheckInAct.ADD_DETAILS)
    pair = my_pair(session, actor, kept.pair_id)
    today = today_of(session, actor, now=now)
    _check_met(session, actor, pair, given, today)
    nudging.account_for(session, pair, Withheld.ANSWERED_FIRST, now=now)
    kept.on_date, kept.minutes = given.on or kept.on_date, given.minutes
    kept.next_try, kept.worth_it, kept.note = given.next_try, given.worth_it, given.note
    again = _leave_in_peace(session, pair, kept, today)
    _reschedule(session, pair)
    _show_again(session, actor, kept, again, now=now)


def take_out(session: Session, actor: Actor, check_in_id: int | None, *, now: datetime) -> CheckInAnswered:
    """The meeting that was took the place of the one in the diary, which is none any more. Returns what to show."""
    kept = own_check_in(session, actor, check_in_id, CheckInAct.ADD_DETAILS)
    pair = my_pair(session, actor, kept.pair_id)
    planned = _still_planned(session, kept)
    if planned is not None:
        nudging.account_for(session, pair, Withheld.ANSWERED_FIRST, now=now)
        planned.on_date = planned.starts_at = None
    again = _leave_in_peace(session, pair, kept, today_of(session, actor, now=now))
    _reschedule(session, pair)
    shown = _shown(session, actor, kept, again)
    show_instead(session, actor, kept, shown, now=now)
    return shown


def ask_in(session: Session, actor: Actor, check_in_id: int | None, weeks: int, *, now: datetime) -> CheckInAnswered:
    """After "not yet", and when stuck: to be asked so many weeks after that answer. Returns what to show."""
    kept = own_check_in(session, actor, check_in_id, CheckInAct.ASK_ANOTHER_DAY)
    person = people.its_person(session, actor.workspace_id, actor.user_id)
    again = local_date(kept.answered_at, person.timezone) + timedelta(weeks=weeks)
    pair = my_pair(session, actor, kept.pair_id)
    nudging.account_for(session, pair, Withheld.ANSWERED_FIRST, now=now)
    kept.ask_from = start_of_day(again, person.timezone)
    _reschedule(session, pair)
    shown = _shown(session, actor, kept, again, settled=True)
    show_instead(session, actor, kept, shown, now=now)
    return shown


def stands_under_a_question(session: Session, actor: Actor, check_in_id: int | None) -> bool:
    """Whether an answer of the actor's is what one of their questions became."""
    kept = own_check_in(session, actor, check_in_id)
    return bool(_questions_behind(session, kept))


def _reschedule(session: Session, pair: Pair) -> None:
    """The pair is asked when the last word of each partner allows: what one says breaks no promise to the other."""
    last = {answer.user_id: answer.ask_from for answer in pairs.answers_of(session, pair.id)}
    pair.ask_from = max(last.values())
    questions.look_again(session, pair.id, pair.ask_from)


def _show_again(session: Session, actor: Actor, kept: CheckIn, again: date, *, now: datetime) -> None:
    show_instead(session, actor, kept, _shown(session, actor, kept, again), now=now)


def show_instead(session: Session, actor: Actor, kept: CheckIn, shown: CheckInAnswered, *, now: datetime) -> None:
    """Where the question that became `kept` stands, there is now `shown`."""
    for nudge in _questions_behind(session, kept):
        _show_in_place(session, nudge, shown, now=now)


def _questions_behind(session: Session, kept: CheckIn) -> list[Nudge]:
    asked = pairs.nudges_of(session, [kept.pair_id])
    return [nudge for nudge in asked if nudge.user_id == kept.user_id and nudge.answered_at == kept.answered_at]


def not_a_fit(session: Session, actor: Actor, pair_id: int | None, *, now: datetime) -> Pair:
    """End a pair with no fault: nobody is told why. Returns the pair that was."""
    if pair_id is None:
        raise NotPossibleNow(refusals.STALE_BUTTON)
    pair = my_pair(session, actor, pair_id, PairAct.NOT_A_FIT)
    parting.end(session, pair, actor.user_id, PairEnding.NOT_A_FIT, now=now)
    _show_ended(session, actor, pair, now=now)
    return pair


def _show_ended(session: Session, actor: Actor, pair: Pair, *, now: datetime) -> None:
    """Where the actor said that they are stuck, a way out of the pair leads nowhere any more."""
    enrollment = programs.enrollment_of(session, pair.program_id, actor.user_id)
    assert enrollment is not None
    for kept in pairs.answers_of(session, pair.id):
        if kept.user_id == actor.user_id and kept.state is CheckInState.STUCK:
            shown = replace(_shown(session, actor, kept, None), again_id=enrollment.id)
            show_instead(session, actor, kept, shown, now=now)
