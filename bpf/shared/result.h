/* What a case came to. A verdict is the kernel's answer to the question of the case; everything else is no verdict. */
#ifndef PROBE_RESULT_H
#define PROBE_RESULT_H

#include <stdbool.h>
#include <stddef.h>

enum outcome {
    OUTCOME_ACCEPT,
    OUTCOME_REJECT,
    OUTCOME_SKIP,  /* the kernel (or the toolchain) lacks what the case needs */
    OUTCOME_ERROR, /* no verdict: something failed on the way that says nothing about the question */
    OUTCOME_ALONE, /* no verdict yet: what is left of the case may kill the kernel, and other cases with it */
};

/* A step of a case, by its name in the report. Each probe has its own; NULL is no step. */
typedef const char *step_name;

/* Text that belongs to a case: what a program wrote, or what a library said. */
struct text {
    const char *name; /* what it is, in a word: "out", "err", "verifier" */
    char *bytes;      /* on the heap; run_cases() frees it */
    size_t length;
    unsigned long long lost; /* how many bytes came after these, or within, and were not kept */
    bool keeps_end;          /* where a report has no room for all of it, its end matters, not its beginning */
};

enum { TEXTS_MAX = 2 };

struct result {
    enum outcome outcome;
    step_name step;   /* where the case ended; NULL when accepted */
    int error;        /* positive errno, 0 when no system call failed */
    char reason[192]; /* in words, for skip and error */
    struct text texts[TEXTS_MAX]; /* without a name where there is none */
};

struct result result_accept(void);
struct result result_reject(step_name step, int error);
struct result result_skip(step_name step, int error, const char *format, ...) __attribute__((format(printf, 3, 4)));
struct result result_error(step_name step, int error, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* The case went up to this step, and may kill the kernel there, so it wants to be asked in a guest of its own. A case
 * that is_asked_alone() must not give this.
 */
struct result result_alone(step_name step);

/* Whether this guest is there for this case alone, so that it may do what may kill the kernel. */
bool is_asked_alone(void);

/* Decides what is_asked_alone() says; false at first. */
void set_asked_alone(bool alone);

/* Says whether an errno speaks of the probe's circumstances (permission, memory, descriptors, interruption) and so
 * never of what the case asks about: such a failure is an error at whatever step, not a skip, and never a verdict.
 */
int errno_is_circumstance(int error);

#endif
