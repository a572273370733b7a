# The entry points. This file says what depends on what; scripts/ and the projects do the work.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-builtin-rules --no-print-directory
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

export PATH := $(if $(DOTNET_ROOT),$(DOTNET_ROOT):)$(PATH)
export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export DOTNET_NOLOGO := 1
# At its first use the SDK sets up a certificate, a tool path and update checks; nothing here needs them.
export DOTNET_GENERATE_ASPNET_CERTIFICATE := false
export DOTNET_ADD_GLOBAL_TOOLS_TO_PATH := false
export DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE := true
# Without this the SDK wants ICU, which a small machine lacks; nothing here depends on a culture.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT := 1
# No compiler and no build node stays behind after a build. Set UseSharedCompilation=true when you build often.
export DOTNET_CLI_USE_MSBUILD_SERVER ?= 0
export MSBUILDDISABLENODEREUSE ?= 1
export UseSharedCompilation ?= false
# The compiler runs for one build only. Profiling its own code costs a sixth of the build and gains nothing there.
export DOTNET_TieredPGO ?= 0

# `dotnet build` prints a summary even when there is nothing to report; msbuild with -verbosity:quiet prints none.
DOTNET_BUILD := dotnet msbuild -nologo -restore -verbosity:quiet -property:Configuration=Release

# Directories are prerequisites too (no -type f): adding or removing a file makes its directory newer than the stamp.
# Hidden files are left out: editors make lock files, some of them dangling links that make cannot follow.
sources = $(1) $(shell find $(1) -mindepth 1 \
    \( -name bin -o -name obj -o -name build -o -name '.*' \) -prune -o -print 2>/dev/null)
SHARED := $(wildcard VERSION Directory.*.props Directory.*.targets global.json .editorconfig NuGet.Config nuget.config)

# $(call stamp,DIRECTORIES,BUILD): the stamp gets the time at which the build began, so that a file that is changed
# during the build is built again. The output directories are made first: making them changes their parent's time.
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
setup: ## installs through apt what this machine lacks
	@scripts/setup

.PHONY: setup-tests
setup-tests: ## the same, and what the tests use: a browser, a terminal, shells
	@scripts/setup --tests

.PHONY: setup-checks
setup-checks: ## the same as setup, and the linters of check-format
	@scripts/setup --checks

.PHONY: build
build: harness/bin/.stamp bpf/build/.stamp ## the harness and the prober

harness/bin/.stamp: $(call sources,harness) $(SHARED)
	$(call stamp,harness/bin harness/obj,$(DOTNET_BUILD) -target:Publish harness/Harness.csproj)

# Libraries of another machine (scripts/setup --machine) make its programs, too.
SYSROOTS := $(or $(filter /%,$(XDG_CACHE_HOME)),$(HOME)/.cache)/kernel-harness/sysroots

bpf/build/.stamp: $(call sources,bpf) $(wildcard $(SYSROOTS))
	$(call stamp,bpf/build,$(MAKE) -C bpf everywhere)

tests/bin/.stamp: $(call sources,tests) harness/bin/.stamp bpf/build/.stamp
	$(call stamp,tests/bin tests/obj tests/Toys/bin tests/Toys/obj,$(DOTNET_BUILD) Harness.sln)

# MANDIR=~/.local/share/man/man1 installs them for a user: man finds them where ~/.local/bin is in PATH.
.PHONY: man
man: build ## writes the manual pages to build/man, or to MANDIR=…
	@scripts/harness man '$(or $(MANDIR),build/man)'

.PHONY: run
run: setup ## set-up, build, and a run of the matrix kernels.yaml; more options in ARGS='…'
	@scripts/harness run $(ARGS)

# A make of its own does the build, because set-up may have to install the compilers first.
.PHONY: test
test: setup-tests ## set-up, build, and all tests but test-faults, including those that boot kernels
	@$(MAKE) tests/bin/.stamp
	@scripts/run-tests --filter 'TestCategory!=Faults&TestCategory!=Slurm&(TestCategory!=Sources|TestCategory=SourcesInCi)'

.PHONY: test-sources
test-sources: setup-tests ## kernels from repositories of every kind, made here with their own tools: at most 10 minutes
	@$(MAKE) tests/bin/.stamp
	@scripts/run-tests --filter 'FullyQualifiedName~Tests.Kernels.Sources'

.PHONY: test-slurm
test-slurm: setup-tests ## the default matrix on a real Slurm of two nodes, with kills: at most 10 minutes
	@$(MAKE) tests/bin/.stamp
	@scripts/run-tests --filter 'FullyQualifiedName~Tests.Cluster'

.PHONY: test-unit
test-unit: tests/bin/.stamp ## the tests that boot nothing
	@scripts/run-tests --filter 'TestCategory!=VM&TestCategory!=Faults&TestCategory!=Sources'

# FAULTS=FaultsInCi runs only the 15 that matter most, as .ci/run does.
.PHONY: test-faults
test-faults: setup-tests ## breaks images, archives, disks, tools and guests one at a time: at most 10 minutes
	@$(MAKE) tests/bin/.stamp
	@scripts/run-tests --filter 'TestCategory=$(or $(FAULTS),Faults)'

