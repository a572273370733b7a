#include "names.h"

#include <ctype.h>
#include <string.h>

void name_part(char *part, size_t room, const char *name)
{
    size_t i;

    for (i = 0; name[i] && i + 1 < room; i++)
        part[i] = isalnum((unsigned char)name[i]) || strchr("_+-", name[i]) ? name[i] : '_';
    part[i] = '\0';
}
