#ifndef INNER_MAPS_OBJECT_BTF_H
#define INNER_MAPS_OBJECT_BTF_H

#include <stdbool.h>
#include <stddef.h>

#include "embedded.h"

/* Whether the compiler left this struct as a forward declaration (kind FWD) in the object's BTF. */
bool object_has_forward(const struct embedded_object *object, const char *tag);

/* Whether every type that the object names is in its BTF; else what is missing, in words: "struct foo is a FWD". */
bool object_is_complete(const struct embedded_object *object, char *missing, size_t size);

#endif
