/* The cases about the outer map itself, around arrays without BTF. The kernel's sources were read in 5.10, 6.1, 6.12
 * and 7.2: fd_array_map_alloc_check and bpf_fd_array_map_update_elem in arraymap.c, fd_htab_map_alloc_check and
 * bpf_fd_htab_map_update_elem in hashtab.c.
 */
#include "raw_cases.h"
#include "raw_outer.h"
#include "uapi.h"

enum { SOME_ENTRIES = 16 };

/* What is wanted of one type of outer map, and why; no source where the question makes no sense. */
struct wish {
    enum want want;
    const char *source;
};

#define ACCEPT(why) { WANT_ACCEPT, why }
#define REJECT(why) { WANT_REJECT, why }
#define NOT_ASKED { WANT_ACCEPT, NULL }

static const struct {
    const char *name; /* as in case ids */
    struct outer_question question;
    struct wish of_array, of_hash;
} questions[] = {
    { "outer_key_8", { .key_size = 8, .ask = ask_put },
      REJECT("an index has 4 bytes (array_map_alloc_check)"), ACCEPT("a hash table takes keys of any size") },
    { "outer_entries", { .max_entries = SOME_ENTRIES, .ask = ask_put },
      ACCEPT("each index below max_entries is a slot"), ACCEPT("a hash table takes max_entries keys") },
    { "outer_beyond_entries", { .max_entries = 1, .ask = ask_put_beyond },
      REJECT("the index is beyond max_entries: E2BIG (bpf_fd_array_map_update_elem)"),
      REJECT("one key more than max_entries: E2BIG (alloc_htab_elem)") },
    { "outer_no_prealloc", { .flags = MF_NO_PREALLOC, .ask = ask_put },
      REJECT("arrays do not know the flag (ARRAY_CREATE_FLAG_MASK)"),
      ACCEPT("hash tables know the flag (HTAB_CREATE_FLAG_MASK)") },
    { "outer_rdonly_prog", { .flags = MF_RDONLY_PROG, .ask = ask_put },
      REJECT("special maps of the array kind do not have it (fd_array_map_alloc_check)"),
      ACCEPT("fd_htab_map_alloc_check knows the flag; user space alone fills outer maps, anyway") },
    { "outer_numa_node", { .flags = MF_NUMA_NODE, .ask = ask_put },
      ACCEPT("ARRAY_CREATE_FLAG_MASK has the flag"), ACCEPT("HTAB_CREATE_FLAG_MASK has the flag") },
    { "outer_no_template", { .without_template = true, .ask = ask_put },
      REJECT("an outer map is made around a template (bpf_map_meta_alloc)"),
      REJECT("an outer map is made around a template (bpf_map_meta_alloc)") },
    { "outer_noexist_filled", { .ask = ask_noexist_filled },
      REJECT("BPF_NOEXIST takes no slot that is filled (an array of maps takes no flag at all: "
             "bpf_fd_array_map_update_elem)"),
      REJECT("BPF_NOEXIST takes no key that is there") },
    { "outer_noexist_empty", { .ask = ask_noexist_empty },
      NOT_ASKED, ACCEPT("BPF_NOEXIST takes a key that is not there (check_flags)") },
    { "outer_exist_filled", { .ask = ask_exist_filled },
      ACCEPT("BPF_EXIST takes a slot that is filled, as that of a plain array"),
      ACCEPT("BPF_EXIST takes a key that is there (check_flags)") },
    { "outer_exist_empty", { .ask = ask_exist_empty },
      NOT_ASKED, REJECT("BPF_EXIST takes no key that is not there") },
    { "outer_replace", { .ask = ask_replace },
      ACCEPT("an update replaces the map in a slot"), ACCEPT("an update replaces the map at a key") },
    { "outer_delete", { .ask = ask_delete },
      ACCEPT("a slot can be emptied, and a look-up finds nothing there"),
      ACCEPT("a key can be deleted, and a look-up finds nothing there") },
    { "outer_look_up", { .ask = ask_look_up },
      ACCEPT("user space reads the id of the map (bpf_map_fd_sys_lookup_elem)"),
      ACCEPT("user space reads the id of the map (bpf_map_fd_sys_lookup_elem)") },
    { "outer_update_batch", { .ask = ask_update_batch },
      ACCEPT("array_of_maps_map_ops has generic_map_update_batch"), ACCEPT("htab_of_maps_map_ops has BATCH_OPS") },
    { "outer_look_up_batch", { .ask = ask_look_up_batch },
      ACCEPT("array_of_maps_map_ops has generic_map_lookup_batch"), ACCEPT("htab_of_maps_map_ops has BATCH_OPS") },
    { "outer_delete_batch", { .ask = ask_delete_batch },
      NOT_ASKED, ACCEPT("htab_of_maps_map_ops has BATCH_OPS") },
    { "outer_replaced_freed", { .ask = ask_replaced_is_freed },
      ACCEPT("nobody else has the map that was replaced, so its id is gone (bpf_map_fd_put_ptr)"),
      ACCEPT("nobody else has the map that was replaced, so its id is gone (bpf_map_fd_put_ptr)") },
};

static void add_questions(const struct place *place)
{
    for (size_t i = 0; i < sizeof(questions) / sizeof(questions[0]); i++) {
        const struct wish *wish = place->outer == MT_ARRAY_OF_MAPS ? &questions[i].of_array : &questions[i].of_hash;

        if (wish->source)
            add_raw(place, TYPING_NONE, TYPING_NONE, questions[i].name, wish->want, wish->source)->outer_question =
                &questions[i].question;
    }
}

void add_raw_outer(struct case_builder *builder)
{
    at_both_outers(builder, kind_named("array"), add_questions);
}
