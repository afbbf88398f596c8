"""Writes a revision: what the tables are now against what the revisions make."""

import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command

from storage.engine import make_engine
from storage.migrate import MIGRATIONS, config, head, upgrade

VERSIONS = MIGRATIONS / "versions"


def write_revision(words: str) -> None:
    """Write the next revision, with a downgrade, formatted as everything else."""
    number = int(head()[:4]) + 1 if any(VERSIONS.glob("[0-9]*.py")) else 1
    name = f"{number:04}_{words}"
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite+pysqlite:///{folder}/empty.db", pool_size=1)
        if number > 1:
            upgrade(engine)
        with engine.connect() as connection, connection.begin():
            settings = config(connection)
            settings.set_main_option("file_template", "%%(rev)s")
            command.revision(settings, words.replace("_", " ").capitalize(), autogenerate=True, rev_id=name)
        engine.dispose()
    _format(VERSIONS / f"{name}.py")


def _format(path: Path) -> None:
    for act in (["format"], ["check", "--fix"], ["format"]):
        subprocess.run([sys.executable, "-m", "ruff", *act, "--quiet", str(path)], check=True)


if sys.argv[1:] == ["--first"]:
    for old in VERSIONS.glob("[0-9]*.py"):
        old.unlink()
    write_revision("first")
elif len(sys.argv) == 2:
    write_revision(sys.argv[1])
else:
    raise SystemExit("Usage: python -m storage.migrations what_changed | --first")
