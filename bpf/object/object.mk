# The probe object: loads BPF objects that others have built. Included by ../Makefile, after inner-maps/libbpf.mk.

PROGRAMS += $(BUILD)/object
CFLAGS_object = $(LIBBPF_CFLAGS)

OBJECT = $(addprefix $(OBJ)/object/,main.o names.o ask.o attach.o messages.o isolate.o)

$(BUILD)/object: $(OBJECT) $(SHARED) $(LIBBPF_ARCHIVE)
	$(LINK) -o $@ $(OBJECT) $(SHARED) $(LIBBPF_LIBS)
	strip --strip-all $@
