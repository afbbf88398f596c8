"""One of each page on which an organizer sets a program up, and of each question which program is meant."""

from dataclasses import replace
from datetime import date
from typing import Any

from bot.content.templates import LINES
from bot.domain.enrollment import Profile
from bot.domain.programs import Rounds
from bot.domain.templates import TEMPLATES, Purpose
from bot.views import foretaste, modals, programs, setting_up
from bot.views.kit import Message
from bot.views.models import InProgram, PairStanding, ProgramChoice
from bot.views.setting_up import SetupForm
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
    }


def in_several(words: Words, pair: PairStanding) -> tuple[InProgram, ...]:
    """Someone of four programs, in each of the four situations."""
    return (
        InProgram(1, words.program, (pair,)),
        InProgram(2, words.line, lessons_first=(1, 2)),
        InProgram(3, words.program, next_week=TUESDAY),
        InProgram(4, words.program),
    )


def profile_of_several(words: Words, profile: Profile) -> View:
    """The join form where the workspace has several programs."""
    return modals.join(profile, 1, first_time=True, program=words.program)


def setup_modals(words: Words) -> dict[str, View]:
    """The three pages, for a new program, one that is there, and a copy."""
    there = SetupForm(words.program, Purpose.SKILLS, "C0PEERMENTORING", 12, 2, asks_first=True, program_id=1)
    other = ProgramChoice(1, words.program)
    buddies, rhythm = Purpose.ONBOARDING, TEMPLATES[Purpose.ONBOARDING]
    new = SetupForm(
        *(words.program, buddies, None, rhythm.length_weeks, rhythm.cadence_weeks),
        rounds=rhythm.rounds,
        lessons=rhythm.lessons,
    )
    dated = replace(there, purpose=Purpose.LEADERSHIP, join_by=TUESDAY, starts_on=APRIL, lessons_first=True)
    return {
        "setup_template": setting_up.template(1, Purpose.SKILLS),
        "setup_template_another": setting_up.template(
            None, Purpose.CULTURE, [ProgramChoice(number, words.program) for number in range(1, 8)]
        ),
        "setup": setting_up.details(replace(there, channel_id=None, asks_first=False)),
        "setup_again": setting_up.details(dated),
        "setup_new": setting_up.details(new),
        "setup_copy": setting_up.details(replace(there, program_id=None, channel_id=None, like=other)),
        "setup_preview": foretaste.preview(replace(there, channel_id="C1"), words.channel, date(2026, 1, 12), {}),
        "setup_preview_weekly": foretaste.preview(
            replace(new, rounds=Rounds.WEEKLY_APPROVED), words.channel, date(2026, 1, 12), {}
        ),
        "setup_preview_dated": foretaste.preview(dated, words.channel, date(2026, 1, 12), {}),
    }
