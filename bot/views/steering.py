"""What an answer to "how does it stand?" leads to: the next step for each, times to meet at, who may know."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.models.blocks import ButtonElement

from bot.content import answers, forms, messages
from bot.content import steering as words
from bot.domain import notices
from bot.domain.cadence import zone
from bot.domain.checkins import CheckInState, StuckReason
from bot.domain.programs import MEETING_MINUTES
from bot.views import extras, fields, filing
from bot.views.ids import Action, Ref, View, of_time
from bot.views.kit import (
    Message,
    actions,
    button,
    day_words,
    diary_words,
    drawn,
    escape,
    grey,
    message,
    quoted,
    section,
    slack_date,
)
from bot.views.messages import again_or_break, names, not_a_fit_button, render, you
from bot.views.modals import modal, plain

WHAT_IT_DID = {
    CheckInState.MET: messages.ANSWERED_MET,
    CheckInState.SCHEDULED: messages.ANSWERED_SCHEDULED,
    CheckInState.NOT_YET: words.NOT_YET,
    CheckInState.STUCK: words.STUCK,
    CheckInState.KEEP: messages.ANSWERED_KEEP,
    CheckInState.WRAP_UP: messages.ANSWERED_WRAP_UP,
}
WORTH_TELLING = {StuckReason.NO_REPLY, StuckReason.SERIOUS}
SETTLED = {CheckInState.NOT_YET: words.SETTLED, CheckInState.STUCK: words.STUCK_SETTLED}


@render.register
def _answered(notice: notices.CheckInAnswered) -> Message:
    text, buttons = answered_words(notice), next_steps(notice)
    if notice.again_id is not None:
        return message(text, again_or_break(notice.again_id, *_tell(notice)), grey(who_sees(notice)))
    more = [*([actions(*buttons)] if buttons else []), *extras.blocks_of(notice.extras)]
    return message(extras.with_extras(text, notice.extras), *more, grey(who_sees(notice)), lead=text)


@render.register
def _time_proposed(notice: notices.TimeProposed) -> Message:
    return message(
        _proposal(notice, moment_words(notice.start, notice.timezone)),
        actions(
            button(words.IT_IS_IN_MY_DIARY, Action.PICKED_A_TIME, of_time(notice.pair_id, notice.start)),
            filing.of_proposal(notice.pair_id, notice.start),
        ),
        grey(words.TIME_PROPOSED_GREY.format(program=escape(notice.program))),
        lead=_proposal(notice, slack_date(notice.start, notice.timezone)),
    )


def _proposal(notice: notices.TimeProposed, moment: str) -> str:
    chooser, all_of_them = escape(notice.chooser), names(notice.names)
    return words.TIME_PROPOSED.format(chooser=chooser, names=all_of_them, moment=moment, minutes=notice.minutes)


def moment_words(moment: datetime, timezone: str) -> str:
    """`Tuesday 13 January 10:00 (Europe/Lisbon)`: a moment on somebody's clock, for plain text."""
    local = moment.astimezone(zone(timezone))
    return words.MOMENT.format(day=day_words(local.date()), local=local, zone=timezone)


def answered_words(notice: notices.CheckInAnswered) -> str:
    """What an answer did, in one to four short sentences of mrkdwn."""
    if notice.again_id is not None:
        return answers.NOT_A_FIT_DONE
    return _what_it_did(notice).format(
        you=you(notice.partners),
        partners=names(notice.partners),
        day=escape(diary_words(notice.on_date, None if notice.diary else notice.moment)),
        diary=escape(diary_words(notice.diary, notice.moment if notice.diary else None)),
        minutes=f" for {notice.minutes} minutes" if notice.minutes else "",
        again=day_words(notice.ask_again) if notice.ask_again else "",
        help=_help(notice),
    )


def _what_it_did(notice: notices.CheckInAnswered) -> str:
    if notice.diary:
        return words.MET_BEFORE
    settled = SETTLED.get(notice.state) if notice.settled else None
    return settled or WHAT_IT_DID[notice.state]


def _help(notice: notices.CheckInAnswered) -> str:
    listeners = notice.organizers
    run = words.RUN.get(len(listeners), words.RUN_TOGETHER)
    who = words.WHO_CAN_LISTEN.format(names=names(listeners), run=run) if listeners else ""
    return words.STUCK_HELP[notice.stuck].format(organizers=who) if notice.stuck else ""


def who_sees(notice: notices.CheckInAnswered) -> str:
    """Who reads an answer: the last line below it."""
    if notice.told:
        return words.TOLD_GREY.format(organizer=escape(notice.told))
    return messages.ANSWERED_MET_GREY if notice.state is CheckInState.MET else messages.ANSWERED_GREY


