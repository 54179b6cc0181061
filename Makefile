# `make run` and `make test` do all their own set-up. `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
WORKERS ?= 2
PARTS ?=

.PHONY: help run test bench lint format messages staff load screenshots lock migrations

help:
	@echo "make run          the site on http://127.0.0.1:8000 (or PORT=...)"
	@echo "make test         every test (fast ones only: make test ARGS='-m \"not slow and not browser\"')"
	@echo "make bench        how fast pages, poll, documents and refresh are (docs/performance.md)"
	@echo "make lint         ruff, mypy, djlint, missing migrations, lock files"
	@echo "make format       let ruff put the code in order"
	@echo "make messages     bring the catalogues in locale/ up to date with the code"
	@echo "make staff        make a staff account"
	@echo "make screenshots  pictures of every kind of page into docs/screenshots"
	@echo "make lock         write the lock files anew from pyproject.toml"

run: $(VENV)/run.stamp
	@exec $(BIN)/python -m config.run --leave-with-parent

test: $(VENV)/test.stamp
	@VAR_DIR=$${VAR_DIR:-var/test} $(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup $(ARGS)

bench: $(VENV)/test.stamp
	@VAR_DIR=$${VAR_DIR:-var/bench} $(BIN)/python -m benchmarks $(PARTS)

lint: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/djlint --quiet --lint templates
	$(MANAGE) makemigrations --check --dry-run
	$(BIN)/python -m pytest -q tests/config/test_lock_files.py

format: $(VENV)/test.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

messages: $(VENV)/test.stamp
	@$(BIN)/python -m config.catalogues

staff: $(VENV)/run.stamp
	@$(MANAGE) createsuperuser

screenshots: $(VENV)/test.stamp
	@$(BIN)/python -m tests.browser.screenshots

migrations: $(VENV)/run.stamp
	$(MANAGE) makemigrations

lock: $(VENV)/test.stamp
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --python-version 3.11 \
	  pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --python-version 3.11 \
	  --constraint requirements.lock pyproject.toml --group dev -o requirements-dev.lock

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Passage needs Python 3.11 or newer: make PYTHON=python3.12 run")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.lock | $(BIN)/python
	@echo "Installing ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/test.stamp: requirements-dev.lock | $(BIN)/python
	@echo "Installing ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@ $(VENV)/run.stamp
