/* Which cases to run, and how the report is marked. A probe reads this from its command line, and the guest's init from
 * the kernel's command line.
 */
#ifndef PROBE_OPTIONS_H
#define PROBE_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { GLOBS_MAX = 256 };

struct options {
    char *globs[GLOBS_MAX];
    size_t glob_count;
    bool shuffle;
    bool alone; /* the guest is there for these cases alone: what may kill the kernel may run (result_alone()) */
    uint64_t seed;
    const char *nonce;
    const char *name;    /* the probe's name for the report's header line; NULL for none */
    unsigned long port;  /* the address of the debug console that gets the report (channel.h); 0 for none */
};

/* Each gives NULL, or what is wrong in words. The strings are kept, not copied; globs may be cut at commas. */
const char *options_add_glob(struct options *options, char *glob);
const char *options_add_globs(struct options *options, char *comma_separated);
const char *options_set_seed(struct options *options, const char *text);
const char *options_set_nonce(struct options *options, const char *text);
const char *options_set_name(struct options *options, const char *text);
const char *options_set_port(struct options *options, const char *text);

#endif
