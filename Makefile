# `make demo` and `make test` are the two that a newcomer needs; each sets up what it wants.
SWIFT  ?= swift
PREFIX ?= /usr/local
PATHS   = Package.swift Sources Tests

.PHONY: build release demo test soak lint format bench install setup clean

build: setup
	$(SWIFT) build

release: setup
	$(SWIFT) build -c release --product tidings

demo: build
	.build/debug/tidings demo $(ARGS)

test: setup
	$(SWIFT) test

# What `make test` does in small, for an hour or so: kills of the real binary, power cuts by seed.
soak: setup
	TIDINGS_KILLS=1000 TIDINGS_SEEDS=100000 $(SWIFT) test --filter 'CrashTests|PowerCutTests'

lint:
	$(SWIFT) format lint --strict --recursive --parallel $(PATHS)

format:
	$(SWIFT) format format --in-place --recursive --parallel $(PATHS)

bench: setup
	$(SWIFT) build -c release --product tidings
	$(SWIFT) build -c release --product tidings-bench
	.build/release/tidings-bench

install: release
	install -D -m 755 .build/release/tidings $(DESTDIR)$(PREFIX)/bin/tidings

setup:
	@Deploy/setup

clean:
	$(SWIFT) package clean
