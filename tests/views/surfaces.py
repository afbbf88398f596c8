"""One of each answer, modal and state of App Home, around whatever words people might have typed."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot.content import answers as said
from bot.content import forms, refusals, review
from bot.content.lessons import lessons
from bot.domain.enrollment import Celebration, EnrollmentStatus, Profile
from bot.domain.matching import Barrier, Caution, LeftoverReason
from bot.domain.notices import Preparation, Thanks
from bot.domain.weightings import Weighting
from bot.views import (
    answers,
    considering,
    home,
    learning,
    matches,
    modals,
    preparing,
    reviewing,
    steering,
    thanking,
)
from bot.views.kit import Message, escape, slack_date
from bot.views.matches import A_PAGE
from bot.views.models import (
    Comparison,
    InvitedTotals,
    Learning,
    LearningTotals,
    Listed,
    Marked,
    OrganizerStanding,
    PairDetail,
    PairStanding,
    Prepared,
    Preview,
    PreviewedPair,
    ProgramChoice,
    Seated,
    Standing,
    Starter,
    SwapOffer,
    SwapOption,
    Weighed,
)
from bot.views.reviewed import Changes, Explained
from handlers.grammar import VERBS
from handlers.helping import apart, for_whom
from tests.views.agreement_samples import agreement_answers, agreement_modals
from tests.views.check_in_samples import check_in_modals, steering_modals, stuck
from tests.views.delivering_samples import delivering_answers
from tests.views.goal_samples import goal_answers, goal_modals
from tests.views.inviting_samples import inviting_answers, inviting_modals
from tests.views.notices import APRIL, FRIDAY, THURSDAY, TUESDAY, Words, agreement, why
from tests.views.program_samples import in_several, profile_of_several, program_answers, setup_modals
from tests.views.rematch_samples import after_an_end, rematch_answers, rematch_standings
from tests.views.skill_samples import skill_modals
from tests.views.thanking_samples import thanking_modals

View = dict[str, Any]
MOMENT = datetime(2026, 1, 12, 9, 10, tzinfo=UTC)
THE_19TH = date(2026, 1, 19)


def stranger(words: Words) -> Standing:
    """Someone the bot knows, who is in no program yet."""
    return Standing(
        first_name=words.names[0],
        may_join=True,
        program=words.program,
        program_id=1,
        channel=words.channel,
        status=None,
        paused_until=None,
        offers=(),
        asks=(),
        goal="",
        hours="",
        celebration=Celebration.ASK,
        pairs=(),
        thanks=(),
        organizer=None,
    )


def learning_of(taken: int) -> Learning:
    """Someone who took the first lessons."""
    course = [(one.number, one.title, one.number <= taken) for one in lessons()]
    return Learning(tuple(course), next((number for number, _, done in course if not done), None))


def organizing(words: Words) -> OrganizerStanding:
    """A program with some quiet pairs."""
    quiet = tuple((words.names[0], words.names[1]) for _ in range(words.many))
    return OrganizerStanding(1, words.program, 30, 2, 13, 4, quiet, blocked=None, channel=words.channel)


def standings(words: Words) -> dict[str, Standing]:
    """Every state App Home knows."""
    new = stranger(words)
    waiting = replace(
        new,
        status=EnrollmentStatus.ACTIVE,
        offers=words.skills,
        asks=words.skills,
        goal=words.line,
        hours="09:00-17:00",
    )
    pair = PairStanding(42, words.names[1:2], why(words), 1, None, TUESDAY, APRIL, "")
    agreed = agreement(words)
    again = PairStanding(43, words.names[1:], why(words), 3, FRIDAY, TUESDAY, APRIL, words.line, (1, 3), agreed)
    thanks = tuple(Thanks(words.names[1], "", words.thanks) for _ in range(5))
    paired = replace(waiting, pairs=(pair,), thanks=thanks)
    blocked = refusals.NOT_IN_CHANNEL.format(channel=escape(words.channel), bot="mentor")
    return {
        "not_eligible": replace(new, may_join=False),
        "no_program": replace(new, program=None, program_id=None, channel=""),
        "stranger": new,
        "waiting": replace(waiting, learning=learning_of(0)),
        "lessons_first": replace(waiting, learning=learning_of(0), lessons_first=(1, 2)),
        **after_an_end(words, waiting),
        "waiting_for_the_start": replace(waiting, starts_on=APRIL),
        "stranger_with_dates": replace(new, join_by=FRIDAY, starts_on=APRIL),
        "waiting_for_monday": replace(waiting, next_week=THE_19TH),
        "organizer_of_a_rolling_program": replace(new, organizer=replace(organizing(words), next_week=THE_19TH)),
        "paused": replace(waiting, status=EnrollmentStatus.PAUSED, paused_until=APRIL),
        "paired": replace(paired, learning=learning_of(2)),
        "paired_asked": replace(paired, pairs=(replace(pair, asks_from=None),)),
        "paired_away": replace(paired, pairs=(replace(pair, away=(words.names[1], APRIL)),)),
        "paired_twice": replace(paired, pairs=(pair, again)),
        "in_several": replace(paired, each=in_several(words, pair)),
        "organizer": replace(
            paired, organizer=replace(organizing(words), learning=LearningTotals(14, 3, 4.5)), learning=learning_of(6)
        ),
        "organizer_without_channel": replace(
            new, channel="", organizer=replace(organizing(words), blocked=blocked, channel="")
        ),
        "organizer_not_in_channel": replace(new, organizer=replace(organizing(words), blocked=blocked)),
        "organizer_who_invited": replace(new, organizer=replace(organizing(words), invited=InvitedTotals(44, 31, 4))),
        "organizer_with_undelivered": replace(new, organizer=replace(organizing(words), undelivered=3)),
        "organizer_of_two": replace(
            new, organizer=replace(organizing(words), others=(ProgramChoice(2, words.program),))
        ),
        "organizer_of_nobody": replace(new, organizer=replace(organizing(words), waiting=0)),
        **rematch_standings(new, organizing(words)),
    }


def homes(words: Words) -> dict[str, View]:
    """App Home in each state."""
    return {f"home_{name}": home.draw(here, "mentor") for name, here in standings(words).items()}


def listed(words: Words) -> list[Listed]:
    """A roster in which everyone is in one of the four situations."""
    ana, ben, chloe = words.names
    four = [
        Listed(ana, EnrollmentStatus.ACTIVE, None, (ben, chloe)),
        Listed(ben, EnrollmentStatus.PAUSED, APRIL, ()),
        Listed(chloe, EnrollmentStatus.ACTIVE, None, ()),
        Listed(ana, EnrollmentStatus.PAUSED, None, ()),
    ]
    return four * max(1, words.many)


def answers_of(words: Words) -> dict[str, Message]:
    """Every answer to a person's own act."""
    here = standings(words)
    members, organizers = apart(list(VERBS))
    strangers = [verb for verb in VERBS if verb.who in for_whom(here["stranger"])]
    organizer = {
        f"answer_{name}": answers.organizer(one.organizer, "Europe/Lisbon", "mentor")
        for name, one in here.items()
        if one.organizer
    }
    return {
        **{f"status_{name}": answers.status(one) for name, one in here.items()},
        **{f"match_{name}": answers.match(here[name]) for name in ("waiting", "paired", "paired_twice")},
        **organizer,
        "help": answers.help_lines(members, []),
        "help_stranger": answers.help_lines(strangers, []),
        "help_organizer": answers.help_lines(members, organizers),
        "settled": steering.settled(replace(stuck(words), settled=True)),
        "thanked_with_a_strange_tag": thanking.thanked(words.names[1:2], ["#pateince"], ["patience", "care"]),
        "thanked_with_strange_tags": thanking.thanked(words.names[1:], ["#pateince", "#caer", "#x"], ["patience"]),
        "noted": steering.with_note(steering.settled(stuck(words)), words.line),
        **program_answers(words),
        "unknown": answers.unknown(words.line, "match"),
        "unknown_without_suggestion": answers.unknown(words.line, None),
        "leave_sure": answers.leave_sure(words.program, 1),
        "leave_sure_of_three": answers.leave_sure(words.program, 1, of_three=True),
        "leave_one_sure": answers.leave_sure(words.program, 1, [words.line]),
        "left": answers.left(words.program, []),
        "left_one": answers.left(words.program, [words.line, words.program]),
        "people": answers.people(listed(words), 1),
        "people_nobody": answers.people([], 1),
        "paused": answers.paused(APRIL),
        "resumed": answers.resumed(),
        "avoiding": answers.avoiding("U0BEN"),
        "avoiding_partner": answers.avoiding("U0BEN", 42),
        "no_longer_avoiding": answers.no_longer_avoiding("U0BEN"),
        "avoid_list": answers.avoid_list(["U0BEN"] * words.many),
        "avoid_list_empty": answers.avoid_list([]),
        "thanked": thanking.thanked(words.names[:1]),
        "thanked_several": thanking.thanked(words.names),
        **inviting_answers(words),
        **delivering_answers(words),
        "lessons": learning.course(learning_of(0)),
        "lessons_begun": learning.course(learning_of(2)),
        "lessons_all": learning.course(learning_of(6)),
        **goal_answers(words),
        **agreement_answers(words),
        **rematch_answers(listed(words)[:2]),
        **_match_answers(words),
    }


