/* The time of cases. */
#ifndef PROBE_CLOCK_H
#define PROBE_CLOCK_H

/* Looks for a finer clock, where the kernel's only moves on with the timer. It takes a millisecond. */
void clock_begin(void);

/* In microseconds since a moment that all programs of a boot share. It is no system call where the kernel's vDSO has a
 * clock, or the CPU a counter.
 */
unsigned long long clock_now(void);

#endif
