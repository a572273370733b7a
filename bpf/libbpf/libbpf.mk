# Where libbpf comes from: the machine's static one, or the one that LIBBPF names. Sets LIBBPF_ARCHIVE (empty for the
# machine's), LIBBPF_CFLAGS, LIBBPF_LIBS, and LIBBPF_COMPAT, which is linked with it. Included by ../Makefile.

LIBBPF ?=
LIBBPF_LABEL ?=

ifneq ($(findstring .,$(LIBBPF_LABEL)),)
$(error LIBBPF_LABEL=$(LIBBPF_LABEL): dots separate the parts of a case id; write libbpf-1-1)
endif

# A directory may be an unpacked package (usr/lib/ARCH/libbpf.a), an installation (lib/libbpf.a) or a build tree.
LIBBPF_ARCHIVE := $(firstword $(wildcard $(filter %.a,$(LIBBPF)) \
    $(if $(LIBBPF),$(foreach at,. lib lib64 usr/lib usr/lib64 usr/lib/*,$(LIBBPF)/$(at)/libbpf.a))))

ifneq ($(MAKECMDGOALS),clean)
ifneq ($(LIBBPF),)
ifeq ($(LIBBPF_ARCHIVE),)
$(error LIBBPF=$(LIBBPF): there is no libbpf.a)
endif
LIBBPF_HEADER := $(firstword $(foreach up,. .. ../.. ../../..,\
    $(wildcard $(dir $(LIBBPF_ARCHIVE))$(up)/include/bpf/libbpf.h $(dir $(LIBBPF_ARCHIVE))$(up)/bpf/libbpf.h)))
ifeq ($(LIBBPF_HEADER),)
$(error LIBBPF=$(LIBBPF): there is no bpf/libbpf.h beside $(LIBBPF_ARCHIVE))
endif
else ifeq ($(shell $(CC) -print-file-name=libbpf.a),libbpf.a)
$(error there is no static libbpf: install libbpf-dev, or say LIBBPF=DIR)
endif
endif

LIBBPF_CFLAGS := $(if $(LIBBPF_HEADER),-isystem $(abspath $(dir $(LIBBPF_HEADER))..)) \
    $(if $(LIBBPF_LABEL),-DLIBBPF_LABEL='"$(LIBBPF_LABEL)"')

# libelf wants zstd since elfutils 0.189; where it does not, the library need not be there.
LIBBPF_LIBS := $(or $(LIBBPF_ARCHIVE),-lbpf) -lelf -lz \
    $(if $(filter /%,$(shell $(CC) -print-file-name=libzstd.a)),-lzstd)

LIBBPF_COMPAT = $(OBJ)/libbpf/link_compat.o
# For a program that looks at libbpf's system calls (wrapped_syscall.h): what is linked, and how.
WRAPPED_SYSCALL = $(OBJ)/libbpf/wrapped_syscall.o
WRAP_SYSCALL = -Wl,--wrap=syscall
SETTINGS_OF_FOLDERS += LIBBPF=$(LIBBPF_ARCHIVE) LIBBPF_CFLAGS=$(LIBBPF_CFLAGS)
