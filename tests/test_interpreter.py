"""How Python is set in the bot's process."""

import subprocess
import sys
from pathlib import Path

MANY_THREADS = """
import ctypes, sys, threading
from bot.interpreter import ARENAS, share_arenas

def heaps(file):
    libc = ctypes.CDLL(None)
    libc.fopen.restype = ctypes.c_void_p
    stream = ctypes.c_void_p(libc.fopen(file.encode(), b"w"))
    libc.malloc_info(0, stream)
    libc.fclose(stream)
    return open(file).read().count("<heap nr=")

def work():
    kept.append(bytearray(10_000))
    together.wait()

kept, together = [], threading.Barrier(30)
if share_arenas():
    threads = [threading.Thread(target=work) for _ in range(30)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert 1 <= heaps(sys.argv[1]) <= ARENAS, heaps(sys.argv[1])
"""


def test_thirty_threads_take_their_memory_from_two_arenas(tmp_path: Path) -> None:
    program = [sys.executable, "-c", MANY_THREADS, str(tmp_path / "malloc.xml")]
    told = subprocess.run(program, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
