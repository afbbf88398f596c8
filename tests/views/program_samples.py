"""One of each page on which an organizer sets a program up, and of each question which program is meant."""

from dataclasses import replace
from datetime import date
from typing import Any

from bot.content.templates import LINES
from bot.domain.enrollment import Profile
from bot.domain.programs import Rounds
from bot.domain.setups import Setup, from_template
from bot.domain.templates import Purpose
from bot.views import foretaste, modals, programs, setting_up
from bot.views.kit import Message
from bot.views.models import InProgram, PairStanding, ProgramChoice
from bot.views.setting_up import SetupPage
from tests.views.notices import APRIL, TUESDAY, Words

View = dict[str, Any]


def program_answers(words: Words) -> dict[str, Message]:
    """Which program is meant: asked of an organizer, and of a member."""
    run = [ProgramChoice(1, words.program), ProgramChoice(2, words.line)]
    choices = [
        ProgramChoice(1, words.program, LINES[Purpose.SKILLS]),
        ProgramChoice(2, words.line, LINES[Purpose.LEADERSHIP]),
    ]
    return {
        "which_program": programs.which(run, "admin people"),
        "which_to_join": programs.to_join(choices),
        "which_to_change": programs.to_change(choices),
        "which_to_leave": programs.to_leave(choices),
        "break_is_from_all": programs.break_is_from_all(choices[0]),
    }


def in_several(words: Words, pair: PairStanding) -> tuple[InProgram, ...]:
    """Someone of four programs, in each of the four situations."""
    return (
        InProgram(1, words.program, (pair,), offers=words.skills, asks=words.skills[:1], hours="09:00-17:00"),
        InProgram(2, words.line, lessons_first=(1, 2), goal=words.line, hours="10:00-12:00"),
        InProgram(3, words.program, next_week=TUESDAY),
        InProgram(4, words.program),
    )


def profile_of_several(words: Words, profile: Profile) -> View:
    """The join form where the workspace has several programs."""
    return modals.join(profile, 1, first_time=True, program=words.program)


def setup_modals(words: Words) -> dict[str, View]:
    """The three pages, for a new program, one that is there, and a copy."""
    there = Setup(words.program, "C0PEERMENTORING", words.channel, asks_first=True)
    other = ProgramChoice(1, words.program)
    new = replace(from_template(Purpose.ONBOARDING, words.program), channel_name=words.channel)
    leaders = Purpose.LEADERSHIP
    dated = replace(there, purpose=leaders, join_by=TUESDAY, starts_on=APRIL, lessons_first=True)
    today = date(2026, 1, 12)
    return {
        "setup_template": setting_up.template(1, Purpose.SKILLS),
        "setup_template_another": setting_up.template(
            None, Purpose.CULTURE, [ProgramChoice(number, words.program) for number in range(1, 8)]
        ),
        "setup": setting_up.details(SetupPage(replace(there, channel_id="", asks_first=False), 1)),
        "setup_again": setting_up.details(SetupPage(dated, 1)),
        "setup_new": setting_up.details(SetupPage(new)),
        "setup_copy": setting_up.details(SetupPage(replace(there, channel_id=""), like=other)),
        "setup_preview": foretaste.preview(there, today, {}),
        "setup_preview_weekly": foretaste.preview(replace(new, rounds=Rounds.WEEKLY_APPROVED), today, {}),
        "setup_preview_dated": foretaste.preview(dated, today, {}),
    }
