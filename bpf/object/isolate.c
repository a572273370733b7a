#include "isolate.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { POLL_NANOSECONDS = 2 * 1000 * 1000 };

static long long now_milliseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

/* Whether the child has ended by itself; otherwise it is killed. A first look costs no wait, as most have ended soon. */
static bool wait_for(pid_t child, unsigned seconds, int *status)
{
    long long deadline = now_milliseconds() + seconds * 1000LL;

    while (waitpid(child, status, WNOHANG) == 0) {
        if (now_milliseconds() > deadline) {
            kill(child, SIGKILL);
            waitpid(child, status, 0);
            return false;
        }
        nanosleep(&(struct timespec){ .tv_nsec = POLL_NANOSECONDS }, NULL);
    }
    return true;
}

static struct text copy_of(const char *name, const char *bytes, size_t length, unsigned long long lost)
{
    struct text text = { .name = name, .bytes = malloc(length + 1), .length = length, .lost = lost };

    if (text.bytes)
        memcpy(text.bytes, bytes, length);
    else
        text.length = 0;
    return text;
}

struct result isolate(void (*ask)(const void *question, struct answer *answer), const void *question, unsigned seconds)
{
    struct answer *answer = mmap(NULL, sizeof(*answer), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    struct result result;
    int status = 0;
    pid_t child;

    if (answer == MAP_FAILED)
        return result_error(NULL, errno, "no memory for an answer");
    answer->result = result_error(NULL, 0, "the process that asked has ended without an answer");
    child = fork();
    if (child == 0) {
        messages_catch(&answer->messages);
        ask(question, answer);
        _exit(0);
    }
    if (child < 0)
        result = result_error(NULL, errno, "no process to ask in");
    else if (!wait_for(child, seconds, &status))
        result = result_error(NULL, 0, "no answer within %u s", seconds);
    else if (WIFSIGNALED(status))
        result = result_error(NULL, 0, "libbpf was ended by signal %d", WTERMSIG(status));
    else
        result = answer->result;
    /* Nothing to say of what the kernel took. */
    if (answer->messages.length)
        result.texts[0] = copy_of("libbpf", answer->messages.text, answer->messages.length, answer->messages.lost);
    if (answer->facts[0])
        result.texts[result.texts[0].name ? 1 : 0] = copy_of("facts", answer->facts, strlen(answer->facts), 0);
    munmap(answer, sizeof(*answer));
    return result;
}
