# Two commands on a fresh machine: `make demo` and `make test`. Each does all its set-up.
.DEFAULT_GOAL := help
.PHONY: help demo real test test-all mutants audit check types layers lint assets environment clean

PYTHON ?= python3
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
RUN := $(UV) run --no-sync
# Where bytecode is not kept, each program that a test starts compiles the whole house again: three seconds instead of none.
unexport PYTHONDONTWRITEBYTECODE
PORT ?= 8000
SCALE ?= demo
BATCH ?= $(shell date +%y%m)

help: ## Show this help
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 16

demo: environment assets ## Invent a country, run the chain, publish a list, serve the application (PORT=8000, SCALE=demo)
	$(RUN) sf demo --home demo/home --scale $(SCALE) --port $(PORT)

real: environment ## Run the chain on a folder of real public files alone, and publish (FILES=folder, BATCH=AAMM)
	@test -n "$(FILES)" || { echo "Donnez le dossier des fichiers réels : make real FILES=/chemin"; exit 2; }
	$(RUN) sf gather "$(FILES)" real/deliveries --batch $(BATCH)
	$(RUN) sf run $(BATCH) --deliveries real/deliveries --home real/home --no-filter

test: environment assets ## Check style, types, layers, then run the tests, without the kinds of tests/test_slow.py
	./scripts/require.sh chromium java nginx pg_ctlcluster
	$(MAKE) check
	$(RUN) pytest -n 2 --dist worksteal -m "not slow"

test-all: environment assets ## The same with kills, full disk and load, and every example of each property
	./scripts/require.sh chromium java nginx pg_ctlcluster
	$(MAKE) check
	$(RUN) pytest -n 2 --dist worksteal --hypothesis-profile all

mutants: environment ## Change each rule of rights in every small way, and fail if no test notices (5 to 10 minutes)
	rm -rf mutants
	$(RUN) mutmut run --max-children 2
	@! $(RUN) mutmut results | grep .

audit: environment ## Report known vulnerabilities, refused licences, and the list of components (CycloneDX)
	$(RUN) python scripts/audit.py

check: ## Check style, types and layers, side by side
	$(MAKE) --jobs --output-sync=target lint types layers

lint:
	$(RUN) ruff check .
	$(RUN) ruff format --check .

types:
	SF_SECRET_KEY=types $(RUN) mypy

layers:
	$(RUN) lint-imports

assets: environment ## Install the front-end files of the lock and copy those that pages use
	$(RUN) python scripts/build_assets.py

environment: .venv/ready

.venv/ready: pyproject.toml uv.lock | $(UV)
	$(UV) sync --quiet --locked --all-extras
	touch $@

.tools/bin/uv: scripts/installer.txt
	$(PYTHON) -m venv --clear .tools
	.tools/bin/pip install --quiet --disable-pip-version-check --require-hashes -r scripts/installer.txt
	touch $@

clean: ## Remove what the commands made
	rm -rf .venv .tools node_modules demo real build mutants dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
