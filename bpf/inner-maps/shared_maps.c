#include "shared_maps.h"

#include <string.h>

#include "maps.h"
#include "result.h"
#include "uapi.h"

/* More than any kind of inner map has; where there are more, all are closed, and made again when they are needed. */
enum { MAPS_MAX = 96, BTFS_MAX = 96 };

/* What one case needs at most. */
enum { MAPS_OF_A_CASE = 8, BTFS_OF_A_CASE = 4 };

/* The outer map of a template for which none was made yet. No errno is that large. */
enum { NOT_MADE = -(1 << 20) };

/* Descriptors are negative errnos where the kernel refused. */
struct shared_map {
    enum role role;
    struct map_spec spec;
    int fd;
    int outer; /* around this map, of the type `outer_type` */
    uint32_t outer_type;
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
        close_fd(maps[i].outer);
        close_fd(maps[i].fd);
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
    if (strcmp(kind_at_hand, kind) != 0 || map_count + MAPS_OF_A_CASE > MAPS_MAX)
        close_maps();
    if (btf_count + BTFS_OF_A_CASE > BTFS_MAX)
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
           same_text(one->tag, other->tag);
}

static bool same_map(const struct map_spec *one, const struct map_spec *other)
{
    return one->type == other->type && one->key_size == other->key_size && one->value_size == other->value_size &&
           one->max_entries == other->max_entries && one->flags == other->flags && one->typing == other->typing &&
           same_text(one->name, other->name) && (one->typing == TYPING_NONE || same_types(one, other));
}

static struct shared_btf *find_btf(enum role role, const struct map_spec *spec)
{
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
    struct shared_btf made = { .role = role, .spec = *spec };

    if (found)
        return found->fd;
    btf_write(&made.blob, spec->typing, spec->value_size, spec->key, spec->tag);
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

static int make(enum role role, const struct map_spec *spec)
{
    static const struct map_spec plain = { .type = MT_ARRAY, .key_size = 4, .value_size = 4, .max_entries = 1 };
    const struct shared_btf *btf = spec->typing == TYPING_NONE ? NULL : find_btf(role, spec);
    int nested = is_map_in_map(spec->type) ? map_make(&plain, NULL, -1, -1) : -1;
    int fd = map_make(spec, btf ? &btf->blob : NULL, btf ? btf->fd : -1, nested);

    close_fd(nested);
    return fd;
}

int shared_map(enum role role, const struct map_spec *spec)
{
    const struct shared_map *found = find_map(role, spec);
    int fd;

    if (found)
        return found->fd;
    fd = make(role, spec);
    if (!is_answer(fd))
        return fd;
    maps[map_count++] = (struct shared_map){ .role = role, .spec = *spec, .fd = fd, .outer = NOT_MADE };
    return fd;
}

int shared_outer(uint32_t type, const struct map_spec *template)
{
    const struct map_spec outer = { .type = type, .key_size = 4, .value_size = 4, .max_entries = 1 };
    struct shared_map *map = find_map(ROLE_TEMPLATE, template);
    int fd;

    if (map->outer != NOT_MADE && map->outer_type == type)
        return map->outer;
    close_fd(map->outer);
    fd = map_make(&outer, NULL, -1, map->fd);
    map->outer = is_answer(fd) ? fd : NOT_MADE;
    map->outer_type = type;
    return fd;
}
