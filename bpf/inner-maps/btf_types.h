/* BTF types, one after the other: what btf_writer.c and btf_fields.c build a map's BTF from.
 *
 * BTF encoding: Documentation/bpf/btf.rst, include/uapi/linux/btf.h (numbers since 4.18; DATASEC and VAR since 5.2,
 * DECL_TAG since 5.16, TYPE_TAG since 5.17).
 */
#ifndef INNER_MAPS_BTF_TYPES_H
#define INNER_MAPS_BTF_TYPES_H

#include <stddef.h>
#include <stdint.h>

#include "questions.h"

enum btf_kind {
    KIND_INT = 1,
    KIND_PTR = 2,
    KIND_ARRAY = 3,
    KIND_STRUCT = 4,
    KIND_UNION = 5,
    KIND_ENUM = 6,
    KIND_TYPEDEF = 8,
    KIND_VAR = 14,
    KIND_DATASEC = 15,
    KIND_DECL_TAG = 17,
    KIND_TYPE_TAG = 18,
};

/* The beginning of a blob (struct btf_header). */
struct blob_header {
    uint16_t magic;
    uint8_t version;
    uint8_t flags;
    uint32_t header_size;
    uint32_t type_offset;
    uint32_t type_size;
    uint32_t string_offset;
    uint32_t string_size;
};

struct writer {
    uint32_t types[160];
    size_t words;
    char strings[256];
    size_t string_size;
    uint32_t last_id;
};

/* Types that several others are made of; every blob has them. */
struct basics {
    uint32_t u8, u32, u64;
};

void btf_add_word(struct writer *w, uint32_t value);

/* The three words every type starts with; the last is a size or a type id, as its kind says. Gives the type's id. */
uint32_t btf_add_type(struct writer *w, const char *name, enum btf_kind kind, uint32_t members, uint32_t size_or_type);

/* A member of the struct or union that was added last. */
void btf_add_member(struct writer *w, const char *name, uint32_t type, uint32_t byte_offset);

uint32_t btf_add_array(struct writer *w, uint32_t element, uint32_t index, uint32_t count);

/* A struct with the special fields of such a map's value (btf_fields.c). Gives its id. */
uint32_t btf_add_fields_struct(struct writer *w, const struct basics *basic, const struct map_spec *spec);

#endif
