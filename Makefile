# SPDX-License-Identifier: Apache-2.0
#
# make run    scans this machine's bus and prints the list and the check
# make test   installs what the tests need, builds, and runs all of them
# make help   lists the rest

SHELL := /bin/bash
SWIFT ?= swift
BIN = $(shell $(SWIFT) build -c release --show-bin-path)
# libpci's own .pc file is not in a system without libpci-dev: then the trait goes.
TRAITS = $(shell pkg-config --exists libpci 2>/dev/null || echo --disable-default-traits)
SUDO = $(shell [ "$$(id -u)" = 0 ] || echo sudo)

SECONDS ?= 60

.PHONY: fuzz help run build static test unit-test embedded lint format clean packages

help:
	@echo 'make run       scan this machine and print the list and the check'
	@echo 'make test      install what tests need, build, run all checks'
	@echo 'make build     build the debug version and the tests'
	@echo 'make static    build one static executable without libpci: .build-static/release/passthru'
	@echo 'make embedded  compile the pure modules under Embedded Swift'
	@echo 'make fuzz      fuzz the readers of foreign input, SECONDS=60 each'
	@echo 'make lint      check the format, strictly;  make format  applies it'

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
	$(SWIFT) build -c release --product passthru --disable-default-traits \
	  --static-swift-stdlib -Xswiftc -static-executable --scratch-path .build-static

test: packages lint build embedded
	Scripts/run-tests.sh
	Scripts/check-style.sh

unit-test:
	Scripts/run-tests.sh

embedded:
	Scripts/embedded.sh

fuzz:
	env SECONDS=$(SECONDS) Scripts/fuzz.sh

lint:
	$(SWIFT) format lint --strict --recursive Sources Tests Package.swift

format:
	$(SWIFT) format --in-place --recursive Sources Tests Package.swift

clean:
	rm -rf .build .build-*
