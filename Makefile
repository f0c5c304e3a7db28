# Every target sets up what it needs: Python 3.11 or newer is all that has to be there.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
OUT ?= demo

.PHONY: setup demo test check format bench docs test-spark clean

setup: $(STAMP)

$(STAMP): pyproject.toml uv.lock
	@scripts/setup "$(PYTHON)" "$(VENV)"
	@touch $@

demo: $(STAMP)
	@$(BIN)/python scripts/demo.py "$(OUT)"

test: $(STAMP)
	@scripts/ensure-chromium
	@$(BIN)/pytest -n 2 --dist worksteal

check: $(STAMP)
	@$(BIN)/ruff format --check src tests scripts
	@$(BIN)/ruff check src tests scripts
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

format: $(STAMP)
	@$(BIN)/ruff format src tests scripts
	@$(BIN)/ruff check --fix src tests scripts

bench: $(STAMP)
	@$(BIN)/python -m tests.bench

docs: $(STAMP)
	@$(BIN)/python scripts/reference.py docs/reference
	@$(BIN)/mkdocs build --strict --quiet

test-spark: $(STAMP)
	@scripts/setup "$(PYTHON)" "$(VENV)" --extra spark
	@$(BIN)/pytest -m spark tests/spark

clean:
	rm -rf $(VENV) demo site build dist
