# Một Cửa. `make help` lists what there is.

SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
CORES := $(shell nproc 2>/dev/null || echo 2)
PYTHON ?= $(shell for p in python3.11 python3 python; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null \
	&& command -v $$p && break; done)
PIP := $(BIN)/python -m pip --disable-pip-version-check install --require-hashes --only-binary=:all: --no-warn-script-location

export PIP_ROOT_USER_ACTION := ignore
export CATALOG PORT

.DEFAULT_GOAL := help
.PHONY: help install run test check format bench lock clean fresh dev system

help: ## list the commands
	@echo "Một Cửa: make COMMAND"
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

install: $(VENV)/.installed ## build .venv; then .venv/bin/motcua works by itself

run: $(VENV)/.installed ## start everything; CATALOG=file.jsonl, PORT=8000, DEMO=0 for an empty house
	@tools/system.sh run
	@exec $(BIN)/motcua run --port $(PORT)

test: dev ## install what the tests need and run them all
	@tools/system.sh test
	$(BIN)/pytest -n $(CORES) $(TESTS)

CHECKS = "ruff format --check --quiet ." "ruff check --quiet ." mypy "lint-imports --no-logo" \
	"djlint src --quiet --lint" "python manage.py makemigrations --check --dry-run" \
	"env MOTCUA_HTTPS=1 MOTCUA_DEBUG=0 .venv/bin/python manage.py check --deploy --fail-level WARNING"

check: dev ## format, lint, types, import contracts, templates, migrations, deployment
	@failed=0; for check in $(CHECKS); do \
		echo "── $$check"; PATH="$(CURDIR)/$(BIN):$$PATH" $$check || failed=1; \
	done; exit $$failed

format: dev ## put the code into the house's form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.installed ## measure, print the table with this machine's description, keep a history
	@tools/system.sh test
	$(BIN)/motcua bench

lock: ## write requirements*.txt anew, with hashes
	tools/lock.sh "$(PYTHON)"

clean: ## remove what was built (.venv); keeps var/, where the data is
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

fresh: ## remove ALL DATA (var/): the next start is a first start
	rm -rf var

dev: $(VENV)/.developing

system: ## install the Debian packages that running needs
	@tools/system.sh run

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Cần Python 3.11 (python3.11 trên PATH, hoặc make PYTHON=/đường/dẫn/python3.11)." \
		"Python 3.11 is needed (put python3.11 on PATH, or give make PYTHON=/path/to/python3.11)." >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { echo "Python này thiếu venv: trên Debian/Ubuntu, apt-get install python3-venv." \
		"This Python lacks venv: on Debian/Ubuntu, apt-get install python3-venv." >&2; exit 1; }
	"$(PYTHON)" -m venv $(VENV)

$(VENV)/.installed: requirements.txt pyproject.toml | $(BIN)/python
	@echo "Cài thư viện vào $(VENV) (chỉ lần đầu; vài phút tùy mạng)…"
	$(PIP) -r requirements.txt
	$(BIN)/python -m pip --disable-pip-version-check install -q --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(VENV)/.developing: $(VENV)/.installed requirements-dev.txt
	$(PIP) -q -r requirements-dev.txt
	@touch $@
