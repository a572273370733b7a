/* Questions about the outer map itself. Those that need the usual outer map share it with other cases: what these left
 * in it is taken out first.
 */
#include "raw_outer.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "maps.h"
#include "shared_maps.h"
#include "steps.h"
#include "uapi.h"
#include "verdicts.h"

/* A key of 4 or 8 bytes, whichever the outer map has: in either byte order, the first four are the number. */
struct outer_key {
    uint32_t number, rest;
};

static const struct outer_key first_key;

/* A map that was given up loses its id at once (bpf_map_put), but for a kernel that is slow. */
enum { FREE_WAITS = 100, FREE_WAIT_MICROSECONDS = 10 * 1000 };

static struct result update_verdict(const struct outer_at_hand *outer, uint32_t number, uint64_t flags)
{
    const struct outer_key key = { .number = number };
    int error = outer_update_at(outer->fd, &key, outer->candidate_fd, flags);

    return error < 0 ? verdict(STEP_UPDATE, -error) : result_accept();
}

/* Puts the candidate into the first slot, which the question needs to be filled. */
static bool fill(const struct outer_at_hand *outer, struct result *result)
{
    *result = update_verdict(outer, first_key.number, BPF_ANY);
    return result->outcome == OUTCOME_ACCEPT;
}

struct result ask_put(const struct outer_at_hand *outer)
{
    return update_verdict(outer, outer->entries - 1, BPF_ANY);
}

struct result ask_put_beyond(const struct outer_at_hand *outer)
{
    struct result result;

    return fill(outer, &result) ? update_verdict(outer, outer->entries, BPF_ANY) : result;
}

struct result ask_noexist_filled(const struct outer_at_hand *outer)
{
    struct result result;

    return fill(outer, &result) ? update_verdict(outer, first_key.number, BPF_NOEXIST) : result;
}

struct result ask_noexist_empty(const struct outer_at_hand *outer)
{
    return update_verdict(outer, first_key.number, BPF_NOEXIST);
}

struct result ask_exist_filled(const struct outer_at_hand *outer)
{
    struct result result;

    return fill(outer, &result) ? update_verdict(outer, first_key.number, BPF_EXIST) : result;
}

struct result ask_exist_empty(const struct outer_at_hand *outer)
{
    return update_verdict(outer, first_key.number, BPF_EXIST);
}

struct result ask_replace(const struct outer_at_hand *outer)
{
    struct result result;

    return fill(outer, &result) ? update_verdict(outer, first_key.number, BPF_ANY) : result;
}

struct result ask_delete(const struct outer_at_hand *outer)
{
    struct result result;
    uint32_t id = 0;
    int error;

    if (!fill(outer, &result))
        return result;
    error = outer_delete(outer->fd, &first_key);
    if (error < 0)
        return verdict(STEP_DELETE, -error);
    error = outer_look_up(outer->fd, &first_key, &id);
    return error == -ENOENT ? result_accept() : result_reject(STEP_LOOK_UP, -error);
}

/* Whether an id that came out of the outer map is that of the map that went in. */
static struct result same_id(const struct outer_at_hand *outer, uint32_t id)
{
    uint32_t candidate = 0;
    int error = map_id(outer->candidate_fd, &candidate);

    if (error < 0)
        return result_error(STEP_LOOK_UP, -error, "the candidate does not tell its id");
    return id == candidate ? result_accept() : result_reject(STEP_LOOK_UP, 0);
}

struct result ask_look_up(const struct outer_at_hand *outer)
{
    struct result result;
    uint32_t id = 0;
    int error;

    if (!fill(outer, &result))
        return result;
    error = outer_look_up(outer->fd, &first_key, &id);
    return error < 0 ? verdict(STEP_LOOK_UP, -error) : same_id(outer, id);
}

/* A batch command on the one element of the outer map. A look-up that comes to the end says ENOENT. */
static struct result batch(const struct outer_at_hand *outer, int command, uint32_t *value)
{
    struct outer_key key = first_key;
    uint32_t count = 1;
    int error = outer_batch(command, outer->fd, &key, value, &count);

    if (error == -ENOTSUPP)
        return result_skip(STEP_BATCH, -error, "the kernel has no such batch operation for this outer map");
    if (error < 0 && !(command == BPF_MAP_LOOKUP_BATCH && error == -ENOENT))
        return verdict(STEP_BATCH, -error);
    return count == 1 ? result_accept() : result_reject(STEP_BATCH, 0);
}

struct result ask_update_batch(const struct outer_at_hand *outer)
{
    uint32_t value = (uint32_t)outer->candidate_fd, id = 0;
    struct result result = batch(outer, BPF_MAP_UPDATE_BATCH, &value);
    int error;

