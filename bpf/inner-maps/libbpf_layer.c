/* Layer libbpf, step by step: open the object, replace the template if asked, load it, make the candidate with types
 * from the object's own BTF, put it into the outer map.
 *
 * The maps of user space are made by bpf(2) here as well: libbpf's bpf_map_create() and bpf_map_update_elem() fill in
 * the same attributes and nothing else, under names that changed between the versions that this builds with (0.3 to
 * 1.7).
 */
#include <string.h>

#include <bpf/btf.h>
#include <bpf/libbpf.h>

#include "layers.h"
#include "loaded_objects.h"
#include "maps.h"
#include "questions.h"
#include "steps.h"

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

/* An object that fills in its outer map loads as a whole or not at all. Not loading is a verdict on the pair when the
 * control loads: the same object without the pair.
 */
static struct result not_loaded(const struct libbpf_case *item, struct result refused)
{
    struct result ignored;

    if (item->control && refused.outcome == OUTCOME_SKIP && !strcmp(refused.step, STEP_OBJECT_LOAD) &&
        loaded_object(item->control, NULL, &ignored))
        return result_reject(STEP_OBJECT_LOAD, refused.error);
    return refused;
}

struct result run_libbpf(const void *question)
{
    const struct libbpf_case *item = question;
    struct map_spec untyped = item->candidate;
    struct result refused;
    struct bpf_object *object;

    untyped.typing = TYPING_NONE;
    object = loaded_object(item->object, item->replaced_template ? &untyped : NULL, &refused);
    if (!object)
        return not_loaded(item, refused);
    return item->filled_in ? result_accept() : put_candidate(item, object);
}

void end_libbpf(void)
{
    loaded_objects_end();
}
