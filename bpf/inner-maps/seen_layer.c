/* What a program sees: make the maps, fill the candidate with known values, put it in, and have a program read one of
 * them. What the kernel refuses before there is a program is another case's question: skip.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bpf/libbpf.h>

#include "jit.h"
#include "layers.h"
#include "maps.h"
#include "seen.h"
#include "shared_maps.h"
#include "steps.h"
#include "uapi.h"

/* A per-CPU map takes a value for each CPU that the kernel could have: no kernel has more (NR_CPUS). */
enum { MOST_CPUS = 8192 };

static struct result stopped(step_name step, int error, const char *why)
{
    return errno_is_circumstance(error)
               ? result_error(step, error, "permission, memory or the like, no verdict")
               : result_skip(step, error, "%s", why);
}

static int fill(const struct map_spec *spec, int fd)
{
    static struct {
        uint32_t read, rest; /* the program reads the first four bytes, in either byte order */
    } values[MOST_CPUS];
    const int cpus = libbpf_num_possible_cpus(); /* read once */
    const size_t count = spec->type != MT_PERCPU_ARRAY ? 1 : cpus > 0 && cpus < MOST_CPUS ? (size_t)cpus : MOST_CPUS;

    for (uint32_t index = 0; index < spec->max_entries; index++) {
        int error;

        for (size_t cpu = 0; cpu < count; cpu++)
            values[cpu].read = SEEN_FIRST_VALUE + index;
        error = map_update(fd, &index, values);
        if (error < 0)
            return error;
    }
    return 0;
}

/* An outer map with the candidate in it, whose descriptor it gives; -1 where `result` says why there is none. */
static int put_in(const struct seen_case *seen, struct result *result)
{
    int template = shared_map(ROLE_TEMPLATE, &seen->template);
    int candidate = shared_map(ROLE_CANDIDATE, &seen->candidate);
    int outer, error;

    if (template < 0 || candidate < 0) {
        *result = stopped(template < 0 ? STEP_TEMPLATE : STEP_INNER, template < 0 ? -template : -candidate,
                          "the kernel makes no such inner map");
        return -1;
    }
    error = fill(&seen->candidate, candidate);
    if (error < 0) {
        *result = result_error(STEP_INNER, -error, "the candidate cannot be filled");
        return -1;
    }
    outer = shared_outer(seen->outer, &seen->template);
    error = outer < 0 ? outer : outer_update(outer, candidate);
    if (error >= 0)
        return outer;
    *result = stopped(outer < 0 ? STEP_OUTER : STEP_UPDATE, -error,
                      outer < 0 ? "the kernel makes no such outer map"
                      : seen->candidate.max_entries != seen->template.max_entries
                          ? "the kernel takes no candidate of another size, so no program sees one"
                          : "the kernel does not take the candidate, so no program sees it");
    return -1;
}

static int describe(char *text, size_t size, const struct seen_case *seen, uint32_t value)
{
    const uint32_t index = value - SEEN_FIRST_VALUE;

    if (value == SEEN_NO_ELEMENT)
        return snprintf(text, size, "no element");
    if (value == SEEN_NO_OUTER)
        return snprintf(text, size, "no inner map");
    if (index < seen->candidate.max_entries)
        return snprintf(text, size, "0x%x, which stands at index %u", value, index);
    return snprintf(text, size, "0x%x, which stands nowhere in the map", value);
}

static struct result wrong_value(const struct seen_case *seen, uint32_t read)
{
    struct result result = result_reject(STEP_VALUE, 0);
    const uint32_t wanted = seen_wanted(seen);
    char found[64], *text;
    int length;

    describe(found, sizeof(found), seen, read);
    length = wanted == SEEN_NO_ELEMENT
                 ? asprintf(&text, "wanted no element at index %u, read %s\n", seen->index, found)
                 : asprintf(&text, "wanted 0x%x of index %u, read %s\n", wanted, seen->index, found);
    if (length >= 0)
        result.texts[0] = (struct text){ .name = "value", .bytes = text, .length = (size_t)length };
    return result;
}

static struct result run_program(const struct seen_case *seen, int program)
{
    uint32_t read = 0;
    int error;

    if (!is_asked_alone() && seen_program_is_dangerous(seen, program))
        return result_alone(STEP_RUN);
    error = seen_program_run(seen, program, &read);
    if (error < 0)
        return stopped(STEP_RUN, -error, "the kernel does not run the program");
    return read == seen_wanted(seen) ? result_accept() : wrong_value(seen, read);
}

static struct result refused(int error, struct text *log)
{
    struct result result = errno_is_circumstance(error)
                               ? result_error(STEP_LOAD, error, "permission, memory or the like, no verdict")
                               : result_reject(STEP_LOAD, error);

    result.texts[0] = *log;
    return result;
}

static struct result load_and_run(const struct seen_case *seen, int outer)
{
    struct text log = { 0 };
    struct result result;
    int program;

    program = seen_program_load(seen, outer, &log);
    if (program < 0)
        return refused(-program, &log);
    free(log.bytes);
    result = run_program(seen, program);
    close_fd(program);
    return result;
}

struct result run_seen(const void *question)
{
    const struct seen_case *seen = question;
    struct result result;
    int outer, error;

    shared_maps_begin(seen->inner_name);
    outer = put_in(seen, &result);
    if (outer < 0)
        return result;
    error = jit_set(!seen->interpreted);
    if (error < 0 && seen->interpreted)
        return stopped(STEP_LOAD, -error, "the kernel runs no program without its JIT (CONFIG_BPF_JIT_ALWAYS_ON)");
    result = load_and_run(seen, outer);
    jit_restore();
    return result;
}
