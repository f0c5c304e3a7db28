# Every target sets up what it needs: Python 3.11 or newer is all that has to be there.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
UI := src/saferboard/ui/static/built-from.txt
OUT ?= demo
PORT ?= 8000

.PHONY: setup serve demo test check audit format bench docs test-spark clean

setup: $(UI)

$(STAMP): pyproject.toml uv.lock
	@scripts/setup "$(PYTHON)" "$(VENV)"
	@touch $@

$(UI): $(STAMP) package.json package-lock.json scripts/build_ui.py $(wildcard src/saferboard/ui/styles/* src/saferboard/ui/scripts/*)
	@$(BIN)/python scripts/build_ui.py
	@touch $@

serve: $(UI)
	@exec $(BIN)/saferboard-workspace serve --port $(PORT)

demo: $(UI)
	@$(BIN)/python scripts/demo.py "$(OUT)"

test: $(UI)
	@scripts/ensure-chromium
	@$(BIN)/pytest -n 2 --dist worksteal

check: $(STAMP)
	@$(BIN)/ruff format --check src tests scripts
	@$(BIN)/ruff check src tests scripts
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

audit: $(UI)
	@$(BIN)/python scripts/audit_dependencies.py

format: $(STAMP)
	@$(BIN)/ruff format src tests scripts
	@$(BIN)/ruff check --fix src tests scripts

bench: $(UI)
	@$(BIN)/python -m tests.bench

docs: $(STAMP)
	@$(BIN)/python scripts/reference.py docs/reference
	@$(BIN)/mkdocs build --strict --quiet

test-spark: $(STAMP)
	@scripts/setup "$(PYTHON)" "$(VENV)" --extra spark
	@$(BIN)/pytest -m spark tests/spark

clean:
	rm -rf $(VENV) demo site build dist
