/* The cases of what BTF says beside the value's type: nothing of the key, another kind of key, the same by another
 * object.
 *
 * bpf_map_meta_equal compares none of it; which map can be made is for the type's map_check_btf to say (5.10, 6.1, 6.12
 * and 7.2 were read): array_map_check_btf, htab_map_check_btf, trie_check_btf, bpf_local_storage_map_check_btf. A type
 * without such a function takes no map without BTF of the key (map_check_btf).
 */
#include <string.h>

#include "raw_cases.h"

static const char key_is_free[] = "key sizes agree; how BTF describes the key, and whether it does, is not compared";
static const char section[] =
    "the values have one size and no special field; a section of variables is how libbpf types .data, .bss and "
    ".rodata";
static const char same_object[] = "both maps are typed by the same types of one BTF object";
static const char other_ids[] = "two BTF objects say the same with other type ids, which are not compared";

static void add_value_btf_only(const struct place *place)
{
    struct raw_case *raw =
        add_raw(place, TYPING_STRUCT, TYPING_STRUCT, "value_btf_only", WANT_ACCEPT, key_is_free);

    raw->template.key = KEY_VOID;
    raw->candidate.key = KEY_VOID;
}

static void add_value_btf_only_candidate(const struct place *place)
{
    add_raw(place, TYPING_STRUCT, TYPING_STRUCT, "value_btf_only_candidate", WANT_ACCEPT, key_is_free)->candidate.key =
        KEY_VOID;
}

static void add_key(const struct place *place, const char *variant, enum key_typing key)
{
    add_raw(place, TYPING_STRUCT, TYPING_STRUCT, variant, WANT_ACCEPT, key_is_free)->candidate.key = key;
}

static void add_key_bytes(const struct place *place)
{
    add_key(place, "key_btf_bytes", KEY_BYTES);
}

static void add_key_enum(const struct place *place)
{
    add_key(place, "key_btf_enum", KEY_ENUM);
}

static void add_objects(const struct place *place)
{
    add_raw(place, TYPING_STRUCT, TYPING_STRUCT, "same_btf", WANT_ACCEPT, same_object)->candidate.template_btf = true;
    add_raw(place, TYPING_STRUCT, TYPING_STRUCT, "other_ids", WANT_ACCEPT, other_ids)->candidate.other_ids = true;
}

/* array_map_check_btf: the one array without BTF of its key is a section of variables, in a single element. */
static void add_section(const struct place *place, enum typing template, enum typing candidate)
{
    struct raw_case *raw = add_raw(place, template, candidate, "value_btf_only", WANT_ACCEPT, section);

    raw->template.max_entries = 1;
    raw->candidate.max_entries = 1;
    raw->template.key = KEY_VOID;
    raw->candidate.key = KEY_VOID;
}

static void add_sections(const struct place *place)
{
    add_section(place, TYPING_DATASEC, TYPING_DATASEC);
    add_section(place, TYPING_DATASEC, TYPING_NONE);
    add_section(place, TYPING_NONE, TYPING_DATASEC);
}

/* Which questions are asked about which kind. */
static const struct {
    const char *kind;
    void (*add[6])(const struct place *);
} asked[] = {
    { "array", { add_value_btf_only, add_key_bytes, add_key_enum, add_objects, add_sections } },
    { "hash", { add_value_btf_only, add_value_btf_only_candidate, add_key_bytes, add_key_enum, add_objects } },
    { "lru_hash", { add_value_btf_only, add_key_bytes } },
    { "percpu_array", { add_value_btf_only, add_key_bytes } },
    { "percpu_hash", { add_value_btf_only, add_key_bytes } },
    { "lru_percpu_hash", { add_value_btf_only } },
    { "lpm_trie", { add_value_btf_only } },
    { "queue", { add_value_btf_only } },
    { "stack", { add_value_btf_only } },
    { "rhash", { add_value_btf_only } },
    { "sk_storage", { add_value_btf_only } },
};

void add_raw_btf(struct case_builder *builder)
{
    for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++)
        for (size_t j = 0; j < sizeof(asked[i].add) / sizeof(asked[i].add[0]) && asked[i].add[j]; j++)
            at_both_outers(builder, kind_named(asked[i].kind), asked[i].add[j]);
}
