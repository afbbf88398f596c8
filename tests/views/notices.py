"""One of each thing the bot says on its own account, around whatever words people might have typed."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from bot.content.messages import PAIR_CLOSED
from bot.domain.agreements import CARRIED_ON, STILL_GOOD, Agreement, MeetingPlace
from bot.domain.checkins import CheckInState, Moment, StuckReason
from bot.domain.inviting import InvitationStatus
from bot.domain.journeys import Journey
from bot.domain.kudos import Consent
from bot.domain.matching.sentences import LeftoverReason, Segment, Skill
from bot.domain.milestones import MilestoneKind
from bot.domain.notices import (
    Agreed,
    AgreementDue,
    AgreementOffer,
    AnswersIn,
    AskedAgain,
    CalendarFile,
    Celebrated,
    CertificateReady,
    ChannelLost,
    CheckInAnswered,
    CheckInQuestion,
    ConsideringAsked,
    ConsideringClosed,
    GoalResting,
    Introduction,
    InvitationClosed,
    Invited,
    KudosConsentAsked,
    KudosDelivered,
    LessonOffer,
    MatchReady,
    MilestoneConsentAnswered,
    MilestoneConsentAsked,
    MilestoneShoutout,
    NoMatch,
    Notice,
    PairClosed,
    PairFinished,
    PossibleLine,
    Preparation,
    QuestionClosed,
    RoundEnded,
    RoundUp,
    StillWaiting,
    StuckShared,
    TakenBack,
    Thanks,
    TimeProposed,
    Undelivered,
    Weekly,
    WeeklyMatched,
    WeeklyPart,
    WelcomeBack,
)
from bot.domain.pairs import PairEnding
from bot.views.rounding_up import celebrated_that_fit, thanks_that_fit

TUESDAY = date(2026, 1, 13)
FRIDAY = date(2026, 1, 16)
THREE_ON_FRIDAY = datetime(2026, 1, 16, 15, tzinfo=UTC)
APRIL = date(2026, 4, 7)
THURSDAY = datetime(2026, 1, 15, 17, tzinfo=UTC)


@dataclass(frozen=True)
class Words:
    """What people and Slack may put into our sentences; each as long as it may be, or shorter."""

    names: tuple[str, str, str] = ("Ana", "Ben", "Chloe")
    skills: tuple[str, ...] = ("SQL",)
    line: str = "run my first workshop"
    thanks: str = "the patient code review"
    note: str = "no time to meet"
    program: str = "Peer mentoring"
    channel: str = "peer-mentoring"
    many: int = 1
    values: tuple[str, ...] = ("care", "craft")


def why(words: Words) -> tuple[Segment, ...]:
    """Both ways of help, as bot/domain/matching/sentences.py says it."""
    ana, ben, _ = words.names
    listed: list[Segment] = [part for skill in words.skills for part in (Skill(skill), ", ")][:-1]
    return (
        f"{ben} can help with ",
        *listed,
        f", which {ana} asked for; {ana} offers ",
        *listed,
        f", which {ben} wants.",
    )


def notices(words: Words) -> dict[str, Notice]:
    """Every notice, by the name of its golden file."""
    return {
        **_pairing(words),
        **_agreeing(words),
        **_around_a_match(words),
        **_checking_in(words),
        **_celebrating(words),
        **_inviting(words),
        **_finishing(words),
        **_organizing(words),
    }


def _pairing(words: Words) -> dict[str, Notice]:
    ana, ben, _ = words.names
    overlap = "Your hours overlap 10:00-15:00."
    closed = {f"pair_closed_{e}": PairClosed(words.program, ben, e, 3, 42) for e in PAIR_CLOSED}
    waiting = {f"no_match_{reason}": NoMatch(words.program, reason, APRIL, 3) for reason in LeftoverReason}
    waiting |= {
        "no_match_lessons_first": NoMatch(words.program, None, APRIL, 3, (1, 2)),
        "no_match_second_lesson_first": NoMatch(words.program, None, APRIL, 3, (2,)),
    }
    return {
        "introduction": Introduction(words.program, 42, (ana, ben), why(words), overlap, 10),
        "introduction_of_three": Introduction(words.program, 42, words.names, why(words), "", 10),
        "introduction_of_two_who_go_on": Introduction(words.program, 42, (ana, ben), why(words), "", 10, goes_on=True),
        "introduction_of_two_without_a_reason": Introduction(words.program, 42, (ana, ben), (), "", 10, goes_on=True),
        "time_proposed": TimeProposed(words.program, 42, (ana, ben), ana, THURSDAY, 45, "Europe/Lisbon"),
        "pair_finished": PairFinished(words.program, ana, (ben,), 42, Journey(5, 225, 2, 6, 3), 3),
        "pair_finished_of_three": PairFinished(words.program, ana, words.names[1:], 42, Journey(1, 45), 3),
        "pair_finished_unmet": PairFinished(words.program, ana, words.names[1:], 42, Journey(lessons=1, thanks=1), 3),
        "pair_closed_well": PairClosed(words.program, ben, PairEnding.WRAPPED_UP, 3, 42, Journey(2, 60, 1)),
        "pair_finished_asked_again": PairFinished(
            words.program, ana, (ben,), 42, Journey(5, 225, 2, 6, 3), 3, AskedAgain(in_round=True)
        ),
        "pair_closed_asked_again": PairClosed(
            words.program, ben, PairEnding.LEFT, 3, 42, again=AskedAgain(False, date(2026, 1, 19))
        ),
        **closed,
        **waiting,
        "taken_back": TakenBack(words.program, introduction=True),
        "taken_back_no_match": TakenBack(words.program, introduction=False),
        "welcome_back": WelcomeBack(words.program, ana, (ben,)),
        "welcome_back_alone": WelcomeBack(words.program, ana, ()),
    }


def _finishing(words: Words) -> dict[str, Notice]:
    """A round is over."""
    first = StillWaiting(words.program, words.names[0], None, True, 3)
    ended = RoundEnded(words.program, 1, 12, 3, 27)
    return {
        "still_waiting": first,
        "still_waiting_who_joined_late": replace(first, comes_first=False, starts_on=APRIL),
        "still_waiting_for_shared_hours": replace(first, reason=LeftoverReason.NO_SHARED_HOURS),
        "still_waiting_for_someone_allowed": replace(first, reason=LeftoverReason.NOBODY_ALLOWED),
        "still_waiting_with_lessons": replace(first, lessons=(1, 2)),
        "still_waiting_with_a_lesson": replace(first, comes_first=False, lessons=(2,)),
        "round_ended": ended,
        "round_ended_with_one_waiting": replace(ended, pairs=1, waiting=1, ready=3),
        "round_ended_with_nobody_waiting": replace(ended, waiting=0, ready=24),
        "round_ended_with_too_few": replace(ended, pairs=0, waiting=1, ready=1),
    }


def agreement(words: Words) -> Agreement:
    """As much as a pair can agree on."""
    goals = (words.line,) * min(3, max(2, words.many))
    often, note = words.line, words.note[:500]
    return Agreement(goals, often, 45, MeetingPlace.VIDEO, note, note, APRIL)


def _agreeing(words: Words) -> dict[str, Notice]:
    agreed = Agreed(words.program, 42, words.names[:2], agreement(words))
    by, small = words.names[1], Agreement((words.line,), words.line, 45, None, words.note[:500])
    return {
        "agreed": agreed,
        "agreed_changed": replace(agreed, by=by, changed=("place", "off_limits")),
        "agreed_still_good": replace(agreed, agreement=small, by=by, changed=(STILL_GOOD,), reached=(words.line,)),
        "agreed_carried_on": replace(agreed, changed=(CARRIED_ON,)),
        "agreed_closed": replace(agreed, names=words.names, closed=True),
    }


def _inviting(words: Words) -> dict[str, Notice]:
    ana, ben, _ = words.names
    first = Invited(words.program, 12, ben, ana, 12, 2, FRIDAY)
    outcomes = [outcome for outcome in InvitationStatus if outcome is not InvitationStatus.OPEN]
    return {
        "invited": first,
        "invited_told_more": replace(first, told_more=True),
        "invited_reminder": replace(first, reminder=True),
        "invited_reminder_told_more": replace(first, reminder=True, told_more=True),
        **{f"invitation_{outcome}": InvitationClosed(words.program, outcome) for outcome in outcomes},
    }


def _around_a_match(words: Words) -> dict[str, Notice]:
    ana, ben, chloe = words.names
    helps: tuple[Segment, ...] = (f"{ben} can help with ", Skill(words.skills[0]), ", which you asked for.")
    lines = (PossibleLine(1, ben, helps), PossibleLine(2, chloe, ("you two come from different departments.",)))
    many = tuple(PossibleLine(number, ben, why(words)) for number in range(1, 6))
    asked = ConsideringAsked(words.program, 8, ana, lines, (), THURSDAY, "Europe/London", answered=False)
    said = (lines[0], replace(lines[1], rather_not=True))
    return {
        "considering_asked": asked,
        "considering_asked_of_nobody": replace(asked, possible=()),
        "considering_asked_of_five": replace(asked, possible=many[: max(2, min(5, words.many))]),
        "considering_answered": replace(asked, possible=said, suggested=(ben,), answered=True),
        "considering_closed": ConsideringClosed(words.program),
        "answers_in": AnswersIn(words.program, 1, 12, 7, ()),
        "answers_in_with_suggestions": AnswersIn(words.program, 1, 12, 7, (ben, chloe)),
        "weekly_matched": WeeklyMatched(words.program, 3, 0),
        "weekly_matched_but_one": WeeklyMatched(words.program, 1, 1),
        "match_ready": MatchReady(words.program, 1, 3, 1),
        "match_ready_blocked": MatchReady(words.program, 1, 3, 1, "I am not in the channel yet."),
    }


def _checking_in(words: Words) -> dict[str, Notice]:
    ana, ben, _ = words.names
    days = {CheckInState.MET: TUESDAY, CheckInState.SCHEDULED: FRIDAY}
    answered = {
        f"answered_{state}": CheckInAnswered(
            5, 42, (ben,), state, days.get(state), 45 if state is CheckInState.MET else None, APRIL
        )
        for state in CheckInState
        if state is not CheckInState.STUCK
    }
    not_yet = answered["answered_not_yet"]
    stuck = replace(not_yet, state=CheckInState.STUCK, organizers=words.names[1:])
    for reason in StuckReason:
        answered[f"answered_stuck_{reason}"] = replace(stuck, stuck=reason)
    serious, scheduled = answered["answered_stuck_serious"], answered["answered_scheduled"]
    again = CheckInQuestion(words.program, 17, ana, (ben,), 2, 2)
    lesson = (LessonOffer(2, words.line),)
    return {
        "question_before_first": CheckInQuestion(words.program, 17, ana, (ben,), 1, None),
        "question_again": again,
        "question_after_diary": CheckInQuestion(words.program, 17, ana, (ben,), 1, None, date(2026, 1, 15)),
        "question_of_three": CheckInQuestion(words.program, 17, ana, words.names[1:], 1, 6),
        "question_last": CheckInQuestion(words.program, 17, ana, (ben,), 3, 4),
        "question_with_lesson": replace(again, extras=lesson),
        "question_last_with_lesson": replace(again, step=3, extras=lesson),
        "question_with_all": replace(again, tried=words.line, extras=(*lesson, Preparation(42, ana, mine=True))),
        "question_with_goal": replace(again, tried=words.line, extras=(*lesson, GoalResting(4, words.line))),
        "question_with_agreement": replace(again, tried=words.line, extras=(*lesson, AgreementDue(42))),
        "question_prepared": replace(again, extras=(Preparation(42, ben, mine=False),)),
        "answered_scheduled_with_lesson": replace(
            answered["answered_scheduled"], extras=(*lesson, Preparation(42, ben, mine=False))
        ),
        **answered,
        "answered_scheduled_hour": replace(scheduled, moment=Moment(THREE_ON_FRIDAY, "Europe/Lisbon", False)),
        "answered_scheduled_elsewhere": replace(scheduled, moment=Moment(THREE_ON_FRIDAY, "Europe/Lisbon", True)),
        "answered_not_yet_settled": replace(not_yet, settled=True),
        "answered_stuck_settled": replace(stuck, stuck=StuckReason.NO_REPLY, settled=True),
        "answered_stuck_told": replace(serious, told=words.names[2]),
        "answered_stuck_nobody_to_tell": replace(serious, organizers=()),
        "answered_met_with_lesson": replace(answered["answered_met"], extras=lesson),
        "answered_met_first": replace(answered["answered_met"], extras=(*lesson, AgreementOffer(42))),
        **_met_or_ended(words, answered["answered_met"], serious),
        **_filing(words),
        "question_closed": QuestionClosed((ben,)),
        "weekly": Weekly(_two_questions(words)),
        "weekly_with_lesson": Weekly(_two_questions(words), lesson),
        "weekly_lesson_alone": Weekly((), lesson, ana, words.program),
        "weekly_half_answered": Weekly((WeeklyPart(17, answered["answered_met"]), _two_questions(words)[1])),
    }


def _met_or_ended(words: Words, met: CheckInAnswered, serious: CheckInAnswered) -> dict[str, Notice]:
    """A day that stays in the diary, one that was, and a pair that its reader has ended."""
    ana, ben, *_ = words.names
    asked = CheckInQuestion(words.program, 17, ana, (ben,), 1, None, date(2026, 1, 16))
    return {
        "question_after_diary_hour": replace(asked, moment=Moment(THREE_ON_FRIDAY, "Europe/Lisbon", True)),
        "answered_met_before": replace(met, diary=date(2026, 1, 15)),
        "answered_stuck_ended": replace(serious, again_id=7),
    }


def _filing(words: Words) -> dict[str, Notice]:
    """A meeting at its moment, and one of which only the day is known."""
    both, partners = words.names[:2], words.names[1:2]
    timed = CalendarFile(
        *("mentor-T1-42-20260115", words.program, both, partners, THURSDAY.date(), THURSDAY, 45, "Europe/Lisbon"),
        made_at=THURSDAY,
    )
    return {"calendar_file": timed, "calendar_file_of_a_day": replace(timed, start=None, partners=words.names[1:])}


def _two_questions(words: Words) -> tuple[WeeklyPart, ...]:
    ana, ben, chloe = words.names
    first = CheckInQuestion(words.program, 17, ana, (ben,), 1, 2)
    return WeeklyPart(17, first), WeeklyPart(18, CheckInQuestion(words.program, 18, ana, (chloe,), 3, None))


def _celebrating(words: Words) -> dict[str, Notice]:
    _, ben, _ = words.names
    delivered = {
        f"kudos_delivered_{said}": KudosDelivered(
            ben, words.thanks, words.channel, said, never_again=said is Consent.REFUSED
        )
        for said in Consent
    }
    return {
        "kudos_asked": KudosConsentAsked(9, ben, words.thanks, words.channel, FRIDAY),
        "kudos_asked_with_values": KudosConsentAsked(9, ben, words.thanks, words.channel, FRIDAY, words.values),
        "kudos_delivered_with_values": replace(delivered["kudos_delivered_given"], values=words.values),
        **delivered,
        **_reaching(words),
        **_rounding_up(words),
        "certificate_ready": _certificate(words, words.names[0]),
        "certificate_ready_unwritten": _certificate(words, "山田 太郎"),
    }


def _named(words: Words) -> dict[MilestoneKind, tuple[str, ...]]:
    """Whom each kind of milestone is about."""
    return dict.fromkeys(MilestoneKind, words.names[:2]) | {MilestoneKind.LESSONS_DONE: words.names[:1]}


def _reaching(words: Words) -> dict[str, Notice]:
    ben, alone = words.names[1:2], MilestoneKind.LESSONS_DONE

    def answered(kind: MilestoneKind, partners: tuple[str, ...], said: Consent, shared: bool) -> Notice:
        again = said is Consent.REFUSED and bool(partners)
        return MilestoneConsentAnswered(kind, partners, words.channel, said, never_again=again, shared=shared)

    asked = {
        kind: MilestoneConsentAsked(6, kind, who[1:], words.channel, FRIDAY) for kind, who in _named(words).items()
    }
    shouted = {kind: MilestoneShoutout(words.program, kind, who) for kind, who in _named(words).items()}
    return {
        **{f"milestone_asked_{kind}": notice for kind, notice in asked.items()},
        **{f"milestone_answered_{said}": answered(MilestoneKind.HALFWAY, ben, said, False) for said in Consent},
        **{f"milestone_alone_{said}": answered(alone, (), said, said is Consent.GIVEN) for said in Consent},
        "milestone_shared": answered(MilestoneKind.HALFWAY, ben, Consent.GIVEN, True),
        "milestone_shared_singly": answered(MilestoneKind.GOAL_REACHED, ben, Consent.GIVEN, True),
        **{f"shoutout_{kind}": notice for kind, notice in shouted.items()},
        "shoutout_of_three": MilestoneShoutout(words.program, MilestoneKind.FIRST_MEETING, words.names),
    }


def _rounding_up(words: Words) -> dict[str, Notice]:
    thanks = tuple(Thanks(words.names[0], words.names[1], words.thanks) for _ in range(words.many))
    valued = [replace(one, values=words.values) for one in thanks]
    kinds = (MilestoneKind.LESSONS_DONE, *[MilestoneKind.HALFWAY] * words.many)
    celebrated = celebrated_that_fit([Celebrated(kind, _named(words)[kind]) for kind in kinds])
    return {
        "round_up": RoundUp(words.program, thanks_that_fit(thanks, ())),
        "round_up_with_values": RoundUp(words.program, thanks_that_fit(valued, ())),
        "round_up_of_milestones": RoundUp(words.program, (), celebrated),
        "round_up_of_all": RoundUp(words.program, thanks_that_fit(thanks, celebrated), celebrated),
    }


def _certificate(words: Words, name: str) -> CertificateReady:
    began, journey = date(2026, 1, 12), Journey(5, 225, 2, 6, 3)
    return CertificateReady(words.program, "Small Works", name, words.names[0], began, APRIL, journey)


def _organizing(words: Words) -> dict[str, Notice]:
    stuck = {
        f"stuck_shared_{reason}": StuckShared(words.program, words.names[0], reason, words.note)
        for reason in StuckReason
    }
    return {
        **stuck,
        "stuck_shared_without_note": StuckShared(words.program, words.names[0], StuckReason.FIT, ""),
        "channel_lost": ChannelLost(words.program, words.channel, "mentor"),
        "undelivered": Undelivered(words.program, 1, 3),
    }
