# The probe object: loads BPF objects that others have built. Included by ../Makefile, after libbpf/libbpf.mk.

PROGRAMS += $(BUILD)/object
CFLAGS_object = $(LIBBPF_CFLAGS) -Ilibbpf

OBJECT = $(addprefix $(OBJ)/object/,\
    main.o names.o contents.o session.o ask.o choice.o load_alone.o attach.o targets.o messages.o kernel_calls.o \
    kernel_btf.o kernel_types.o lsm.o)

# kernel_btf.c says why.
WRAPPED = btf__load_vmlinux_btf btf__free

$(BUILD)/object: $(OBJECT) $(WRAPPED_SYSCALL) $(LIBBPF_COMPAT) $(SHARED) $(LIBBPF_ARCHIVE)
	$(LINK) $(WRAP_SYSCALL) $(WRAPPED:%=-Wl,--wrap=%) -o $@ \
	    $(OBJECT) $(WRAPPED_SYSCALL) $(LIBBPF_COMPAT) $(SHARED) $(LIBBPF_LIBS)
	$(STRIP) --strip-all $@
