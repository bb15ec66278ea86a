.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
JOBS ?= auto
ROUNDS ?= 10

.PHONY: help setup demo test notebooks every explore fuzz trust mends lint bench schema docs docs-checks docs-reference clean

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## */  make \1|/' | column -t -s '|'

$(VENV)/.ready: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "zonecheck needs Python 3.11 or newer; say make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

setup: $(VENV)/.ready  ## make .venv and install zonecheck with its development tools

demo: setup  ## prove the zones of the reference city, and judge a capture with a violation in it
	$(BIN)/zonecheck verify topologies/mihon-city
	$(BIN)/zonecheck capture topologies/mihon-city/captures/l-term-1f.pcapng \
	  --topology topologies/mihon-city --at L-TERM-1F || [ $$? = 1 ]

lint: setup  ## ruff, mypy --strict and the import contracts
	$(BIN)/ruff check src tests benchmarks notebooks docs
	$(BIN)/ruff format --check src tests benchmarks notebooks docs
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint  ## lint, then every test, then every notebook
	$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup
	$(MAKE) notebooks

notebooks: setup  ## run every notebook from top to bottom
	$(BIN)/python -m pytest -n $(JOBS) --nbmake notebooks

every: setup  ## every test on everything it is about, where an ordinary run takes samples (hours)
	ZONECHECK_EVERY=1 $(BIN)/python -m pytest -n $(JOBS) --dist loadgroup

explore: setup  ## the laws on new random networks, ROUNDS times
	for round in $$(seq $(ROUNDS)); do \
	  ZONECHECK_EXPLORE=1 $(BIN)/python -m pytest -q -n $(JOBS) tests/laws tests/simulate tests/packets tests/prove || exit 1; \
	done

fuzz: setup  ## 200,000 broken captures through the reader
	ZONECHECK_FUZZ=200000 $(BIN)/python -m pytest -q tests/captures/test_fuzz.py

trust: setup  ## every declaration of the reference city withdrawn by itself (an hour)
	ZONECHECK_EVERY=1 $(BIN)/python -m pytest -q -n $(JOBS) tests/policy/test_trust.py

mends: setup  ## every change that would mend a leak or mistake, tried (hours)
	ZONECHECK_EVERY=1 $(BIN)/python -m pytest -q -n $(JOBS) tests/leaks/test_explained.py tests/mistakes/test_explained.py

bench: setup  ## time the engine against peers in the same run
	$(BIN)/python -m benchmarks

schema: setup  ## write schemas/ anew from the declarations in the code
	$(BIN)/python -m zonecheck.formats.write_schema schemas/zonecheck.schema.json
	$(BIN)/python -m zonecheck.report.schema.write schemas

docs-checks: setup  ## write docs/checks/ anew from the catalogue, the wordings and the profiles
	$(BIN)/python -m zonecheck.report.pages.write_check_pages docs/checks

docs-reference: setup  ## write docs/reference/ anew from the commands and the declarations of the reader
	ZONECHECK_LANG=ja $(BIN)/python -m zonecheck.cli.write_reference docs/reference
	ZONECHECK_LANG=en $(BIN)/python -m zonecheck.cli.write_reference docs/reference
	$(BIN)/python -m zonecheck.report.pages.write_schema_pages docs/reference

docs: setup  ## build the documentation for reading offline: site/index.html (warnings are errors)
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --config-file mkdocs.en.yml

clean:  ## remove what make made
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache site
