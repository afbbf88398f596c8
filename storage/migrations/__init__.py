"""The revisions, one set for SQLite and PostgreSQL, named `0001_what`, `0002_what`, ... as their files.

The next one, from the tables:  .venv/bin/python -m storage.migrations what_changed
The first one anew, until the first release:  .venv/bin/python -m storage.migrations --first
"""
