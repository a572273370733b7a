#include "ktap.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
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

void ktap_case(struct ktap *ktap, const struct test_case *item, const struct result *result,
               const struct case_time *time)
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
    append(&line, " us=%llu+%llu", time->start, time->end - time->start);
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

/* What a line of a text is: a whole one, one that goes on in the next line of the report, or a last one without its
 * newline.
 */
enum text_mark { TEXT_WHOLE = '|', TEXT_GOES_ON = '+', TEXT_OPEN = '-', TEXT_LOST = '!' };

/* Puts as much of a line as has room, all but printable ASCII as \xHH; the number of bytes that were put. */
static size_t append_escaped(struct line *line, const char *bytes, size_t length)
{
    enum { ESCAPED = 4 };
    size_t done;

    for (done = 0; done < length && line->length + ESCAPED + 2 < sizeof(line->text); done++) {
        unsigned char byte = (unsigned char)bytes[done];

        if (byte < ' ' || byte > '~' || byte == '\\')
            append(line, "\\x%02x", byte);
        else
            line->text[line->length++] = (char)byte;
    }
    return done;
}

static void put_text(struct ktap *ktap, const struct test_case *item, const struct text *text)
{
    size_t done = 0;

    while (done < text->length) {
        const char *start = text->bytes + done;
        const char *newline = memchr(start, '\n', text->length - done);
        size_t length = newline ? (size_t)(newline - start) : text->length - done;
        struct line line = { .length = 0 };
        size_t mark, put_now;

        append(&line, "# text %s %s ", item->id, text->name);
        mark = line.length;
        append(&line, "%c", TEXT_WHOLE);
        put_now = append_escaped(&line, start, length);
        if (put_now < length)
            line.text[mark] = TEXT_GOES_ON;
        else if (!newline)
            line.text[mark] = TEXT_OPEN;
        done += put_now + (put_now == length && newline ? 1 : 0);
        put(ktap, &line);
    }
    if (text->lost) {
        struct line line = { .length = 0 };

        append(&line, "# text %s %s %c%llu", item->id, text->name, TEXT_LOST, text->lost);
        put(ktap, &line);
    }
}

void ktap_texts(struct ktap *ktap, const struct test_case *item, struct result *result)
{
    for (size_t i = 0; i < TEXTS_MAX && result->texts[i].name; i++) {
        put_text(ktap, item, &result->texts[i]);
        free(result->texts[i].bytes);
        result->texts[i] = (struct text){ 0 };
    }
}

void ktap_end(struct ktap *ktap)
{
    struct line line = { .length = 0 };

    append(&line, "# end nonce=%s count=%zu", ktap->nonce, ktap->count);
    put(ktap, &line);
}
