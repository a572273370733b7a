/* The report that a probe writes: whatever a library or a kernel put into a reason, each result is one line of
 * printable characters that ends in a newline, and the end marker stands on a line of its own.
 */
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "ktap.h"
#include "require.h"

enum { LONGEST_LINE = 640, MOST_CASES = 8 };

static char report[(MOST_CASES + 4) * LONGEST_LINE];

/* Takes up to `size` - 1 bytes of the input, without NULs, as a string. */
static void take(char *text, size_t size, const uint8_t **input, size_t *length)
{
    size_t wanted = *length ? **input % size : 0;
    size_t taken = 0;

    for (*length -= *length ? 1 : 0, (*input)++; taken < wanted && *length; (*input)++, (*length)--)
        if (**input)
            text[taken++] = (char)**input;
    text[taken] = '\0';
}

/* Writes the report of what the input says, and gives the number of its cases. */
static size_t write_report(struct ktap *ktap, const uint8_t *input, size_t length)
{
    size_t count = 0;

    ktap_begin(ktap, MOST_CASES);
    for (; length > 4 && count < MOST_CASES; count++) {
        struct test_case item = { .want = input[0] % 2 ? WANT_ACCEPT : WANT_REJECT };
        struct result result = { .outcome = input[1] % 4, .error = (input[2] << 4) - 16 };
        struct case_time time = { .start = (unsigned long long)input[1] << 40 };

        time.end = time.start + ((unsigned long long)input[2] << 40);
        result.step = input[0] & 2 ? "update" : NULL;
        memset(item.id, 'a', 1 + (input[0] >> 2));
        input += 3;
        length -= 3;
        take(result.reason, sizeof(result.reason), &input, &length);
        ktap_case(ktap, &item, &result, &time);
    }
    ktap_end(ktap);
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t length)
{
    static int file = -1;
    struct channel channel;
    struct ktap ktap;
    ssize_t written;
    size_t lines = 0, count;

    if (file < 0)
        file = memfd_create("report", 0);
    if (ftruncate(file, 0) || lseek(file, 0, SEEK_SET))
        return 0;
    channel = (struct channel){ .fd = file };
    ktap = (struct ktap){ .channel = &channel, .nonce = "feed", .facts = "libbpf=1.1", .probe = "p" };
    count = write_report(&ktap, input, length);
    written = pread(file, report, sizeof(report) - 1, 0);
    REQUIRE(!ktap.error && written > 0 && report[written - 1] == '\n', "the report is written whole");
    report[written] = '\0';
    for (char *line = report, *end; (end = strchr(line, '\n')); line = end + 1, lines++) {
        REQUIRE(end - line < LONGEST_LINE, "a line has a bound");
        for (char *at = line; at < end; at++)
            REQUIRE(*at >= ' ' && *at <= '~', "a line is printable");
    }
    REQUIRE(lines == 3 + count + 1, "a result is one line");
    return 0;
}
