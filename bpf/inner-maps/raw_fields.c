/* The cases of special fields: a value that holds something which the kernel gives a meaning to, such as a timer.
 *
 * map_check_btf (kernel/bpf/syscall.c; 5.10, 6.1, 6.12 and 7.2 were read) finds them and says which map types take
 * which; bpf_map_meta_equal compares them, since 6.2 by btf_record_equal. The other questions about each field are
 * asked of the type that takes most of them; the remaining types that take a field are asked once, under one outer
 * type, as it is that type's part alone to take the field. All values have FIELD_VALUE_SIZE bytes.
 */
#include "raw_cases.h"
#include "uapi.h"

#define BIT(typing) (1U << (typing))

/* Sets of fields, as map_check_btf has them. */
#define LOCKS BIT(TYPING_RES_SPIN_LOCK)
#define ROOTS (BIT(TYPING_LIST_HEAD) | BIT(TYPING_RB_ROOT))
#define CALLBACKS (BIT(TYPING_WORKQUEUE) | BIT(TYPING_TASK_WORK))
#define POINTERS (BIT(TYPING_REFCOUNT) | BIT(TYPING_PERCPU_KPTR) | BIT(TYPING_UNTRUSTED_KPTR))

/* Fields that cases of raw_cases.c ask about, in smaller values. */
#define OLDER_FIELDS (BIT(TYPING_SPIN_LOCK) | BIT(TYPING_TIMER) | BIT(TYPING_KPTR))

/* Fields that may stand once in a value (btf_get_field_type: is_unique). Two refcounts are not asked about: kernels
 * before 7.2 (6.12 before 6.12.114) take both, and log a WARNING (btf_parse_fields; CVE-2026-100074).
 */
#define SINGLE_FIELDS (BIT(TYPING_SPIN_LOCK) | BIT(TYPING_TIMER) | LOCKS | CALLBACKS)

#define ARRAY_FIELDS (OLDER_FIELDS | LOCKS | ROOTS | CALLBACKS | POINTERS)
#define STORAGE_FIELDS (LOCKS | POINTERS | BIT(TYPING_KPTR))

static const char same_field[] = "both sides have the same special field, and all else agrees";
static const char same_btf[] = "both sides have the same special field, typed by one BTF object";
static const char field_differs[] =
    "the special fields differ, and programs are verified against the template's "
    "(bpf_map_meta_equal, btf_record_equal)";
static const char of_own_btf[] =
    "what the field contains or points to is a type of the map's own BTF object, which btf_record_equal compares: "
    "a second object is another one, though its bytes are the same";
static const char no_field[] =
    "a field that may stand once and stands twice has no meaning to the kernel (btf_parse_fields: E2BIG, which "
    "map_check_btf ignores), so that nothing differs";
static const char another_offset[] = "the field has another offset, and programs are verified against the template's";
static const char another_target[] = "the pointer has another type, and programs are verified against the template's";
static const char more_fields[] = "one side has a field more, and programs are verified against the template's";

/* The types that are asked once about each of these fields, under ARRAY_OF_MAPS alone. */
static const struct further {
    const char *kind;
    unsigned fields;
} further[] = {
    { "hash", LOCKS | ROOTS | CALLBACKS | POINTERS },
    { "lru_hash", CALLBACKS | POINTERS },
    { "percpu_array", POINTERS },
    { "percpu_hash", POINTERS },
    { "lru_percpu_hash", POINTERS },
    { "rhash", OLDER_FIELDS | LOCKS | CALLBACKS | POINTERS },
    { "sk_storage", STORAGE_FIELDS },
    { "inode_storage", STORAGE_FIELDS },
    { "task_storage", STORAGE_FIELDS },
    { "cgrp_storage", STORAGE_FIELDS },
};

static struct raw_case *add_field(const struct place *place, enum typing template, enum typing candidate,
                                  const char *variant, enum want want, const char *source)
{
    struct raw_case *raw = add_raw(place, template, candidate, variant, want, source);

    raw->template.value_size = FIELD_VALUE_SIZE;
    raw->candidate.value_size = FIELD_VALUE_SIZE;
    return raw;
}