def _match_answers(words: Words) -> dict[str, Message]:
    """Answers to `/mentor admin match ...`."""
    shown, two = preview(words), words.names[:2]
    done = review.DONE_LOCKED.format(pair=reviewing.pair_named(two))
    return {
        "match_changed": reviewing.changed(done, shown),
        "match_explained": reviewing.explained(Explained(two, shown.pairs[0])),
        "match_ruled_out": reviewing.explained(Explained(two, None, Barrier.VETOED)),
        "match_with_few_hours": reviewing.explained(Explained(two, None, Barrier.HOURS, 75)),
        "match_without_hours": reviewing.explained(Explained(two, None, Barrier.HOURS)),
        "match_in_one_line": reviewing.explained(Explained(two, None, Barrier.REPORTING_LINE)),
        "match_release_offer": matches.release_offer(shown),
        "match_released": matches.released_message(7, matches.released_words(14, 2), MOMENT, "Europe/London", ""),
        "match_release_offer_of_several": matches.release_offer(replace(shown, program=words.program)),
        "match_undo_offer": matches.undo_offer(7, words.program, 14, MOMENT, "Europe/London"),
    }


def profile(words: Words) -> Profile:
    """A filled-in join form."""
    return Profile(
        words.skills, words.skills, words.line, {"rhythm": "a"}, time(9), time(17), Celebration.ASK, ("U0BEN",), "DE-BY"
    )


