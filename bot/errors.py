"""What can go wrong in a way a person should read.

MentorError            carries the sentence for the person who asked
├── NotAllowed         they may not do this; the sentence says who can
├── NotPossibleNow     the state of things does not allow it; the sentence says what to do instead
│   ├── WrongDay       they met in the future, or have a past day in the diary
│   ├── WrongTime      the hour they have in the diary is over
│   ├── WrongWords     what was typed into a field does not fit
│   ├── WrongForm      the same for several fields of a form, each with its sentence
│   └── SomeoneLeft    the match holds someone who is no longer free: mend it, and ask again
└── SetupError         the engineer's: a token, a folder, a port; the sentence names the next step
"""

from collections.abc import Mapping


class MentorError(Exception):
    """Holds `user_message`: one or two plain sentences, safe to show as they are."""

    def __init__(self, user_message: str) -> None:
        super().__init__(user_message)
        self.user_message = user_message

    def about(self, program: str) -> None:
        """Begin the sentence with the program it is about; `program` is empty where it could be about no other."""
        if program:
            self.user_message = f"{program}: {self.user_message}"


class NotAllowed(MentorError):
    """Someone asked for what is another's to do."""


class NotPossibleNow(MentorError):
    """The program, the pair or the message moved on."""


class WrongDay(NotPossibleNow):
    """They met in the future, or have a past day in the diary."""


class WrongTime(NotPossibleNow):
    """The day may be today; the hour in the diary is over."""


class WrongWords(NotPossibleNow):
    """What was typed into `field` of a form, or after a verb, does not fit."""

    def __init__(self, field: str, user_message: str) -> None:
        super().__init__(user_message)
        self.field = field


class WrongForm(NotPossibleNow):
    """What was typed into some fields of a form does not fit; `errors`: field -> sentence."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = dict(errors)


class SomeoneLeft(NotPossibleNow):
    """Since the preview someone left, paused or went; everyone else is as they were."""


class SetupError(MentorError):
    """The bot cannot start; exit code 1."""
