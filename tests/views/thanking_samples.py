"""Thanks as they are given: the form, its preview, and the values of a program."""

from typing import Any

from bot.views import thanking
from bot.views.thanking import ThanksPreview
from tests.views.notices import Words


def thanking_modals(words: Words) -> dict[str, Any]:
    """Every form and page."""
    ana, ben, chloe = words.names
    one = ThanksPreview(ana, (ben,), ("U0BEN",), words.thanks, (), (words.channel,))
    several = ThanksPreview(
        *(ana, (ben, chloe), ("U0BEN", "U0CHLOE"), words.thanks, words.values, (words.channel, "leaders"))
    )
    return {
        "kudos": thanking.form(),
        "kudos_begun": thanking.form(["U0BEN"], words.thanks, words.values, words.values[:1]),
        "kudos_preview": thanking.preview(one),
        "kudos_preview_of_several": thanking.preview(several),
        "kudos_preview_without_channel": thanking.preview(ThanksPreview(ana, (ben,), ("U0BEN",), words.thanks, (), ())),
        "values": thanking.values_form(1, ()),
        "values_chosen": thanking.values_form(1, words.values),
        "values_saved": thanking.values_saved(words.values),
        "values_emptied": thanking.values_saved(()),
    }
