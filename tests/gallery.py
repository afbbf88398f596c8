"""python -m tests.gallery: build/gallery/index.html, everything the bot can show, at a laptop's and a phone's width.

The samples are those of the golden files; the sandbox draws them as it draws them on its page.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from bot.views.kit import Message
from bot.views.messages import render
from sandbox.ui.blocks import BlockContext, environment, render_blocks
from sandbox.ui.mrkdwn import Reader
from sandbox.ui.pages import STATIC
from tests.views.notices import Words, notices
from tests.views.surfaces import answers_of, homes, modals_of

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "build" / "gallery"
STYLES = ("base.css", "messages.css", "blocks.css", "dialogs.css", "phone.css")
LAPTOP, PHONE = 640, 358
"""A message's or a modal's own width in pixels on either."""
READER = Reader(
    datetime(2026, 1, 12, 9, tzinfo=UTC), "Europe/London", "U0ANA", {"U0ANA": "Ana", "U0BEN": "Ben", "U0CHLOE": "Chloé"}
)
OWN_STYLE = """
html { height: auto; }
body { margin: 0; padding: 12px; height: auto; overflow: visible; display: block; background: white; }
.view { position: static; max-height: none; width: auto; } .view-blocks { max-height: none; overflow: visible; }
"""
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Everything Mentor can show</title>
<style>body {{ font: 15px sans-serif; margin: 24px; background: #f4f4f6; }} article {{ display: flex; gap: 24px;
align-items: start; margin-bottom: 40px; }} h2 {{ margin: 0 0 8px; }} figure {{ margin: 0; }}
iframe {{ border: 1px solid #ccc; border-radius: 8px; background: white; height: 60px; }}</style>
<h1>Everything Mentor can show</h1><nav>{contents}</nav>{samples}
<script>const fit = frame => frame.style.height = `${{frame.contentDocument.documentElement.offsetHeight + 2}}px`;
const fitAll = () => document.querySelectorAll("iframe").forEach(fit);
for (const frame of document.querySelectorAll("iframe")) frame.addEventListener("load", () => fit(frame));
addEventListener("load", fitAll); fitAll();</script></html>
"""


@dataclass(frozen=True)
class Sample:
    """A message, a modal or a Home by name, as HTML."""

    name: str
    html: Markup


def samples() -> Iterator[Sample]:
    """Everything there is a golden file of, messages first."""
    words = Words()
    for name, notice in notices(words).items():
        yield Sample(f"message {name}", _message(render(notice)))
    for name, answer in answers_of(words).items():
        yield Sample(f"answer {name}", _message(answer))
    for name, view in modals_of(words).items():
        yield Sample(f"modal {name}", _modal(view))
    for name, home in homes(words).items():
        yield Sample(name.replace("_", " ", 1), _surface(home, "home", "home-blocks"))


def _message(shown: Message) -> Markup:
    return Markup('<div class="message-body">{}</div>').format(_blocks(shown.blocks, "message"))


def _modal(view: Mapping[str, Any]) -> Markup:
    drawn = _blocks(view["blocks"], "modal")
    template = environment().get_template("view.html")
    return Markup(template.render(view={"id": "V1", "hash": "", **view}, blocks=drawn))


def _surface(view: Mapping[str, Any], surface: str, name: str) -> Markup:
    return Markup('<div class="{}">{}</div>').format(name, _blocks(view["blocks"], surface))


def _blocks(blocks: list[dict[str, Any]], surface: str) -> Markup:
    return render_blocks(blocks, BlockContext(READER, surface))


def write(folder: Path = FOLDER) -> Path:
    """Make the page and answer with its path."""
    folder.mkdir(parents=True, exist_ok=True)
    styles = "\n".join((STATIC / name).read_text("utf-8") for name in STYLES)
    (folder / "gallery.css").write_text(styles + OWN_STYLE, "utf-8")
    shown = list(samples())
    contents = Markup(" · ").join(Markup('<a href="#{0}">{0}</a>').format(sample.name) for sample in shown)
    page = folder / "index.html"
    page.write_text(PAGE.format(contents=contents, samples="".join(map(_side_by_side, shown))), "utf-8")
    return page


def _side_by_side(sample: Sample) -> Markup:
    frames = Markup("").join(_frame(sample, width) for width in (LAPTOP, PHONE))
    return Markup('<h2 id="{0}">{0}</h2><article>{1}</article>').format(sample.name, frames)


def _frame(sample: Sample, width: int) -> Markup:
    document = Markup('<!doctype html><html lang="en"><link rel="stylesheet" href="gallery.css"><body>{}</body></html>')
    return Markup('<iframe title="{}, {} pixels" width="{}" srcdoc="{}"></iframe>').format(
        sample.name, width, width, escape(str(document.format(sample.html)))
    )


if __name__ == "__main__":
    print(write().relative_to(ROOT))
