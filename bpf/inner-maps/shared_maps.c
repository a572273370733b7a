#include "shared_maps.h"

#include <string.h>

#include "maps.h"
#include "result.h"
#include "struct_ops.h"
#include "uapi.h"

/* More than any kind of inner map has; where there are more, all are closed, and made again when they are needed. */
enum { MAPS_MAX = 128, BTFS_MAX = 128 };

/* What one case needs at most. */
enum { MAPS_OF_A_CASE = 8, BTFS_OF_A_CASE = 4 };

/* The outer map of a template for which none was made yet. No errno is that large. */
enum { NOT_MADE = -(1 << 20) };

static const uint32_t outer_types[] = { MT_ARRAY_OF_MAPS, MT_HASH_OF_MAPS };

enum { OUTER_TYPES = sizeof(outer_types) / sizeof(outer_types[0]) };

/* A descriptor, or a negative errno where the kernel refused, and then the kernel's words. */
struct made_map {
    int fd;
    char words[MAP_WORDS_MAX];
};

struct shared_map {
    enum role role;
    struct map_spec spec;
    struct made_map map;
    struct made_map outers[OUTER_TYPES]; /* around this map */
};

struct shared_btf {
    enum role role;
    struct map_spec spec; /* of the map for which it was made first */
    struct btf_blob blob;
    int fd;
};

static struct shared_map maps[MAPS_MAX];
static size_t map_count;

/* BTF belongs to no kind and takes little: it stays until the end. */
static struct shared_btf btfs[BTFS_MAX];
static size_t btf_count;

static const char *kind_at_hand = "";

static void close_maps(void)
{
    for (size_t i = 0; i < map_count; i++) {
        for (size_t outer = 0; outer < OUTER_TYPES; outer++)
            close_fd(maps[i].outers[outer].fd);
        close_fd(maps[i].map.fd);
    }
    map_count = 0;
}

static void close_btfs(void)
{
    for (size_t i = 0; i < btf_count; i++)
        close_fd(btfs[i].fd);
    btf_count = 0;
}

void shared_maps_begin(const char *kind)
{
    bool btfs_full = btf_count + BTFS_OF_A_CASE > BTFS_MAX;

    /* A template keeps the BTF object that it was made with, and a candidate may have to be typed by the same one. */
    if (strcmp(kind_at_hand, kind) != 0 || map_count + MAPS_OF_A_CASE > MAPS_MAX || btfs_full)
        close_maps();
    if (btfs_full)
        close_btfs();
    kind_at_hand = kind;
}

void shared_maps_end(void)
{
    close_maps();
    close_btfs();
}

/* A refusal that speaks of the circumstances may be over when the next case asks. */
static bool is_answer(int fd)
{
    return fd >= 0 || !errno_is_circumstance(-fd);
}

static bool same_text(const char *one, const char *other)
{
    return one == other || (one && other && !strcmp(one, other));
}

/* Whether two typed maps are described by the same BTF. */
static bool same_types(const struct map_spec *one, const struct map_spec *other)
{
    return one->typing == other->typing && one->key == other->key && one->value_size == other->value_size &&
           one->field == other->field && one->kernel_target == other->kernel_target &&
           one->other_target == other->other_target && one->other_ids == other->other_ids &&
           same_text(one->tag, other->tag);
}

static bool same_extras(const struct map_extras *one, const struct map_extras *other)
{
    return one->flags == other->flags && one->numa_node == other->numa_node && one->map_extra == other->map_extra &&
           one->owner == other->owner && one->frozen == other->frozen && one->token == other->token;
}

static bool same_map(const struct map_spec *one, const struct map_spec *other)
{
    return one->type == other->type && one->key_size == other->key_size && one->value_size == other->value_size &&
           one->max_entries == other->max_entries && one->flags == other->flags && one->typing == other->typing &&
           one->template_btf == other->template_btf && same_text(one->name, other->name) &&
           same_extras(&one->extras, &other->extras) &&
           (one->typing == TYPING_NONE || same_types(one, other));
}

