# make demo      set everything up and run the main job on a bundled sample publisher
# make test      set everything up and pass the tests
# make lint      style, types and import contracts
# make nightly   the long tests as well
# make training  what benchmarks/train_*.py need besides
# make scoreboard SETS="FOLDER…"   extraction beside four others, as JSON; draws the chart of docs/benchmarks.md
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=
# A process more than there are cores (tests/conftest.py), and one Elasticsearch for all. A module stays in one process, so that
# its other servers start once. In the order of the folders the slow modules come first: last, they would keep one process
# busy while the others have nothing to do.
SPREAD ?= -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

# Apart from .venv, since the others need older libraries than newsdex
SCOREBOARD := .venv-scoreboard
SETS ?=

# Tests start some hundreds of processes: without kept bytecode each compiles the project's modules anew, .4 s of CPU
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test lint nightly scoreboard training lock clean
demo: $(VENV)/installed
	$(BIN)/newsdex demo $(ARGS)

test: $(VENV)/installed-dev
	$(BIN)/pytest -m "not slow" $(SPREAD) $(ARGS)

nightly: $(VENV)/installed-dev
	$(BIN)/pytest --hypothesis-profile=wandering $(SPREAD) $(ARGS)

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

training: $(VENV)/installed-training

scoreboard: $(SCOREBOARD)/installed
	@$(SCOREBOARD)/bin/python benchmarks/extraction.py $(SETS) --scoreboard --chart docs/images/extraction.svg $(ARGS)

$(SCOREBOARD)/installed: benchmarks/scoreboard.lock deploy/build.lock
	$(PYTHON) -m venv $(SCOREBOARD)
	$(SCOREBOARD)/bin/pip install -q --no-deps --require-hashes -r benchmarks/scoreboard.lock -r deploy/build.lock
	@touch $@

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "newsdex needs Python 3.11 or later; name one with make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' || { echo "Python has no venv; install it with: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

# Python compiles what is imported when it is; pip would take twenty seconds to compile four times as much
$(VENV)/installed: $(VENV)/made requirements.lock deploy/build.lock pyproject.toml
	$(BIN)/pip install -q --no-compile --no-deps --require-hashes -r requirements.lock -r deploy/build.lock
	$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/installed-dev: $(VENV)/made requirements-dev.lock deploy/build.lock pyproject.toml
	$(BIN)/pip install -q --no-compile --no-deps --require-hashes -r requirements-dev.lock -r deploy/build.lock
	$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/installed

$(VENV)/installed-training: $(VENV)/installed benchmarks/training.lock
	$(BIN)/pip install -q --no-compile --no-deps --require-hashes -r benchmarks/training.lock
	@touch $@

lock:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra dev pyproject.toml -o requirements-dev.lock
	{ echo "# What the image renders pages with (build argument BROWSER), as requirements-dev.lock has it"; \
		awk '/^[a-z]/ { on = /^(greenlet|playwright)==/ } /^    #/ { on = 0 } on' requirements-dev.lock; } > deploy/browser.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml benchmarks/scoreboard.in -o benchmarks/scoreboard.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -c requirements-dev.lock benchmarks/training.in -o benchmarks/training.lock

clean:
	rm -rf $(VENV) $(SCOREBOARD) build dist *.egg-info
