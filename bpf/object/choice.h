/* Leaves out of an object what a question is not about. */
#ifndef OBJECT_CHOICE_H
#define OBJECT_CHOICE_H

#include <bpf/libbpf.h>
#include <stddef.h>

#include "object_file.h"

struct bpf_program *program_at(const struct bpf_object *object, size_t index);
struct bpf_map *map_at(const struct bpf_object *object, size_t index);

/* Of an object that is opened and not loaded yet: keeps the question's program with the maps, or its map alone. A
 * map-in-map may name other maps as its values, so they stay, too. Nothing is left out for WHAT_OBJECT.
 */
void choose(struct bpf_object *object, const struct question *question);

/* Leaves out a map; false where libbpf cannot (before 0.8). */
bool leave_out(struct bpf_map *map);

#endif
