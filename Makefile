# closeaf: a formally checked reference of how an address family is closed in CoNDIS.
#
# Everything that is made goes to build/. The verbs are listed by: make help

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules

CC := gcc
CFLAGS := -std=c11 -O2 -Wall -Wextra -Wconversion -Wpedantic -Werror -pthread -Isrc -Isrc/ndis -Ibuild \
	-DEXAMPLE_HOOKS='"runtime/example_hooks.h"'
CONFIG := standard

mains := src/closeaf/closeaf.c $(wildcard src/protocol/*.c)
parts := $(patsubst src/%.c,build/src/%.o,$(filter-out $(mains),$(wildcard src/*/*.c)))
tests := $(patsubst tests/%.c,build/tests/%,$(wildcard tests/test_*.c))
charts := $(patsubst tests/sequences/%.trace,build/charts/%.svg,$(wildcard tests/sequences/*.trace))
mutator_options = $(if $(EVERY),--every $(EVERY)) $(if $(RESUME),--resume)
named = $(if $(filter command line environment,$(origin CONFIG)),$(CONFIG))
configurations := $(sort $(basename $(notdir $(wildcard model/configurations/*))))

# $(call step,COMMAND): a command that, if it fails, says how to repeat it alone.
step = @status=0; $(1) || status=$$?; \
	if [ $$status -ne 0 ]; then \
		echo "make $@ failed (status $$status); to repeat it alone: $(strip $(1))" >&2; exit $$status; \
	fi

.PHONY: help doctor build charts model readings lockstep proofs crosscheck mutants stress fuzz
.PHONY: runtime-checks bench verify evidence test page clean pin
.DEFAULT_GOAL := help

help:       ## print this list
	@sed -n 's/^\([a-z-]*\): .*## /\1 /p' Makefile | awk '{ printf "  make %-14s", $$1; $$1 = ""; print }'
	@echo "Configurations for make model CONFIG=NAME: $(or $(configurations),none)" | fold -s -w 100

doctor:     ## print for each part where it runs, and the versions of its tools
	@.ci/setup --doctor

build:      ## build the command line tool build/closeaf
	@.ci/setup build
	@.ci/inside --for build $(MAKE) -j$$(nproc) --no-print-directory compiled

charts: build ## draw each trace of tests/sequences as build/charts/NAME.svg
	@.ci/setup model
	@.ci/inside --for model $(MAKE) --no-print-directory compiled drawn

model: known-configuration build ## check the model with SPIN: make model CONFIG=NAME [FRESH=yes, WHOLE=yes]
	@.ci/setup model
	$(call step,$(if $(filter swarm%,$(CONFIG)),model/swarm,model/check $(if $(FRESH),,--keep)) $(CONFIG))
	$(if $(WHOLE),$(call step,model/unreached))

pin: known-configuration build ## write what checks, and the states of each search, if a change is meant [CONFIG=NAME]
	@.ci/setup model
	$(call step,model/check --pin $(or $(named),standard swarm-known small coverage seeded))
	$(if $(named),,$(call step,model/read --pin))
	$(call step,tests/pinned --pin)

readings: build ## search every reading of the documents; compare with what model/readings says of it
	@.ci/setup model
	$(call step,model/read)

lockstep: build ## model and C core step by step: small, standard, every reading, seeded differences [CONFIG=NAME]
	@.ci/setup model
	$(call step,model/lockstep $(or $(named),--readings))
	$(if $(named),,$(call step,model/lockstep --seeded))

proofs:     ## prove the contracts of the C core with Frama-C [WHOLE=yes: a second prover too]
	@.ci/setup proofs
	$(call step,proofs/banned)
	$(call step,proofs/prove $(if $(WHOLE),--whole))

crosscheck: build ## compare model, core and runtime, trace by trace
	@.ci/setup build model
	$(call step,tests/crosscheck)

mutants: build ## seed defects into model and code; each must be found [PART=model|code|core]
	@.ci/setup build model proofs
	$(call step,tests/mutate $(if $(PART),--part $(PART)))
	$(if $(filter code,$(PART)),$(call step,tests/mutate_core $(mutator_options)))

stress:     build ## the runtime under load: 10 million events, schedules, ThreadSanitizer, Helgrind
	@.ci/setup build test
	$(call step,tests/stress)

fuzz:       ## fuzz reader, judge and converters with libFuzzer: make fuzz TIME=SECONDS (60)
	@.ci/setup build test
	$(call step,tests/fuzz/fuzz --time $(or $(TIME),60))

runtime-checks: build ## prove the lock discipline of the runtime; Eva on reader and core
	@.ci/setup build proofs
	$(call step,proofs/discipline)
	$(call step,proofs/eva)

bench:      known-configuration build ## what a search costs, compared with SPIN's own examples
	@.ci/setup build model
	$(call step,tests/bench_check)
	$(call step,tests/bench $(named))

page: build ## the page build/evidence/index.html: the records, and closeaf itself in a browser
	@.ci/setup page
	$(call step,src/page/make)

verify: known-configuration build ## make all of the evidence and print one table [WHOLE=yes: every check]
	@.ci/setup build model proofs $(if $(WHOLE),test)
	$(call step,tests/verify $(if $(WHOLE),--whole) $(CONFIG))

evidence: known-configuration build ## for a certifier: all that make verify shows, in one archive, and the page [WHOLE=yes]
	@.ci/setup build model proofs page $(if $(WHOLE),test)
	$(call step,tests/verify $(if $(WHOLE),--whole) --unless-done $(CONFIG))
	$(call step,proofs/evidence/bundle)
	$(call step,src/page/make)

test: build ## run all tests; the last line counts them
	@.ci/setup build model proofs test page
	@.ci/inside --for test $(MAKE) -j$$(nproc) --no-print-directory compiled compiled-tests
	@tests/run $(tests)

clean:      ## remove everything that was made, but the Debian 12 root
	@[ ! -d build ] || find build -mindepth 1 -maxdepth 1 ! -name 'debian12*' -exec rm -rf {} +
	@[ ! -d build/debian12 ] || echo "build/debian12 stays: making it takes minutes; to remove it: rm -rf build"

.PHONY: known-configuration compiled compiled-tests drawn always
known-configuration:
	@model/settings --names $(or $(CONFIG),'') > /dev/null

# What the verbs have made where the compiler is: here, or in the Debian 12 root.
compiled: build/closeaf build/vocabulary.pml
	@:
compiled-tests: $(tests)
	@:
drawn: $(charts)
	@:

# What another compiler has made, or one with another C library, is compiled again.
build/compiler: always
	@mkdir -p $(@D)
	@{ echo '$(CC) $(CFLAGS)'; $(CC) --version | head -n 1; getconf GNU_LIBC_VERSION; } > $@.new
	@if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

# What runs meanwhile has the old one, or the new one.
build/closeaf: build/src/closeaf/closeaf.o $(parts)
	$(CC) $(CFLAGS) -o $@.new $^
	mv $@.new $@

build/vocabulary_promela: build/src/protocol/vocabulary_promela.o
	$(CC) $(CFLAGS) -o $@ $^

build/vocabulary.pml: build/vocabulary_promela
	$< > $@

build/checks.def: model/matrix model/matrix.reasons model/formulas .ci/script.pl $(wildcard model/*.pml tests/*.c tests/*.sh src/*/*) \
	$(wildcard tests/mutants/*.patch tests/sequences/*.trace tests/rules/*.trace)
	@mkdir -p $(@D)
	model/matrix --checks > $@

build/src/closeaf/explain.o: build/checks.def

# What is wrong with a row of the register of ambiguities is said before C says it in its way.
build/ambiguities: model/settings model/settings.table src/protocol/readings.def src/protocol/requirements.def
	@mkdir -p $(@D)
	@model/settings --ambiguities > $@

build/charts/%.svg: tests/sequences/%.trace build/closeaf
	@mkdir -p $(@D)
	build/closeaf draw --msc $< > $@.msc
	mscgen -T svg -i $@.msc -o $@

build/tests/%: tests/%.c $(parts) build/compiler
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -MMD -MP -o $@ $< $(parts) -lcmocka

# A table with a bad row: the first thing to be said.
build/check_tables: src/protocol/check_tables.c $(wildcard src/protocol/*.def) build/compiler
	$(CC) $(CFLAGS) -o $@ $<
	$@

build/src/%.o: src/%.c Makefile build/compiler build/check_tables | build/ambiguities
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<

-include $(wildcard build/src/*/*.d build/tests/*.d)
