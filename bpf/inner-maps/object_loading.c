#include "object_loading.h"

#include <errno.h>
#include <stdio.h>

#include <bpf/libbpf.h>

#include "bpf_mount.h"
#include "embedded.h"
#include "libbpf_messages.h"
#include "light_skeleton.h"
#include "maps.h"
#include "object_btf.h"
#include "steps.h"
#include "uapi.h"

static const char *said(void)
{
    return *libbpf_messages() ? libbpf_messages() : "no message";
}

static const struct loaded_object nothing_loaded = { .own = -1, .template = { .arena = -1 } };

static struct bpf_map *outer_of(struct bpf_object *object)
{
    return bpf_object__find_map_by_name(object, "outer");
}

/* libbpf before 1.0 returns an error as a pointer, later ones return NULL and set errno; libbpf_get_error() reads both.
 * `pins` is a directory for maps that are pinned by their names, or NULL.
 */
static struct bpf_object *open_object(const struct embedded_object *object, const char *pins, int *error)
{
    /* Else libbpf names it by its address, in what it says, too. */
    DECLARE_LIBBPF_OPTS(bpf_object_open_opts, options, .object_name = "maps", .pin_root_path = pins);
    struct bpf_object *opened;

    libbpf_messages_clear();
    opened = bpf_object__open_mem(object->start, (size_t)(object->end - object->start), &options);
    *error = (int)-libbpf_get_error(opened);
    return *error ? NULL : opened;
}

/* Opening an object involves no kernel, so an object that fails to open here fails everywhere. */
static struct result open_failed(const struct embedded_object *object, int error)
{
    if (errno_is_circumstance(error))
        return result_error(STEP_OBJECT_OPEN, error, "%s", said());
    if (object_has_forward(object, "foo"))
        return result_skip(STEP_OBJECT_OPEN, error, "%s left struct foo a forward declaration in BTF: %s",
                           object->toolchain, said());
    return result_skip(STEP_OBJECT_OPEN, error, "libbpf %s does not open it: %s", libbpf_version(), said());
}

static struct result load_failed(int error)
{
    return errno_is_circumstance(error) ? result_error(STEP_OBJECT_LOAD, error, "%s", said())
                                        : result_skip(STEP_OBJECT_LOAD, error, "the object does not load: %s", said());
}

static struct result own_map_refused(step_name step, int error)
{
    return errno_is_circumstance(error)
        ? result_error(step, error, "could not make the replaced map: permission, memory or the like, no verdict")
        : result_skip(step, error, "the kernel refuses the replaced template by itself");
}

/* Replaces the declared template by this map. */
static bool replace_template(struct loaded_object *loaded, struct bpf_object *object, const struct map_spec *template)
{
    int error;

    loaded->own = map_make(template, NULL, -1, -1);
    if (loaded->own < 0) {
        loaded->refused = own_map_refused(STEP_TEMPLATE, -loaded->own);
        return false;
    }
    error = bpf_map__set_inner_map_fd(outer_of(object), loaded->own);
    if (error)
        loaded->refused =
            result_skip(STEP_TEMPLATE, -error, "libbpf %s does not replace a template: %s", libbpf_version(), said());
    return !error;
}

/* Has libbpf use an outer map around this template, and not make one. libbpf takes over the map's name, too. */
static bool reuse_outer(struct loaded_object *loaded, struct bpf_object *object, const struct map_spec *template)
{
    const struct map_spec spec = {
        .type = MT_ARRAY_OF_MAPS, .key_size = 4, .value_size = 4, .max_entries = 1, .name = "outer"
    };
    int inner = map_make(template, NULL, -1, -1);
    int error;

    loaded->own = inner < 0 ? inner : map_make(&spec, NULL, -1, inner);
    close_fd(inner);
    if (loaded->own < 0) {
        loaded->refused = own_map_refused(STEP_OUTER, -loaded->own);
        return false;
    }
    error = bpf_map__reuse_fd(outer_of(object), loaded->own);
    if (error)
        loaded->refused =
            result_skip(STEP_OUTER, -error, "libbpf %s does not reuse a map: %s", libbpf_version(), said());
    return !error;
}

/* The program is the same, however its maps came about: it is loaded with the object as it is declared, and left out
 * where that was done already, since the verifier takes as long as all the rest.
 */
static void leave_program_out(struct bpf_object *object)
{
    bpf_program__set_autoload(bpf_object__find_program_by_name(object, "look_up"), false);
}

static bool prepare(struct loaded_object *loaded, struct bpf_object *object, enum load_way way,
                    const struct map_spec *untyped)
{
    if (way != LOAD_PLAIN)
        leave_program_out(object);
    if (way == LOAD_REPLACED)
        return replace_template(loaded, object, untyped);
    return way != LOAD_REUSED || reuse_outer(loaded, object, untyped);
}

