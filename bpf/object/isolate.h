/* Asks in a process of its own, so that nothing that libbpf or the kernel does to it harms other cases. */
#ifndef OBJECT_ISOLATE_H
#define OBJECT_ISOLATE_H

#include "messages.h"
#include "result.h"

/* What both processes see. */
struct answer {
    struct result result;
    struct messages messages;
    char facts[256]; /* lines "NAME VALUE" about a program that was loaded */
};

/* Calls `ask` in a child, and gives its result with the texts "libbpf" and "facts". A child that dies, or does not end
 * within `seconds`, is an error.
 */
struct result isolate(void (*ask)(const void *question, struct answer *answer), const void *question, unsigned seconds);

#endif