EMPTY = Profile((), (), "", {}, time(9), time(17), Celebration.ASK, (), "PT", (0, 1, 2, 3, 4))


def modals_of(words: Words) -> dict[str, View]:
    """Every modal."""
    return {
        "join": modals.join(EMPTY, 1, first_time=True),
        "profile": modals.join(profile(words), 1, first_time=False),
        "join_one_of_several": profile_of_several(words, profile(words)),
        **check_in_modals(words),
        "pause": modals.pause(APRIL),
        **steering_modals(words),
        **thanking_modals(words),
        **setup_modals(words),
        "quiet_weeks": modals.quiet_weeks(1, [TUESDAY - timedelta(days=1)], [], []),
        "quiet_weeks_chosen": modals.quiet_weeks(
            *(1, [TUESDAY + timedelta(days=7 * n - 1) for n in range(26)], [TUESDAY + timedelta(days=6)]),
            [modals.holiday_line(TUESDAY, words.line, words.names)] * words.many,
        ),
        "agenda": modals.agenda(42),
        **inviting_modals(words),
        "suggest": considering.suggest(8, (), 3),
        "suggest_again": considering.suggest(8, ("U0BEN",), 3),
        "ask_first": considering.ask_first(1, 12, slack_date(THURSDAY, "Europe/London")),
        "asking": considering.asking(),
        "asked": considering.asked(12, slack_date(THURSDAY, "Europe/London")),
        "asking_now": considering.asking_now(1, 5, 12, slack_date(THURSDAY, "Europe/London")),
        "plain": modals.plain(forms.JOINED_TITLE, said.JOINED_NEXT),
        "joined": modals.plain(forms.JOINED_TITLE, said.JOINED_NEXT, more=learning.while_waiting(learning_of(0))),
        **_lesson_modals(),
        "prepare": preparing.prepare(
            Prepared(
                Preparation(42, words.names[0], mine=True),
                (Starter("Your goal is {words}.", words.line), Starter("By {words}.", words.skills[0]), Starter("Hm?")),
            )
        ),
        **goal_modals(words),
        **agreement_modals(words),
        **skill_modals(words),
        "refusal": modals.refusal(refusals.STALE_BUTTON),
        "shown_over": modals.shown_over(forms.ANSWER_TITLE, answers.resumed().blocks),
        "people_shown_over": modals.shown_over(forms.ANSWER_TITLE, answers.people(listed(words), 1).blocks),
        **_match_modals(words),
    }


