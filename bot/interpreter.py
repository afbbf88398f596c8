"""How Python itself is set in a process that people wait for."""

import gc
import sys

GIVES_WAY = 0.001
"""Seconds after which a busy thread lets another run: with Python's five milliseconds a long tick delays each click."""
NEW_OBJECTS = 10_000
"""So many before garbage is looked for. Python's 700 are the rows of one question, and most of them live on."""


def give_way() -> None:
    """A thread that computes lets others run soon."""
    sys.setswitchinterval(GIVES_WAY)


def spare_what_stays() -> None:
    """What is there now stays, and is not looked through for garbage again: that halts every thread for a tenth of a
    second, and took a fifth of a long tick. Call it when all is imported and built."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, 20, 20)
