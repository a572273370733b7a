#ifndef PROBE_MEMLOCK_H
#define PROBE_MEMLOCK_H

/* Lets maps be charged to this process, and to those that it starts, without bound (before 5.11 they count against
 * RLIMIT_MEMLOCK).
 */
void raise_memlock_limit(void);

#endif