def next_steps(notice: notices.CheckInAnswered) -> list[ButtonElement]:
    """The buttons below an answer: what it is natural to do next."""
    ref = Ref("check_in", notice.check_in_id)
    if notice.state is CheckInState.MET:
        thanks = button("Say thanks", Action.OPEN_KUDOS, Ref("pair", notice.pair_id))
        instead = [button(words.TAKE_OUT, Action.TAKE_OUT, ref)] if notice.diary else []
        return [button("Add details", Action.ADD_DETAILS, ref), thanks, *instead]
    if notice.state is CheckInState.SCHEDULED:
        return [filing.of_answer(notice.check_in_id)]
    if notice.state is CheckInState.NOT_YET:
        return [
            button(words.NEXT_WEEK, Action.NEXT_WEEK, ref),
            button(words.IN_TWO_WEEKS, Action.IN_TWO_WEEKS, ref),
            button(words.FIND_A_TIME, Action.FIND_A_TIME, ref),
        ]
    return _when_stuck(notice, ref) if notice.state is CheckInState.STUCK else []


def _when_stuck(notice: notices.CheckInAnswered, ref: Ref) -> list[ButtonElement]:
    """The private route, by reason. Whoever was told need not be told again."""
    end, tell = not_a_fit_button(notice.pair_id, words.END_IT_KINDLY), _tell(notice)
    if notice.stuck is StuckReason.TIMING:
        return [button(words.FIND_A_TIME, Action.FIND_A_TIME, ref), button(words.TAKE_A_BREAK, Action.OPEN_PAUSE)]
    if notice.stuck is StuckReason.NO_REPLY:
        return [button(words.ASK_ME_AGAIN, Action.NEXT_WEEK, ref), *tell, end]
    return [*tell, end] if notice.stuck is StuckReason.SERIOUS else [not_a_fit_button(notice.pair_id)]


def _tell(notice: notices.CheckInAnswered) -> list[ButtonElement]:
    """Where it helps that an organizer knows, and one can still be told."""
    if notice.stuck not in WORTH_TELLING or not notice.organizers or notice.told:
        return []
    return [button(words.TELL_MY_ORGANIZER, Action.TELL_ORGANIZER, Ref("check_in", notice.check_in_id))]


def said(notice: notices.CheckInAnswered) -> dict[str, Any]:
    """The modal after an answer, with the same next steps: there may be no message that shows them."""
    buttons = next_steps(notice)
    more = [*([actions(*buttons)] if buttons else []), *extras.blocks_of(notice.extras), grey(who_sees(notice))]
    return plain(forms.DONE_TITLE, answered_words(notice), more=more)


def settled(notice: notices.CheckInAnswered) -> Message:
    """Another day was chosen, where nothing else shows it."""
    return message(answered_words(notice), grey(who_sees(notice)))


def with_note(shown: Message, note: str) -> Message:
    """An answer to words that ended in a note, which its author reads once more."""
    if not note:
        return shown
    first, *others = shown.blocks
    text = f"{shown.text} {words.YOUR_NOTE}"
    return Message(f"{text} {escape(note)}", [first, *drawn([section(f"{words.YOUR_NOTE}\n{quoted(note)}")]), *others])


def find_a_time(check_in_id: int, partners: Sequence[str], timezone: str, times: Sequence[datetime]) -> dict[str, Any]:
    """Up to five times, on the reader's own clock (`times` are in their zone); without any, what else to do."""
    if not times:
        return plain(words.TIMES_TITLE, words.TIMES_NONE.format(partners=names(partners)))
    options = {str(int(start.timestamp())): _span(start) for start in times}
    blocks = [
        fields.radio("time", words.TIMES, options, None),
        section(words.TIMES_GO_WHERE.format(partners=names(partners))),
        grey(words.TIMES_WHERE.format(zone=escape(timezone), minutes=MEETING_MINUTES)),
    ]
    about = {"check_in": check_in_id}
    return modal(View.FIND_A_TIME, words.TIMES_TITLE, blocks, submit=words.TIMES_SEND, about=about)


def _span(start: datetime) -> str:
    end = start + timedelta(minutes=MEETING_MINUTES)
    return words.TIME_OPTION.format(day=day_words(start.date()), start=start, end=end)


def time_sent(shown: notices.CheckInAnswered) -> dict[str, Any]:
    """A time was chosen."""
    sent = words.TIME_SENT.format(partners=names(shown.partners))
    return plain(forms.DONE_TITLE, sent, answered_words(shown), more=[actions(*next_steps(shown))])


def tell_organizer(check_in_id: int, organizers: Mapping[str, str]) -> dict[str, Any]:
    """Who should know, and what. Nobody is chosen beforehand unless there is only one."""
    if not organizers:
        return plain(words.TELL_TITLE, words.NOBODY_TO_TELL)
    options = {user_id: name[: fields.LONGEST_OPTION] for user_id, name in organizers.items()}
    only = next(iter(organizers)) if len(organizers) == 1 else None
    blocks = [
        fields.choose("organizer", words.TELL_WHO, options, only, nothing=words.TELL_WHO, optional=False),
        fields.note("note", words.TELL_NOTE, hint=words.TELL_NOTE_HINT),
    ]
    about = {"check_in": check_in_id}
    return modal(View.TELL_ORGANIZER, words.TELL_TITLE, blocks, submit=words.TELL_SEND, about=about)


def told(organizer: str) -> dict[str, Any]:
    """An organizer will hear of it."""
    return plain(forms.DONE_TITLE, words.TOLD.format(organizer=escape(organizer)))
