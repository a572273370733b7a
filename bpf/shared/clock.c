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

/* A moment by both; no rate where the CPU's counter is not needed. */
static struct {
    unsigned long long time; /* in microseconds since the machine's start */
    unsigned long long cycles;
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

/* Both count from the machine's start. The timer does so at a rate that is known exactly, and begins anew every 4.7 s;
 * the counter tells how often it did.
 */
static void measure_counter(void)
{
    enum { TICKS = 3580, MOST_READINGS = 3000 }; /* 1 ms */
    const struct reading start = read_timer();
    struct reading end = start;
    unsigned long long ticks;

    for (int i = 0; i < MOST_READINGS && ((end.timer - start.timer) & TIMER_MASK) < TICKS; i++)
        end = read_timer();
    ticks = (end.timer - start.timer) & TIMER_MASK;
    if (ticks < TICKS)
        return;
    counter.rate = (end.cycles - start.cycles) * TIMER_RATE / ticks;
    counter.cycles = end.cycles;
    ticks = end.cycles / counter.rate * TIMER_RATE + end.cycles % counter.rate * TIMER_RATE / counter.rate;
    ticks += (TIMER_MASK + 1) / 2 - end.timer;
    ticks = (ticks & ~(unsigned long long)TIMER_MASK) + end.timer;
    counter.time = ticks / TIMER_RATE * MICROSECONDS + ticks % TIMER_RATE * MICROSECONDS / TIMER_RATE;
}

/* A kernel that could not measure the CPU's counter while it booted, as it may happen under emulation on a busy host,
 * has a clock that moves on every 4 ms, and less often where the host is late. The counter itself is good.
 */
void clock_begin(void)
{
    enum { REGISTER = 4 };

    if (!clock_stands() || ioperm(TIMER_PORT, REGISTER, 1) != 0)
        return;
    measure_counter();
    ioperm(TIMER_PORT, REGISTER, 0);
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