/* Whose BTF types a map. */
static enum role btf_role(enum role role, const struct map_spec *spec)
{
    return spec->template_btf ? ROLE_TEMPLATE : role;
}

static struct shared_btf *find_btf(enum role role, const struct map_spec *spec)
{
    role = btf_role(role, spec);
    for (size_t i = 0; i < btf_count; i++)
        if (btfs[i].role == role && same_types(&btfs[i].spec, spec))
            return &btfs[i];
    return NULL;
}

static struct shared_map *find_map(enum role role, const struct map_spec *spec)
{
    for (size_t i = 0; i < map_count; i++)
        if (maps[i].role == role && same_map(&maps[i].spec, spec))
            return &maps[i];
    return NULL;
}

int shared_btf(enum role role, const struct map_spec *spec)
{
    const struct shared_btf *found = find_btf(role, spec);
    struct shared_btf made = { .role = btf_role(role, spec), .spec = *spec };

    if (found)
        return found->fd;
    btf_write(&made.blob, spec);
    made.fd = btf_load(&made.blob);
    if (!is_answer(made.fd))
        return made.fd;
    btfs[btf_count++] = made;
    return made.fd;
}

static bool is_map_in_map(uint32_t type)
{
    return type == MT_ARRAY_OF_MAPS || type == MT_HASH_OF_MAPS;
}

/* Makes a map of a case's, and asks for the kernel's words where it is refused. */
static struct made_map make_map(const struct map_spec *spec, const struct shared_btf *btf, int inner_fd)
{
    const struct btf_blob *blob = btf ? &btf->blob : NULL;
    const int btf_fd = btf ? btf->fd : -1;
    struct made_map made = { .fd = map_make(spec, blob, btf_fd, inner_fd) };

    if (made.fd < 0 && is_answer(made.fd))
        map_refusal_words(spec, blob, btf_fd, inner_fd, made.words, sizeof(made.words));
    return made;
}

static struct shared_map make(enum role role, const struct map_spec *spec)
{
    static const struct map_spec plain = { .type = MT_ARRAY, .key_size = 4, .value_size = 4, .max_entries = 1 };
    int nested = is_map_in_map(spec->type) ? map_make(&plain, NULL, -1, -1) : -1;
    struct shared_map made = { .role = role, .spec = *spec, .outers = { { .fd = NOT_MADE }, { .fd = NOT_MADE } } };

    if (spec->type == MT_STRUCT_OPS) {
        made.map.fd = struct_ops_make(spec);
        return made;
    }
    made.map = make_map(spec, spec->typing == TYPING_NONE ? NULL : find_btf(role, spec), nested);
    close_fd(nested);
    return made;
}

int shared_map(enum role role, const struct map_spec *spec)
{
    const struct shared_map *found = find_map(role, spec);
    struct shared_map made;

    if (found)
        return found->map.fd;
    made = make(role, spec);
    if (is_answer(made.map.fd))
        maps[map_count++] = made;
    return made.map.fd;
}

const char *shared_map_words(enum role role, const struct map_spec *spec)
{
    const struct shared_map *found = find_map(role, spec);

    return found ? found->map.words : "";
}

static struct made_map *outer_of(uint32_t type, const struct map_spec *template)
{
    return &find_map(ROLE_TEMPLATE, template)->outers[type == outer_types[0] ? 0 : 1];
}

int shared_outer(uint32_t type, const struct map_spec *template)
{
    const struct map_spec spec = { .type = type, .key_size = 4, .value_size = 4, .max_entries = 1 };
    struct made_map *outer = outer_of(type, template);
    struct made_map made;

    if (outer->fd != NOT_MADE)
        return outer->fd;
    made = make_map(&spec, NULL, find_map(ROLE_TEMPLATE, template)->map.fd);
    if (is_answer(made.fd))
        *outer = made;
    return made.fd;
}

const char *shared_outer_words(uint32_t type, const struct map_spec *template)
{
    return outer_of(type, template)->words;
}
