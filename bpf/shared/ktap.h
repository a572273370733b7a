/* KTAP version 1 (Documentation/dev-tools/ktap.rst): one line a case, each in one write(2). ../README.md has the
 * grammar.
 */
#ifndef PROBE_KTAP_H
#define PROBE_KTAP_H

#include <stdbool.h>
#include <stddef.h>

#include "case.h"
#include "channel.h"
#include "kernel_log.h"

enum { PROTOCOL_VERSION = 1 };

struct ktap {
    const struct channel *channel;
    const char *nonce;
    const char *facts; /* what the probe adds to the header line: "libbpf=1.1" */
    bool has_log;      /* the kernel's log is read: ktap_log() is called where the kernel says something */
    const char *probe; /* the probe's name for the header line; NULL where nobody asked for it */
    size_t cases;      /* that the report will have */
    size_t count;      /* cases written so far */
    size_t text_bytes, text_lines; /* of the texts of cases, written so far */
    int error;         /* errno of the first write that failed, else 0; nothing is written after it */
};

/* When a case was asked, by clock_now(). */
struct case_time {
    unsigned long long start, end;
};

void ktap_begin(struct ktap *ktap, size_t cases);
void ktap_case(struct ktap *ktap, const struct test_case *item, const struct result *result,
               const struct case_time *time);

/* Says that the kernel logged something while a case ran; stands before the case's result. */
void ktap_log(struct ktap *ktap, const struct test_case *item, const struct log_span *span);

/* Writes the texts of a case, which stand before its result, and frees them. */
void ktap_texts(struct ktap *ktap, const struct test_case *item, struct result *result);
void ktap_end(struct ktap *ktap);

#endif
