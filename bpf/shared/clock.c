#include "clock.h"

#include <stdbool.h>
#include <time.h>

#if defined(__x86_64__) || defined(__i386__)
#include <sys/io.h>
#include <x86intrin.h>
#define HAVE_CYCLES 1
#endif

enum { MICROSECONDS = 1000 * 1000 };

static unsigned long long monotonic(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (unsigned long long)time.tv_sec * MICROSECONDS + (unsigned long long)time.tv_nsec / 1000;
}

#ifdef HAVE_CYCLES

/* The timer of ACPI (ACPI 6.5, 4.8.2.1) counts at the same rate on all machines, in 24 bits. QEMU's PCs have it at this
 * port, where SeaBIOS puts it (PORT_ACPI_PM_BASE + 8), whether the kernel uses ACPI or not.
 */
enum { TIMER_PORT = 0x608, TIMER_RATE = 3579545, TIMER_MASK = 0xffffff };

/* The CPU's counter beside the kernel's clock; no rate where it is not needed. */
static struct {
    unsigned long long time, cycles;
    unsigned long long rate; /* in cycles a second */
} counter;

struct reading {
    unsigned timer;
    unsigned long long cycles;
};

/* A clock that only moves on with the timer reads the same twice, and one of nanoseconds does not. */
static bool clock_stands(void)
{
    struct timespec last, now;

    clock_gettime(CLOCK_MONOTONIC, &last);
    for (int i = 0; i < 3; i++, last = now) {
        clock_gettime(CLOCK_MONOTONIC, &now);
        if (now.tv_nsec == last.tv_nsec)
            return true;
    }
    return false;
}

/* Both at the same moment: of several readings, the one in which the host interrupted least. */
static struct reading read_timer(void)
{
    struct reading best = { 0 };
    unsigned long long shortest = ~0ULL;

    for (int i = 0; i < 4; i++) {
        unsigned long long before = __rdtsc();
        unsigned timer = inl(TIMER_PORT) & TIMER_MASK;
        unsigned long long took = __rdtsc() - before;

        if (took < shortest) {
            shortest = took;
            best = (struct reading){ timer, before + took / 2 };
        }
    }
    return best;
}

/* In cycles a second; 0 where there is no such timer. */
static unsigned long long measure_counter(void)
{
    enum { TICKS = 1000, MOST_READINGS = 1000 }; /* 0.3 ms */
    const struct reading start = read_timer();
    struct reading end = start;

    for (int i = 0; i < MOST_READINGS && ((end.timer - start.timer) & TIMER_MASK) < TICKS; i++)
        end = read_timer();
    if (((end.timer - start.timer) & TIMER_MASK) < TICKS)
        return 0;
    return (end.cycles - start.cycles) * TIMER_RATE / ((end.timer - start.timer) & TIMER_MASK);
}

/* A kernel that could not measure the CPU's counter while it booted, as it may happen under emulation on a busy host,
 * has a clock that moves on every 4 ms. The counter itself is good, so it is measured here.
 */
void clock_begin(void)
{
    enum { REGISTER = 4 };

    if (!clock_stands() || ioperm(TIMER_PORT, REGISTER, 1) != 0)
        return;
    counter.rate = measure_counter();
    ioperm(TIMER_PORT, REGISTER, 0);
    counter.time = monotonic();
    counter.cycles = __rdtsc();
}

unsigned long long clock_now(void)
{
    unsigned long long cycles;

    if (!counter.rate)
        return monotonic();
    cycles = __rdtsc() - counter.cycles;
    return counter.time + cycles / counter.rate * MICROSECONDS
        + cycles % counter.rate * MICROSECONDS / counter.rate;
}

#else

void clock_begin(void)
{
}

unsigned long long clock_now(void)
{
    return monotonic();
}

#endif