static void add_same_btf(const struct place *place, enum typing field)
{
    add_field(place, field, field, "same_btf", WANT_ACCEPT, same_btf)->candidate.template_btf = true;
}

/* The field on both sides and on one, against no BTF (bytes, where the type insists on BTF) and a plain struct. */
static void add_pairs(const struct place *place, enum typing field)
{
    bool belongs = typing_belongs_to_btf(field);

    add_field(place, field, field, NULL, belongs ? WANT_REJECT : WANT_ACCEPT, belongs ? of_own_btf : same_field);
    for (size_t i = 0; i < 2; i++) {
        enum typing other = i ? TYPING_STRUCT : place->kind->plain;

        add_field(place, field, other, NULL, WANT_REJECT, field_differs);
        add_field(place, other, field, NULL, WANT_REJECT, field_differs);
    }
}

/* The field twice in a value, where it may stand once. */
static void add_twice(const struct place *place, enum typing field)
{
    struct raw_case *raw = add_field(place, field, field, "twice", WANT_ACCEPT, no_field);

    raw->template.field = FIELD_TWICE;
    raw->candidate.field = FIELD_TWICE;
    add_field(place, field, TYPING_STRUCT, "twice", WANT_ACCEPT, no_field)->template.field = FIELD_TWICE;
}

static void add_field_cases(const struct place *place, enum typing field)
{
    if (!(OLDER_FIELDS & BIT(field)))
        add_pairs(place, field);
    add_same_btf(place, field);
    /* Those of an own BTF object differ in that already. */
    if (!typing_belongs_to_btf(field))
        add_field(place, field, field, "other_offset", WANT_REJECT, another_offset)->candidate.field = FIELD_SHIFTED;
    if (typing_has_type_tag(field) && !typing_belongs_to_btf(field))
        add_field(place, field, field, "other_target", WANT_REJECT, another_target)->candidate.other_target = true;
    if (SINGLE_FIELDS & BIT(field))
        add_twice(place, field);
}

/* Two fields against one: of two kinds, and two of a field that may stand more than once. */
static void add_more_fields(const struct place *place)
{
    add_field(place, TYPING_TIMER_SPIN_LOCK, TYPING_TIMER_SPIN_LOCK, NULL, WANT_ACCEPT, same_field);
    add_field(place, TYPING_TIMER_SPIN_LOCK, TYPING_TIMER, NULL, WANT_REJECT, more_fields);
    add_field(place, TYPING_TIMER, TYPING_TIMER_SPIN_LOCK, NULL, WANT_REJECT, more_fields);
    add_field(place, TYPING_KPTR, TYPING_KPTR, "template_twice", WANT_REJECT, more_fields)->template.field =
        FIELD_TWICE;
    add_field(place, TYPING_KPTR, TYPING_KPTR, "candidate_twice", WANT_REJECT, more_fields)->candidate.field =
        FIELD_TWICE;
}

static void add_array_fields(const struct place *place)
{
    for (enum typing field = 0; field < TYPING_COUNT; field++)
        if (ARRAY_FIELDS & BIT(field))
            add_field_cases(place, field);
    add_more_fields(place);
}

/* Only task storage takes a uptr (map_check_btf). */
static void add_uptr(const struct place *place)
{
    add_field_cases(place, TYPING_UPTR);
}

static void add_further(struct case_builder *builder, const struct further *types)
{
    struct place place = { builder, "array_of_maps", MT_ARRAY_OF_MAPS, kind_named(types->kind) };

    for (enum typing field = 0; field < TYPING_COUNT; field++) {
        if (!(types->fields & BIT(field)))
            continue;
        if (typing_belongs_to_btf(field))
            add_same_btf(&place, field);
        else
            add_field(&place, field, field, NULL, WANT_ACCEPT, same_field);
    }
}

void add_raw_fields(struct case_builder *builder)
{
    at_both_outers(builder, kind_named("array"), add_array_fields);
    at_both_outers(builder, kind_named("task_storage"), add_uptr);
    for (size_t i = 0; i < sizeof(further) / sizeof(further[0]); i++)
        add_further(builder, &further[i]);
}
