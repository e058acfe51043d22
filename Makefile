# make demo: the main job on an embedded example      make test: all tests      make check: lint, types, layers
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# uv trusts what the machine trusts, as pip does: company networks bring certificates of their own
export UV_SYSTEM_CERTS := 1
export UV_NATIVE_TLS := 1
# what is installed is read by Python once, here, and not at the first start of every command
export UV_COMPILE_BYTECODE := 1
DEMO_DIR ?= build/demo

.PHONY: demo extras test check docs bench recovery lock clean help
.DEFAULT_GOAL := help

help:
	@echo "make demo    run the main job on an embedded example and print where the report is"
	@echo "make extras  what PDF, Excel, slides, the live page and notebooks need"
	@echo "make test    run the tests"
	@echo "make check   lint, types, docstrings and layers"
	@echo "make docs    write the reference in docs/ anew from the code"
	@echo "make bench   measure speed as ratios"
	@echo "make recovery  find what is planted in fifty simulated logs"
	@echo "make lock    resolve the dependency versions anew"

$(VENV)/base: requirements/bootstrap.txt requirements/run.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed; set PYTHON=..." >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; set PYTHON=python3.13, say" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/run.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev: $(VENV)/base requirements/dev.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

demo: $(VENV)/base
	$(BIN)/python -m workbench demo --out $(DEMO_DIR)

extras: $(VENV)/base
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-build-isolation -c requirements/dev.txt -e '.[live,notebooks,office,print]'

test: $(VENV)/dev
	$(BIN)/python -m pytest $(PYTEST_ARGS)

check: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(VENV)/dev
	$(BIN)/python -m docs.generate

bench: $(VENV)/dev
	$(BIN)/python -m tests.bench

recovery: $(VENV)/dev
	$(BIN)/python -m tests.recovery

lock: $(VENV)/base
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate $(LOCK_ARGS) requirements/bootstrap.in -o requirements/bootstrap.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate $(LOCK_ARGS) pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate $(LOCK_ARGS) pyproject.toml --all-extras --group dev -c requirements/run.txt -o requirements/dev.txt

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
