# What a newcomer types. `make help` lists the commands.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOME_DIR := build
INBOX := sample_data/inbox
export KRACHTWERK_KEY_FILE ?= $(CURDIR)/sample_data/example.key
export DAGSTER_DISABLE_TELEMETRY := yes

.DEFAULT_GOAL := help
.PHONY: help run test dev lint lock sample clean

help: ## List the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(VENV)/.runtime ## Run the whole job on sample_data and publish the dashboards in build/
	@$(BIN)/krachtwerk run --inbox $(INBOX) --home $(HOME_DIR)

test: $(VENV)/.dev ## Run the tests, on every core (one process: make test ARGS="-n 0")
	$(BIN)/pytest --numprocesses auto --dist loadfile $(ARGS)

dev: $(VENV)/.runtime ## Open Dagster's own interface on this machine, with the same assets
	@mkdir -p $(HOME_DIR)/dagster
	@KRACHTWERK_INBOX=$(INBOX) KRACHTWERK_HOME=$(HOME_DIR) DAGSTER_HOME=$(CURDIR)/$(HOME_DIR)/dagster \
		$(BIN)/dagster dev --host 127.0.0.1 --workspace workspace.yaml

lint: $(VENV)/.dev ## Check style and the catalogue
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/krachtwerk check

sample: $(VENV)/.dev ## Make the sample exports anew (the bytes must not change)
	$(BIN)/python -m sample_data.generate

lock: $(VENV)/.dev ## Resolve the dependencies anew and write the locks
	$(BIN)/uv pip compile pyproject.toml $(LOCK_OPTIONS) --output-file requirements.lock
	$(BIN)/uv pip compile pyproject.toml $(LOCK_OPTIONS) --extra dev --constraint requirements.lock \
		--output-file requirements-dev.lock

LOCK_OPTIONS := --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-annotate --no-header --quiet

clean: ## Remove the environment and everything that was built
	rm -rf $(VENV) $(HOME_DIR) *.egg-info

# The environment: a stamp per lock file, so that the second time costs nothing.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; say which with: make PYTHON=python3.12 ..."; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.lock
	@touch $@
