# Everything a fresh machine needs is installed by the first target used: make, Python 3.11 and apt or pip are enough.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CATALOGUE := resources/translations/da/LC_MESSAGES/jobcentre_desk
INSTALLED := $(VENV)/.installed
ROOMS := model publishing sources cache workspace documents desk
COVERAGE := COVERAGE_FILE=build/coverage.db $(BIN)/coverage

.PHONY: help install run test coverage bench trust pictures texts lint types imports unit clean

help:
	@echo "make run       open the program on the demonstration figures (without a screen: the same job to files)"
	@echo "make test      lint, types, import rules, texts and tests"
	@echo "make coverage  what tests reach: every line of statistics, 95 % of the other rooms below the window"
	@echo "make bench     speed, as ratios in one run (BENCH_SIZE=small|country|tenfold)"
	@echo "make trust     promises tried one by one: killed syncs, hostile servers, secret keys, leaks of small counts"
	@echo "make pictures  pictures of every page, light and dark, Danish and English"
	@echo "make texts     collect new texts into the Danish catalogue"

$(INSTALLED): constraints.txt pyproject.toml installer/system_libraries.sh
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement constraints.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	sh installer/system_libraries.sh $(BIN)/python
	touch $@

$(CATALOGUE).mo: $(CATALOGUE).po $(INSTALLED)
	$(BIN)/pybabel --quiet compile --input-file=$(CATALOGUE).po --output-file=$@ --locale=da

install: $(INSTALLED) $(CATALOGUE).mo

run: install
	sh installer/run_demonstration.sh $(BIN)/python

test: lint types imports unit

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install
	$(BIN)/mypy

imports: install
	$(BIN)/lint-imports

unit: install
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest --numprocesses=2 --dist=loadfile

coverage: install | build
	COVERAGE_FILE=build/coverage.db QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest --numprocesses=2 --dist=loadfile \
		--cov --cov-report= tests/statistics $(ROOMS:%=tests/%) tests/gui
	$(COVERAGE) report --include='*/statistics/*' --fail-under=100
	for room in $(ROOMS); do $(COVERAGE) report --include="*/jobcentre_desk/$$room/*" --fail-under=95 || exit 1; done
	$(COVERAGE) report --include='*/gui/*'

bench: install
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.simulations

trust: install
	$(BIN)/python -m trust

pictures: install
	$(BIN)/python -m tests.pictures.make_pictures

texts: install | build
	$(BIN)/pybabel extract --mapping=babel.cfg --keywords="_n:1,2" --omit-header --no-location --sort-output \
		--output-file=build/texts.pot src
	$(BIN)/pybabel update --input-file=build/texts.pot --output-file=$(CATALOGUE).po --locale=da \
		--no-fuzzy-matching --ignore-obsolete --no-wrap --ignore-pot-creation-date

build:
	mkdir -p build

clean:
	rm -rf build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
