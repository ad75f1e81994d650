# Suara: the commands a developer needs. `make` alone lists them.

# Build products live outside the checkout, so that a second checkout of the same tree builds nothing twice.
CARGO_TARGET_DIR ?= $(HOME)/.cache/suara/target
export CARGO_TARGET_DIR

.DEFAULT_GOAL := help
.PHONY: help demo test check bench setup

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-6s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## A complete country in ./suara-demo, served on this machine (builds in release first)
	cargo run --release --locked --bin suara -- demo

test: setup ## Everything: format, lints, all tests with real PostgreSQL, SMTP and a real browser
	@scripts/test

check: ## The quick loop: format, lints, unit tests
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- --deny warnings
	cargo test --workspace --lib --bins --locked

bench: ## Measure against bare handlers and DuckDB; prints a table and JSON (release build)
	@benches/run

setup: ## Install what the tests need (Debian packages only as root)
	@scripts/setup-tests
