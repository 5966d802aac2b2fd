# Verbs: setup build install docs test lint format demo bench, and the long runs: coverage soak
# mutate kill kill-sync interrupt writers word fuzz.
SHELL := /bin/bash
PACKAGES := make gcc g++ libsqlite3-dev libcurl4-openssl-dev libxml2-dev libzip-dev libuchardet-dev \
	libmicrohttpd-dev libxxhash-dev sqlite3 curl
# The C++ library that Swift's runtime needs is linked in too: finding and mapping it was a third of
# the time that the command takes to start. A folder that holds nothing but it is searched first.
STATIC := .build/static
# Nothing is looked for beside the command: forty files that are not there took a tenth of the start.
BUILD := swift build -c release --static-swift-stdlib --disable-local-rpath -Xlinker -L$(CURDIR)/$(STATIC) \
	-Xswiftc -Xclang-linker -Xswiftc -static-libgcc
OFFBOOK := .build/release/offbook
PREFIX ?= /usr/local

.PHONY: setup build install docs test lint format demo bench coverage soak mutate \
	kill kill-sync interrupt writers word fuzz

setup:
	@command -v swift >/dev/null || { echo "Swift 6.3 is needed: see README.md" >&2; exit 1; }
	@missing=""; for name in $(PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$name 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$name"; \
	done; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ]; then run=""; \
	elif command -v sudo >/dev/null; then run=sudo; \
	else echo "These Debian packages are missing:$$missing" >&2; exit 1; fi; \
	echo "Installing:$$missing"; \
	export DEBIAN_FRONTEND=noninteractive; \
	$$run apt-get update -qq && $$run apt-get install -y -qq --no-install-recommends $$missing >/dev/null \
	  || { echo "Could not install:$$missing" >&2; exit 1; }

build: setup $(STATIC)/libstdc++.a
	$(BUILD) --product offbook
	$(BUILD) --product offbook-simulator

$(STATIC)/libstdc++.a:
	@mkdir -p $(STATIC)
	@ln -sf "$$(gcc -print-file-name=libstdc++.a)" $@

install: build
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -s -m 755 $(OFFBOOK) "$(DESTDIR)$(PREFIX)/bin/offbook"
	@du -h "$(DESTDIR)$(PREFIX)/bin/offbook"

# Tests that run the command block the threads that tests of sockets wait on, so they go first.
SOCKETS := HTTPTransportTests|ServiceTests|BackendSimulatorTests

test: setup
	swift build --build-tests
	swift test --skip-build --disable-xctest --skip '$(SOCKETS)'
	swift test --skip-build --disable-xctest --filter '$(SOCKETS)'

lint: setup
	swift format lint --strict --recursive --parallel Package.swift Sources Tests Schema
	swift build --build-tests
	swift test --skip-build --disable-xctest --filter StructureTests

format:
	swift format --in-place --recursive --parallel Package.swift Sources Tests Schema

demo: build
	@PATH="$(CURDIR)/.build/release:$$PATH" bash samples/demo.sh

bench: build
	$(BUILD) --product store-benchmark
	$(BUILD) --product merge-benchmark
	$(BUILD) --product transport-benchmark
	$(BUILD) --product draft-benchmark
	@bash Benchmarks/run.sh $(ONLY)

coverage: setup
	@rm -rf "$$(swift build --show-bin-path)"/codecov*
	swift test --disable-xctest --enable-code-coverage
	@bash Tests/coverage.sh

soak: setup
	swift run -c release merge-soak --seconds $(or $(SECONDS_LONG),60) --seed $(or $(SEED),1) \
	  --count $(or $(HISTORIES),0)
	swift run -c release sync-soak --seconds $(or $(SECONDS_LONG),60) --seed $(or $(SEED),1) \
	  --count $(or $(RUNS),1000000000)

mutate: setup
	@sh Tests/mutations/run.sh $(FIRST) $(LAST)
	@sh Tests/mutations/sync.sh $(FIRST) $(LAST)

kill: build
	@bash Tests/Durability/kill.sh $(or $(ROUNDS),200)

kill-sync: build
	@$(MAKE) --no-print-directory setup PACKAGES="strace curl"
	@bash Tests/Durability/kill-sync.sh $(or $(ROUNDS),100) $(or $(SEED),1)

# Every workflow, interrupted at ten places in five manners; 'make test' does every seventh.
interrupt: setup
	swift build --build-tests
	OFFBOOK_EVERY_PLACE=1 swift test --skip-build --disable-xctest --filter OffbookCLITests.Interruptions

writers: build
	@bash Tests/Durability/writers.sh $(or $(SECONDS_LONG),60)

# libFuzzer and AddressSanitizer come with the toolchain. Gold can't link what they make: lld can.
FUZZING := -Xswiftc -sanitize=fuzzer,address -Xcc -fsanitize=address,fuzzer-no-link -Xswiftc -g \
	-Xswiftc -use-ld=lld

fuzz: setup
	OFFBOOK_FUZZING=1 swift build -c release --scratch-path .build/fuzz $(FUZZING) --product parser-fuzz
	@bash Tests/Fuzzing/run.sh $(or $(SECONDS_LONG),60) $(ONLY)

word: build
	@$(MAKE) --no-print-directory setup PACKAGES="libreoffice-writer-nogui python3-uno"
	@bash Tests/WordTrip/run.sh $(or $(LINES),500)

# The public modules as a documentation archive; a warning fails it.
docs: setup
	swift build --target Offbook
	@rm -rf .build/symbols .build/Offbook.doccarchive && mkdir -p .build/symbols
	@for module in ScriptModel Offbook; do \
	  swift symbolgraph-extract -module-name $$module -target "$$(uname -m)-unknown-linux-gnu" \
	    -I .build/debug/Modules -minimum-access-level public -output-dir .build/symbols \
	    $$(for map in .build/debug/*.build/module.modulemap Sources/*/module.modulemap; do \
	      echo "-Xcc -fmodule-map-file=$$map"; done) || exit 1; \
	done
	@docc convert Sources/Offbook/Offbook.docc --additional-symbol-graph-dir .build/symbols \
	  --output-path .build/Offbook.doccarchive --warnings-as-errors \
	  --fallback-display-name Offbook --fallback-bundle-identifier offbook
	@echo "The pages are in .build/Offbook.doccarchive"
