#include "ktap.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

#include "errno_names.h"

struct line {
    char text[640];
    size_t length;
};

static void append(struct line *line, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void append(struct line *line, const char *format, ...)
{
    size_t room = sizeof(line->text) - line->length - 1; /* one is kept for the newline */
    va_list args;
    int wanted;

    va_start(args, format);
    wanted = vsnprintf(line->text + line->length, room, format, args);
    va_end(args);
    if (wanted > 0)
        line->length += (size_t)wanted < room ? (size_t)wanted : room - 1;
}

static void put(struct ktap *ktap, struct line *line)
{
    line->text[line->length++] = '\n';
    if (!ktap->error)
        ktap->error = channel_write(ktap->channel, line->text, line->length);
}

void ktap_begin(struct ktap *ktap, size_t cases)
{
    struct line line = { .length = 0 };
    struct utsname name;

    uname(&name);
    append(&line, "KTAP version 1");
    put(ktap, &line);
    line.length = 0;
    append(&line, "# prober protocol=%d nonce=%s release=%s machine=%s cases=%zu%s%s", PROTOCOL_VERSION, ktap->nonce,
           name.release, name.machine, cases, *ktap->facts ? " " : "", ktap->facts);
    if (ktap->has_log)
        append(&line, " log=kmsg");
    if (ktap->probe)
        append(&line, " probe=%s", ktap->probe);
    put(ktap, &line);
    line.length = 0;
    append(&line, "1..%zu", cases);
    put(ktap, &line);
}

static const char *want_name(enum want want)
{
    return want == WANT_ACCEPT ? "accept" : "reject";
}

static void append_error(struct line *line, int error)
{
    const char *name = errno_name(error);

    if (name)
        append(line, " errno=%s", name);
    else if (error)
        append(line, " errno=%d", error);
}

/* A reason may quote a library. Whatever is not printable ASCII becomes a blank, so that the result stays one line. */
static void append_reason(struct line *line, const char *reason)
{
    size_t start = line->length;

    if (!reason[0])
        return;
    append(line, " reason=%s", reason);
    for (size_t i = start; i < line->length; i++)
        if (line->text[i] < ' ' || line->text[i] > '~')
            line->text[i] = ' ';
}

void ktap_case(struct ktap *ktap, const struct test_case *item, const struct result *result)
{
    static const char *const outcomes[] = {
        [OUTCOME_ACCEPT] = "accept", [OUTCOME_REJECT] = "reject", [OUTCOME_SKIP] = "null", [OUTCOME_ERROR] = "null",
    };
    bool as_wanted = result->outcome == (item->want == WANT_ACCEPT ? OUTCOME_ACCEPT : OUTCOME_REJECT);
    bool skip = result->outcome == OUTCOME_SKIP;
    struct line line = { .length = 0 };

    append(&line, "%s %zu %s # %swant=%s outcome=%s", as_wanted || skip ? "ok" : "not ok", ++ktap->count, item->id,
           skip ? "SKIP " : "", want_name(item->want), outcomes[result->outcome]);
    if (result->step)
        append(&line, " step=%s", result->step);
    append_error(&line, result->error);
    append_reason(&line, result->reason);
    put(ktap, &line);
}

static void append_time(struct line *line, const char *name, unsigned long long microseconds)
{
    append(line, " %s=%llu.%06llu", name, microseconds / 1000000, microseconds % 1000000);
}

void ktap_log(struct ktap *ktap, const struct test_case *item, const struct log_span *span)
{
    struct line line = { .length = 0 };

    append(&line, "# log case=%s", item->id);
    append_time(&line, "from", span->first);
    append_time(&line, "to", span->last);
    put(ktap, &line);
}

void ktap_end(struct ktap *ktap)
{
    struct line line = { .length = 0 };

    append(&line, "# end nonce=%s count=%zu", ktap->nonce, ktap->count);
    put(ktap, &line);
}
