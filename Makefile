# `make demo` and `make test` are the two that a newcomer needs; each sets up what it wants.
SWIFT  ?= swift
PREFIX ?= /usr/local
PATHS   = Package.swift Sources Tests
DEB_BINARY = .build/deb/release/tidings

.PHONY: build release demo test soak embed lint format bench bench-million load bench-build fuzz model deb deb-build \
  test-service install setup browser clean

build: setup
	$(SWIFT) build

release: setup
	$(SWIFT) build -c release --product tidings

demo: build
	.build/debug/tidings demo $(ARGS)

# Three runs. The tests that wait for programs would keep those that wait for answers from their turn; and those of
# the views hold a thousand open files, with which starting a program has ended the runner (Foundation reads
# the list of them beyond its end).
test: setup browser
	$(SWIFT) test --skip 'EndToEndTests|ProjectionsTests'
	$(SWIFT) test --filter ProjectionsTests
	$(SWIFT) test --filter EndToEndTests

# The page is tried in a browser where there is one, or where one can be installed; TIDINGS_SCREENSHOTS
# names a folder for what it looks like.
browser:
	@Deploy/setup chromium fonts-noto-core || echo "test: no chromium, so the page is not tried in a browser"

# What `make test` does in small, for an hour or so: kills of the real binary, power cuts by seed.
soak: setup
	TIDINGS_KILLS=1000 TIDINGS_SEEDS=100000 $(SWIFT) test --filter 'CrashTests|PowerCutTests'

# Puts the commented configuration into the program, after a change of it.
embed:
	@Deploy/embed

lint:
	$(SWIFT) format lint --strict --recursive --parallel $(PATHS)

format:
	$(SWIFT) format format --in-place --recursive --parallel $(PATHS)

bench: bench-build
	.build/release/tidings-bench

# Minutes, and 6 GB of disk: the commands on a log of a million articles.
bench-million: bench-build
	.build/release/tidings-bench million

# The page under 200 requests a second, as the release does.
load: release
	@Deploy/setup wrk curl || echo "load: no wrk"
	Tests/Load/load .build/release/tidings

bench-build: release
	$(SWIFT) build -c release --product tidings-bench

# Damaged feeds for MINUTES; FEEDS may name a folder of more to damage.
fuzz: setup
	$(SWIFT) build -c release --product tidings-fuzz
	.build/release/tidings-fuzz $(or $(MINUTES),5) $(FEEDS)

# The model that finds names, anew; DATA is the folder with the labelled sentences.
model: release
	.build/release/tidings model train names --resources Sources/tidings/Resources \
	  --data $(DATA)/idner.train.txt --data $(DATA)/grit.train.txt --out Sources/tidings/Resources/names-id.model

# A Debian package, checked by lintian, and made a second time elsewhere to see that it is the same.
deb: deb-build
	rm -rf .build/packages
	Deploy/mkdeb $(DEB_BINARY) .build/packages
	umask 077; TZ=Asia/Tokyo Deploy/mkdeb $(DEB_BINARY) .build/packages/again
	cmp .build/packages/tidings_*.deb .build/packages/again/tidings_*.deb
	lintian --fail-on error,warning .build/packages/tidings_*.deb

# Paths of this folder stay out of the program, so that another folder makes the same.
deb-build: setup
	@Deploy/setup dpkg-dev binutils lintian groff-base man-db xz-utils
	$(SWIFT) build -c release --product tidings --scratch-path .build/deb --static-swift-stdlib \
	  --disable-local-rpath \
	  -Xswiftc -file-prefix-map -Xswiftc "$(CURDIR)=." -Xcc "-ffile-prefix-map=$(CURDIR)=."

# The package's real unit, booted in a container where the machine can; else it says why not.
test-service: deb
	@Deploy/setup mmdebstrap systemd-container
	Deploy/mkdeb $(DEB_BINARY) .build/packages/second 1
	Deploy/test-service .build/packages/tidings_*.deb .build/packages/second/tidings_*.deb

install: release
	install -D -m 755 .build/release/tidings $(DESTDIR)$(PREFIX)/bin/tidings
	install -D -m 644 -t $(DESTDIR)$(PREFIX)/share/tidings Sources/tidings/Resources/*

setup:
	@Deploy/setup

clean:
	$(SWIFT) package clean
