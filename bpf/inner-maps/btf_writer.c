/* BTF encoding: Documentation/bpf/btf.rst, include/uapi/linux/btf.h (numbers since 4.18; TYPE_TAG since 5.17).
 *
 * One blob holds one key type and one value type and nothing else. A shared blob would be shorter, but a kernel that
 * does not know one kind (TYPE_TAG before 5.17) refuses the whole blob, and cases that never name it would suffer.
 */
#include "btf_writer.h"

#include <stdbool.h>
#include <string.h>

enum {
    KIND_INT = 1,
    KIND_PTR = 2,
    KIND_ARRAY = 3,
    KIND_STRUCT = 4,
    KIND_UNION = 5,
    KIND_TYPEDEF = 8,
    KIND_TYPE_TAG = 18,
};

enum { BTF_MAGIC_NUMBER = 0xeb9f, INT_SIGNED = 1 };

struct header {
    uint16_t magic;
    uint8_t version;
    uint8_t flags;
    uint32_t header_size;
    uint32_t type_offset;
    uint32_t type_size;
    uint32_t string_offset;
    uint32_t string_size;
};

struct writer {
    uint32_t types[160];
    size_t words;
    char strings[256];
    size_t string_size;
    uint32_t last_id;
};

/* Types that several others are made of; every blob starts with them. */
struct basics {
    uint32_t u8, u32, u64;
};

static uint32_t add_string(struct writer *w, const char *text)
{
    uint32_t offset = (uint32_t)w->string_size;

    memcpy(w->strings + offset, text, strlen(text) + 1);
    w->string_size += strlen(text) + 1;
    return offset;
}

static void word(struct writer *w, uint32_t value)
{
    w->types[w->words++] = value;
}

/* The three words every type starts with; the last is a size or a type id, as its kind says. */
static uint32_t add_type(struct writer *w, const char *name, uint32_t kind, uint32_t members, uint32_t size_or_type)
{
    word(w, name ? add_string(w, name) : 0);
    word(w, kind << 24 | members);
    word(w, size_or_type);
    return ++w->last_id;
}

static uint32_t add_int(struct writer *w, const char *name, uint32_t bytes, uint32_t encoding)
{
    uint32_t id = add_type(w, name, KIND_INT, 0, bytes);

    word(w, encoding << 24 | bytes * 8);
    return id;
}

static uint32_t add_array(struct writer *w, uint32_t element, uint32_t index, uint32_t count)
{
    uint32_t id = add_type(w, NULL, KIND_ARRAY, 0, 0);

    word(w, element);
    word(w, index);
    word(w, count);
    return id;
}

static void add_member(struct writer *w, const char *name, uint32_t type, uint32_t byte_offset)
{
    word(w, add_string(w, name));
    word(w, type);
    word(w, byte_offset * 8);
}

static uint32_t add_plain_struct(struct writer *w, const struct basics *basic, const char *tag)
{
    uint32_t id = add_type(w, tag, KIND_STRUCT, 3, TYPED_VALUE_SIZE);

    add_member(w, "a", basic->u32, 0);
    add_member(w, "b", basic->u32, 4);
    add_member(w, "c", basic->u64, 8);
    return id;
}

/* The kernel knows a lock and a timer by the name and the size of their struct, not by its members
 * (btf_find_spin_lock, btf_find_timer; btf_find_struct in newer kernels).
 */
static uint32_t add_spin_lock_struct(struct writer *w, const struct basics *basic, const char *tag)
{
    uint32_t lock = add_type(w, "bpf_spin_lock", KIND_STRUCT, 1, 4);
    uint32_t id;

    add_member(w, "val", basic->u32, 0);
    id = add_type(w, tag, KIND_STRUCT, 3, TYPED_VALUE_SIZE);
    add_member(w, "lock", lock, 0);
    add_member(w, "a", basic->u32, 4);
    add_member(w, "b", basic->u64, 8);
    return id;
}

static uint32_t add_timer_struct(struct writer *w, const struct basics *basic, const char *tag)
{
    uint32_t timer = add_type(w, "bpf_timer", KIND_STRUCT, 2, 16);
    uint32_t id;

    add_member(w, "opaque0", basic->u64, 0);
    add_member(w, "opaque1", basic->u64, 8);
    id = add_type(w, tag, KIND_STRUCT, 1, TYPED_VALUE_SIZE);
    add_member(w, "timer", timer, 0);
    return id;
}

/* `struct task_struct __kptr *`: PTR, TYPE_TAG "kptr", STRUCT (bpf_helpers.h). The kernel looks the struct up in its
 * own BTF by name and kind, so the members do not count. The look-up is a linear scan (btf_find_by_name_kind), and
 * task_struct is among the first types of every vmlinux. Since 6.4 "kptr" means a counted reference, and those kernels
 * have a destructor for task_struct.
 */
