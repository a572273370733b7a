/* What is inside a BPF object: which programs and maps. Needs no kernel. */
#ifndef OBJECT_CONTENTS_H
#define OBJECT_CONTENTS_H

#include <stddef.h>

/* Each item is one byte that says what it is, its name and a NUL. */
enum item {
    ITEM_PROGRAM = 'p',
    ITEM_STRUCT_OPS_PROGRAM = 'o', /* is attached with a map of functions */
    ITEM_MAP = 'm',
    ITEM_STRUCT_OPS = 's',         /* a map of functions */
    ITEM_INTERNAL = 'i',           /* a map that libbpf makes: .rodata, .kconfig */
};

struct contents {
    char *text; /* on the heap; empty when libbpf does not open the object */
    size_t length;
};

/* Opens the object in a process of its own: a file that is made to crash libbpf, or to keep it busy for more than 30 s,
 * has no contents. The programs come first, then the maps, both in libbpf's order.
 */
struct contents contents_read(const char *path);

#endif
