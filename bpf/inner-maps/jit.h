/* The kernel's JIT compiler of BPF programs, which root may turn on and off where the kernel is built so. */
#ifndef INNER_MAPS_JIT_H
#define INNER_MAPS_JIT_H

#include <stdbool.h>

/* Has programs that are loaded from now on compiled, or interpreted. 0, or a negative errno: EINVAL where the kernel
 * has no interpreter (CONFIG_BPF_JIT_ALWAYS_ON). A kernel without a JIT interprets always, which is no error.
 */
int jit_set(bool on);

/* Sets the JIT back to what it was before the first jit_set(). */
void jit_restore(void);

#endif
