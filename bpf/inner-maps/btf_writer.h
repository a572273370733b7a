/* A BTF blob for one map: written by hand, so that it holds just the kinds that a case is about. */
#ifndef INNER_MAPS_BTF_WRITER_H
#define INNER_MAPS_BTF_WRITER_H

#include <stddef.h>
#include <stdint.h>

#include "questions.h"

struct btf_blob {
    unsigned char data[1024];
    size_t size;
    uint32_t key_type_id;
    uint32_t value_type_id;
};

/* Writes the BTF of such a map, which must be typed. A struct and bytes take the map's value_size, the other typings
 * the size that they have.
 */
void btf_write(struct btf_blob *blob, const struct map_spec *spec);

#endif
