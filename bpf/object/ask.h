/* The questions of the probe object. */
#ifndef OBJECT_ASK_H
#define OBJECT_ASK_H

#include "isolate.h"

enum what {
    WHAT_OBJECT,  /* does libbpf open and load it as it is? */
    WHAT_PROGRAM, /* the same with this program alone, and the maps that it needs */
    WHAT_MAP,     /* is this map created as declared? */
    WHAT_ATTACH,  /* does this program attach where its section says? */
};

struct question {
    char path[320];
    char name[128]; /* of the program or the map, as the object has it */
    enum what what;
};

/* Answers a struct question. */
void ask(const void *question, struct answer *answer);

#endif
