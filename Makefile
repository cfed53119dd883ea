# Two commands matter: `make demo` shows the board on your own machine, `make test` runs everything.
# Both set up what they need by themselves in .venv (Python 3.11 or newer; no Node).

PYTHON ?= python3
BIN = .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: demo test check lint types evals bench frontend clean

demo: .venv/run.done
	$(BIN)/pasvik demo

test: .venv/dev.done
	@bash tests/setup.sh
	$(BIN)/python -m pytest -n 2 --dist loadgroup

check: .venv/dev.done
	$(BIN)/pasvik check

lint: .venv/dev.done
	$(BIN)/ruff check src tests evals benchmarks

types: .venv/dev.done
	$(BIN)/mypy

evals: .venv/dev.done
	$(BIN)/python evals/gate.py

# Only for who changes frontend/: it needs Node 20 or newer; what it makes is committed.
frontend:
	cd frontend && npm ci --no-audit --no-fund && npm run build

.venv/run.done: requirements/run.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Pasvik needs Python 3.11 or newer; this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --require-hashes -r requirements/run.lock
	$(BIN)/python -m pip install -q --no-deps -e .
	@touch $@

.venv/dev.done: requirements/dev.lock .venv/run.done
	$(BIN)/python -m pip install -q --require-hashes -r requirements/dev.lock
	@touch $@

lock:
	uv pip compile -q --universal --generate-hashes --no-header --extra whatif pyproject.toml -o requirements/run.lock
	uv pip compile -q --universal --generate-hashes --no-header --extra postgres --extra whatif --extra collect --extra tell --extra dumps --extra oidc --extra sensitivity --group dev pyproject.toml -o requirements/dev.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
