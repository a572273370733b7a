/* Who asks: processes that may do less than root, which answer cases of layer raw. */
#ifndef INNER_MAPS_ASKER_H
#define INNER_MAPS_ASKER_H

#include "questions.h"
#include "result.h"

enum asker_rights {
    RIGHTS_CAP_BPF, /* a user with CAP_BPF and no other capability */
    RIGHTS_NONE,    /* a user without any, while unprivileged BPF is on */
    RIGHTS_DENIED,  /* the same, while it is off */
    RIGHTS_TOKEN,   /* root of a user namespace, with a BPF token and no capability outside */
    RIGHTS_COUNT,
};

struct asker_case {
    enum asker_rights rights;
    struct raw_case raw; /* what is asked */
};

/* Has a process with these rights run the case, and gives its result. The process is made by the first case that wants
 * it, and makes its own maps; that unprivileged BPF is on or off is the caller's to see to. That the process lacks a
 * right (EPERM) is an answer here.
 */
struct result asker_run(enum asker_rights rights, const struct raw_case *raw);

/* Ends the processes. */
void askers_end(void);

#endif
