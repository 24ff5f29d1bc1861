# make demo: set up and build the graph of seeds/ · make test: everything that must hold · make browser: other programs for all tests
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PACKAGES := chromium chromium-driver default-jre-headless fonts-noto-cjk libapache-jena-java libjgrapht-java raptor2-utils
NODE := $(if $(shell command -v npm),,nodejs npm)
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)

.PHONY: demo test browser

demo: $(VENV)/demo.done
	$(BIN)/kg build seeds/ --out output/

test: $(VENV)/test.done
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy --strict kg tests
	$(BIN)/pytest -n 2

browser:
	$(SUDO) apt-get update
	$(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $(PACKAGES) $(NODE)
	cd tests/npm && npm ci

$(VENV)/demo.done: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --requirement requirements.lock
	$(BIN)/pip install --quiet --no-deps --editable .
	touch $@

$(VENV)/test.done: $(VENV)/demo.done requirements-dev.lock
	$(BIN)/pip install --quiet --requirement requirements-dev.lock
	touch $@
