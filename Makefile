# make run: the sample article, from nothing.  make test, make check: what CI runs.
PYTHON ?= python3.11
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
RUNS := .venv/.runs
TESTS := .venv/.tests

.PHONY: run test check format clean
.DELETE_ON_ERROR:

# what running needs, and nothing more
$(RUNS): pyproject.toml .ci/constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(PIP) torch==2.13.0 -c .ci/constraints.txt
	$(PIP) -e '.[review]' -c .ci/constraints.txt
	touch $@

# what the tests need besides
$(TESTS): $(RUNS)
	$(PIP) -e '.[dev]' -c .ci/constraints.txt
	touch $@

run: $(RUNS)
	$(BIN)/visavis run configs/calais.yaml

test: $(TESTS)
	.ci/test $(BIN)/python $(ARGS)

check: $(TESTS)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(TESTS)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
