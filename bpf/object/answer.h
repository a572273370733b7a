/* What the process that asks hands to the one that reports: in memory that both see. */
#ifndef OBJECT_ANSWER_H
#define OBJECT_ANSWER_H

#include <stdbool.h>

#include "messages.h"
#include "result.h"

struct answer {
    struct result result;
    struct messages messages;
    unsigned verified; /* instructions that the verifier looked at, of the program that was asked about; 0 for none */
    bool needs_kernel_btf; /* the object that was asked about does: then the next ones will, too */
};

#endif
