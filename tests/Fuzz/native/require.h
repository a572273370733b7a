/* What a target in C asserts of its input, whatever the compiler makes of assert(3). */
#ifndef FUZZ_REQUIRE_H
#define FUZZ_REQUIRE_H

#include <stdio.h>
#include <stdlib.h>

#define REQUIRE(holds, property)                                         \
    do {                                                                 \
        if (!(holds)) {                                                  \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, property); \
            abort();                                                     \
        }                                                                \
    } while (0)

#endif
