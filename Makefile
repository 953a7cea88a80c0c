# SPDX-License-Identifier: Apache-2.0
#
# make run    scans this machine's bus and prints the list and the check
# make test   installs what the tests need, builds, and runs the tests
# make prove  tries everything on real kernels, and what else takes long
# make help   lists the rest

SHELL := /bin/bash
SWIFT ?= swift
BIN = $(shell $(SWIFT) build -c release --show-bin-path)
# With libpci where it is there: the trait links a library under the GPL, so that no client
# of the package gets it unasked.
TRAITS = $(shell pkg-config --exists libpci 2>/dev/null && echo --traits LibPCI)
SUDO = $(shell [ "$$(id -u)" = 0 ] || echo sudo)

SECONDS ?= 60

.PHONY: bench bench-parts docs lab validators freebsd freebsd-check freebsd-harness freebsd-test fuzz help run build static test
.PHONY: prove static-products embedded-checked unit-test embedded lint format clean packages

help:
	@echo 'make run       scan this machine and print the list and the check'
	@echo 'make test      install what tests need, build, run the tests and checks'
	@echo 'make prove     the rest of what decides: the lab, and the FreeBSD builds'
	@echo 'make build     build the debug version and the tests'
	@echo 'make static    build one static executable without libpci: .build-static/passthru'
	@echo 'make embedded  compile the pure modules under Embedded Swift'
	@echo 'make freebsd   build passthru for FreeBSD 14, amd64 and arm64: .build-freebsd/*/passthru'
	@echo 'make freebsd-test  run its objects here over recorded kernels;  freebsd-check compiles'
	@echo '               every module for the FreeBSD triple'
	@echo 'make docs      build the documentation of PCI, PCIHost and PCIBus'
	@echo 'make fuzz      fuzz the readers of foreign input, and all that is made of it, SECONDS=60 each'
	@echo 'make bench     time scans against libpci, lspci and a C floor; QUICK=1 is shorter'
	@echo '               (and, without QUICK, its parts: make bench-parts)'
	@echo 'make lab       try everything on real kernels in QEMU; TOPOLOGY=NAME tries one'
	@echo 'make lint      check the format, strictly;  make format  applies it'
	@echo 'make install   install the static executable, man pages and completions: PREFIX=, DESTDIR=;'
	@echo '               make uninstall  takes them away'
	@echo 'make deb       build a Debian package of it'
	@echo 'make wheel     build a wheel of it, for pip'

# Debian packages: for the build (libpci-dev), for names (pci.ids), and for the
# tests (pciutils to compare with, strace to count, archives to unpack).
packages:
	@Scripts/install-packages.sh

run: packages
	$(SWIFT) build -c release --product passthru $(TRAITS)
	@Scripts/first-look.sh "$(BIN)/passthru"

build:
	$(SWIFT) build --build-tests $(TRAITS)

static:
	Scripts/static.sh

# What decides while one works: the style, what is compiled otherwise than by the debug
# build, and every test. Three things are compiled by one processor each, so two at a
# time. Embedded Swift without optimisation accepts and refuses the same code, in a third
# of the time; the harness compiles what the FreeBSD executable uses with it. Tests count
# the instructions of the static build, and the lab boots it.
test: packages validators lint
	Scripts/check-style.sh
	$(MAKE) --jobs=2 --output-sync=target static-products embedded-checked freebsd-harness
	$(MAKE) unit-test

static-products:
	Scripts/static.sh scan-bench passthru

embedded-checked:
	OPTIMISE=-Onone OUT=.build-embedded/checked Scripts/embedded.sh

# What takes long: the other builds for FreeBSD, the unit tests in a copy with nothing
# beside it, and every topology of the lab, two guests at once, since each keeps one
# processor busy. many times something too, which only a quiet machine can: make lab
# TOPOLOGY=many holds passthru list against lspci -n.
prove: packages validators
	$(MAKE) freebsd-check
	Scripts/freebsd.sh arm64
	Scripts/deletion-law.sh
	Scripts/clients.sh
	Scripts/test-alone.sh
	env FUZZ_SECONDS=120 Scripts/run-tests.sh --filter AfterReaderFuzzTests
	Scripts/lab.sh --again --jobs 2 --without timing

# The programs that judge emitted configurations: some 70 MB of Debian packages.
validators:
	@Scripts/install-validators.sh

docs:
	for module in PCI PCIHost PCIBus; do \
	  SWIFT_PCI_DOCS=1 $(SWIFT) package --disable-sandbox generate-documentation --target $$module \
	    --warnings-as-errors || exit 1; \
	done

unit-test: build
	Scripts/run-tests.sh

embedded:
	Scripts/embedded.sh

freebsd:
	Scripts/freebsd.sh

# The shim's object over a played kernel, then the whole front, against the full
# command of the debug build.
freebsd-test: freebsd-harness build
	Scripts/run-tests.sh --filter FreeBSDFrontTests

# What the tests of the FreeBSD front run, after the checks of its shim.
freebsd-harness:
	Scripts/freebsd-shim.sh
	Scripts/freebsd-harness.sh
	Scripts/freebsd-front-harness.sh

freebsd-check:
	Scripts/freebsd-check.sh

# The readers, and then all that comes after them: every subcommand and every emitter.
fuzz: build
	env SECONDS=$(SECONDS) Scripts/fuzz.sh
	env FUZZ_SECONDS=$(SECONDS) Scripts/run-tests.sh --filter AfterReaderFuzzTests

bench: packages
	Scripts/bench.py $(if $(QUICK),--quick)
	$(if $(QUICK),,$(MAKE) bench-parts)

# Decoding, names, groups, verdicts, each emitter: a package of its own.
bench-parts:
	$(SWIFT) run -c release --package-path Tests/Benchmarks/Parts --scratch-path .build-bench

lab:
	@Scripts/lab.sh $(TOPOLOGY)

lint:
	$(SWIFT) format lint --strict --recursive Sources Tests Package.swift

format:
	$(SWIFT) format --in-place --recursive Sources Tests Package.swift

clean:
	rm -rf .build .build-*

# What people install. make install wants the static executable: make static builds it.
PREFIX ?= /usr/local
DESTDIR ?=

.PHONY: install uninstall install-test

install:
	@PREFIX='$(PREFIX)' DESTDIR='$(DESTDIR)' Scripts/install.sh install

uninstall:
	@PREFIX='$(PREFIX)' DESTDIR='$(DESTDIR)' Scripts/install.sh uninstall

# Installs into a folder, and tries man and the three shells there.
install-test: static
	@Scripts/install-packages.sh man-db mandoc zsh fish
	Scripts/try-install.py

prove: install-test

.PHONY: deb deb-test

# A Debian package, which lintian must pass.
deb: static
	@Scripts/install-packages.sh lintian
	Scripts/deb.sh

# It, in a bare Debian 12.
deb-test: deb
	@Scripts/install-packages.sh debootstrap
	Scripts/try-deb.sh "$$(ls -t .build-packages/*.deb | head -1)"

prove: deb-test

.PHONY: wheel wheel-test

# A wheel for pip, for people without Swift.
wheel: static
	Scripts/wheel.py

wheel-test: wheel
	@Scripts/install-packages.sh python3-venv
	Scripts/try-wheel.sh "$$(ls -t .build-packages/*.whl | head -1)"

prove: wheel-test
