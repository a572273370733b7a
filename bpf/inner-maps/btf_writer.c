/* One blob holds one key type and one value type and nothing else. A shared blob would be shorter, but a kernel that
 * does not know one kind (TYPE_TAG before 5.17) refuses the whole blob, and cases that never name it would suffer.
 */
#include "btf_writer.h"

#include <string.h>

#include "btf_types.h"

enum { BTF_MAGIC_NUMBER = 0xeb9f, INT_SIGNED = 1 };

static uint32_t add_string(struct writer *w, const char *text)
{
    uint32_t offset = (uint32_t)w->string_size;

    memcpy(w->strings + offset, text, strlen(text) + 1);
    w->string_size += strlen(text) + 1;
    return offset;
}

void btf_add_word(struct writer *w, uint32_t value)
{
    w->types[w->words++] = value;
}

uint32_t btf_add_type(struct writer *w, const char *name, enum btf_kind kind, uint32_t members, uint32_t size_or_type)
{
    btf_add_word(w, name ? add_string(w, name) : 0);
    btf_add_word(w, (uint32_t)kind << 24 | members);
    btf_add_word(w, size_or_type);
    return ++w->last_id;
}

static uint32_t add_int(struct writer *w, const char *name, uint32_t bytes, uint32_t encoding)
{
    uint32_t id = btf_add_type(w, name, KIND_INT, 0, bytes);

    btf_add_word(w, encoding << 24 | bytes * 8);
    return id;
}

uint32_t btf_add_array(struct writer *w, uint32_t element, uint32_t index, uint32_t count)
{
    uint32_t id = btf_add_type(w, NULL, KIND_ARRAY, 0, 0);

    btf_add_word(w, element);
    btf_add_word(w, index);
    btf_add_word(w, count);
    return id;
}

void btf_add_member(struct writer *w, const char *name, uint32_t type, uint32_t byte_offset)
{
    btf_add_word(w, add_string(w, name));
    btf_add_word(w, type);
    btf_add_word(w, byte_offset * 8);
}

/* A plain struct, which fills the value as far as its size allows. */
static uint32_t add_plain_struct(struct writer *w, const struct basics *basic, const struct map_spec *spec)
{
    bool wide = spec->value_size >= TYPED_VALUE_SIZE;
    uint32_t id = btf_add_type(w, spec->tag, KIND_STRUCT, wide ? 3 : 2, spec->value_size);

    btf_add_member(w, "a", basic->u32, 0);
    btf_add_member(w, "b", basic->u32, 4);
    if (wide)
        btf_add_member(w, "c", basic->u64, 8);
    return id;
}

static uint32_t add_union(struct writer *w, const struct basics *basic, const char *tag)
{
    uint32_t bytes = btf_add_array(w, basic->u8, basic->u32, TYPED_VALUE_SIZE);
    uint32_t id = btf_add_type(w, tag, KIND_UNION, 2, TYPED_VALUE_SIZE);

    btf_add_member(w, "number", basic->u64, 0);
    btf_add_member(w, "bytes", bytes, 0);
    return id;
}

/* One variable that fills its section, of the plain struct. */
static uint32_t add_datasec(struct writer *w, const struct basics *basic, const struct map_spec *spec)
{
    uint32_t type = add_plain_struct(w, basic, spec);
    uint32_t variable = btf_add_type(w, "variable", KIND_VAR, 0, type);
    uint32_t id;

    btf_add_word(w, 1); /* BTF_VAR_GLOBAL_ALLOCATED */
    id = btf_add_type(w, ".data", KIND_DATASEC, 1, spec->value_size);
    btf_add_word(w, variable);
    btf_add_word(w, 0);
    btf_add_word(w, spec->value_size);
    return id;
}

static uint32_t add_value(struct writer *w, const struct basics *basic, const struct map_spec *spec)
{
    switch (spec->typing) {
    case TYPING_BYTES:
        return btf_add_array(w, basic->u8, basic->u32, spec->value_size);
    case TYPING_STRUCT:
        return add_plain_struct(w, basic, spec);
    case TYPING_INT:
        return add_int(w, "unsigned __int128", TYPED_VALUE_SIZE, 0);
    case TYPING_UNION:
        return add_union(w, basic, spec->tag);
    case TYPING_TYPEDEF:
        return btf_add_type(w, "value_t", KIND_TYPEDEF, 0, add_plain_struct(w, basic, spec));
    case TYPING_DATASEC:
        return add_datasec(w, basic, spec);
    default:
        return btf_add_fields_struct(w, basic, spec);
    }
}

static uint32_t add_lpm_key(struct writer *w, const struct basics *basic, bool as_word)
{
    uint32_t data = as_word ? basic->u32 : btf_add_array(w, basic->u8, basic->u32, 4);
    uint32_t id = btf_add_type(w, "lpm_key", KIND_STRUCT, 2, 8);

    btf_add_member(w, "prefixlen", basic->u32, 0);
    btf_add_member(w, "data", data, 4);
    return id;
}

/* An enum of one value, 0. */
static uint32_t add_enum(struct writer *w)
{
    uint32_t id = btf_add_type(w, "number", KIND_ENUM, 1, 4);

    btf_add_word(w, add_string(w, "ZERO"));
    btf_add_word(w, 0);
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
        id = btf_add_type(w, "key", KIND_STRUCT, 1, 4);
        btf_add_member(w, "id", basic->u32, 0);
        return id;
    case KEY_LPM:
    case KEY_LPM_WORD:
        return add_lpm_key(w, basic, key == KEY_LPM_WORD);
    case KEY_EMPTY:
        return btf_add_type(w, "nothing", KIND_STRUCT, 0, 0);
    case KEY_NO_BYTES:
    case KEY_BYTES:
        return btf_add_array(w, basic->u8, basic->u32, key == KEY_BYTES ? 4 : 0);
    case KEY_ENUM:
        return add_enum(w);
    }
    return 0;
}

void btf_write(struct btf_blob *blob, const struct map_spec *spec)
{
    struct writer w = { .string_size = 1 }; /* offset 0 is the empty name */
    struct basics basic;
    struct blob_header header = { .magic = BTF_MAGIC_NUMBER, .version = 1, .header_size = sizeof(header) };

    if (spec->other_ids)
        add_int(&w, "signed char", 1, INT_SIGNED);
    basic.u8 = add_int(&w, "unsigned char", 1, 0);
    basic.u32 = add_int(&w, "unsigned int", 4, 0);
    basic.u64 = add_int(&w, "unsigned long long", 8, 0);
    blob->key_type_id = add_key(&w, &basic, spec->key);
    blob->value_type_id = add_value(&w, &basic, spec);

    header.type_size = (uint32_t)(w.words * sizeof(w.types[0]));
    header.string_offset = header.type_size;
    header.string_size = (uint32_t)w.string_size;
    memcpy(blob->data, &header, sizeof(header));
    memcpy(blob->data + sizeof(header), w.types, header.type_size);
    memcpy(blob->data + sizeof(header) + header.type_size, w.strings, w.string_size);
    blob->size = sizeof(header) + header.type_size + w.string_size;
}
