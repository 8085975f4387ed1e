# 年报助手. `make` prints what can be made.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
CODE := assistant ingest prompts vectorstore tests app.py
HOST ?= 127.0.0.1
PORT ?= 7860

.DEFAULT_GOAL := help
.PHONY: help setup run test check fix docs accuracy eval bench faults train lock browser bundle clean

help: ## print this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | sort | awk -F'\t' '{printf "make %-9s %s\n", $$1, $$2}'

setup: $(READY) ## make the environment in .venv (once; later calls take no time)

$(READY): pyproject.toml requirements.lock
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable '.[dev]'
	touch $@

run: $(READY) ## load sample reports into an empty library and serve the page on 127.0.0.1:7860
	$(BIN)/nianbao serve --samples --host $(HOST) --port $(PORT)

browser: ## find or install Chromium and a Chinese font for the browser test
	@sh tests/install_browser.sh

test: $(READY) browser ## run every test
	$(BIN)/python -m pytest -n auto

check: $(READY) ## lint, types, layers, documents in step (changes nothing)
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/cog --check docs/reference.md docs/rules.md

fix: $(READY) ## mend what ruff can mend
	$(BIN)/ruff check --fix $(CODE)
	$(BIN)/ruff format $(CODE)

docs: $(READY) ## write the generated parts of the documents
	$(BIN)/cog -r docs/reference.md docs/rules.md

bench: $(READY) ## measure speed as ratios, each against its floor in one run
	$(BIN)/python -m tests.bench

faults: $(READY) ## kill the program two hundred times while it takes in reports
	$(BIN)/python -m tests.faults

accuracy: $(READY) ## count cells right, warned and silently wrong, per format
	$(BIN)/python -m tests.accuracy

eval: $(READY) ## answer the question sets in tests/questions and print the scores
	$(BIN)/python -m tests.evaluate

train: $(READY) ## rebuild the shipped embedding model (TEXT=file.jsonl adds texts for co-occurrence)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[train]'
	$(BIN)/python -m vectorstore.train $(if $(TEXT),--text $(TEXT))

lock: $(READY) ## write the versions of this environment to requirements.lock
	$(BIN)/python -m pip freeze --exclude-editable | sed -E 's/\+cpu$$//' > requirements.lock

bundle: $(READY) ## make an offline bundle of wheels in dist/
	PYTHON=$(BIN)/python sh packaging/bundle.sh

clean: ## remove the environment and caches; the library in data/ stays
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache
