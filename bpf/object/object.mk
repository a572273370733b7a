# The probe object: loads BPF objects that others have built. Included by ../Makefile, after libbpf/libbpf.mk.

PROGRAMS += $(BUILD)/object
CFLAGS_object = $(LIBBPF_CFLAGS)

OBJECT = $(addprefix $(OBJ)/object/,\
    main.o names.o contents.o session.o ask.o choice.o load_alone.o attach.o targets.o messages.o kernel_calls.o \
    kernel_btf.o kernel_types.o lsm.o)

# kernel_calls.c and kernel_btf.c say why.
WRAPPED = syscall btf__load_vmlinux_btf btf__free

$(BUILD)/object: $(OBJECT) $(LIBBPF_COMPAT) $(SHARED) $(LIBBPF_ARCHIVE)
	$(LINK) $(WRAPPED:%=-Wl,--wrap=%) -o $@ $(OBJECT) $(LIBBPF_COMPAT) $(SHARED) $(LIBBPF_LIBS)
	strip --strip-all $@
