/* Structs with special fields, as the kernel finds them: by the name and the size of a field's struct, not by its
 * members (btf_find_struct_field in kernel/bpf/btf.c), or by the tag of a pointer's type (btf_find_kptr).
 */
#include "btf_types.h"

/* Sizes: include/uapi/linux/bpf.h, Linux 7.2; the fields that a list or a tree links elements by are in btf_parse_*. */
struct opaque {
    const char *name;
    uint32_t size;
};

/* A field of a value, and how far from the value's beginning it stands. */
struct placed {
    enum typing field;
    uint32_t offset;
};

enum { SHIFT = 8, BEHIND_LOCK = 8, SECOND = 24, BEHIND_TIMER = 16 };

enum { LIST_NODE_SIZE = 24, RB_NODE_SIZE = 32 };

/* The struct that a field is; of list_head and rb_root it is the root alone. */
static struct opaque opaque_of(enum typing field)
{
    switch (field) {
    case TYPING_SPIN_LOCK:
        return (struct opaque){ "bpf_spin_lock", 4 };
    case TYPING_RES_SPIN_LOCK:
        return (struct opaque){ "bpf_res_spin_lock", 4 };
    case TYPING_TIMER:
        return (struct opaque){ "bpf_timer", 16 };
    case TYPING_WORKQUEUE:
        return (struct opaque){ "bpf_wq", 16 };
    case TYPING_TASK_WORK:
        return (struct opaque){ "bpf_task_work", 8 };
    case TYPING_REFCOUNT:
        return (struct opaque){ "bpf_refcount", 4 };
    case TYPING_LIST_HEAD:
        return (struct opaque){ "bpf_list_head", 16 };
    case TYPING_RB_ROOT:
        return (struct opaque){ "bpf_rb_root", 16 };
    default:
        return (struct opaque){ NULL, 0 };
    }
}

static uint32_t add_opaque(struct writer *w, const struct basics *basic, struct opaque what)
{
    uint32_t words = what.size == 4 ? basic->u32 : btf_add_array(w, basic->u64, basic->u32, what.size / 8);
    uint32_t id = btf_add_type(w, what.name, KIND_STRUCT, 1, what.size);

    btf_add_member(w, "opaque", words, 0);
    return id;
}

/* What the elements of a list or a tree are: a struct with the node that links them, and one number. */
static uint32_t add_element(struct writer *w, const struct basics *basic, enum typing root)
{
    struct opaque node = root == TYPING_LIST_HEAD ? (struct opaque){ "bpf_list_node", LIST_NODE_SIZE }
                                                  : (struct opaque){ "bpf_rb_node", RB_NODE_SIZE };
    uint32_t node_id = add_opaque(w, basic, node);
    uint32_t id = btf_add_type(w, "element", KIND_STRUCT, 2, node.size + 8);

    btf_add_member(w, "node", node_id, 0);
    btf_add_member(w, "number", basic->u64, node.size);
    return id;
}

static const char *tag_of(enum typing field)
{
    switch (field) {
    case TYPING_UPTR:
        return "uptr";
    case TYPING_PERCPU_KPTR:
        return "percpu_kptr";
    case TYPING_UNTRUSTED_KPTR:
        return "kptr_untrusted";
    default:
        return "kptr";
    }
}

/* What a pointer points to. Of a kptr the kernel looks the struct up in its own BTF by name and kind, so the members do
 * not count. That is a linear scan in kernels whose BTF is not sorted (btf_find_by_name_kind), and task_struct and
 * list_head are among the first types of every vmlinux. Since 6.4 "kptr" means a counted reference, and those kernels
 * have a destructor for task_struct and cgroup, and none for list_head. A uptr points to a program's own struct, which
 * the kernel looks for in vain (btf_parse_kptr, btf_check_and_fixup_fields).
 */
static const char *target_of(const struct map_spec *spec, enum typing field)
{
    if (field == TYPING_UPTR && !spec->kernel_target)
        return spec->other_target ? "other" : "own";
    if (!spec->other_target)
        return "task_struct";
    return field == TYPING_KPTR ? "cgroup" : "list_head";
}

/* `struct task_struct __kptr *`: PTR, TYPE_TAG "kptr", STRUCT (bpf_helpers.h). */
static uint32_t add_pointer(struct writer *w, const struct basics *basic, const struct map_spec *spec,
                            enum typing field)
{
    uint32_t target = btf_add_type(w, target_of(spec, field), KIND_STRUCT, 1, 4);
    uint32_t tag;

    btf_add_member(w, "id", basic->u32, 0);
    tag = btf_add_type(w, tag_of(field), KIND_TYPE_TAG, 0, target);
    return btf_add_type(w, NULL, KIND_PTR, 0, tag);
}

/* Which fields a value has, in the order of their offsets. */
static uint32_t place_fields(const struct map_spec *spec, struct placed fields[2])
{
    uint32_t shift = spec->field == FIELD_SHIFTED ? SHIFT : 0;

    if (spec->typing == TYPING_TIMER_SPIN_LOCK) {
        fields[0] = (struct placed){ TYPING_TIMER, 0 };
        fields[1] = (struct placed){ TYPING_SPIN_LOCK, BEHIND_TIMER };
        return 2;
    }
    if (typing_needs_lock(spec->typing)) {
        /* btf_parse_fields: a list head or an rb root needs a lock beside it. */
        fields[0] = (struct placed){ TYPING_SPIN_LOCK, 0 };
        fields[1] = (struct placed){ spec->typing, BEHIND_LOCK + shift };
        return 2;
    }
    fields[0] = (struct placed){ spec->typing, shift };
    fields[1] = (struct placed){ spec->typing, SECOND };
    return spec->field == FIELD_TWICE ? 2 : 1;
}

static uint32_t add_field_type(struct writer *w, const struct basics *basic, const struct map_spec *spec,
                               enum typing field)
{
    return typing_has_type_tag(field) ? add_pointer(w, basic, spec, field) : add_opaque(w, basic, opaque_of(field));
}

uint32_t btf_add_fields_struct(struct writer *w, const struct basics *basic, const struct map_spec *spec)
{
    static const char *const names[] = { "first", "second" };

    struct placed fields[2];
    uint32_t count = place_fields(spec, fields);
    uint32_t types[2];
    uint32_t id;

    for (uint32_t i = 0; i < count; i++)
        types[i] = i && fields[i].field == fields[0].field ? types[0]
                                                           : add_field_type(w, basic, spec, fields[i].field);
    if (typing_needs_lock(spec->typing))
        add_element(w, basic, spec->typing);
    id = btf_add_type(w, spec->tag, KIND_STRUCT, count, spec->value_size);
    for (uint32_t i = 0; i < count; i++)
        btf_add_member(w, names[i], types[i], fields[i].offset);
    if (typing_needs_lock(spec->typing)) {
        btf_add_type(w, "contains:element:node", KIND_DECL_TAG, 0, id); /* __contains() in bpf_experimental.h */
        btf_add_word(w, 1);                                             /* of the second member */
    }
    return id;
}
