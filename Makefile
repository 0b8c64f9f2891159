# Stet.  `make` builds, `make help` lists everything.
#
#   make CC=clang MODE=debug    another compiler, another mode
#   make V=1 JOBS=1 OUT=/tmp/b  show the command lines; one job at a time; build elsewhere
#
# A build lands in build/<compiler>-<mode>/ as bin/stet and libexec/stet/stet-<helper>, the same
# shape as after `make install`, so that `stet` finds its helpers at ../libexec/stet/ in both.
# Modes: release (default), debug, asan (address and undefined behaviour), fuzz (clang only).

# --- The programs -------------------------------------------------------------------------------
#
# `stet` is src/cli/main.c with every src/cli/cmd_<verb>.c that no helper below claims.
# A helper is one line: its name, its verbs, its libraries beyond COMMON, folders of its own.
# It is src/cli/main_<name>.c with those commands and becomes libexec/stet/stet-<name>.
# Other files of src/cli/ are shared; from them and from the library each program gets what it uses.

COMMON := sqlite3 libpcre2-8 stemmer icu-uc glib-2.0 libcrypto libseccomp

define helper
HELPERS += $(strip $(1))
CMDS_$(strip $(1)) := $(2)
PKGS_$(strip $(1)) := $(3)
DIRS_$(strip $(1)) := $(4)
endef

$(eval $(call helper, import, import audit formats show_raw, libxml-2.0 libarchive json-c gmime-3.0 icu-i18n))
$(eval $(call helper, draft, verify_files verify_draft, libxml-2.0 libarchive json-c))

$(eval $(call helper, people, people watch, icu-i18n))
$(eval $(call helper, graph, graph, igraph m))
$(eval $(call helper, serve, serve, libmicrohttpd libxml-2.0 libarchive json-c gmime-3.0 icu-i18n, src/web))

# Programs that may open a network connection; `make programs-check` proves it of all others.
NETWORKED := stet-serve

# --- Choices ------------------------------------------------------------------------------------

ifeq ($(origin CC),default)
CC := gcc
endif
ifeq ($(origin AR),default)
AR := ar
endif
GIVEN_MODE := $(MODE)
MODE := release
ifneq ($(GIVEN_MODE),)
override MODE := $(GIVEN_MODE)
endif
ifeq ($(filter $(MODE),release debug asan fuzz),)
$(error MODE is release, debug, asan or fuzz)
endif

OUT     := build
VARIANT := $(notdir $(CC))-$(MODE)
BUILD   := $(OUT)/$(VARIANT)
OBJ     := $(BUILD)/obj
GEN     := $(BUILD)/gen
PREFIX  := /usr/local
DESTDIR :=
JOBS    := $(shell nproc 2>/dev/null || echo 2)

SILENT := $(findstring s,$(filter-out -% %=%,$(firstword $(MAKEFLAGS))))
MAKEFLAGS += --no-builtin-rules --no-print-directory
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += -j$(JOBS) --output-sync=line
endif
.SUFFIXES:
.DELETE_ON_ERROR:

# --- Flags --------------------------------------------------------------------------------------

ifeq ($(shell uname -s),Linux)
AS_NEEDED := -Wl,--as-needed
HARD_LINK := -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack -Wl,-z,separate-code
endif
WARN  := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wvla
# Sanitizers make compilers suspect things that are fine; the other modes hold the line.
WARN  += $(if $(filter asan fuzz,$(MODE)),,-Werror)

OPT_release = -O2 -fPIE $(HARDEN)
OPT_debug   := -O0
OPT_asan    := -O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
OPT_fuzz    := -O1 -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined \
               -fno-sanitize-recover=all
LINK_release := -pie $(HARD_LINK)
LINK_asan   := -fsanitize=address,undefined
LINK_fuzz   := -fsanitize=address,undefined

PKGS       := $(sort $(COMMON) $(foreach h,$(HELPERS),$(PKGS_$h)))
PKG_CFLAGS  = $(sort $(foreach p,$(PKGS),$(subst -isystem ,-isystem,$(CFLAGS_$p))))
libs_of     = $(foreach p,$(1),$(LIBS_$p))

