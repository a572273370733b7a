/* Layer libbpf, step by step: open the object, replace the template if asked, load it, make the candidate with types
 * from the object's own BTF, put it into the outer map.
 *
 * The maps of user space are made by bpf(2) here as well: libbpf's bpf_map_create() and bpf_map_update_elem() fill in
 * the same attributes and nothing else, under names that changed between the versions that this builds with (0.3 to
 * 1.7).
 */
#include <errno.h>

#include <bpf/btf.h>
#include <bpf/libbpf.h>

#include "embedded.h"
#include "layers.h"
#include "libbpf_messages.h"
#include "maps.h"
#include "object_btf.h"
#include "questions.h"
#include "steps.h"

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

static int type_of_variable(const struct btf *btf, const char *name)
{
    int id = btf__find_by_name_kind(btf, name, BTF_KIND_VAR);

    return id < 0 ? id : (int)btf__type_by_id(btf, (uint32_t)id)->type;
}

/* The types of a candidate, as ids in the object's BTF; the objects keep a variable of each. */
static bool candidate_types(const struct btf *btf, enum typing typing, struct btf_blob *types)
{
    int key = type_of_variable(btf, "keep_key");
    int value = typing == TYPING_BYTES ? type_of_variable(btf, "keep_bytes")
                                       : btf__find_by_name_kind(btf, "foo", BTF_KIND_STRUCT);

    if (key < 0 || value < 0)
        return false;
    types->key_type_id = (uint32_t)key;
    types->value_type_id = (uint32_t)value;
    return true;
}

static struct result not_made(step_name step, int error, const char *role)
{
    if (errno_is_circumstance(error))
        return result_error(step, error, "could not make the %s: permission, memory or the like, no verdict", role);
    return result_skip(step, error, "the kernel refuses the %s by itself", role);
}

static struct result put_candidate(const struct libbpf_case *item, struct bpf_object *object)
{
    struct bpf_map *outer = bpf_object__find_map_by_name(object, "outer");
    struct btf_blob types;
    int fd, error;

    if (item->candidate.typing == TYPING_NONE) {
        fd = map_make(&item->candidate, NULL, -1, -1);
    } else {
        if (bpf_object__btf_fd(object) < 0)
            return result_skip(STEP_BTF_LOAD, -bpf_object__btf_fd(object), "libbpf loaded the object without its BTF");
        if (!candidate_types(bpf_object__btf(object), item->candidate.typing, &types))
            return result_skip(STEP_INNER, 0, "the object's BTF lacks the candidate's types");
        fd = map_make(&item->candidate, &types, bpf_object__btf_fd(object), -1);
    }
    if (fd < 0)
        return not_made(STEP_INNER, -fd, "candidate");
    error = outer_update(bpf_map__fd(outer), fd);
    close_fd(fd);
    if (error < 0 && errno_is_circumstance(-error))
        return result_error(STEP_UPDATE, -error, "this errno says nothing about the maps");
    return error < 0 ? result_reject(STEP_UPDATE, -error) : result_accept();
}

/* Whether the control loads: the same object without a candidate in it. */
static bool control_loads(const struct embedded_object *control)
{
    int error;
    struct bpf_object *object = control ? open_object(control, &error) : NULL;
    bool loads = object && bpf_object__load(object) == 0;

    bpf_object__close(object);
    return loads;
}

/* An object that fills in its outer map loads as a whole or not at all. Not loading is a verdict on the pair when the
 * same object without the pair loads.
 */
static struct result load_failed(const struct libbpf_case *item, int error)
{
    struct result skip;

    if (errno_is_circumstance(error))
        return result_error(STEP_OBJECT_LOAD, error, "%s", said());
    skip = result_skip(STEP_OBJECT_LOAD, error, "the object does not load: %s", said());
    return control_loads(item->control) ? result_reject(STEP_OBJECT_LOAD, error) : skip;
}

/* Replaces the declared template by an untyped map of the same shape; `template` is the caller's to close. */
static bool replace_template(const struct libbpf_case *item, struct bpf_object *object, int *template,
                             struct result *result)
{
    struct map_spec untyped = item->candidate;
    int error;

    untyped.typing = TYPING_NONE;
    *template = map_make(&untyped, NULL, -1, -1);
    if (*template < 0) {
        *result = not_made(STEP_TEMPLATE, -*template, "replaced template");
        return false;
    }
    error = bpf_map__set_inner_map_fd(bpf_object__find_map_by_name(object, "outer"), *template);
    if (error) {
        *result =
            result_skip(STEP_TEMPLATE, -error, "libbpf %s does not replace a template: %s", libbpf_version(), said());
        return false;
    }
    return true;
}

struct result run_libbpf(const void *question)
{
    const struct libbpf_case *item = question;
    struct result result;
    int error, template = -1;
    struct bpf_object *object = open_object(item->object, &error);

    if (!object)
        return open_failed(item->object, error);
    if (!item->replaced_template || replace_template(item, object, &template, &result)) {
        error = -bpf_object__load(object);
        if (error)
            result = load_failed(item, error);
        else
            result = item->filled_in ? result_accept() : put_candidate(item, object);
    }
    close_fd(template);
    bpf_object__close(object);
    return result;
}
