# Every target creates the environment that it needs; `make` alone lists them.
CORPUS ?= corpus
OUT    ?= outputs
GOLD   ?= annotations
PYTHON ?= python3

VENV := .venv
RUN  := $(VENV)/bin/python
DONE := $(VENV)/.installed
DEV  := $(VENV)/.installed-dev

.DEFAULT_GOAL := help
.PHONY: help align evaluate report review test lint types check notebooks dashboards bench bench-simulated bench-formats fuzz requirements clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

align: $(DONE) ## The main job: raw files of CORPUS to tables and report in OUT
	$(RUN) -m pipeline align --corpus "$(CORPUS)" --out "$(OUT)"

evaluate: align ## The tables against the annotations: figures per layer and every miss
	$(RUN) -m pipeline evaluate --gold "$(GOLD)" --out "$(OUT)" --held-out

report: $(DONE) ## The HTML report again, from the tables of OUT
	$(RUN) -m pipeline report --out "$(OUT)"

review: $(DONE) ## What the model is least sure of, as questions to fill in
	$(RUN) -m pipeline review --out "$(OUT)"

test: $(DEV) ## Run the tests; installs the system packages they use where it may
	@sh tests/system-packages.sh
	$(RUN) -m pytest

lint: $(DEV) ## Style of the code
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .

types: $(DEV) ## Types of the package
	$(VENV)/bin/mypy

check: lint types test align ## Everything that must hold: style, types, tests, floors of quality
	$(RUN) -m pipeline evaluate --gold "$(GOLD)" --out "$(OUT)" --check

notebooks: $(DEV) align ## Run every notebook on the tables
	$(RUN) -m pytest --nbmake notebooks --override-ini=addopts=

dashboards: $(DEV) align ## A file of DuckDB views over the tables, for dashboards
	$(RUN) docs/make_views.py "$(OUT)"

bench: $(DEV) ## Speed, memory and accuracy, beside those peers that can be installed
	-$(RUN) -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	$(RUN) -m pipeline bench

bench-simulated: $(DEV) ## How 500 simulated plans fare, by kind of operation and of damage
	rm -rf "$(OUT)/simulated"
	$(RUN) -m pipeline simulate --documents 500 --seed 7 --out "$(OUT)/simulated/plans"
	$(RUN) -m pipeline align --corpus "$(OUT)/simulated/plans/corpus" --out "$(OUT)/simulated/out"
	$(RUN) -m pipeline.bench.simulated --simulation "$(OUT)/simulated/plans" --out "$(OUT)/simulated/out"

bench-formats: $(DEV) ## Every figure for every format that documents arrive in
	$(RUN) -m pipeline.roundtrip --corpus $(CORPUS) --gold $(GOLD)

fuzz: $(DEV) ## Damaged files of every format, and every expression on hostile text, at length
	$(RUN) -m tests.fuzz --corpus "$(CORPUS)" --cases 10000
	$(RUN) -m tests.patterns --long

requirements: $(DEV) ## Compile the pinned requirements anew
	$(VENV)/bin/pip-compile -q --strip-extras --no-emit-index-url --no-emit-find-links --no-header --no-annotate -o requirements.txt pyproject.toml
	$(VENV)/bin/pip-compile -q --strip-extras --no-emit-index-url --no-emit-find-links --no-header --no-annotate --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml

clean: ## Remove outputs and caches; the environment stays
	@test -n "$(strip $(OUT))" || { echo "OUT is empty: nothing is removed"; exit 1; }
	rm -rf "$(OUT)"/* "$(OUT)"/.runs "$(OUT)"/.cache .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -not -path './$(VENV)/*' -prune -exec rm -rf {} +

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv $(VENV)

$(DONE): requirements.txt pyproject.toml | $(VENV)/bin/python
	$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(DEV): requirements-dev.txt $(DONE)
	$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
