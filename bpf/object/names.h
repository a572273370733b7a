/* The parts of ids that come from names in an object. */
#ifndef OBJECT_NAMES_H
#define OBJECT_NAMES_H

#include <stddef.h>

/* Writes the name with '_' for whatever cannot stand in an id. */
void name_part(char *part, size_t room, const char *name);

#endif
