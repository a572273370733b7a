/* The cases of layer libbpf about inner maps of types that libbpf makes without BTF, whatever an object declares
 * (bpf_object__create_map), about types that have neither keys nor values to type, and about an outer key that is not
 * 4 bytes long.
 */
#include "libbpf_cases.h"
#include "uapi.h"

static const char sizes_agree[] = "the declared sizes agree";
static const char same_types[] = "both are declared alike, or typed alike, and all else agrees";
static const char key_is_free[] = "a HASH_OF_MAPS may have keys of any size, and what is put in agrees";

static const char *const outers[] = { "array_of_maps", "hash_of_maps" };

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Objects whose names end in `template`, with the candidates that are tried. */
static const struct declared_kind {
    const char *inner, *template;
    uint32_t type, key_size, value_size, max_entries, flags;
    bool dropped; /* libbpf makes the template without the BTF that is declared */
    bool typed;   /* a candidate typed by the struct is tried, too */
    bool costly;  /* under array_of_maps alone: a kernel makes page tables of 4 GiB for each arena (arena_map_alloc) */
} kinds[] = {
    { "queue", "struct", MT_QUEUE, 0, TYPED_VALUE_SIZE, DECLARED_ENTRIES, 0, true, true, false },
    { "queue", "value_size", MT_QUEUE, 0, TYPED_VALUE_SIZE, DECLARED_ENTRIES, 0, false, true, false },
    { "stack", "struct", MT_STACK, 0, TYPED_VALUE_SIZE, DECLARED_ENTRIES, 0, true, true, false },
    { "stack", "value_size", MT_STACK, 0, TYPED_VALUE_SIZE, DECLARED_ENTRIES, 0, false, true, false },
    { "perf_event_array", "int", MT_PERF_EVENT_ARRAY, 4, 4, DECLARED_ENTRIES, 0, true, false, false },
    { "perf_event_array", "value_size", MT_PERF_EVENT_ARRAY, 4, 4, DECLARED_ENTRIES, 0, false, false, false },
    { "devmap", "int", MT_DEVMAP, 4, 4, DECLARED_ENTRIES, 0, true, false, false },
    { "devmap", "value_size", MT_DEVMAP, 4, 4, DECLARED_ENTRIES, 0, false, false, false },
    { "sockmap", "int", MT_SOCKMAP, 4, 4, DECLARED_ENTRIES, 0, true, false, false },
    { "sockmap", "value_size", MT_SOCKMAP, 4, 4, DECLARED_ENTRIES, 0, false, false, false },
    { "ringbuf", "none", MT_RINGBUF, 0, 0, 4096, 0, false, false, false },
    { "arena", "none", MT_ARENA, 0, 0, 1, MF_MMAPABLE, false, false, true },
};

static struct libbpf_case *add(const struct declared_place *place, const struct declared_kind *kind, enum typing typing)
{
    const char *variant = kind->dropped ? "untyped" : "";
    struct libbpf_case *item =
        add_declared_case(place, typing, variant, WANT_ACCEPT, typing == TYPING_NONE ? sizes_agree : same_types);

    item->load.object = declared_object(place, "");
    item->candidate.key_size = kind->key_size;
    item->candidate.value_size = kind->value_size;
    item->candidate.max_entries = kind->max_entries;
    item->candidate.flags = kind->flags;
    return item;
}

static void add_filled_in(const struct declared_place *queue)
{
    struct libbpf_case *item = add_declared_case(queue, TYPING_STRUCT, "values", WANT_ACCEPT, same_types);

    item->load.object = declared_object(queue, ".struct.values");
    item->control = declared_object(queue, "");
    item->filled_in = true;
}

/* libbpf fills `.values` in by index, and so opens no object that has another key (bpf_object__collect_map_relos). */
static void add_long_keys(struct case_builder *builder)
{
    const struct declared_place place = { builder, "hash_of_maps", "array", "struct", MT_ARRAY };
    struct libbpf_case *item = add_declared_case(&place, TYPING_STRUCT, "key_8", WANT_ACCEPT, key_is_free);

    item->load.object = declared_object(&place, ".key_8");
    item = add_declared_case(&place, TYPING_STRUCT, "values_key_8", WANT_ACCEPT, key_is_free);
    item->load.object = declared_object(&place, ".struct.values_key_8");
    item->filled_in = true;
}

void add_other_declared_cases(struct case_builder *builder)
{
    for (size_t outer = 0; outer < COUNT(outers); outer++) {
        const struct declared_place queue = { builder, outers[outer], "queue", "struct", MT_QUEUE };

        for (const struct declared_kind *kind = kinds; kind < kinds + COUNT(kinds); kind++) {
            const struct declared_place place = { builder, outers[outer], kind->inner, kind->template, kind->type };

            if (kind->costly && outer > 0)
                continue;
            add(&place, kind, TYPING_NONE);
            if (kind->typed)
                add(&place, kind, TYPING_STRUCT);
        }
        add_filled_in(&queue);
    }
    add_long_keys(builder);
}
