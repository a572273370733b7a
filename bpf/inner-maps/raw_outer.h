/* Questions about the outer map itself: how it is made, and what can be done with its slots. */
#ifndef INNER_MAPS_RAW_OUTER_H
#define INNER_MAPS_RAW_OUTER_H

#include "questions.h"
#include "result.h"

/* What a question does with an outer map, whose slots are empty, and the case's candidate. */
struct outer_at_hand {
    int fd;
    uint32_t entries;
    const struct raw_case *raw;
    int candidate_fd;
};

struct outer_question {
    /* How the outer map differs from the usual one, which has 4-byte keys and one entry; 0 for as usual. */
    uint32_t key_size, max_entries, flags;
    bool without_template;
    struct result (*ask)(const struct outer_at_hand *outer);
};

/* Each is the question of the case with the same name (raw_outer_cases.c). */
struct result ask_put(const struct outer_at_hand *outer); /* into the last slot */
struct result ask_put_beyond(const struct outer_at_hand *outer);
struct result ask_noexist_filled(const struct outer_at_hand *outer);
struct result ask_noexist_empty(const struct outer_at_hand *outer);
struct result ask_exist_filled(const struct outer_at_hand *outer);
struct result ask_exist_empty(const struct outer_at_hand *outer);
struct result ask_replace(const struct outer_at_hand *outer);
struct result ask_delete(const struct outer_at_hand *outer);
struct result ask_look_up(const struct outer_at_hand *outer);
struct result ask_update_batch(const struct outer_at_hand *outer);
struct result ask_look_up_batch(const struct outer_at_hand *outer);
struct result ask_delete_batch(const struct outer_at_hand *outer);
struct result ask_replaced_is_freed(const struct outer_at_hand *outer);

/* Makes the outer map of a case with an outer_question, and asks that. */
struct result ask_outer(const struct raw_case *raw, int template_fd, int candidate_fd);

#endif
