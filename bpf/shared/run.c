#include "run.h"

#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"

/* Far beyond the slowest case under emulation, which takes tens of milliseconds. Since the alarm is set once a second,
 * a case may get one second less.
 */
enum { CASE_DEADLINE_SECONDS = 10 };

static volatile sig_atomic_t timed_out;

static void on_alarm(int signal)
{
    (void)signal;
    timed_out = 1;
}

/* Without SA_RESTART: a call that waits ends with EINTR. */
static void catch_alarm(void)
{
    struct sigaction action;

    memset(&action, 0, sizeof(action));
    action.sa_handler = on_alarm;
    sigaction(SIGALRM, &action, NULL);
}

/* The first case of each second sets the alarm anew, and no other: setting it twice a case takes a twentieth of all
 * probing under emulation. The alarm goes off when a case hangs. It may also go off between two cases, when nobody
 * takes their output; the next case ignores that and sets it anew.
 */
static void set_deadline(unsigned long long start)
{
    static unsigned long long set_at = ~0ULL;
    const unsigned long long second = start / 1000000;

    if (second == set_at)
        return;
    set_at = second;
    alarm(CASE_DEADLINE_SECONDS);
}

static struct result run_case(const struct test_case *item, struct case_time *time)
{
    struct result result;

    time->start = clock_now();
    if (!item->layer->keeps_time)
        set_deadline(time->start);
    timed_out = 0; /* Only now: an earlier alarm says nothing about this case. */
    result = item->layer->run(item->question);
    time->end = clock_now();
    if (timed_out && !item->layer->keeps_time)
        result = result_error(result.step, result.error, "timeout");
    return result;
}

/* A map is freed in a thread of the kernel after its last user has gone. What the kernel says then still belongs to the
 * report. No system call waits for that thread, and a guest has one CPU, so it runs when the probe sleeps. On 5.10 and
 * 6.1, a fifth of the maps are still there after the last case, and the last one is freed 12 ms later; newer kernels
 * have none left.
 */
static void wait_for_deferred_frees(void)
{
    nanosleep(&(struct timespec){ .tv_nsec = 20 * 1000 * 1000 }, NULL);
}

static void end_layers(const struct case_table *table)
{
    const struct layer *ended = NULL;

    for (size_t i = 0; i < table->count; i++) {
        const struct layer *layer = table->cases[i].layer;

        if (layer != ended && layer->end)
            layer->end();
        ended = layer;
    }
}

void run_cases(const struct case_table *table, struct ktap *ktap)
{
    struct kernel_log log = kernel_log_open();
    struct log_span span;

    catch_alarm();
    clock_begin();
    ktap->has_log = log.fd >= 0;
    ktap_begin(ktap, table->count);
    for (size_t i = 0; i < table->count; i++) {
        struct case_time time;
        struct result result = run_case(&table->cases[i], &time);

        if (kernel_log_spoke(&log, &span))
            ktap_log(ktap, &table->cases[i], &span);
        ktap_texts(ktap, &table->cases[i], &result);
        ktap_case(ktap, &table->cases[i], &result, &time);
    }
    alarm(0);
    end_layers(table);
    wait_for_deferred_frees();
    ktap_end(ktap);
}
