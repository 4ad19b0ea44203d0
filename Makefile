# Every target is a script in tools/: this file only names them.
.DEFAULT_GOAL := help
.PHONY: help run setup mail check test prove bench screens lock

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

run: ## Install what is missing, then start everything on http://127.0.0.1:8000 (PORT=… changes it)
	@tools/run

setup: ## Install, write the secrets, migrate and load the data, without starting anything
	@tools/setup

mail: ## Start the demonstration's mail server again, after it was stopped on its own
	@tools/mail

check: ## Format, lint, types, import contracts, sizes, templates, migrations and lock in step
	@tools/check

test: ## Prove it: every test, on both engines, in a real browser, with faults
	@tools/test

prove: ## The published figures at full size, with their controls (only=F1 for one of them)
	@tools/prove $(if $(only),--only $(only))

bench: ## Measure against the baselines, into bench/results.json
	@tools/bench

screens: ## Photograph the main screens into docs/screens/
	@tools/photograph

lock: ## Compute requirements*.txt again from requirements*.in
	@tools/lock