# TARGET='ktap channel' fuzzes only those; TIME is in seconds, for all of them together.
.PHONY: fuzz
fuzz: ## fuzzes what reads from outside (docs/fuzzing.md): all targets, 30 s
	@scripts/setup --fuzz
	@scripts/fuzz --time $(or $(TIME),30) $(TARGET)

# ARGS=--without-npm leaves out the checks that need npm, as .ci/run does; ARGS=xmllint runs one check.
.PHONY: test-consumers
test-consumers: ## gives the reports of the golden runs to the tools that read them
	@scripts/setup --consumers $(if $(findstring --without-npm,$(ARGS)),,--npm)
	@$(MAKE) build
	@tests/Consumers/test-consumers $(ARGS)

.PHONY: test-load
test-load: build ## 1,000 kernels with a stand-in launcher: memory, descriptors, files; more rows with ARGS=…
	@$(DOTNET_BUILD) tests/Load/Harness.Load.csproj
	@tests/Load/test-load $(ARGS)

.PHONY: test-shards
test-shards: build ## divides and joins made-up kernels of 1,000 shares: time and memory; the run RUN=DIR has the rows
	@[ -n "$(RUN)" ] || { echo 'give a run of the default matrix: make test-shards RUN=results/latest' >&2; exit 2; }
	@tests/Load/test-shards '$(RUN)' $(ARGS)

.PHONY: test-kills
test-kills: build ## kills the harness at 200 random moments and goes on; ARGS='--reports RUN' has real reports to replay
	@tests/Kills/test-kills $(ARGS)

.PHONY: test-bisect
test-bisect: ## bisections with real kernel builds: takes an hour, and 20 GB in DIR=…
	@[ -n "$(DIR)" ] || { echo 'give a directory with 20 GB free: make test-bisect DIR=/var/tmp/bisect' >&2; exit 2; }
	@$(MAKE) setup build
	@scripts/setup --kernels
	@tests/kernel-history/test-bisect '$(DIR)'
	@$(MAKE) test-configuration DIR='$(DIR)'

.PHONY: test-configuration
test-configuration: ## kernels built here answer as Debian's of the same source; SERIES='6.1 6.12', 5 GB in DIR=…
	@[ -n "$(DIR)" ] || { echo 'give a directory: make test-configuration DIR=/var/tmp/configuration' >&2; exit 2; }
	@$(MAKE) setup build
	@scripts/setup --kernels
	@tests/kernel-history/compare-with-debian '$(DIR)' $(or $(SERIES),5.10 6.1 6.12 7.2 7.3)

.PHONY: test-wrong-values
test-wrong-values: ## cases about what a program sees fail on a kernel without the check: two builds, 5 GB in DIR=…
	@[ -n "$(DIR)" ] || { echo 'give a directory: make test-wrong-values DIR=/var/tmp/wrong-values' >&2; exit 2; }
	@$(MAKE) setup build
	@scripts/setup --kernels
	@tests/kernel-history/test-wrong-values '$(DIR)'

.PHONY: dist
dist: ## builds the release of this commit: dist/kernel-harness-VERSION-*.tar.gz, what is in it, SHA256SUMS
	@scripts/dist $(ARGS)

.PHONY: image
image: ## builds an image for containers from the release, with buildah; BASE=… is its base
	@scripts/image $(if $(BASE),--base '$(BASE)') $(ARGS)

# ARGS='--kernels default' runs the whole default matrix; ARGS=--arm64 builds for arm64 twice, too.
.PHONY: test-dist
test-dist: ## builds the release twice and compares; runs it in a chroot without SDK and compiler: at most 10 minutes
	@scripts/check-dist $(ARGS)

# The pages are those that have a marker for it: docs/contract.md, `report --update`.
.PHONY: docs
docs: build ## writes the verdicts of the run RUN=DIR into the pages of docs/ that show them
	@[ -n "$(RUN)" ] || { echo 'give a run of the default matrix: make docs RUN=results/latest' >&2; exit 2; }
	@scripts/harness report '$(RUN)' $(patsubst %,--update %,$(shell grep -l '^<!-- verdicts:' docs/*.md))

.PHONY: screenshots
screenshots: setup-tests ## takes the pictures of docs/ anew, of the captured run of the default matrix
	@$(MAKE) tests/bin/.stamp
	@UPDATE_PICTURES=1 scripts/run-tests --filter 'FullyQualifiedName~PictureTests'

.PHONY: bench
bench: setup build ## measures the harness against bare QEMU; more options in ARGS='…'
	@scripts/bench $(ARGS)

.PHONY: bench-stock
bench-stock: setup build ## measures it against stock virtme-ng, on kernels with modules (downloads 1 GB)
	@scripts/setup --bench
	@scripts/bench --stock $(ARGS)

.PHONY: format
format: ## formats the C# code
	dotnet format Harness.sln

.PHONY: check-format
check-format: setup-checks ## fails on what `make format` would change, long lines, and what a linter finds
	@scripts/check-style
	dotnet format Harness.sln --verify-no-changes

.PHONY: clean
clean: ## removes what was built; keeps runs and caches
	rm -rf harness/bin harness/obj tests/bin tests/obj tests/Toys/bin tests/Toys/obj bpf/build \
	    tests/Load/bin tests/Load/obj tests/Fuzz/build tests/Fuzz/Driver/bin tests/Fuzz/Driver/obj
