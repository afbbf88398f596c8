"""The modals: data in, a view as a JSON-ready dict out."""

import calendar
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from slack_sdk.models.blocks import Block, PlainTextObject
from slack_sdk.models.views import View as SlackView

from bot.content import agreement, answers, programs
from bot.content import forms as words
from bot.domain.checkins import CheckInState, StuckReason
from bot.domain.enrollment import STYLES, Profile
from bot.views import fields
from bot.views.fields import LONGEST_OPTION
from bot.views.ids import Action, Ref, View
from bot.views.kit import actions, button, day_words, escape, fitted, grey, section

Drawn = dict[str, Any]
WEEKDAYS = {str(day): name for day, name in enumerate(calendar.day_name)}


def modal(
    callback: View,
    title: str,
    blocks: Sequence[Block],
    *,
    submit: str | None = None,
    close: str = words.CANCEL,
    about: Mapping[str, object] | None = None,
) -> Drawn:
    """A view; `about` travels with it as JSON and comes back with the submission: at most 3,000 characters."""
    view = SlackView(
        type="modal",
        callback_id=callback,
        title=PlainTextObject(text=title),
        submit=PlainTextObject(text=submit) if submit else None,
        close=PlainTextObject(text=close),
        private_metadata=json.dumps(about, ensure_ascii=False) if about else None,
        blocks=list(blocks),
    )
    return view.to_dict()


def plain(title: str, *paragraphs: str, more: Sequence[Block] = ()) -> Drawn:
    """A modal that only says something; closing it closes what lies beneath."""
    said = modal(View.PLAIN, title, [*map(section, paragraphs), *more], close=words.CLOSE)
    return {**said, "clear_on_close": True}


def shown_over(title: str, blocks: Sequence[Drawn]) -> Drawn:
    """An answer where there is no message to put it beside."""
    return modal(View.PLAIN, title, Block.parse_all(list(blocks)), close=words.CLOSE)


def refusal(sentence: str) -> Drawn:
    """What cannot be done, over the form that asked for it: nothing typed is lost."""
    return modal(View.PLAIN, words.REFUSED_TITLE, [section(sentence)], close=words.BACK)


def join(profile: Profile, program_id: int, *, first_time: bool, program: str = "") -> Drawn:
    """The opt-in form, and the same to change it later. `program`: its name, where there are several."""
    styles = [
        fields.choose(f"style_{name}", words.STYLE[name], dict(zip("ab", sides, strict=True)), profile.style.get(name))
        for name, sides in STYLES.items()
    ]
    named = [grey(programs.FORM_OF.format(program=escape(program)))] if program else []
    blocks: list[Block] = [
        *named,
        fields.skills(Action.SUGGEST_SKILLS_OFFERED, words.OFFERS, profile.offers),
        fields.skills(Action.SUGGEST_SKILLS_ASKED, words.ASKS, profile.asks),
        fields.line("goal", words.GOAL, profile.goal, words.GOAL_PLACEHOLDER, hint=words.GOAL_HINT),
        *styles,
        fields.clock_time("hours_from", words.HOURS_FROM, profile.hours_from),
        fields.clock_time("hours_to", words.HOURS_TO, profile.hours_to),
        fields.some(
            *("weekdays", words.WEEKDAYS, WEEKDAYS, [str(day) for day in profile.weekdays or ()]), optional=False
        ),
        fields.place(profile.place),
        fields.radio("celebration", words.CELEBRATE, words.CELEBRATIONS, profile.celebration),
        fields.people("avoid", words.AVOID, profile.avoid, hint=words.AVOID_HINT),
        grey(answers.PRIVACY_LINE),
    ]
    callback, title = (View.JOIN, words.JOIN_TITLE) if first_time else (View.PROFILE, words.PROFILE_TITLE)
    submit = words.JOIN_SUBMIT if first_time else words.SAVE
    return modal(callback, title, blocks, submit=submit, about={"program": program_id})


@dataclass(frozen=True)
class CheckInForm:
    """What the check-in modal starts with. `about`: the question, pair or answer it belongs to; `fixed`: no choice;
    `timezone` is named where the partners' clocks differ; `organizers`: id -> name of those who may hear that someone
    is stuck."""

    together: str
    today: date
    about: Mapping[str, object]
    state: CheckInState | None = None
    fixed: bool = False
    on: date | None = None
    at: time | None = None
    timezone: str = ""
    minutes: int | None = None
    organizers: Mapping[str, str] = field(default_factory=dict)
    stuck: StuckReason | None = None
    note: str = ""


