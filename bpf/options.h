/* What to run, told by the command line on a host and by the kernel's in a guest. */
#ifndef PROBER_OPTIONS_H
#define PROBER_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { GLOBS_MAX = 256 };

struct options {
    char *globs[GLOBS_MAX];
    size_t glob_count;
    bool shuffle;
    uint64_t seed;
    const char *nonce;
};

/* Each gives NULL, or what is wrong in words. The strings are kept, not copied; globs may be cut at commas. */
const char *options_add_glob(struct options *options, char *glob);
const char *options_add_globs(struct options *options, char *comma_separated);
const char *options_set_seed(struct options *options, const char *text);
const char *options_set_nonce(struct options *options, const char *text);

#endif
