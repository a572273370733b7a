/* What a program sees of an inner map: the questions of the second layer of raw cases, and the program that asks them.
 */
#ifndef INNER_MAPS_SEEN_H
#define INNER_MAPS_SEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "questions.h"
#include "result.h"

/* The element at index (or under key) i of a candidate holds this and i; its other bytes are zero. */
enum { SEEN_FIRST_VALUE = 0x1000 };

/* What the program returns where it finds no map in the outer map, and no element in the inner one. */
enum { SEEN_NO_OUTER = 0x5ee00001, SEEN_NO_ELEMENT = 0x5ee00002 };

struct seen_case {
    uint32_t outer; /* map type */
    const char *inner_name;
    struct map_spec template;
    struct map_spec candidate;
    uint32_t index;   /* that the program looks up in the inner map */
    bool known;       /* the index is a constant in the program; else it depends on the packet */
    bool interpreted; /* without the JIT */
};

/* What the program is to read at the index: the candidate's element, or that there is none. */
uint32_t seen_wanted(const struct seen_case *seen);

/* Loads the program of a case: a descriptor, or a negative errno. Then `log` is what the verifier said. */
int seen_program_load(const struct seen_case *seen, int outer_fd, struct text *log);

/* Whether running it may read memory that is not the candidate's, for all that the kernel shows of the program. */
bool seen_program_is_dangerous(const struct seen_case *seen, int program);

/* Runs it once (BPF_PROG_TEST_RUN): 0, or a negative errno. */
int seen_program_run(const struct seen_case *seen, int program, uint32_t *returned);

#endif
