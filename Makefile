# Everything happens in .venv; a machine needs Python 3.11 or newer and make, nothing else.
PYTHON ?= python3
BIN := .venv/bin
GRAPH ?= graph
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help demo test check wheel format generated lock bench clean

help:  ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.venv/core: pyproject.toml requirements.txt
	$(PYTHON) -m venv .venv
	$(PIP) install --require-hashes -r requirements.txt
	$(PIP) install --no-deps --editable .
	@touch $@

.venv/dev: .venv/core requirements-dev.txt
	$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@

demo: .venv/core  ## build the graph of examples/ and show what is in it
	@$(BIN)/jixiao build examples --graph $(GRAPH)
	@printf '\nThe largest budget of each year, in yuan:\n'
	@$(BIN)/jixiao query --graph $(GRAPH) largest-budgets
	@printf '\nThe airport project over the years, as each document prints it:\n'
	@$(BIN)/jixiao query --graph $(GRAPH) project-years --set text=机场
	@printf '\nWhere to go next:\n'
	@printf '  %s\n' '$(BIN)/jixiao show 机场            one project, every figure with its printed place' \
	  '$(BIN)/jixiao query --list          the questions that have names' \
	  '$(BIN)/jixiao build FOLDER          your own disclosures' \
	  'docs/tutorial.md                  the same, step by step'

test: .venv/dev check  ## everything that CI runs
	$(BIN)/python -m pytest -n 2 --dist loadgroup

check: .venv/dev  ## format, lint, types, import contracts, generated files
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m ontology.generate_terms --check
	$(BIN)/python -m docs.generate --check

wheel: .venv/dev  ## build the wheel, install it into a clean environment, run it outside of the checkout
	rm -rf build/wheel && mkdir -p build/wheel
	$(PIP) wheel --no-deps --no-build-isolation --wheel-dir build/wheel .
	$(PYTHON) -m venv build/wheel/clean
	build/wheel/clean/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements.txt
	build/wheel/clean/bin/python -m pip --disable-pip-version-check --quiet install --no-deps build/wheel/*.whl
	cd build/wheel && clean/bin/jixiao build ../../examples --graph graph && clean/bin/jixiao show --graph graph 机场 >show.txt
	test "$$(wc -l <build/wheel/show.txt)" -gt 20

format: .venv/dev  ## format and fix
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

generated: .venv/dev  ## write the generated files again
	$(BIN)/python -m ontology.generate_terms
	$(BIN)/python -m docs.generate

lock: .venv/dev  ## pin the newest allowed dependencies, by hash
	$(PIP) install pip-tools
	$(BIN)/pip-compile $(LOCK) --output-file requirements.txt pyproject.toml
	$(BIN)/pip-compile $(LOCK) --extra dev --build-deps-for editable --constraint requirements.txt \
	  --output-file requirements-dev.txt pyproject.toml
	sed -i '/^#/d' requirements.txt requirements-dev.txt

LOCK := --quiet --upgrade --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
  --no-emit-trusted-host --strip-extras --allow-unsafe

bench: .venv/dev  ## rates, each against a floor measured in the same run
	$(BIN)/python -m benchmarks.run

clean:  ## remove the environment and all that was built
	rm -rf .venv graph build dist
