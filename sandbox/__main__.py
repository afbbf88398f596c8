"""python -m sandbox MANIFEST [--seed SEED] [--port PORT] [--state FILE] [--autopilot SEED]: a workspace for any app."""

import argparse
import signal
import sys
import threading
from pathlib import Path

from sandbox.server import Sandbox

COMPANY = Path(__file__).parent / "seeds" / "company.yaml"
INTRODUCTION = """A Slack workspace: {0.url}
SLACK_API_URL={0.slack_api_url}
SLACK_BOT_TOKEN={0.bot_token}
SLACK_APP_TOKEN={0.app_token}
"""


def main(arguments: list[str] | None = None) -> int:
    """Serve until interrupted, after printing what the app needs to connect."""
    given = _parser().parse_args(arguments)
    sandbox = Sandbox(
        given.seed, given.manifest, port=given.port, state_file=given.state, autopilot_seed=given.autopilot
    )
    told = _told_to_stop()
    try:
        sandbox.start()
    except OSError as trouble:
        sys.stderr.write(f"Port {given.port} cannot be used ({trouble.strerror}). Choose another with --port.\n")
        return 1
    sys.stdout.write(INTRODUCTION.format(sandbox))
    sys.stdout.flush()
    told.wait()
    sandbox.stop()
    return 0


def _told_to_stop() -> threading.Event:
    told = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: told.set())
    return told


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sandbox", description="A strict Slack workspace on this machine.")
    parser.add_argument("manifest", type=Path, help="the app's manifest.yml")
    parser.add_argument("--seed", type=Path, default=COMPANY, help="the company, as YAML")
    parser.add_argument("--port", type=int, default=0, help="0 takes any free port")
    parser.add_argument("--state", type=Path, help="keep the workspace in this file")
    parser.add_argument("--autopilot", type=int, help="a seed: people nobody plays act while time is skipped")
    return parser


if __name__ == "__main__":
    sys.exit(main())
