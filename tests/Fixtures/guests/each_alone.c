/* Linked into the prober (--wrap=run_raw, --wrap=run_seen, --wrap=run_libbpf), this gives each case a process of its
 * own, forked from one that has not asked anything: no case finds what another one has made.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "result.h"

static _Noreturn void give_up(const char *what)
{
    perror(what);
    exit(2);
}

static void send(FILE *to, const struct result *result)
{
    size_t whole = fwrite(result, sizeof(*result), 1, to);

    for (size_t i = 0; i < TEXTS_MAX; i++)
        fwrite(result->texts[i].bytes ? result->texts[i].bytes : "", 1, result->texts[i].length, to);
    _exit(whole != 1 || fflush(to) || ferror(to));
}

static void receive(FILE *from, struct result *result)
{
    if (fread(result, sizeof(*result), 1, from) != 1)
        give_up("the case's process");
    for (size_t i = 0; i < TEXTS_MAX; i++) {
        struct text *text = &result->texts[i];

        if (!text->name)
            continue;
        text->bytes = malloc(text->length + 1);
        if (!text->bytes || fread(text->bytes, 1, text->length, from) != text->length)
            give_up("a text of the case's process");
    }
}

/* A result is a value but for its texts and for names, which are literals: at the same address in both processes. */
static struct result in_a_process(struct result (*run)(const void *question), const void *question)
{
    struct result result;
    int ends[2];
    FILE *from;
    pid_t child;

    if (pipe(ends) < 0)
        give_up("pipe");
    child = fork();
    if (child < 0)
        give_up("fork");
    if (child == 0) {
        result = run(question);
        send(fdopen(ends[1], "w"), &result);
    }
    close(ends[1]);
    from = fdopen(ends[0], "r");
    if (!from)
        give_up("fdopen");
    receive(from, &result);
    fclose(from);
    waitpid(child, NULL, 0);
    return result;
}

struct result __real_run_raw(const void *question);
struct result __real_run_seen(const void *question);
struct result __real_run_libbpf(const void *question);
struct result __wrap_run_seen(const void *question);
struct result __wrap_run_raw(const void *question);
struct result __wrap_run_libbpf(const void *question);

struct result __wrap_run_raw(const void *question)
{
    return in_a_process(__real_run_raw, question);
}

struct result __wrap_run_seen(const void *question)
{
    return in_a_process(__real_run_seen, question);
}

struct result __wrap_run_libbpf(const void *question)
{
    return in_a_process(__real_run_libbpf, question);
}
