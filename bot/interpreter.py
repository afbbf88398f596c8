"""How Python itself is set in a process that people wait for."""

import ctypes
import gc
import sys

SWITCHES_AFTER = 0.001
"""Seconds after which a busy thread lets another run: with Python's five milliseconds a long tick delays each click."""
NEW_OBJECTS = 10_000
"""So many before garbage is looked for. Python's 700 are the rows of one question, and most of them live on."""

M_ARENA_MAX = -8
"""From malloc.h of the GNU C library; see man 3 mallopt."""
ARENAS = 2
"""As many threads as decide and draw at the same time (`Deps.desk`)."""


def switch_soon() -> None:
    """A thread that computes lets others run soon."""
    sys.setswitchinterval(SWITCHES_AFTER)


def spare_what_stays() -> None:
    """What is there now stays, and is not looked through for garbage again: that halts every thread for a tenth of a
    second, and took a fifth of a long tick. Call it when all is imported and built."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, 20, 20)


def share_arenas() -> bool:
    """All threads take their memory from two arenas; False where the C library is another than GNU's.

    It would give a thread an arena of its own, up to eight for each processor, and what is freed in one serves no
    other: after bursts of 200 clicks that was 9 MB of 126. Python lets one thread work at a time, so they hardly wait
    for each other. Call it before threads begin: an arena that is there stays.
    """
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    return set_option is not None and bool(set_option(M_ARENA_MAX, ARENAS))
