/* What two guests restored from one copy must not have in common. */
#ifndef INIT_RENEW_H
#define INIT_RENEW_H

#include <stddef.h>

enum { SEED_BYTES = 64 };

struct fresh {
    unsigned char seed[SEED_BYTES]; /* from the host's random numbers */
    size_t seed_size;               /* 0 for none */
    long long seconds;              /* since 1970, when the host wrote the orders; 0 for none */
};

/* Makes the kernel's random numbers others than those of each other copy, and sets the clock. */
void renew(const struct fresh *fresh);

#endif