def check_in(form: CheckInForm) -> Drawn:
    """The five states, and below them what the chosen one needs."""
    chosen = str(form.state) if form.state else None
    state = [] if form.fixed else [fields.radio(Action.CHOOSE_STATE, form.together, words.STATES, chosen, tells=True)]
    about = {**form.about, **({"state": form.state} if form.fixed else {})}
    blocks = [*state, *_state_fields(form), grey(_who_sees(form.state))]
    title = words.STATES[form.state] if form.fixed and form.state else words.CHECK_IN_TITLE
    return modal(View.CHECK_IN, title, blocks, submit=words.DONE, about=about)


def _who_sees(state: CheckInState | None) -> str:
    return words.PARTNER_SEES_TRY if state is CheckInState.MET else words.PARTNER_SAYS_NOTHING


def _state_fields(form: CheckInForm) -> list[Block]:
    if form.state is CheckInState.MET:
        worth = {str(value): label for value, label in words.WORTH_WORDS.items()}
        return [
            fields.day("met_on", words.MET_ON, form.on or form.today),
            fields.number("minutes", words.MINUTES, form.minutes or 45, fields.MINUTES),
            fields.line("next_try", words.NEXT_TRY, hint=words.NEXT_TRY_HINT),
            fields.choose("worth_it", words.WORTH_IT, worth, None, nothing=words.WORTH_UNSAID),
            fields.note("note", words.NOTE, hint=words.NOTE_HINT),
        ]
    if form.state is CheckInState.SCHEDULED:
        hint = words.DIARY_AT_ZONE.format(zone=form.timezone) if form.timezone else words.DIARY_AT_HINT
        return [
            fields.day("diary_on", words.DIARY_ON, form.on),
            fields.clock_time("diary_at", words.DIARY_AT, form.at, optional=True, hint=hint),
        ]
    if form.state is CheckInState.STUCK:
        return [
            fields.radio("stuck_reason", words.STUCK_WHY, words.STUCK_WHYS, form.stuck),
            fields.choose("stuck_audience", words.STUCK_WHO, _audiences(form), "nobody", optional=False),
            fields.note("note", words.NOTE, value=form.note, hint=words.NOTE_STUCK_HINT),
        ]
    return [section(words.WRAP_UP_WORDS)] if form.state is CheckInState.WRAP_UP else []


def _audiences(form: CheckInForm) -> dict[str, str]:
    """Nobody, or one of the organizers, whom the person chooses."""
    named = {user: words.STUCK_ORGANIZER.format(name=name)[:LONGEST_OPTION] for user, name in form.organizers.items()}
    return {"nobody": words.STUCK_NOBODY, **named}


def pause(until: date) -> Drawn:
    """Until when."""
    blocks = [fields.day("until", words.PAUSE_UNTIL, until, hint=words.PAUSE_HINT)]
    return modal(View.PAUSE, words.PAUSE_TITLE, blocks, submit=words.PAUSE_SUBMIT)


def quiet_weeks(program_id: int, mondays: Sequence[date], chosen: Collection[date], coming: Sequence[str]) -> Drawn:
    """The weeks in which a program is silent, below the holidays that are coming, a line each."""
    told = "\n".join([words.HOLIDAYS_COMING, *coming]) if coming else words.HOLIDAYS_NONE
    weeks = {monday.isoformat(): words.QUIET_WEEK.format(day=day_words(monday)) for monday in mondays}
    marked = [monday.isoformat() for monday in sorted(chosen)]
    blocks = [
        section(fitted(told)),
        fields.some("quiet", words.QUIET_WEEKS, weeks, marked, words.QUIET_PLACEHOLDER, hint=words.QUIET_HINT),
    ]
    return modal(View.QUIET_WEEKS, words.QUIET_TITLE, blocks, submit=words.SAVE, about={"program": program_id})


def holiday_line(day: date, name: str, places: Sequence[str]) -> str:
    """A holiday and who keeps it."""
    return words.HOLIDAY_LINE.format(day=day_words(day), name=escape(name), places=escape(", ".join(places)))


def agenda(pair_id: int | None = None) -> Drawn:
    """The shape of a meeting: source in PRODUCT.md, "meeting shape"; the first one has an agreement."""
    agree = [button(agreement.OPEN, Action.OPEN_AGREEMENT, Ref("pair", pair_id))] if pair_id else []
    blocks = [section(answers.AGENDA), *([actions(*agree)] if agree else [])]
    return modal(View.PLAIN, words.AGENDA_TITLE, blocks, close=words.CLOSE)
