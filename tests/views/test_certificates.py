"""The certificate as a picture: the right shape, every letter of a name, nothing beyond its frame."""

import io
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest
from PIL import Image, ImageChops

from bot.content.certificates import figures, hours, own, together
from bot.domain.journeys import Journey
from bot.domain.notices import CertificateReady
from bot.views.certificates import HEIGHT, PAPER, WIDTH, can_be_drawn, draw
from bot.views.messages import render

WALKED = Journey(5, 225, 2, 6, 3)
ANA = CertificateReady("Peer mentoring", "Small Works", "Ana", "Ana", date(2026, 1, 12), date(2026, 4, 5), WALKED)
INSIDE = (64, 64, WIDTH - 64, HEIGHT - 64)
NAMED, COUNTED = (64, 410, WIDTH - 64, 545), (64, 740, WIDTH - 64, 900)


def picture(notice: CertificateReady) -> Image.Image:
    return Image.open(io.BytesIO(draw(notice))).convert("RGB")


def inked(drawn: Image.Image, box: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    """What is not paper within a part of the sheet."""
    part = drawn.crop(box)
    found = ImageChops.difference(part, Image.new("RGB", part.size, PAPER)).point(lambda n: 255 * (n > 40)).getbbox()
    assert found is not None
    return found


def test_it_is_a_small_png_of_the_shape_of_a_sheet() -> None:
    drawn = draw(ANA)
    assert drawn.startswith(b"\x89PNG")
    assert len(drawn) < 100_000
    assert picture(ANA).size == (WIDTH, HEIGHT)
    assert draw(ANA) == drawn


@pytest.mark.parametrize(
    "name", ["José Müller", "Wanjirũ Kĩhara", "Wanjiru\u0303", "Nguyễn", "Иван", "Ανδρέας", "Łukasz"]
)
def test_names_of_many_languages_have_all_their_letters(name: str) -> None:
    assert can_be_drawn(name)
    assert "line to write it" not in render(replace(ANA, name=name)).text


@pytest.mark.parametrize("name", ["山田 太郎", "محمد", "Ana 🎉", "", " "])
def test_a_name_that_cannot_be_drawn_is_a_line_to_write_on_and_no_row_of_boxes(name: str) -> None:
    assert not can_be_drawn(name)
    left, top, right, bottom = inked(picture(replace(ANA, name=name)), NAMED)
    assert bottom - top <= 4
    assert right - left > 600
    assert "line to write it on" in render(replace(ANA, name=name)).text


@pytest.mark.parametrize("name", ["A", "Ana Silva", "Featherstonehaugh-Cholmondeley " * 6, "W" * 80])
def test_a_name_of_any_length_stays_within_the_frame(name: str) -> None:
    left, _, right, _ = inked(picture(replace(ANA, name=name)), NAMED)
    assert left > 60
    assert right < WIDTH - 128 - 60
    assert abs((left + right) - (WIDTH - 128)) < 12, "in the middle"


def test_a_program_s_name_of_any_length_stays_within_the_frame() -> None:
    drawn = picture(replace(ANA, program="Leadership " * 7))
    left, _, right, _ = inked(drawn, (64, 555, WIDTH - 64, 610))
    assert left > 20
    assert right < WIDTH - 128 - 20


def test_numbers_that_are_nothing_are_left_out() -> None:
    few = inked(picture(replace(ANA, journey=Journey(meetings=1))), COUNTED)
    many = inked(picture(ANA), COUNTED)
    assert few[2] - few[0] < many[2] - many[0]
    assert figures(Journey(1, 45)) == [("1", "meeting"), ("45", "minutes")]
    assert figures(Journey(2, 60, 1)) == [("2", "meetings"), ("1", "hour"), ("1", "goal reached")]
    assert figures(WALKED) == [("5", "meetings"), ("3:45", "hours"), ("2", "goals reached"), ("6", "lessons")]


def test_the_numbers_are_told_as_people_tell_them() -> None:
    assert together(WALKED) == ["five meetings (3 h 45 min)", "two goals reached"]
    assert own(WALKED) == ["six lessons", "thanks received three times"]
    assert (together(Journey()), own(Journey())) == ([], [])
    assert [hours(minutes) for minutes in (45, 60, 75)] == ["45 min", "1 h", "1 h 15 min"]


def test_what_it_shows_is_told_in_words_and_names_nobody_else() -> None:
    file = render(ANA).file
    assert file is not None
    assert file.alt_text == (
        "A certificate for Ana, who took part in Peer mentoring from 12 January 2026 to 5 April 2026: "
        "five meetings (3 h 45 min), two goals reached and six lessons."
    )


def test_the_start_of_the_bot_imports_neither_pillow_nor_the_font() -> None:
    asked = "import sys, bot.app, handlers; print([name for name in sys.modules if name.startswith(('PIL', 'font_'))])"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
