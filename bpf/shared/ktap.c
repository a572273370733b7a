#include "ktap.h"

#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

#include "errno_names.h"
#include "ktap_line.h"

void ktap_begin(struct ktap *ktap, size_t cases)
{
    struct line line = { .length = 0 };
    struct utsname name;

    ktap->cases = cases;
    uname(&name);
    line_append(&line, "KTAP version 1");
    ktap_put(ktap, &line);
    line.length = 0;
    line_append(&line, "# prober protocol=%d nonce=%s release=%s machine=%s cases=%zu%s%s", PROTOCOL_VERSION,
                ktap->nonce, name.release, name.machine, cases, *ktap->facts ? " " : "", ktap->facts);
    if (ktap->has_log)
        line_append(&line, " log=kmsg");
    if (ktap->probe)
        line_append(&line, " probe=%s", ktap->probe);
    ktap_put(ktap, &line);
    line.length = 0;
    line_append(&line, "1..%zu", cases);
    ktap_put(ktap, &line);
}

static const char *want_name(enum want want)
{
    return want == WANT_ACCEPT ? "accept" : "reject";
}

static void append_error(struct line *line, int error)
{
    const char *name = errno_name(error);

    if (!error)
        return;
    line_text(line, " errno=");
    if (name)
        line_text(line, name);
    else
        line_number(line, (unsigned)error);
}

/* A reason may quote a library. Whatever is not printable ASCII becomes a blank, so that the result stays one line. */
static void append_reason(struct line *line, const char *reason)
{
    size_t start = line->length;

    if (!reason[0])
        return;
    line_text(line, " reason=");
    line_text(line, reason);
    for (size_t i = start; i < line->length; i++)
        if (line->text[i] < ' ' || line->text[i] > '~')
            line->text[i] = ' ';
}

static void append_time_of_case(struct line *line, const struct case_time *time)
{
    line_text(line, " us=");
    line_number(line, time->start);
    line_text(line, "+");
    line_number(line, time->end - time->start);
}

void ktap_case(struct ktap *ktap, const struct test_case *item, const struct result *result,
               const struct case_time *time)
{
    static const char *const outcomes[] = {
        [OUTCOME_ACCEPT] = "accept", [OUTCOME_REJECT] = "reject", [OUTCOME_SKIP] = "null", [OUTCOME_ERROR] = "null",
        [OUTCOME_ALONE] = "null",
    };
    bool as_wanted = result->outcome == (item->want == WANT_ACCEPT ? OUTCOME_ACCEPT : OUTCOME_REJECT);
    bool skip = result->outcome == OUTCOME_SKIP;
    struct line line = { .length = 0 };

    line_text(&line, as_wanted || skip ? "ok " : "not ok ");
    line_number(&line, ++ktap->count);
    line_text(&line, " ");
    line_text(&line, item->id);
    line_text(&line, skip ? " # SKIP want=" : " # want=");
    line_text(&line, want_name(item->want));
    line_text(&line, " outcome=");
    line_text(&line, outcomes[result->outcome]);
    if (result->step) {
        line_text(&line, " step=");
        line_text(&line, result->step);
    }
    append_error(&line, result->error);
    if (result->outcome == OUTCOME_ALONE)
        line_text(&line, " alone=yes");
    append_time_of_case(&line, time);
    append_reason(&line, result->reason);
    ktap_put(ktap, &line);
}

static void append_time(struct line *line, const char *name, unsigned long long microseconds)
{
    line_append(line, " %s=%llu.%06llu", name, microseconds / 1000000, microseconds % 1000000);
}

void ktap_log(struct ktap *ktap, const struct test_case *item, const struct log_span *span)
{
    struct line line = { .length = 0 };

    line_append(&line, "# log case=%s", item->id);
    append_time(&line, "from", span->first);
    append_time(&line, "to", span->last);
    ktap_put(ktap, &line);
}

void ktap_end(struct ktap *ktap)
{
    struct line line = { .length = 0 };

    line_append(&line, "# end nonce=%s count=%zu", ktap->nonce, ktap->count);
    ktap_put(ktap, &line);
}
