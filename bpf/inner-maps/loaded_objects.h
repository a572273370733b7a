/* BPF objects, opened and loaded by libbpf. Cases that want one loaded alike share it. */
#ifndef INNER_MAPS_LOADED_OBJECTS_H
#define INNER_MAPS_LOADED_OBJECTS_H

#include "object_loading.h"

/* The object, loaded in that way, or why it cannot be (its `refused`); there until the next call. `untyped` is what
 * object_load() wants, the same in each call for an object. The outer map may hold a map of an earlier case, which an
 * update replaces.
 *
 * The object stays open for later cases. That it is refused is remembered as well, unless that is an error.
 */
const struct loaded_object *loaded_object(const struct load_request *request, const struct map_spec *untyped);

/* Closes all. */
void loaded_objects_end(void);

#endif
