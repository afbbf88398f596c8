"""Two minutes before a meeting, in a modal."""

from slack_sdk.models.blocks import DividerBlock

from bot.content import forms
from bot.content import preparation as words
from bot.views.extras import sentence
from bot.views.ids import View
from bot.views.kit import emphasised, grey, section
from bot.views.modals import Drawn, modal
from bot.views.models import Prepared


def prepare(shown: Prepared) -> Drawn:
    """Who drives, two questions for oneself, three ways to start."""
    starters = [one.pattern.format(words=emphasised(one.words)) for one in shown.starters]
    blocks = [
        section(sentence(shown.driving)),
        *map(section, words.QUESTIONS),
        DividerBlock(),
        section("\n".join([words.STARTERS, *(words.STARTER.format(starter=starter) for starter in starters)])),
        grey(words.MINUTES),
    ]
    return modal(View.PLAIN, words.TITLE, blocks, close=forms.CLOSE)
