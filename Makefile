# A bare machine needs Python 3.11 or later with its venv module, and make. `make help` lists what there is.
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c
PYTHON ?= python3
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
BIN := .venv/bin
.DEFAULT_GOAL := help

.PHONY: help
help:  ## list what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

.PHONY: setup
setup: .venv/ready  ## prepare .venv with the `mentor` command

.tools/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; name one with: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -m venv .tools
	@.tools/bin/pip install --quiet --disable-pip-version-check uv

.venv/ready: requirements.lock pyproject.toml | $(UV)
	@$(UV) venv --quiet --allow-existing --no-managed-python --python $(PYTHON) .venv
	@$(UV) pip sync --quiet --compile-bytecode --system-certs --require-hashes --python .venv/bin/python requirements.lock
	@$(UV) pip install --quiet --system-certs --no-deps --no-build-isolation --python .venv/bin/python -e .
	@touch .venv/ready

.PHONY: run
run: setup  ## the bot in your Slack (tokens in .env), or in a Slack on this machine
	@$(BIN)/mentor start

.PHONY: test
test: setup  ## every check and test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/mypy
	@$(BIN)/pytest -n 3 --dist loadfile

.PHONY: lock
lock: | $(UV)  ## resolve requirements.lock anew
	@$(UV) pip compile --upgrade --universal --generate-hashes --no-header --no-annotate --system-certs --extra dev --python-version 3.11 --quiet pyproject.toml -o requirements.lock

.PHONY: chaos
chaos: setup  ## kill and freeze the senders of 5,000 messages, 20 times over; make chaos CHAOS="--messages 1000 --runs 4 --seed 7"
	@$(BIN)/python -m tests.chaos $(CHAOS)

.PHONY: bench
bench: setup  ## measure: one table, and build/bench.json
	@$(BIN)/python -m bench

.PHONY: bench-rivals
bench-rivals: setup  ## measure beside slow rivals, half an hour: docs/rivals-DATE.json
	@$(BIN)/python -m bench rivals

.PHONY: bench-ticks
bench-ticks: setup  ## a tick over 3,000 to 100,000 people, beside one job per person, ten minutes: docs/ticks-DATE.json
	@$(BIN)/python -m bench ticks

.PHONY: year
year: setup  ## a simulated year of 300 people in 12 countries, looked over; make year YEAR="--programs 3 --people 200"
	@$(BIN)/python -m bench.year $(YEAR)

.PHONY: gallery
gallery: setup  ## everything the bot can show, on one page: build/gallery/index.html
	@$(BIN)/python -m tests.gallery

.PHONY: wheels
wheels: | $(UV)  ## check that Python 3.12 to 3.14 install from wheels alone
	@for version in 3.12 3.13 3.14; do \
	  $(UV) pip install --quiet --system-certs --dry-run --target build/wheels --python-version $$version \
	    --only-binary :all: --require-hashes -r requirements.lock && echo "Python $$version: wheels for everything" || exit 1; \
	done

.PHONY: revision
revision: setup  ## write the next migration: make revision NAME=what_changed
	@$(BIN)/python -m storage.migrations $(NAME)
