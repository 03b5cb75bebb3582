# Yipanqi. `make` lists what there is to do.

GO   ?= go
NODE ?= node
NPM  ?= npm

# The same for building and testing, or everything compiles twice.
export CGO_ENABLED ?= 0
export GOFLAGS     ?= -trimpath -buildvcs=false

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)

WEB_SOURCES := $(wildcard web/src/*) web/build.mjs
GOLDEN       = $(sort $(dir $(shell grep -rl --include=*_test.go '"update", false' internal)))

# The city that `make run` shows: a folder of samples/, each with a data folder of its own.
CITY ?= shifan

.PHONY: help run source-report build test e2e screenshots pictures lint templ golden bench clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

run: build ## build, load 示范市 into var/shifan the first time, serve http://127.0.0.1:8080; CITY=beijing: real figures
	bin/yipanqi serve --sample=$(CITY) --data var/$(CITY)

source-report: build ## write the source's report on Beijing from the data and check every figure of it
	test -f var/beijing/yipanqi.db || bin/yipanqi import --sample samples/beijing --data var/beijing
	bin/yipanqi report annual --year 2018 --data var/beijing -o var/source-report.docx
	bin/yipanqi check var/source-report.docx --year 2018 --data var/beijing

build: web/dist/manifest.json ## bin/yipanqi with the front end inside
	$(GO) build -ldflags='-s -w -X yipanqi/internal/app.Version=$(VERSION)' -o bin/yipanqi .

# Vetting is lint's; without debug tables fifty test programs link in half the time, and with memory to spare a third
# of what the longest take is saved. What the compiler keeps meanwhile stays on the disk.
test: build ## everything: Go on SQLite and PostgreSQL, documents in LibreOffice, pages in Chromium
	scripts/test-setup
	GOTMPDIR=$${TMPDIR:-/tmp} TMPDIR=$$(scripts/test-folder) GOGC=400 $(GO) test -vet=off -ldflags='-s -w' ./...
	$(NODE) --test web/test/*.mjs
	$(MAKE) --no-print-directory e2e

e2e: build ## the journeys in Chromium alone; E2E=name runs one
	TMPDIR=$$(scripts/test-folder) $(NODE) e2e/run.mjs $(E2E)

screenshots: build ## pictures of the main pages in var/shots, at both sizes
	E2E_SHOTS=var/shots $(NODE) e2e/run.mjs $(E2E)

pictures: build ## the pictures of the manual and README, from the sample, into docs/pictures
	$(NODE) e2e/pictures.mjs

lint: web/dist/manifest.json ## what CI refuses: format, vet, staticcheck, stale pages, long files, bad lock files
	scripts/lint
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

templ: ## pages (*.templ) into Go
	$(GO) tool templ generate -path .

golden: templ ## rewrite what tests compare with; then read the diff
	$(GO) test $(addprefix ./,$(GOLDEN)) -update

bench: build ## the numbers of docs/benchmarks.md beside their targets; BENCH_FACTS=10000000 for the full size, ONLY=List for one
	scripts/bench

clean: ## remove what was built and fetched; var/ stays
	rm -rf bin web/node_modules
	find web/dist -type f ! -name .gitkeep -delete

web/node_modules/.package-lock.json: web/package-lock.json
	cd web && $(NPM) ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

web/dist/manifest.json: web/node_modules/.package-lock.json $(WEB_SOURCES)
	$(NODE) web/build.mjs
