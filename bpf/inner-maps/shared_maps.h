/* BTF and maps that cases have in common, so that each is made once and not for every case.
 *
 * A template and a candidate are never the same map, nor typed by the same BTF object, even where they are made alike:
 * a case asks about another map than the template. What a case does to a map (it becomes a template, or goes into an
 * outer map) changes nothing that a later case could see. What the kernel refuses is remembered as well, unless the
 * errno speaks of the circumstances.
 */
#ifndef INNER_MAPS_SHARED_MAPS_H
#define INNER_MAPS_SHARED_MAPS_H

#include "questions.h"

enum role { ROLE_TEMPLATE, ROLE_CANDIDATE };

/* Says which kind of inner map the next case is about. All maps are closed when that changes: few are open at a time,
 * and what a kernel says when it frees them still comes among the cases of the next kind.
 */
void shared_maps_begin(const char *kind);

/* The BTF of such a map, which must be typed: a descriptor, or a negative errno. */
int shared_btf(enum role role, const struct map_spec *spec);

/* Such a map: a descriptor, or a negative errno. The BTF of a typed map must be there (shared_btf()). */
int shared_map(enum role role, const struct map_spec *spec);

/* What the kernel said when it refused such a map: "" where it said nothing. */
const char *shared_map_words(enum role role, const struct map_spec *spec);

/* An outer map of this type around that template, which must be there; a descriptor, or a negative errno. It may hold a
 * map of an earlier case, which an update replaces.
 */
int shared_outer(uint32_t type, const struct map_spec *template);

/* The same for such an outer map. */
const char *shared_outer_words(uint32_t type, const struct map_spec *template);

/* Closes all. */
void shared_maps_end(void);

#endif