ALL_CPPFLAGS = -D_POSIX_C_SOURCE=200809L -iquote include -iquote $(GEN) $(PKG_CFLAGS) $(CPPFLAGS)
ALL_CFLAGS   = -std=c17 -g $(OPT_$(MODE)) $(WARN) $(CFLAGS)
ALL_LDFLAGS  = $(LINK_$(MODE)) $(AS_NEEDED) $(LDFLAGS)

# `  CC    src/base/err.c`, or the whole command with V=1, or nothing with -s.
run = $(if $(V),,@$(if $(SILENT),,printf '  %-5s %s\n' $(1) $(2);))

# --- Files --------------------------------------------------------------------------------------

LIB_SRC    := $(filter-out src/cli/% src/web/%,$(wildcard src/*/*.c))
CLI_SRC    := $(wildcard src/cli/*.c)
CLI_SHARED := $(filter-out src/cli/main.c src/cli/main_%.c src/cli/cmd_%,$(CLI_SRC))
TAKEN      := $(foreach h,$(HELPERS),$(CMDS_$h:%=src/cli/cmd_%.c))
STET_SRC   := $(filter-out $(TAKEN),$(filter src/cli/main.c src/cli/cmd_%,$(CLI_SRC)))
UNIT_SRC   := $(wildcard tests/unit/test_*.c)
RUNNER_SRC := $(wildcard tests/*.c)
HELP_SRC   := $(wildcard tests/support/*.c)
FUZZ_SRC   := $(wildcard tests/fuzz/fuzz_*.c)
GENERATE   := $(wildcard corpus/generate/*.c)

GENERATOR  := $(if $(GENERATE),$(BUILD)/bin/corpus-generate)

objects = $(patsubst %.c,$(OBJ)/%.o,$(1))
LIB     := $(BUILD)/libstet.a
LIB_CLI := $(BUILD)/libcli.a
LIB_WEB := $(BUILD)/libweb.a
LIB_HELP := $(BUILD)/libsupport.a

HELPERS_HERE := $(foreach h,$(HELPERS),$(if $(wildcard src/cli/main_$h.c),$h))
PROGRAMS := $(if $(wildcard src/cli/main.c),$(BUILD)/bin/stet) \
            $(HELPERS_HERE:%=$(BUILD)/libexec/stet/stet-%)
UNITS   := $(UNIT_SRC:%.c=$(BUILD)/%)
RUNNERS := $(RUNNER_SRC:%.c=$(BUILD)/%)
FUZZERS := $(FUZZ_SRC:%.c=$(BUILD)/%)

# A file that the program carries in itself: `#include "schema.sql.h"` in one .c file gives
#   static const unsigned char asset_schema_sql[];   the bytes, then a NUL that is not counted
#   static const size_t asset_schema_sql_size;
# for src/store/schema.sql.  Any src/*/*.sql and any file of a folder src/*/assets/ will do.
ASSETS := $(wildcard src/*/*.sql src/*/assets/*)
ASSET_HEADERS := $(foreach a,$(ASSETS),$(GEN)/$(notdir $a).h)
ifneq ($(words $(sort $(ASSET_HEADERS))),$(words $(ASSET_HEADERS)))
$(error two embedded files have the same name: $(ASSETS))
endif

# --- Targets for people -------------------------------------------------------------------------

.PHONY: all demo check asan fuzz bench measure-quotes measure-queries corpus layers headers programs-check stats format \
        format-check install uninstall clean help deps check-build fuzz-build FORCE

all: $(LIB) $(PROGRAMS) ## Build the programs (and point ./stet at the build)
	@$(if $(and $(filter build,$(OUT)),$(filter %/bin/stet,$(PROGRAMS))),ln -sfn $(BUILD)/bin/stet stet,:)

demo: ## Search a small made-up leak: a first look at what the program does
	@[ -x $(BUILD)/bin/stet ] || echo 'Building stet; only the first time takes a while.'
	@$(MAKE) -s all
	+@build-aux/demo $(BUILD)

CHECK_MODE := $(or $(GIVEN_MODE),debug)
check: $(OUT)/deps-check ## Run all tests (T=unit or T=test_fold: some of them)
	@OUT='$(OUT)' CC='$(CC)' MODE='$(CHECK_MODE)' T='$(T)' V='$(V)' JOBS='$(JOBS)' MAKE='$(MAKE)' build-aux/check

asan: $(OUT)/deps-check ## Run all tests with address and undefined-behaviour sanitizers
	@OUT='$(OUT)' CC='$(CC)' MODE=asan T='$(T)' V='$(V)' JOBS='$(JOBS)' MAKE='$(MAKE)' build-aux/check

fuzz: $(OUT)/deps-check ## Fuzz one parser: make fuzz F=query T=60
	@$(if $(F),,echo "say which: make fuzz F=<$(patsubst tests/fuzz/fuzz_%.c,%,$(FUZZ_SRC))> [T=seconds]"; exit 2)
	@$(MAKE) CC=clang MODE=fuzz $(OUT)/clang-fuzz/tests/fuzz/fuzz_$(F)
	+@build-aux/fuzz $(OUT) $(F) $(or $(T),60)

MEASURE := $(BUILD)/tests/measure/alterations
measure-quotes: $(OUT)/deps-check ## Score the quote checker on real and on altered quotations
	@$(MAKE) -s MODE=release all corpus $(OUT)/$(notdir $(CC))-release/tests/measure/alterations
	+@tests/measure.sh $(OUT)/$(notdir $(CC))-release

DIFFERENTIAL := $(OUT)/$(notdir $(CC))-release/tests/unit/test_query_differential
measure-queries: $(OUT)/deps-check ## Hold 10,000 generated queries against a plain scan, in two orders
	@$(MAKE) -s MODE=release $(DIFFERENTIAL)
	+@STET_QUERIES=10000 CMOCKA_MESSAGE_OUTPUT=TAP $(DIFFERENTIAL)

bench: $(OUT)/deps-bench ## Measure speed and memory
	@$(MAKE) -s MODE=release all corpus
	+@if [ -x tests/bench.sh ]; then tests/bench.sh $(BUILD); else echo "bench: no tests/bench.sh yet"; fi

corpus: ## Build the generator of sample archives; is its output the sample in corpus/?
corpus: $(GENERATOR)
	@build-aux/corpus $(TAP) $(BUILD)/bin/corpus-generate

layers: ## Check that folders depend on each other in one direction
	@build-aux/layers

headers: ## Check that each header compiles alone and opens with a comment
	@build-aux/headers $(TAP) $(CC) -std=c17 $(WARN) $(ALL_CPPFLAGS)

programs-check: $(PROGRAMS) ## Check that programs hold no more than they should: no network, few libraries
	@build-aux/programs $(TAP) '$(NETWORKED)' $(PROGRAMS)

stats: ## Sizes of functions and files, and which are too long
	@build-aux/stats

FORMATTED = $(wildcard $(foreach d,include src/* tests tests/* corpus/generate,$d/*.c $d/*.h))
format: $(OUT)/deps-format ## Lay out the code as .clang-format says
	@$(if $(FORMATTED),clang-format -i $(FORMATTED))

format-check: $(OUT)/deps-format ## Is the code laid out as .clang-format says?
	@$(if $(FORMATTED),clang-format --dry-run -Werror $(FORMATTED))

install: all ## Install below PREFIX (/usr/local), staged below DESTDIR
	@build-aux/install install $(BUILD) '$(DESTDIR)' '$(PREFIX)'

uninstall: ## Remove what install put there
	@build-aux/install uninstall $(BUILD) '$(DESTDIR)' '$(PREFIX)'

deps: ## Install what is missing to build and test
	+@build-aux/deps check

clean: ## Remove all builds
	rm -rf $(OUT) stet

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' Makefile

# --- Rules --------------------------------------------------------------------------------------

# What the machine must have, asked once; `make clean` or a change of the list asks again.
$(OUT)/deps-%: build-aux/deps
	+@build-aux/deps $*
	@mkdir -p $(@D) && touch $@

# What the compiler can do and where libraries are; read by make, and made before anything else.
LIGHT := help clean deps layers stats format format-check uninstall demo check asan fuzz bench \
         $(OUT)/deps-%
ifneq ($(filter-out $(LIGHT),$(or $(MAKECMDGOALS),all)),)
include $(BUILD)/flags.mk
endif
$(BUILD)/flags.mk: build-aux/flags build-aux/deps Makefile | $(OUT)/deps-$(if $(findstring clang,$(CC)),check,build)
	@mkdir -p $(@D)
	@build-aux/flags '$(CC)' $(MODE) $(PKGS) > $@

$(OBJ)/%.o: %.c Makefile $(BUILD)/flags.mk | $(ASSET_HEADERS)
	@mkdir -p $(@D)
	$(call run,CC,$<)$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

define asset
$(GEN)/$(notdir $(1)).h: $(1) build-aux/embed
	@mkdir -p $$(@D)
	$$(call run,EMBED,$$<)build-aux/embed $$< > $$@
endef
$(foreach a,$(ASSETS),$(eval $(call asset,$a)))

# A library is made anew when a file comes or goes: its list of members is a prerequisite.
define archive
$(1): $(2) $(1).list
	$$(call run,AR,$$(@F))rm -f $$@.new; $(AR) qcs $$@.new $(2) && mv $$@.new $$@
$(1).list: FORCE
	@mkdir -p $$(@D); echo '$(2)' | cmp -s - $$@ || echo '$(2)' > $$@
endef
$(eval $(call archive,$(LIB),$(call objects,$(LIB_SRC))))
$(eval $(call archive,$(LIB_CLI),$(call objects,$(CLI_SHARED))))
$(eval $(call archive,$(LIB_WEB),$(call objects,$(wildcard src/web/*.c))))
$(eval $(call archive,$(LIB_HELP),$(call objects,$(HELP_SRC))))

# $(1) program  $(2) objects and archives  $(3) libraries of others
define program
$(1): $(2)
	@mkdir -p $$(@D)
	$$(call run,LINK,$$(@:$(OUT)/%=%))$(CC) $$(ALL_CFLAGS) $$(ALL_LDFLAGS) -o $$@ $(2) $(3)
endef
helper_src = src/cli/main_$(1).c $(wildcard $(CMDS_$(1):%=src/cli/cmd_%.c) $(foreach d,$(DIRS_$(1)),$d/*.c))
$(eval $(call program,$(BUILD)/bin/stet,\
    $(call objects,$(STET_SRC)) $(LIB_CLI) $(LIB),$$(call libs_of,$(COMMON))))
$(foreach h,$(HELPERS),$(eval $(call program,$(BUILD)/libexec/stet/stet-$h,\
    $(call objects,$(call helper_src,$h)) $(LIB_CLI) $(LIB),$$(call libs_of,$(PKGS_$h) $(COMMON)))))
$(eval $(call program,$(BUILD)/bin/corpus-generate,$(call objects,$(GENERATE)),-lm))

# A unit test is one file and one program; so is a runner (tests/golden.c ...).  Both may use the
# helpers in tests/support/.
CMOCKA = $(shell pkg-config --libs cmocka)
$(foreach t,$(UNIT_SRC) $(RUNNER_SRC),$(eval $(call program,$(BUILD)/$(t:.c=),\
    $(call objects,$t) $(LIB_HELP) $(LIB_WEB) $(LIB_CLI) $(LIB),$$(CMOCKA) $$(call libs_of,$(PKGS)))))
$(foreach t,$(FUZZ_SRC),$(eval $(call program,$(BUILD)/$(t:.c=),\
    $(call objects,$t) $(LIB_HELP) $(LIB),-fsanitize=fuzzer $$(call libs_of,$(PKGS)))))

$(eval $(call program,$(MEASURE),$(call objects,tests/measure/alterations.c) $(LIB),$$(call libs_of,$(COMMON))))

check-build: $(LIB) $(MEASURE) $(PROGRAMS) $(UNITS) $(RUNNERS) $(GENERATOR)
fuzz-build: $(FUZZERS)

-include $(shell find $(OBJ) -name '*.d' 2>/dev/null)
