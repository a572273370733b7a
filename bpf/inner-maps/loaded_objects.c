#include "loaded_objects.h"

#include <bpf/libbpf.h>

#include "embedded.h"
#include "libbpf_messages.h"
#include "maps.h"
#include "object_btf.h"
#include "steps.h"

/* So many objects are used in turn by the cases of one declaration: as it is, with its template replaced, with a flag,
 * and one that is filled in.
 */
enum { OBJECTS_MAX = 4 };

struct loaded {
    const struct embedded_object *object; /* NULL: nothing is here */
    bool replaced;
    unsigned long long used;   /* larger than that of all that were used before */
    struct bpf_object *loaded; /* NULL where it was refused */
    int template;              /* the map that took the declared one's place, or negative */
    struct result refused;
};

static struct loaded objects[OBJECTS_MAX];

static const char *said(void)
{
    return *libbpf_messages() ? libbpf_messages() : "no message";
}

/* libbpf before 1.0 returns an error as a pointer, later ones return NULL and set errno; libbpf_get_error() reads both.
 */
static struct bpf_object *open_object(const struct embedded_object *object, int *error)
{
    struct bpf_object *opened;

    libbpf_messages_clear();
    opened = bpf_object__open_mem(object->start, (size_t)(object->end - object->start), NULL);
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

/* Replaces the declared template by this map. */
static bool replace_template(struct loaded *entry, struct bpf_object *object, const struct map_spec *template)
{
    int error;

    entry->template = map_make(template, NULL, -1, -1);
    if (entry->template < 0) {
        error = -entry->template;
        entry->refused = errno_is_circumstance(error)
            ? result_error(STEP_TEMPLATE, error, "could not make the replaced template: permission, memory or the "
                                                 "like, no verdict")
            : result_skip(STEP_TEMPLATE, error, "the kernel refuses the replaced template by itself");
        return false;
    }
    error = bpf_map__set_inner_map_fd(bpf_object__find_map_by_name(object, "outer"), entry->template);
    if (error)
        entry->refused =
            result_skip(STEP_TEMPLATE, -error, "libbpf %s does not replace a template: %s", libbpf_version(), said());
    return !error;
}

static bool load(struct loaded *entry, struct bpf_object *object)
{
    int error = -bpf_object__load(object);

    if (error)
        entry->refused = errno_is_circumstance(error)
            ? result_error(STEP_OBJECT_LOAD, error, "%s", said())
            : result_skip(STEP_OBJECT_LOAD, error, "the object does not load: %s", said());
    return !error;
}

static void fill_in(struct loaded *entry, const struct embedded_object *object, const struct map_spec *template)
{
    int error;
    struct bpf_object *opened = open_object(object, &error);

    *entry = (struct loaded){ .object = object, .replaced = template, .template = -1 };
    if (!opened)
        entry->refused = open_failed(object, error);
    else if ((!template || replace_template(entry, opened, template)) && load(entry, opened))
        entry->loaded = opened;
    else
        bpf_object__close(opened);
}

static void empty(struct loaded *entry)
{
    if (!entry->object)
        return;
    close_fd(entry->template);
    bpf_object__close(entry->loaded);
    *entry = (struct loaded){ .object = NULL };
}

/* The entry of the object; where there is none, the one that was used longest ago, emptied. */
static struct loaded *find(const struct embedded_object *object, bool replaced)
{
    struct loaded *oldest = objects;

    for (size_t i = 0; i < OBJECTS_MAX; i++) {
        if (objects[i].object == object && objects[i].replaced == replaced)
            return &objects[i];
        if (objects[i].used < oldest->used)
            oldest = &objects[i];
    }
    empty(oldest);
    return oldest;
}

struct bpf_object *loaded_object(const struct embedded_object *object, const struct map_spec *template,
                                 struct result *refused)
{
    static unsigned long long uses;
    struct loaded *entry = find(object, template);

    if (!entry->object)
        fill_in(entry, object, template);
    entry->used = ++uses;
    *refused = entry->refused;
    if (!entry->loaded && refused->outcome == OUTCOME_ERROR) {
        empty(entry);
        return NULL;
    }
    return entry->loaded;
}

void loaded_objects_end(void)
{
    for (size_t i = 0; i < OBJECTS_MAX; i++)
        empty(&objects[i]);
}
