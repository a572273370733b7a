#ifndef INNER_MAPS_STRUCT_OPS_H
#define INNER_MAPS_STRUCT_OPS_H

#include "questions.h"

/* Makes a struct_ops map, whose value is a type of the kernel's own: a descriptor, or a negative errno, ENOENT where
 * the kernel's BTF has no such type or there is none.
 */
int struct_ops_make(const struct map_spec *spec);

#endif
