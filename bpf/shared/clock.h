/* The time of cases. */
#ifndef PROBE_CLOCK_H
#define PROBE_CLOCK_H

/* Looks for a clock that is finer than the kernel's, where that is needed. It takes less than a millisecond. */
void clock_begin(void);

/* CLOCK_MONOTONIC in microseconds, also between two ticks of the timer. It is no system call where the vDSO has
 * a clock.
 */
unsigned long long clock_now(void);

#endif