static uint32_t add_kptr_struct(struct writer *w, const struct basics *basic, const char *tag)
{
    uint32_t target = add_type(w, "task_struct", KIND_STRUCT, 1, 4);
    uint32_t pointer, id;

    add_member(w, "pid", basic->u32, 0);
    pointer = add_type(w, "kptr", KIND_TYPE_TAG, 0, target);
    pointer = add_type(w, NULL, KIND_PTR, 0, pointer);
    id = add_type(w, tag, KIND_STRUCT, 2, TYPED_VALUE_SIZE);
    add_member(w, "task", pointer, 0);
    add_member(w, "a", basic->u64, 8);
    return id;
}

static uint32_t add_union(struct writer *w, const struct basics *basic, const char *tag)
{
    uint32_t bytes = add_array(w, basic->u8, basic->u32, TYPED_VALUE_SIZE);
    uint32_t id = add_type(w, tag, KIND_UNION, 2, TYPED_VALUE_SIZE);

    add_member(w, "number", basic->u64, 0);
    add_member(w, "bytes", bytes, 0);
    return id;
}

static uint32_t add_value(struct writer *w, const struct basics *basic, enum typing typing, uint32_t size,
                          const char *tag)
{
    switch (typing) {
    case TYPING_BYTES:
        return add_array(w, basic->u8, basic->u32, size);
    case TYPING_STRUCT:
        return add_plain_struct(w, basic, tag);
    case TYPING_SPIN_LOCK:
        return add_spin_lock_struct(w, basic, tag);
    case TYPING_TIMER:
        return add_timer_struct(w, basic, tag);
    case TYPING_INT:
        return add_int(w, "unsigned __int128", TYPED_VALUE_SIZE, 0);
    case TYPING_UNION:
        return add_union(w, basic, tag);
    case TYPING_TYPEDEF:
        return add_type(w, "value_t", KIND_TYPEDEF, 0, add_plain_struct(w, basic, tag));
    case TYPING_KPTR:
        return add_kptr_struct(w, basic, tag);
    case TYPING_NONE:
    case TYPING_COUNT:
        break;
    }
    return 0;
}

static uint32_t add_lpm_key(struct writer *w, const struct basics *basic, bool as_word)
{
    uint32_t data = as_word ? basic->u32 : add_array(w, basic->u8, basic->u32, 4);
    uint32_t id = add_type(w, "lpm_key", KIND_STRUCT, 2, 8);

    add_member(w, "prefixlen", basic->u32, 0);
    add_member(w, "data", data, 4);
    return id;
}

static uint32_t add_key(struct writer *w, const struct basics *basic, enum key_typing key)
{
    uint32_t id;

    switch (key) {
    case KEY_VOID:
        return 0;
    case KEY_UNSIGNED:
        return basic->u32;
    case KEY_SIGNED:
        return add_int(w, "int", 4, INT_SIGNED);
    case KEY_STRUCT:
        id = add_type(w, "key", KIND_STRUCT, 1, 4);
        add_member(w, "id", basic->u32, 0);
        return id;
    case KEY_LPM:
    case KEY_LPM_WORD:
        return add_lpm_key(w, basic, key == KEY_LPM_WORD);
    case KEY_EMPTY:
        return add_type(w, "nothing", KIND_STRUCT, 0, 0);
    }
    return 0;
}

void btf_write(struct btf_blob *blob, enum typing typing, uint32_t value_size, enum key_typing key, const char *tag)
{
    struct writer w = { .string_size = 1 }; /* offset 0 is the empty name */
    struct basics basic;
    struct header header = { .magic = BTF_MAGIC_NUMBER, .version = 1, .header_size = sizeof(header) };

    basic.u8 = add_int(&w, "unsigned char", 1, 0);
    basic.u32 = add_int(&w, "unsigned int", 4, 0);
    basic.u64 = add_int(&w, "unsigned long long", 8, 0);
    blob->key_type_id = add_key(&w, &basic, key);
    blob->value_type_id = add_value(&w, &basic, typing, value_size, tag);

    header.type_size = (uint32_t)(w.words * sizeof(w.types[0]));
    header.string_offset = header.type_size;
    header.string_size = (uint32_t)w.string_size;
    memcpy(blob->data, &header, sizeof(header));
    memcpy(blob->data + sizeof(header), w.types, header.type_size);
    memcpy(blob->data + sizeof(header) + header.type_size, w.strings, w.string_size);
    blob->size = sizeof(header) + header.type_size + w.string_size;
}
