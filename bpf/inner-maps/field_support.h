#ifndef INNER_MAPS_FIELD_SUPPORT_H
#define INNER_MAPS_FIELD_SUPPORT_H

#include <stdbool.h>

#include "typing.h"

/* Whether this kernel gives a special field (spin_lock, timer, kptr, …) a meaning. A kernel that does not still makes
 * the map, with the field as plain bytes: a case about it would answer another question.
 */
bool field_is_known(enum typing typing);

/* Whether this kernel has BTF of its own types (CONFIG_DEBUG_INFO_BTF); without it, it knows no kptr. */
bool kernel_has_btf(void);

/* Whether this kernel loads BTF of the kind TYPE_TAG, which marks a kptr, where the tag says something else. */
bool kernel_loads_type_tags(void);

/* The same of the kind DECL_TAG, which says what a list head or an rb root contains. */
bool kernel_loads_decl_tags(void);

#endif
