#ifndef PROBER_OBJECT_BTF_H
#define PROBER_OBJECT_BTF_H

#include <stdbool.h>

#include "embedded.h"

/* Whether the compiler left this struct as a forward declaration (kind FWD) in the object's BTF. */
bool object_has_forward(const struct embedded_object *object, const char *tag);

#endif
