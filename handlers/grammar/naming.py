"""Which program an organizer's words are about: `admin people in Leadership`, or just its name at the end."""

from collections.abc import Sequence

from bot.views.kit import escape
from handlers.grammar.spoken import Unreadable
from handlers.grammar.verbs import Who, begun_by, said_in
from handlers.grammar.words import Word, cut, joined

Words = list[Word]
LINKS = {"in", "for", "of"}
_NO_SUCH = "I know no program called “{name}” that you run. `/mentor admin` shows what there is."


def about_program(text: str, names: Sequence[str]) -> tuple[str, str | None]:
    """An organizer's words without the program they name at their end, and its name as it is in `names`.

    A name never takes a word of the verb: of "admin match release", "release" stays. Anybody's other words stay as they
    are. Unreadable where they name a program that is not among `names`.
    """
    words = said_in(text)
    verb, used = begun_by(words)
    if verb is None or verb.who is not Who.ORGANIZER:
        return text, None
    for name in sorted(names, key=len, reverse=True):
        length = _ends_with(words[used:], name)
        if length:
            kept = words[:-length]
            kept = kept[:-1] if len(kept) > used and kept[-1].folded in LINKS else kept
            return "".join(word.raw for word in kept).strip(), name
    if len(words) > used + 1 and words[used].folded == "in":
        raise Unreadable(_NO_SUCH.format(name=escape(joined(words[used + 1 :]))))
    return text, None


def _ends_with(words: Words, name: str) -> int:
    """How many words at the end are the name; 0 where they are not."""
    wanted = [word.folded for word in cut(escape(name)) if word.folded]
    tail = words[len(words) - len(wanted) :] if wanted else []
    return len(wanted) if [word.folded for word in tail] == wanted else 0
