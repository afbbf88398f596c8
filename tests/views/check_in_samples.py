"""One of each form around an answer to "how does it stand?", around whatever words people might have typed."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

from bot.content import forms
from bot.domain.checkins import CheckInState, StuckReason
from bot.domain.notices import CheckInAnswered
from bot.views import modals, steering
from bot.views.messages import together
from bot.views.modals import CheckInForm
from tests.views.notices import APRIL, TUESDAY, Words

View = dict[str, Any]
MOMENT = datetime(2026, 1, 12, 9, 10, tzinfo=UTC)


def stuck(words: Words) -> CheckInAnswered:
    """The answer of someone who hears nothing from their partner, with organizers who could be told."""
    organizers = words.names[:2]
    answer = CheckInAnswered(5, 42, words.names[1:2], CheckInState.STUCK, None, None, APRIL, organizers=organizers)
    return replace(answer, stuck=StuckReason.NO_REPLY)


def check_in_modals(words: Words) -> dict[str, View]:
    blank = CheckInForm(together(words.names[1:]), TUESDAY, {"pair": 42})
    states = [state for state in CheckInState if state in forms.STATES]
    details = replace(
        blank, about={"check_in": 5, "pair": 42}, state=CheckInState.MET, fixed=True, on=TUESDAY, minutes=30
    )
    organizers = {f"U0ORG{at}": name for at, name in enumerate(words.names)}
    return {
        "check_in_stuck_organizers": modals.check_in(
            replace(blank, state=CheckInState.STUCK, organizers=organizers, fixed=True)
        ),
        "check_in_stuck_typed": modals.check_in(
            replace(blank, state=CheckInState.STUCK, stuck=StuckReason.NO_REPLY, note=words.line)
        ),
        "check_in": modals.check_in(blank),
        **{f"check_in_{state}": modals.check_in(replace(blank, state=state)) for state in states},
        "check_in_scheduled_elsewhere": modals.check_in(
            replace(blank, state=CheckInState.SCHEDULED, fixed=True, on=TUESDAY, at=time(15), timezone="Europe/Lisbon")
        ),
        "check_in_details": modals.check_in(details),
    }


def steering_modals(words: Words) -> dict[str, View]:
    """What follows "not yet" and "stuck"."""
    times = [MOMENT + timedelta(days=at, minutes=30 * at) for at in range(5)]
    organizers = {f"U0ORG{at}": name for at, name in enumerate(words.names)}
    scheduled = replace(stuck(words), state=CheckInState.SCHEDULED, stuck=None, on_date=TUESDAY)
    return {
        "stuck_said": steering.said(stuck(words)),
        "find_a_time": steering.find_a_time(5, words.names[1:2], "Europe/Lisbon", times),
        "find_a_time_none": steering.find_a_time(5, words.names[1:], "Europe/Lisbon", ()),
        "time_sent": steering.time_sent(scheduled),
        "tell_organizer": steering.tell_organizer(5, organizers),
        "tell_the_only_organizer": steering.tell_organizer(5, {"U0ORG": words.names[0]}),
        "tell_nobody": steering.tell_organizer(5, {}),
        "told": steering.told(words.names[0]),
    }
