"""Matching beside the bot, not in it: a worker process a match, ended when it takes too long."""

import json
import logging
import subprocess
import sys
import threading
import time
from collections.abc import Sequence

from bot.content import refusals
from bot.domain.considering_apart import Lists, lists_from_json
from bot.domain.matching import Inputs, MatchPlan, inputs_to_json, plan_from_json
from bot.errors import NotPossibleNow

WORKER = (sys.executable, "-m", "bot.domain.matching.worker")
CONSIDERER = (sys.executable, "-m", "bot.domain.considering_apart")
PATIENCE = 120.0  # seconds
AT_ONCE = 2
"""Matches at the same time: each takes a processor and the memory of its roster."""

log = logging.getLogger(__name__)


class Solver:
    """Call it with a round's inputs. NotPossibleNow where the worker took too long or broke."""

    def __init__(
        self, command: Sequence[str] = WORKER, patience: float = PATIENCE, considerer: Sequence[str] = CONSIDERER
    ) -> None:
        self._command, self._considerer, self._patience = command, considerer, patience
        self._turns = threading.BoundedSemaphore(AT_ONCE)
        self._lock = threading.Lock()
        self._working: set[subprocess.Popen[str]] = set()
        self._stopped = False

    def __call__(self, inputs: Inputs) -> MatchPlan:
        """The plan, the same that `inputs.plan()` would make here. Waits for its turn within the same patience."""
        return plan_from_json(json.loads(self._answered(self._command, inputs)))

    def consider(self, inputs: Inputs) -> Lists:
        """Whom each person may be shown before the match, as `considered(inputs)` would find here."""
        return lists_from_json(json.loads(self._answered(self._considerer, inputs)))

    def _answered(self, command: Sequence[str], inputs: Inputs) -> str:
        deadline = time.monotonic() + self._patience
        if not self._turns.acquire(timeout=self._patience):
            raise NotPossibleNow(refusals.MATCH_TOO_LONG)
        try:
            return self._ask(command, json.dumps(inputs_to_json(inputs)), deadline)
        finally:
            self._turns.release()

    def stop(self) -> None:
        """End every worker; whoever waits for one is told that it broke. None is started from now on."""
        with self._lock:
            self._stopped = True
            for worker in self._working:
                worker.kill()

    def _ask(self, command: Sequence[str], question: str, deadline: float) -> str:
        with self._begun(command) as worker:
            try:
                written, complaint = worker.communicate(question, timeout=max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                log.error("A match of %d bytes took longer than %g seconds.", len(question), self._patience)
                raise NotPossibleNow(refusals.MATCH_TOO_LONG) from None
            finally:
                self._end(worker)
        if worker.returncode:
            log.error("The worker that matches ended with %d: %s", worker.returncode, complaint[-2000:])
            raise NotPossibleNow(refusals.MATCH_BROKE)
        return written

    def _begun(self, command: Sequence[str]) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        with self._lock:
            if self._stopped:
                raise NotPossibleNow(refusals.MATCH_BROKE)
            worker = subprocess.Popen(tuple(command), stdin=pipe, stdout=pipe, stderr=pipe, text=True)
            self._working.add(worker)
        return worker

    def _end(self, worker: subprocess.Popen[str]) -> None:
        with self._lock:
            self._working.discard(worker)
            worker.kill()