static bool load(struct loaded_object *loaded, struct bpf_object *object)
{
    int error;

    asked_maps_begin();
    error = -bpf_object__load(object);
    loaded->template = asked_maps_end();
    loaded->outer = bpf_map__fd(outer_of(object));
    if (error)
        loaded->refused = load_failed(error);
    return !error;
}

/* Opens and loads it. What goes on in `pins` is the caller's. */
static struct loaded_object load_by_libbpf(const struct load_request *request, const struct map_spec *untyped,
                                           const char *pins)
{
    struct loaded_object loaded = nothing_loaded;
    int error;
    struct bpf_object *opened = open_object(request->object, pins, &error);

    if (!opened)
        loaded.refused = open_failed(request->object, error);
    else if (prepare(&loaded, opened, request->way, untyped) && load(&loaded, opened))
        loaded.object = opened;
    else
        bpf_object__close(opened);
    return loaded;
}

/* The pins are in a file system of their own, which ends with its descriptor; the maps stay while something uses them.
 */
static struct loaded_object load_pinned(const struct load_request *request)
{
    const struct load_request first = { .object = request->pinner };
    int files = bpf_mount_new();
    struct loaded_object loaded = nothing_loaded;
    char pins[64];

    if (files < 0) {
        loaded.refused = result_error(STEP_OBJECT_LOAD, -files, "no BPF file system to pin in");
        return loaded;
    }
    snprintf(pins, sizeof(pins), "/proc/self/fd/%d", files);
    loaded = load_by_libbpf(&first, NULL, pins);
    if (loaded.object) {
        object_unload(&loaded);
        loaded = load_by_libbpf(request, NULL, pins);
    }
    close_fd(files);
    return loaded;
}

/* As the code does that `bpftool gen skeleton` writes. */
static struct loaded_object load_skeleton(const struct embedded_object *object)
{
    struct loaded_object loaded = nothing_loaded;
    struct bpf_map *outer = NULL;
    struct bpf_map_skeleton maps[] = { { .name = "outer", .map = &outer } };
    struct bpf_object_skeleton skeleton = {
        .sz = sizeof(skeleton),
        .name = "maps",
        .data = (void *)object->start,
        .data_sz = (size_t)(object->end - object->start),
        .obj = &loaded.object,
        .map_cnt = 1,
        .map_skel_sz = sizeof(maps[0]),
        .maps = maps,
    };
    int error;

    libbpf_messages_clear();
    error = -bpf_object__open_skeleton(&skeleton, NULL);
    if (error) {
        loaded.object = NULL;
        loaded.refused = open_failed(object, error);
        return loaded;
    }
    asked_maps_begin();
    error = -bpf_object__load_skeleton(&skeleton);
    loaded.template = asked_maps_end();
    loaded.outer = bpf_map__fd(outer);
    if (error) {
        loaded.refused = load_failed(error);
        bpf_object__close(loaded.object);
        loaded.object = NULL;
    }
    return loaded;
}

/* As the code does that `bpftool gen skeleton -L` writes: libbpf makes the loader when the code is written, and the
 * kernel runs it when the program starts.
 */
static struct loaded_object load_light_skeleton(const struct embedded_object *object)
{
    struct loaded_object loaded = nothing_loaded;
    const char *stage;
    int error;
    struct bpf_object *opened = open_object(object, NULL, &error);

    if (!opened) {
        loaded.refused = open_failed(object, error);
        return loaded;
    }
    loaded.own = light_skeleton_run(opened, &stage);
    if (loaded.own >= 0) {
        loaded.object = opened;
        loaded.outer = loaded.own;
        return loaded;
    }
    error = -loaded.own;
    loaded.refused = errno_is_circumstance(error) ? result_error(STEP_OBJECT_LOAD, error, "%s", stage)
                                                  : result_skip(STEP_OBJECT_LOAD, error, "%s", stage);
    bpf_object__close(opened);
    return loaded;
}

struct loaded_object object_load(const struct load_request *request, const struct map_spec *untyped)
{
    switch (request->way) {
    case LOAD_PINNED:
        return load_pinned(request);
    case LOAD_SKELETON:
        return load_skeleton(request->object);
    case LOAD_LIGHT:
        return load_light_skeleton(request->object);
    default:
        return load_by_libbpf(request, untyped, NULL);
    }
}

void object_unload(struct loaded_object *loaded)
{
    close_fd(loaded->own);
    close_fd(loaded->template.arena);
    bpf_object__close(loaded->object);
    *loaded = nothing_loaded;
}
