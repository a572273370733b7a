/* A BTF blob for one map: written by hand, so that it holds just the kinds that a case is about. */
#ifndef INNER_MAPS_BTF_WRITER_H
#define INNER_MAPS_BTF_WRITER_H

#include <stddef.h>
#include <stdint.h>

#include "typing.h"

struct btf_blob {
    unsigned char data[1024];
    size_t size;
    uint32_t key_type_id;
    uint32_t value_type_id;
};

/* Writes the BTF of a map whose value has `typing` and takes `value_size` bytes (only `bytes` heeds the size).
 * `tag` names the struct, union or typedef. `typing` must not be TYPING_NONE.
 */
void btf_write(struct btf_blob *blob, enum typing typing, uint32_t value_size, enum key_typing key, const char *tag);

#endif