def _lesson_modals() -> dict[str, View]:
    """Each lesson, and what is said of right and other answers."""
    course = lessons()
    return {
        **{f"lesson_{one.number}": learning.lesson(one) for one in course},
        "lesson_marked": learning.marked(Marked(course[0], (0, 0), course[1])),
        "lesson_marked_last": learning.marked(Marked(course[5], (1, 2), None)),
    }


def _match_modals(words: Words) -> dict[str, View]:
    shown = preview(words)
    blocked = refusals.NOT_IN_CHANNEL.format(channel=escape(words.channel), bot="mentor")
    return {
        "matching": matches.matching(),
        "matching_so_many": matches.matching(60),
        "match_preview": matches.preview(shown),
        "match_preview_blocked": matches.preview(replace(shown, blocked=blocked)),
        "match_preview_rematch": matches.preview(replace(shown, joins_until=APRIL)),
        "match_preview_of_nobody": matches.preview(replace(shown, pairs=())),
        "match_confirm": matches.confirm_release(shown),
        **_review_modals(words, shown),
    }


def _review_modals(words: Words, shown: Preview) -> dict[str, View]:
    """What an organizer opens from the preview, and what comes after it."""
    pair, gone = shown.pairs[1], Changes(words.names[:1], (words.names[1:],) * max(1, words.many))
    rich = replace(
        shown,
        pairs=(replace(pair, locked=True), *shown.pairs * A_PAGE * 2),
        vetoed=(words.names[:2],) * max(1, words.many),
        refused=(words.names[1:],),
    )
    ana, ben, chloe = words.names
    seated = Seated((ana, ben), 72)
    swaps = (
        SwapOption((Seated((ana, chloe), 64), Seated((ben, ben), 41)), Seated((chloe, ben), 70), -3.7),
        SwapOption((Seated((ana, chloe), 64), Seated((ben,), 0)), Seated((chloe,), 0), -8),
        SwapOption((Seated(words.names, 64), Seated((ana, ben), 33)), seated, 0),
    )
    parts = (("complement", 40, 40), ("goals", 12, 25), ("style", 13, 25), ("new", 7, 10))
    percents = tuple((part, 10 * at) for at, part in enumerate(("complement", "goals", "style", "new"), 4))
    now, then = (
        Weighed(None, 58, 60, (2,) * 29, 28, percents),
        Weighed(Weighting.NEW_CONNECTIONS, 60, 60, (2,) * 30, 51, percents),
    )
    others = [weighting for weighting in Weighting if weighting is not Weighting.BALANCED]
    compared = Comparison(7, now, then, differing=12)
    return {
        "match_preview_first_page": matches.preview(rich, note=review.TAKEN_BACK),
        "match_preview_page": matches.preview(rich, page=2),
        "match_preview_last_page": matches.preview(rich, page=99),
        "match_preview_changed": matches.preview(shown, note=matches.changed_words(gone)),
        "match_preview_gone": matches.preview(shown, note=matches.changed_words(replace(gone, pairs=()))),
        "match_released": matches.released(7, matches.released_words(14, 2), MOMENT, "Europe/London", ""),
        "match_preview_of_several": matches.preview(replace(rich, program=words.program)),
        "match_detail": reviewing.detail(PairDetail(pair, parts)),
        "match_swap": reviewing.swap(SwapOffer(7, 1, seated, swaps)),
        "match_swap_of_one": reviewing.swap(SwapOffer(7, 1, seated, swaps[1:2])),
        "match_comparing": reviewing.comparing(),
        "match_compare": reviewing.compare(compared, Weighting.NEW_CONNECTIONS, others),
        "match_compare_same": reviewing.compare(replace(compared, differing=0), Weighting.NEW_CONNECTIONS, others),
    }


def preview(words: Words) -> Preview:
    """Half of `many` as pairs and trios, and one waiting for each of them."""
    overlap = "Their hours overlap 10:00-15:00."
    pair = PreviewedPair(words.names[:2], 72, why(words), overlap, ())
    trio = PreviewedPair(words.names, 28, why(words), "", tuple(Caution))
    waiting = tuple((words.names[0], reason) for reason in LeftoverReason) * max(1, words.many // 3)
    return Preview(7, "", (trio, *(pair for _ in range(max(1, words.many // 2)))), waiting, blocked=None)
