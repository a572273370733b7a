#include "memlock.h"

#include <sys/resource.h>

void raise_memlock_limit(void)
{
    struct rlimit unlimited = { RLIM_INFINITY, RLIM_INFINITY };

    setrlimit(RLIMIT_MEMLOCK, &unlimited);
}
