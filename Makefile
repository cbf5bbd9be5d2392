# Everything a fresh machine needs is Python >= 3.11 and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2

.PHONY: run demo test check pytest test-notes torture bench screenshots messages lock clean

run: $(VENV)/.run
	@$(BIN)/ashore

demo: $(VENV)/.run
	@$(BIN)/ashore demo

# What the program needs; a finished development environment has it too.
$(VENV)/.run: pyproject.toml requirements.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable .
	@$(BIN)/python -m compileall -q tracker prep
	@touch $@

$(VENV)/.dev: pyproject.toml requirements.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable '.[dev]'
	@$(BIN)/python -m compileall -q tracker prep
	@touch $@ $(VENV)/.run

test: check pytest

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.check_models

pytest: $(VENV)/.dev
	$(BIN)/python -m pytest -n $(WORKERS)

# Recall and precision by style; "make test-notes WORDS=diaries" prints what differs in those documents too.
test-notes: $(VENV)/.dev
	@$(BIN)/python -m tests.prep.notes.recall $(WORDS)
	$(BIN)/python -m pytest -q -n 0 tests/prep/notes

# Many kills, long hunts, and examples that no run has met.
torture: $(VENV)/.dev
	$(BIN)/python -m pytest -n $(WORKERS) -m hypothesis --hypothesis-profile=exploring
	ASHORE_TORTURE_RUNS=500 $(BIN)/python -m pytest -n $(WORKERS) tests/faults tests/tracker/test_hunt_machine.py

bench: $(VENV)/.dev
	$(BIN)/python -m tests.benchmarks

screenshots: $(VENV)/.dev
	$(BIN)/python -m tests.screenshots

# Collect the sentences, merge them into the catalogues, compile.
messages: $(VENV)/.dev
	$(BIN)/python -m tests.catalogue

lock: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate --extra dev --extra fit --output-file requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
