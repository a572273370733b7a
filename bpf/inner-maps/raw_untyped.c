/* The cases of map types that libbpf leaves untyped, whatever an object declares (bpf_object__create_map), asked as
 * nothing but bpf(2) can: typed all the same, and with their longer values. And of struct_ops, whose value is a type of
 * the kernel's own.
 *
 * Types whose map_check_btf is map_check_no_btf take no BTF at all (ENOTSUPP, 5.10 to 7.2); a queue and a stack have no
 * such function, and take BTF with a key of no size.
 */
#include "raw_cases.h"
#include "uapi.h"

/* A devmap's struct bpf_devmap_val, a cpumap's struct bpf_cpumap_val: a program beside the index or the size. */
enum { LONG_VALUE = 8 };

static const char untyped[] = "type, sizes and flags agree, and there is no special field on either side";
static const char no_size[] = "both keys have no size; how BTF describes them is not compared";
static const char no_meta_equal[] = "the type has no map_meta_equal, so bpf_map_meta_alloc refuses it as a template";

/* bpf_struct_ops_map_alloc_check: a key of 4 bytes, one entry. The value's size is its type's, in the kernel's BTF. */
static const struct inner_kind struct_ops = {
    .name = "struct_ops", .shape = { MT_STRUCT_OPS, 4, 0, 1, 0 }, .key = KEY_UNSIGNED, .never_inner = no_meta_equal,
};

static void add_empty_key(const struct place *place)
{
    add_raw(place, TYPING_STRUCT, TYPING_STRUCT, "key_btf", WANT_ACCEPT, no_size)->candidate.key = KEY_NO_BYTES;
}

static void add_typed(const struct place *place)
{
    add_raw(place, TYPING_BYTES, TYPING_BYTES, NULL, WANT_ACCEPT, untyped);
}

/* Without entries, as libbpf before 1.4 asks for a declared inner map that does not say how many it has. */
static void add_no_entries(const struct place *place)
{
    struct raw_case *raw = add_raw(place, TYPING_NONE, TYPING_NONE, "no_entries", WANT_ACCEPT, untyped);

    raw->template.max_entries = 0;
    raw->candidate.max_entries = 0;
}

static void add_long_values(const struct place *place)
{
    static const enum typing typings[] = { TYPING_NONE, TYPING_STRUCT };

    for (size_t i = 0; i < sizeof(typings) / sizeof(typings[0]); i++) {
        struct raw_case *raw = add_raw(place, typings[i], typings[i], "long_value", WANT_ACCEPT, untyped);

        raw->template.value_size = LONG_VALUE;
        raw->candidate.value_size = LONG_VALUE;
    }
}

static void add_plain(const struct place *place)
{
    add_raw(place, TYPING_NONE, TYPING_NONE, NULL, WANT_REJECT, no_meta_equal);
}

void add_raw_untyped(struct case_builder *builder)
{
    at_both_outers(builder, kind_named("queue"), add_empty_key);
    at_both_outers(builder, kind_named("stack"), add_empty_key);
    at_both_outers(builder, kind_named("perf_event_array"), add_typed);
    at_both_outers(builder, kind_named("perf_event_array"), add_no_entries);
    at_both_outers(builder, kind_named("devmap"), add_long_values);
    at_both_outers(builder, kind_named("devmap_hash"), add_long_values);
    at_both_outers(builder, kind_named("cpumap"), add_long_values);
    at_both_outers(builder, &struct_ops, add_plain);
}
