"""What follows "stuck": what it is about, in people's words, and the rest as a note."""

from bot.domain.checkins import CheckInState, StuckReason
from handlers.grammar.commands import CheckIn
from handlers.grammar.words import Word, joined

REASONS: dict[str, StuckReason] = {
    phrase: reason
    for reason, phrases in {
        StuckReason.TIMING: ("timing", "time", "finding time", "no time", "finding a time", "schedule", "scheduling"),
        StuckReason.FIT: ("fit", "not a fit", "no fit", "bad fit", "not a good fit"),
        StuckReason.NO_REPLY: (
            *("no reply", "no answer", "no response", "no replies", "no answers", "not replying", "not answering"),
            *("silence", "ghosted", "ghosting"),
        ),
        StuckReason.SERIOUS: ("serious", "something serious", "its serious", "harassment"),
    }.items()
    for phrase in phrases
}
_LINKS = {"", "with", "on", "about", "because", "of", "the", "its", "it", "is", "theres", "there", "gets", "getting"}
_STOPS = (",", ";", ":", ".", "!", "?", ")", "-", "–", "—")
_LONGEST = max(len(phrase.split()) for phrase in REASONS)


def read_stuck(words: list[Word]) -> CheckIn:
    """Read "no reply", "on timing: we both travel", or only a note."""
    led = next((at for at, word in enumerate(words) if word.folded not in _LINKS), len(words))
    for length in range(_LONGEST, 0, -1):
        said = " ".join(word.folded for word in words[led : led + length])
        if said in REASONS and len(words) >= led + length:
            return CheckIn(CheckInState.STUCK, note=joined(_note(words, led + length)), why=REASONS[said])
    return CheckIn(CheckInState.STUCK, note=joined(words))


def _note(words: list[Word], end: int) -> list[Word]:
    """What follows a reason that is set apart, as in "timing, we both travel"; else all, as in "the timing is bad"."""
    rest = words[end:]
    is_apart = not rest or not rest[0].bare or words[end - 1].raw.rstrip().endswith(_STOPS)
    return rest if is_apart else words
