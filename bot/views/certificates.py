"""A certificate as a picture: drawn when it is sent, in a font that has the letters of most names.

Pillow and the font (Source Serif Pro, SIL Open Font License) are imported by the first certificate, not by the start.
"""

import io
import unicodedata
from dataclasses import replace
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING

from bot.content import certificates as words
from bot.domain.notices import CertificateReady
from bot.views.kit import and_list

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1600, 1131
"""In pixels, the shape of a landscape sheet of A4."""
PAPER, INK, GREEN, GOLD, QUIET = "#fcfaf4", "#20302b", "#2f5d50", "#b98a2f", "#66716c"
MIDDLE = WIDTH // 2
LARGEST_NAME, SMALLEST_NAME = 96, 44
WIDEST = WIDTH - 320
FINER = 4
"""Round shapes are drawn so many times larger and made smaller, which smooths them."""


def draw(notice: CertificateReady) -> bytes:
    """The certificate as a PNG."""
    from PIL import Image, ImageDraw

    sheet = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(sheet)
    _frame(pen)
    sheet.paste(*_emblem())
    _heading(pen)
    _name(pen, notice.name)
    _words(pen, notice)
    _numbers(pen, notice)
    _foot(pen, notice)
    written = io.BytesIO()
    sheet.quantize(128).save(written, "PNG", optimize=True)
    return written.getvalue()


def font(size: int, weight: str = "Regular") -> "FreeTypeFont":
    """Source Serif Pro in a size and a weight."""
    from PIL import ImageFont

    return ImageFont.truetype(str(files("font_source_serif_pro") / "files" / f"SourceSerifPro-{weight}.otf"), size)


def in_words(notice: CertificateReady) -> str:
    """What the picture shows, for who cannot see it."""
    came_to = and_list([*words.together(notice.journey), *words.own(replace(notice.journey, thanks=0))])
    began, ended = _day(notice.began), _day(notice.ended)
    return words.ALT.format(name=notice.name, program=notice.program, began=began, ended=ended, numbers=came_to)


def can_be_drawn(name: str) -> bool:
    """Whether the font has every letter of a name: Latin, Greek and Cyrillic ones, with all their marks."""
    letters = font(SMALLEST_NAME, "Semibold")
    missing = bytes(letters.getmask("\uffff"))
    shown = [letter for letter in composed(name) if not letter.isspace()]
    return bool(shown) and all(bytes(letters.getmask(letter)) != missing for letter in shown)


def composed(name: str) -> str:
    """A name with its letters and their marks as one, as the font knows them; on one line."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def _frame(pen: "ImageDraw") -> None:
    pen.rectangle((40, 40, WIDTH - 41, HEIGHT - 41), outline=GREEN, width=6)
    pen.rectangle((56, 56, WIDTH - 57, HEIGHT - 57), outline=GOLD, width=2)


def _emblem() -> tuple["Image", tuple[int, int], "Image"]:
    """Two rings that hold each other, where they go, and their shape."""
    from PIL import Image, ImageDraw

    size = (220 * FINER, 132 * FINER)
    rings, shape = Image.new("RGB", size, PAPER), Image.new("L", size, 0)
    for colour, left in ((GREEN, 4), (GOLD, 92)):
        ring = tuple(edge * FINER for edge in (left, 4, left + 124, 128))
        ImageDraw.Draw(rings).ellipse(ring, outline=colour, width=9 * FINER)
        ImageDraw.Draw(shape).ellipse(ring, outline=255, width=9 * FINER)
    crossing = tuple(edge * FINER for edge in (4, 4, 128, 128))
    ImageDraw.Draw(rings).arc(crossing, 10, 60, fill=GREEN, width=9 * FINER)
    small = (220, 132)
    return rings.resize(small), (MIDDLE - 110, 112), shape.resize(small)


def _heading(pen: "ImageDraw") -> None:
    _spaced(pen, 300, words.TITLE.upper(), font(34, "Semibold"), GREEN, 12)
    _centred(pen, 372, words.FOR, font(34), QUIET)


def _name(pen: "ImageDraw", name: str) -> None:
    """The name as large as the sheet allows, or a line on which to write it by hand."""
    if not can_be_drawn(name):
        pen.line((MIDDLE - 360, 520, MIDDLE + 360, 520), fill=INK, width=2)
        return
    shown, size = composed(name), LARGEST_NAME
    while size > SMALLEST_NAME and font(size, "Semibold").getlength(shown) > WIDEST:
        size -= 4
    while font(size, "Semibold").getlength(shown) > WIDEST:
        shown = f"{shown[:-2]}…"
    _centred(pen, 472, shown, font(size, "Semibold"), INK)


def _words(pen: "ImageDraw", notice: CertificateReady) -> None:
    program = composed(notice.program) if can_be_drawn(notice.program) else words.PROGRAM
    span = words.SPAN.format(began=_day(notice.began), ended=_day(notice.ended))
    for top, line, most in ((580, words.TOOK_PART.format(program=program), 38), (640, span, 30)):
        size = most
        while size > 18 and font(size).getlength(line) > WIDEST:
            size -= 2
        _centred(pen, top, line, font(size), INK if top == 580 else QUIET)


def _numbers(pen: "ImageDraw", notice: CertificateReady) -> None:
    """What there is to count, side by side: large figures over small words."""
    shown = words.figures(notice.journey)
    left = MIDDLE - (len(shown) - 1) * 150
    pen.line((MIDDLE - 60, 708, MIDDLE + 60, 708), fill=GOLD, width=3)
    for at, (figure, label) in enumerate(shown):
        _centred(pen, 800, figure, font(76, "Semibold"), GREEN, left + at * 300)
        _centred(pen, 868, label, font(28), QUIET, left + at * 300)


def _foot(pen: "ImageDraw", notice: CertificateReady) -> None:
    if can_be_drawn(notice.workspace):
        _centred(pen, 984, composed(notice.workspace), font(28), QUIET)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _centred(
    pen: "ImageDraw", middle: int, line: str, letters: "FreeTypeFont", colour: str, across: int = MIDDLE
) -> None:
    pen.text((across, middle), line, font=letters, fill=colour, anchor="mm")


def _spaced(pen: "ImageDraw", middle: int, line: str, letters: "FreeTypeFont", colour: str, gap: int) -> None:
    """Letters set apart, as a heading of capitals wants them."""
    across = MIDDLE - (sum(letters.getlength(letter) + gap for letter in line) - gap) / 2
    for letter in line:
        pen.text((across, middle), letter, font=letters, fill=colour, anchor="lm")
        across += letters.getlength(letter) + gap
