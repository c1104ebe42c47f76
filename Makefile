# What people and machines call. Every target sets up first; a second set-up takes no time.
.DEFAULT_GOAL := help
.PHONY: help setup run demo test eval bench-ledger bench-sources bench-detect drift lint format lock clean

help: ## these lines
	@sed -n 's/^\([a-z-]*\):.*## /  make \1	/p' $(MAKEFILE_LIST) | expand -t 22

setup: ## make .venv from the lock
	@bin/setup

run: setup ## Airflow with every DAG, reading the live sites (MILESTONES_MIRROR: the mirror)
	@.venv/bin/python -m milestones.airflow.embedded

demo: setup ## the same over facsimiles, offline, clock fixed; ONCE=1 stops when all has run
	@.venv/bin/python bin/demo.py $(if $(ONCE),--once)

test: setup ## the test suite
	@.venv/bin/python -m pytest $(ARGS)

eval: setup ## accuracy of detection on the labelled documents; ARGS="--faults dev" lists what is wrong
	@.venv/bin/python -m tests.detection.evaluate $(ARGS)

bench-ledger: setup ## how fast the ledger is, on both databases; ARGS="--sizes 1000" for less
	@.venv/bin/python -m bench.ledger $(ARGS)

bench-detect: setup ## how fast detection reads, against plainer ways of finding the names
	@.venv/bin/python -m bench.detection

drift: setup ## golden pages changed at random: how much of what is lost is noticed; ARGS="--list" names what is not
	@.venv/bin/python -m bench.drift $(ARGS)

bench-sources: setup ## how fast sources are read, from the page to the ledger; ARGS="--sizes 1000" for less
	@.venv/bin/python -m bench.sources $(ARGS)

lint: setup ## ruff, mypy strict, import directions
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

format: setup ## ruff format, and what ruff can mend
	.venv/bin/ruff check --fix --exit-zero .
	.venv/bin/ruff format .

lock: setup ## resolve requirements.in anew
	.venv/bin/uv pip compile --universal --python-version 3.11.5 --generate-hashes --upgrade --quiet requirements.in -o requirements.txt

clean: ## remove .venv and caches; var/ with the ledger stays
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
