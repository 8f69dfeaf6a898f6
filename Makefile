# The rayform workshop. `make up` and `make test` do all set-up on a fresh machine; `make help` lists the rest.
SHELL := /bin/bash
.DEFAULT_GOAL := help

PYTHON ?= python3
STACK ?= lab
ROOMS := cli components fit infra lab policy spec stacks
BIN := .venv/bin
# What one interpreter compiled the next one reads: the suites start hundreds, and each core has one of its own.
unexport PYTHONDONTWRITEBYTECODE
# None of the first needs another or shares a file or a port with it: every core takes some. The second share one lab.
UNIT := $(BIN)/python -m pytest tests -m 'not e2e and not engine and not official' --numprocesses auto --dist worksteal
ENGINE := $(BIN)/python -m pytest tests -m engine
# What of the engine suite the official Kubernetes provider answers as well; `standin` marks what it does not.
OFFICIAL := tests/engine/test_ray_previews.py tests/engine/test_provider_*.py tests/engine/test_stack_life.py \
	tests/engine/test_stack_recovery.py tests/engine/test_policy_*.py

# A strict editable install links file by file: it is renewed when a file comes or goes, not when one changes.
TREE := $(shell { find $(ROOMS) -type f -not -path '*/__pycache__/*' | LC_ALL=C sort; cat pyproject.toml; } | cksum | cut -d' ' -f1)
INSTALLED := .venv/.installed-$(TREE)

.PHONY: help setup up down test check format unit engine official e2e fuzz mutants judge bench pins wheel clean

help:  ## list the commands
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(INSTALLED)  ## make .venv with rayform in it

.venv/.pins: requirements/uv.txt requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "rayform: PYTHON: $$($(PYTHON) --version) found, 3.11 or newer needed; try 'make setup PYTHON=python3.11'" >&2; exit 1; }
	@test -x $(BIN)/pip || { echo "rayform: making .venv"; $(PYTHON) -m venv .venv \
		|| { echo "rayform: .venv: the venv module is incomplete; install it ('apt-get install python3-venv' on Debian)" >&2; exit 1; }; }
	@echo "rayform: installing the pinned packages"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements/dev.txt requirements/uv.txt
	@touch $@

$(INSTALLED): .venv/.pins pyproject.toml
	@echo "rayform: installing rayform into .venv"
	@rm -rf .venv/.installed-* build/__editable__.*
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --reinstall-package rayform \
		--editable .
	@touch $@

up: setup  ## start the lab, deploy the stack, show the cluster and its first job
	@$(BIN)/rayform up $(STACK)

down: setup  ## end the labs of the stacks and everything in them
	@$(BIN)/rayform down

test: setup  ## the whole suite but the real node: unit, property, contracts, mocks, engine
	@$(BIN)/rayform lab doctor --for simulated --build
	$(UNIT)
	$(ENGINE)

unit: setup  ## unit, property, contract and mock suites only, on all cores
	@$(BIN)/rayform lab doctor --for unit --build
	$(UNIT)

engine: setup  ## the engine suite only
	@$(BIN)/rayform lab doctor --for simulated --build
	$(ENGINE)

official: setup  ## the engine suite's programs with the official Kubernetes provider (heavy; not in CI)
	@$(BIN)/rayform lab doctor --for official --build
	PATH="$$($(BIN)/python -c 'from rayform.lab import Silent, resolve; print(resolve("pulumi-resource-kubernetes", Silent()).parent)'):$$PATH" \
		$(BIN)/python -m pytest -m '(engine or official) and not standin' $(OFFICIAL)

e2e: setup  ## the long suites, real Ray on the real node (root on Linux)
	@$(BIN)/rayform lab doctor --for real --build
	$(BIN)/python -m pytest tests -m e2e

check: setup  ## format, lint, two type checkers, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pyright --warnings
	$(BIN)/lint-imports

format: setup  ## rewrite the tree as the formatter wants it
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

fuzz: setup  ## properties, and Ray objects judged by the operator, the scheduler, the law in three forms (COUNT=, SEED=)
	@$(BIN)/rayform lab doctor --for simulated --build
	$(UNIT) -m 'hypothesis and not e2e and not engine' --hypothesis-profile searching
	$(BIN)/python tests/differential/fuzz.py $(if $(COUNT),--count $(COUNT)) $(if $(SEED),--seed $(SEED))
	$(BIN)/python tests/differential/fuzz_scheduler.py $(if $(SEED),--seed $(SEED))
	$(BIN)/python tests/differential/fuzz_law.py $(if $(COUNT),--count $(COUNT)) $(if $(SEED),--seed $(SEED))

mutants: setup  ## every rule, and what rules read by, with one thing wrong in it: the fixtures have to tell (about 6 min)
	PYTHONPATH=tests/unit/components:tests/unit/policy $(BIN)/python tests/mutation/run.py

judge: setup .checkov/.pins  ## Checkov over the pods of every Ray object of the tree, beside upstream's samples, and over AWS (1 min)
	@$(BIN)/rayform lab doctor --for unit --build
	PYTHONPATH=tests/rooms $(BIN)/python tests/judges/judging.py .checkov/bin/checkov

# What we are compared with and judged by has environments of its own: their pins contradict ours.
.checkov/.pins .plain/.pins: .%/.pins: requirements/%.txt .venv/.pins
	@echo "rayform: installing requirements/$*.txt into .$*"
	@$(BIN)/uv venv --quiet --clear --python $(BIN)/python .$*
	@$(BIN)/uv pip sync --quiet --python .$*/bin/python --require-hashes requirements/$*.txt
	@touch $@

bench: setup .plain/.pins  ## paired ratios against raw Pulumi, and of the law against the plain policy SDK (not a test)
	$(BIN)/python benchmarks/run.py

pins: setup  ## resolve the hashed pins anew
	$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-header --python-version 3.11 \
		pyproject.toml --extra lab --group dev -o requirements/dev.txt
	$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-header --python-version 3.11 \
		requirements/uv.in -o requirements/uv.txt
	for apart in checkov plain; do $(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-header \
		--no-annotate --python-version 3.11 requirements/$$apart.in -o requirements/$$apart.txt || exit 1; done
	@for pins in lab/nodes/images/pins/ray-*.txt; do \
		version=$${pins##*/ray-}; echo "ray[default,serve]==$${version%.txt}" | $(BIN)/uv pip compile --quiet --upgrade \
			--generate-hashes --no-header --no-annotate --python-version 3.11 --python-platform linux -o $$pins - || exit 1; \
	done

wheel: setup  ## build the wheel into dist/
	$(BIN)/python -m build --wheel --no-isolation --outdir dist .

clean:  ## remove what the workshop made in this tree (not the cache)
	rm -rf .venv .checkov .plain build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage
