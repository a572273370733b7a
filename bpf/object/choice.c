#include "choice.h"

#include <string.h>

#include "libbpf_compat.h"

struct bpf_program *program_at(const struct bpf_object *object, size_t index)
{
    struct bpf_program *program;

    bpf_object__for_each_program(program, (struct bpf_object *)object)
        if (index-- == 0)
            return program;
    return NULL;
}

struct bpf_map *map_at(const struct bpf_object *object, size_t index)
{
    struct bpf_map *map;

    bpf_object__for_each_map(map, (struct bpf_object *)object)
        if (index-- == 0)
            return map;
    return NULL;
}

bool leave_out(struct bpf_map *map)
{
    return bpf_map__set_autocreate && bpf_map__set_autocreate(map, false) == 0;
}

static bool is_map_in_map(const struct bpf_map *map)
{
    return bpf_map__type(map) == BPF_MAP_TYPE_ARRAY_OF_MAPS || bpf_map__type(map) == BPF_MAP_TYPE_HASH_OF_MAPS;
}

static bool is_program_of(const struct bpf_object *object, const void *pointer)
{
    struct bpf_program *program;

    bpf_object__for_each_program(program, (struct bpf_object *)object)
        if (program == pointer)
            return true;
    return false;
}

/* A map of functions (struct_ops) brings the programs that it names: since 1.4, libbpf loads them whatever was asked
 * for. Its data has a pointer to each, which a loader may set to NULL. This keeps the wanted one, and says whether the
 * map names it.
 */
static bool strip_struct_ops(const struct bpf_object *object, const struct bpf_map *map,
                             const struct bpf_program *wanted)
{
    size_t size = 0;
    char *data = map_initial_value ? map_initial_value(map, &size) : NULL;
    bool found = !data;

    for (size_t at = 0; data && at + sizeof(void *) <= size; at += sizeof(void *)) {
        void *pointer;

        memcpy(&pointer, data + at, sizeof(pointer));
        if (!pointer || !is_program_of(object, pointer))
            continue;
        if (pointer == wanted)
            found = true;
        else
            memset(data + at, 0, sizeof(pointer));
    }
    return found;
}

/* A loader may have to ask for it: SEC("?.struct_ops"). */
static void take(struct bpf_map *map)
{
    if (bpf_map__set_autocreate)
        bpf_map__set_autocreate(map, true);
}

static void choose_program(struct bpf_object *object, const struct bpf_program *wanted)
{
    bool is_struct_ops = wanted && bpf_program__type(wanted) == BPF_PROG_TYPE_STRUCT_OPS;
    struct bpf_map *map;

    bpf_object__for_each_map(map, object) {
        if (bpf_map__type(map) != BPF_MAP_TYPE_STRUCT_OPS)
            continue;
        if (is_struct_ops && strip_struct_ops(object, map, wanted))
            take(map);
        else
            leave_out(map);
    }
}

static void choose_map(struct bpf_object *object, struct bpf_map *wanted)
{
    struct bpf_map *map;

    if (!wanted)
        return;
    take(wanted);
    if (bpf_map__type(wanted) == BPF_MAP_TYPE_STRUCT_OPS)
        strip_struct_ops(object, wanted, NULL);
    if (!is_map_in_map(wanted))
        bpf_object__for_each_map(map, object)
            if (map != wanted)
                leave_out(map);
}

void choose(struct bpf_object *object, const struct question *question)
{
    bool about_map = question->what == WHAT_MAP || question->what == WHAT_ATTACH_MAP;
    struct bpf_program *wanted = about_map ? NULL : program_at(object, question->index), *program;

    if (question->what == WHAT_OBJECT || question->what == WHAT_ATTACH_MAP)
        return;
    bpf_object__for_each_program(program, object)
        bpf_program__set_autoload(program, program == wanted);
    if (about_map)
        choose_map(object, map_at(object, question->index));
    else
        choose_program(object, wanted);
}
