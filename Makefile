# The ways in. What is done is in scripts/ and in the projects; here stands what depends on what.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-builtin-rules --no-print-directory
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

export PATH := $(if $(DOTNET_ROOT),$(DOTNET_ROOT):)$(PATH)
export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export DOTNET_NOLOGO := 1
# What the SDK does to a machine at its first use, none of it needed here.
export DOTNET_GENERATE_ASPNET_CERTIFICATE := false
export DOTNET_ADD_GLOBAL_TOOLS_TO_PATH := false
export DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE := true
# The SDK asks for ICU otherwise, which a small machine lacks; nothing here depends on a culture.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT := 1
# No compiler and no build node stays behind after a build. Who builds often sets UseSharedCompilation=true.
export DOTNET_CLI_USE_MSBUILD_SERVER ?= 0
export MSBUILDDISABLENODEREUSE ?= 1
export UseSharedCompilation ?= false
# A compiler that lives for one build never earns back what profiling its own code costs: a sixth of the build.
export DOTNET_TieredPGO ?= 0

# `dotnet build` would add a summary even when there is nothing to say.
DOTNET_BUILD := dotnet msbuild -nologo -restore -verbosity:quiet -property:Configuration=Release

# A directory is newer than its stamp after a file in it came or went, hence `find` without -type f. Hidden files
# are editors' locks and the like, at times dangling links that make could not follow.
sources = $(shell find $(1) -mindepth 1 \( -name bin -o -name obj -o -name build -o -name '.*' \) -prune -o -print 2>/dev/null) $(1)
SHARED := $(wildcard Directory.*.props Directory.*.targets global.json .editorconfig NuGet.Config nuget.config)

# stamp BUILD: the stamp gets the time at which its build began, so that a file changed meanwhile is not missed. The
# outputs' directories are made first, for the same reason as above.
define stamp
	@mkdir -p $(1)
	@touch $@.new
	$(2)
	@mv $@.new $@
endef

.PHONY: help
help: ## lists the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

.PHONY: setup
setup: ## installs, through apt, what this machine lacks
	@scripts/setup

.PHONY: setup-tests
setup-tests: ## the same, with the browser that the tests look at report.html with
	@scripts/setup --tests

.PHONY: build
build: harness/bin/.stamp bpf/build/.stamp ## the harness and the prober

harness/bin/.stamp: $(call sources,harness) $(SHARED)
	$(call stamp,harness/bin harness/obj,$(DOTNET_BUILD) -target:Publish harness/Harness.csproj)

bpf/build/.stamp: $(call sources,bpf)
	$(call stamp,bpf/build,$(MAKE) -C bpf)

tests/bin/.stamp: $(call sources,tests) harness/bin/.stamp bpf/build/.stamp
	$(call stamp,tests/bin tests/obj,$(DOTNET_BUILD) tests/Harness.Tests.csproj)

.PHONY: run
run: setup ## set-up, build, and the matrix of kernels.yaml; more options in ARGS='…'
	@scripts/harness run $(ARGS)

# The build comes from a make of its own, since set-up may have to install the compilers first.
.PHONY: test
test: setup-tests ## set-up, build, and all tests, those that boot kernels too
	@$(MAKE) tests/bin/.stamp
	@scripts/run-tests

.PHONY: test-unit
test-unit: tests/bin/.stamp ## the tests that boot nothing
	@scripts/run-tests --filter 'TestCategory!=VM'

.PHONY: test-bisect
test-bisect: ## bisections over real kernel code, with real builds: an hour, and 10 GB in DIR=…
	@[ -n "$(DIR)" ] || { echo 'make test-bisect needs a directory with room for 10 GB, and an hour: make test-bisect DIR=/var/tmp/bisect' >&2; exit 2; }
	@$(MAKE) setup build
	@scripts/setup --kernels
	@tests/kernel-history/test-bisect '$(DIR)'

.PHONY: bench
bench: setup build ## the harness against bare QEMU, and cases per second; more options in ARGS='…'
	@scripts/bench $(ARGS)

.PHONY: bench-stock
bench-stock: setup build ## the harness against stock virtme-ng, on kernels with all their modules (1 GB of downloads)
	@scripts/setup --bench
	@scripts/bench --stock $(ARGS)

.PHONY: format
format: ## formats the C# code
	dotnet format Harness.sln

.PHONY: check-format
check-format: ## fails when `make format` would change anything
	dotnet format Harness.sln --verify-no-changes

.PHONY: clean
clean: ## removes what was built; runs and caches stay
	rm -rf harness/bin harness/obj tests/bin tests/obj bpf/build
