/* BPF objects, opened and loaded by libbpf. Cases that want one loaded alike share it. */
#ifndef INNER_MAPS_LOADED_OBJECTS_H
#define INNER_MAPS_LOADED_OBJECTS_H

#include "questions.h"
#include "result.h"

struct bpf_object;

/* The object, loaded; NULL where it cannot be, and then `refused` says why: a skip or an error. `template` takes the
 * place of the declared inner map before the object is loaded, or is NULL; there is one at most for each object. The
 * outer map may hold a map of an earlier case, which an update replaces.
 *
 * The object stays open for later cases. That it is refused is remembered as well, unless that is an error.
 */
struct bpf_object *loaded_object(const struct embedded_object *object, const struct map_spec *template,
                                 struct result *refused);

/* Closes all. */
void loaded_objects_end(void);

#endif
