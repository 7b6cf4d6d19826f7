# 一轴. `make run` and `make test` are all a newcomer needs; both set up what they use inside this directory.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
BIN := .venv/bin
export PYTHONPATH := src

.PHONY: help run matching test check bench docs setup lock clean format

help: ## Show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

run: ## Set up, fill a demo county on first start, serve on http://127.0.0.1:8000
	@scripts/setup.sh runtime
	@$(BIN)/yizhou demo --if-empty
	@exec $(BIN)/yizhou serve

matching: ## Also install the optional second opinion on suspected duplicates (230 MB); kept by later starts
	@scripts/setup.sh matching

test: ## Set up and run every test: SQLite, PostgreSQL, browser (REQUIRE_ALL=1 forbids skips)
	@scripts/setup.sh dev
	@$(BIN)/python -m tests.support.suite $(TESTS)

check: ## Format, lint, types, imports, templates, migrations, deployment settings
	@scripts/setup.sh dev
	@scripts/check.sh

bench: ## Measure against the stated limits; every row is a ratio
	@scripts/setup.sh dev
	@$(BIN)/python -m bench $(BENCH)

docs: ## Write docs/reference from the code and data
	@scripts/setup.sh dev
	@$(BIN)/python scripts/docs.py

setup: ## Only set up the development environment
	@scripts/setup.sh dev

format: ## Rewrite Python files in the house format
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lock: ## Resolve pyproject.toml anew into the hash-locked files (they name no host)
	@scripts/setup.sh dev
	@$(BIN)/uv lock
	@$(BIN)/uv export -q --format requirements-txt --no-header --no-emit-project --no-dev --group build -o requirements.lock > /dev/null
	@$(BIN)/uv export -q --format requirements-txt --no-header --no-emit-project --no-dev --group build --group matching -o requirements-matching.lock > /dev/null
	@$(BIN)/uv export -q --format requirements-txt --no-header --no-emit-project --all-groups -o requirements-dev.lock > /dev/null

clean: ## Remove the environment and caches; var/ (your data) stays
	@if [ -L .venv ]; then rm .venv; else rm -rf .venv; fi
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache test-results dist build
	@find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