    if (result.outcome != OUTCOME_ACCEPT)
        return result;
    error = outer_look_up(outer->fd, &first_key, &id);
    return error < 0 ? verdict(STEP_LOOK_UP, -error) : same_id(outer, id);
}

struct result ask_look_up_batch(const struct outer_at_hand *outer)
{
    struct result result;
    uint32_t id = 0;

    if (!fill(outer, &result))
        return result;
    result = batch(outer, BPF_MAP_LOOKUP_BATCH, &id);
    return result.outcome == OUTCOME_ACCEPT ? same_id(outer, id) : result;
}

struct result ask_delete_batch(const struct outer_at_hand *outer)
{
    struct result result;
    uint32_t value = 0;
    int error;

    if (!fill(outer, &result))
        return result;
    result = batch(outer, BPF_MAP_DELETE_BATCH, &value);
    if (result.outcome != OUTCOME_ACCEPT)
        return result;
    error = outer_look_up(outer->fd, &first_key, &value);
    return error == -ENOENT ? result_accept() : result_reject(STEP_LOOK_UP, -error);
}

/* Puts in a map that only the outer map keeps from then on, and says its id. */
static struct result put_own_map(const struct outer_at_hand *outer, uint32_t *id)
{
    int fd = map_make(&outer->raw->candidate, NULL, -1, -1);
    int error = fd < 0 ? fd : map_id(fd, id);

    if (error < 0) {
        close_fd(fd);
        return result_error(STEP_INNER, -error, "could not make one more inner map, and learn its id");
    }
    error = outer_update_at(outer->fd, &first_key, fd, BPF_ANY);
    close_fd(fd);
    return error < 0 ? verdict(STEP_UPDATE, -error) : result_accept();
}

static bool is_freed(uint32_t id)
{
    for (int waits = 0; waits < FREE_WAITS; waits++) {
        int fd = map_of_id(id);

        if (fd == -ENOENT)
            return true;
        close_fd(fd);
        usleep(FREE_WAIT_MICROSECONDS);
    }
    return false;
}

struct result ask_replaced_is_freed(const struct outer_at_hand *outer)
{
    uint32_t id = 0;
    struct result result = put_own_map(outer, &id);
    int kept;

    if (result.outcome != OUTCOME_ACCEPT)
        return result;
    kept = map_of_id(id);
    close_fd(kept);
    if (kept < 0)
        return result_reject(STEP_LOOK_UP, -kept);
    result = update_verdict(outer, first_key.number, BPF_ANY);
    if (result.outcome != OUTCOME_ACCEPT)
        return result;
    return is_freed(id) ? result_accept() : result_reject(STEP_FREE, 0);
}

/* The outer map of the case alone, which is not the usual one. */
static struct result ask_own(const struct raw_case *raw, int template_fd, int candidate_fd)
{
    const struct outer_question *question = raw->outer_question;
    /* In the place of a template that is not given stands some descriptor, as 0 is one, that is no map. */
    int no_map = question->without_template ? open("/", O_RDONLY | O_CLOEXEC) : -1;
    const struct map_spec spec = {
        .type = raw->outer,
        .key_size = question->key_size ? question->key_size : 4,
        .value_size = 4,
        .max_entries = question->max_entries ? question->max_entries : 1,
        .flags = question->flags,
    };
    const int inner_fd = question->without_template ? no_map : template_fd;
    const struct outer_at_hand outer = {
        .fd = map_make(&spec, NULL, -1, inner_fd), .entries = spec.max_entries, .raw = raw, .candidate_fd = candidate_fd
    };
    struct result result;

    if (outer.fd >= 0) {
        result = question->ask(&outer);
    } else {
        char words[MAP_WORDS_MAX];

        map_refusal_words(&spec, NULL, -1, inner_fd, words, sizeof(words));
        result = result_with_words(outer_refused(raw->outer, -outer.fd), words);
    }
    close_fd(outer.fd);
    close_fd(no_map);
    return result;
}

static bool is_usual(const struct outer_question *question)
{
    return !question->key_size && !question->max_entries && !question->flags && !question->without_template;
}

struct result ask_outer(const struct raw_case *raw, int template_fd, int candidate_fd)
{
    struct outer_at_hand outer = { .entries = 1, .raw = raw, .candidate_fd = candidate_fd };
    int error;

    if (!is_usual(raw->outer_question))
        return ask_own(raw, template_fd, candidate_fd);
    outer.fd = shared_outer(raw->outer, &raw->template);
    if (outer.fd < 0)
        return result_with_words(outer_refused(raw->outer, -outer.fd), shared_outer_words(raw->outer, &raw->template));
    error = outer_delete(outer.fd, &first_key);
    if (error < 0 && error != -ENOENT)
        return result_error(STEP_DELETE, -error, "what another case left in the outer map cannot be taken out");
    return raw->outer_question->ask(&outer);
}
