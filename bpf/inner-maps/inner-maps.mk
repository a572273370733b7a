# The probe inner-maps. Included by ../Makefile.

include inner-maps/objects/objects.mk

PROGRAMS += $(BUILD)/prober
CFLAGS_inner-maps = $(LIBBPF_CFLAGS) -Ilibbpf
SETTINGS_OF_FOLDERS += OBJECTS=$(BPF_OBJECTS)

INNER_MAPS = $(addprefix $(OBJ)/inner-maps/,\
    main.o raw_cases.o raw_flags.o raw_attributes.o raw_outer_cases.o raw_fields.o raw_btf.o raw_untyped.o \
    inner_kinds.o typing.o btf_writer.o btf_fields.o maps.o struct_ops.o token.o shared_maps.o field_support.o \
    verdicts.o raw_layer.o raw_outer.o \
    seen_cases.o seen_layer.o seen_program.o jit.o setting.o asker_layer.o asker.o \
    libbpf_cases.o libbpf_other_cases.o libbpf_loader_cases.o libbpf_layer.o loaded_objects.o object_loading.o \
    asked_maps.o bpf_mount.o light_skeleton.o libbpf_messages.o object_btf.o embedded.o)

$(BUILD)/prober: $(INNER_MAPS) $(WRAPPED_SYSCALL) $(LIBBPF_COMPAT) $(SHARED) $(LIBBPF_ARCHIVE)
	$(LINK) $(WRAP_SYSCALL) -o $@ $(INNER_MAPS) $(WRAPPED_SYSCALL) $(LIBBPF_COMPAT) $(SHARED) $(LIBBPF_LIBS)
	$(STRIP) --strip-all $@
