/* bpf(2), as far as maps and BTF go. Calls give a descriptor or 0, or a negative errno. */
#ifndef INNER_MAPS_MAPS_H
#define INNER_MAPS_MAPS_H

#include "btf_writer.h"
#include "questions.h"

int btf_load(const struct btf_blob *blob);

/* Makes a map; `btf` and its descriptor are for typed maps only (NULL and -1 else). A map-in-map gets `inner_fd`. */
int map_make(const struct map_spec *spec, const struct btf_blob *btf, int btf_fd, int inner_fd);

/* Puts the map `inner_fd` into slot (or under key) 0 of `outer_fd`. */
int outer_update(int outer_fd, int inner_fd);

/* Closes the descriptor unless it is negative. */
void close_fd(int fd);

#endif
