/* A probe gets its orders as arguments, and writes its report to standard output or to the debug console that they
 * name. It asks the kernel for that itself, so nothing depends on what a process inherits.
 *
 * The kernel never chooses PID 1 when it is out of memory (is_global_init() in mm/oom_kill.c), so a probe that takes
 * all of it is ended by signal 9, and init lives to say so.
 */
#include "children.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "console.h"

enum { ARGUMENTS_MAX = 2 * GLOBS_MAX + 16 };

/* Seconds after SIGKILL in which a process ends, unless the kernel holds it in a call for good. */
enum { DYING_SECONDS = 5 };

struct arguments {
    char *list[ARGUMENTS_MAX + 1];
    size_t count;
    char port[24];
    char seed[24];
};

static void add(struct arguments *arguments, const char *option, const char *value)
{
    arguments->list[arguments->count++] = (char *)option;
    if (value)
        arguments->list[arguments->count++] = (char *)value;
}

/* The arguments of one probe. It gets its name for the report where the guest has several probes. */
static void make_arguments(struct arguments *arguments, const char *name, const struct options *options,
                           const struct channel *channel, bool several)
{
    memset(arguments, 0, sizeof(*arguments));
    add(arguments, name, NULL);
    add(arguments, "--run", NULL);
    add(arguments, "--nonce", options->nonce);
    if (several)
        add(arguments, "--name", name);
    if (channel->port) {
        snprintf(arguments->port, sizeof(arguments->port), "0x%lx", channel->port);
        add(arguments, "--port", arguments->port);
    }
    if (options->shuffle) {
        snprintf(arguments->seed, sizeof(arguments->seed), "%llu", (unsigned long long)options->seed);
        add(arguments, "--shuffle", arguments->seed);
    }
    if (options->alone)
        add(arguments, "--alone", NULL);
    for (size_t i = 0; i < options->glob_count; i++)
        add(arguments, "--case", options->globs[i]);
}

/* Starts a probe with no signal blocked, unlike init itself; 0, or the errno of what failed. */
static int start(pid_t *child, const char *path, char **arguments, const struct channel *channel)
{
    static char *const environment[] = { "HOME=/", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", NULL };
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none;
    int error;

    sigemptyset(&none);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    posix_spawn_file_actions_init(&files);
    if (!channel->port)
        posix_spawn_file_actions_adddup2(&files, channel->fd, STDOUT_FILENO);
    error = posix_spawn(child, path, &files, &attributes, arguments, environment);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    return error;
}

/* Waits for the child to end, and reaps processes that have lost their parent; -1 when the time is over. SIGCHLD must
 * be blocked: one that comes between waitpid() and sigtimedwait() is then kept for the latter.
 */
static int wait_for(pid_t child, unsigned seconds, int *status)
{
    struct timespec now, end;
    sigset_t ended;

    sigemptyset(&ended);
    sigaddset(&ended, SIGCHLD);
    clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_sec += seconds;
    for (;;) {
        pid_t pid = waitpid(-1, status, WNOHANG);
        struct timespec left;

        if (pid == child)
            return 0;
        if (pid > 0)
            continue;
        clock_gettime(CLOCK_MONOTONIC, &now);
        if (now.tv_sec >= end.tv_sec)
            return -1;
        left = (struct timespec){ .tv_sec = end.tv_sec - now.tv_sec };
        sigtimedwait(&ended, NULL, &left);
    }
}

/* Ends all processes but this one, so that nothing of a probe is there while the next one runs. */
static void end_all(void)
{
    kill(-1, SIGKILL);
    while (waitpid(-1, NULL, WNOHANG) > 0)
        ;
}

static void run_probe(const char *path, struct arguments *arguments, unsigned deadline, const struct channel *channel)
{
    const char *name = arguments->list[0];
    int status, error;
    pid_t child;

    error = start(&child, path, arguments->list, channel);
    if (error) {
        say("%s: %s", path, strerror(error));
        return;
    }
    if (wait_for(child, deadline, &status) < 0) {
        say("%s did not end within %u s", name, deadline);
        kill(-1, SIGKILL);
        if (wait_for(child, DYING_SECONDS, &status) < 0)
            give_up("%s does not even end when killed", name);
    } else if (WIFSIGNALED(status)) {
        say("%s was ended by signal %d", name, WTERMSIG(status));
    } else if (WEXITSTATUS(status)) {
        say("%s exited with %d", name, WEXITSTATUS(status));
    }
    end_all();
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

void run_probes(const char *directory, const struct parameters *parameters, const struct channel *channel)
{
    static struct arguments arguments;
    struct dirent **entries;
    sigset_t ended;
    int count = scandir(directory, &entries, is_visible, alphasort);

    if (count < 0)
        give_up("%s: %s", directory, strerror(errno));
    if (count == 0)
        give_up("%s: there is no probe", directory);
    sigemptyset(&ended);
    sigaddset(&ended, SIGCHLD);
    sigprocmask(SIG_BLOCK, &ended, NULL);
    for (int i = 0; i < count; i++) {
        char path[320];

        snprintf(path, sizeof(path), "%s/%s", directory, entries[i]->d_name);
        make_arguments(&arguments, entries[i]->d_name, &parameters->options, channel, count > 1);
        run_probe(path, &arguments, parameters->deadline, channel);
        free(entries[i]);
    }
    free(entries);
}
