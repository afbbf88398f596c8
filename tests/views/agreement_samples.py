"""One of each form and answer around an agreement, and whatever words people might have typed."""

from dataclasses import replace
from typing import Any

from bot.content import agreement as said
from bot.domain.agreements import NAMES, Agreement
from bot.views import agreement
from bot.views.kit import Message
from bot.views.models import AgreementShown, PairStanding
from tests.views.notices import APRIL, TUESDAY, Words, why
from tests.views.notices import agreement as agreed


def agreement_answers(words: Words) -> dict[str, Message]:
    """Which one, where someone has two partners."""
    ben = PairStanding(42, words.names[1:2], why(words), 1, None, TUESDAY, APRIL, "", agreement=agreed(words))
    return {"agreement_with_whom": agreement.with_whom([ben, replace(ben, partners=words.names[1:], agreement=None)])}


def agreement_modals(words: Words) -> dict[str, dict[str, Any]]:
    """From the first time to the day of its review."""
    suggested = Agreement(meets=said.MEETS_USUALLY[2], confidential=said.CONFIDENTIAL_USUALLY, review_on=APRIL)
    new = AgreementShown(42, words.names[1:2], suggested, exists=False)
    here = AgreementShown(42, words.names[1:2], agreed(words), exists=True, reached=(words.line,))
    mine = replace(suggested, off_limits=words.note[:500])
    return {
        "agreement_new": agreement.form(new),
        "agreement": agreement.form(here),
        "agreement_due": agreement.form(replace(here, is_due=True)),
        "agreement_changed_meanwhile": agreement.changed_meanwhile(here, mine, NAMES),
        "agreement_saved_first": agreement.saved(here, said.SAVED_FIRST),
        "agreement_saved": agreement.saved(replace(here, partners=words.names[1:]), said.SAVED),
    }
