/* What a case came to. A verdict is the kernel's answer to the combination itself; everything else is not a verdict. */
#ifndef PROBER_RESULT_H
#define PROBER_RESULT_H

enum outcome {
    OUTCOME_ACCEPT,
    OUTCOME_REJECT,
    OUTCOME_SKIP,  /* the kernel (or the toolchain) lacks what the case needs */
    OUTCOME_ERROR, /* no verdict: something on the way that says nothing about the combination */
};

/* The steps of a case, in the order in which they are taken; the names are those of the wire protocol. */
enum step {
    STEP_NONE,
    STEP_BTF_LOAD,
    STEP_TEMPLATE,
    STEP_INNER,
    STEP_OUTER,
    STEP_UPDATE,
    STEP_OBJECT_OPEN,
    STEP_OBJECT_LOAD,
};

struct result {
    enum outcome outcome;
    enum step step;   /* where it ended; STEP_NONE when accepted */
    int error;        /* positive errno, 0 when no system call failed */
    char reason[192]; /* in words, for skip and error */
};

struct result result_accept(void);
struct result result_reject(enum step step, int error);
struct result result_skip(enum step step, int error, const char *format, ...) __attribute__((format(printf, 3, 4)));
struct result result_error(enum step step, int error, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Says whether an errno speaks of the prober's circumstances (permission, memory, descriptors, interruption) and so
 * never of the maps: such a failure is an error at whatever step, not a skip, and never a verdict.
 */
int errno_is_circumstance(int error);

const char *step_name(enum step step);

#endif
