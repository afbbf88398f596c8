"""What is solved in a process of its own gives way to the bot: someone's click is not to wait for a match."""

import os

LAST_OF_ALL = 19
"""As nice as a process can be."""


def give_way() -> None:
    """Let every other process go first, from now on."""
    os.nice(LAST_OF_ALL)
