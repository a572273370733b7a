/* Layer libbpf, step by step: open and load the object, make the candidate with types
 * from the object's own BTF, put it into the outer map. Where the kernel has another map than the object declares, the
 * text "asked" says so.
 *
 * The maps of user space are made by bpf(2) here as well: libbpf's bpf_map_create() and bpf_map_update_elem() fill in
 * the same attributes and nothing else, under names that changed between the versions that this builds with (0.3 to
 * 1.7).
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include <bpf/btf.h>
#include <bpf/libbpf.h>

#include "errno_names.h"
#include "layers.h"
#include "loaded_objects.h"
#include "maps.h"
#include "questions.h"
#include "steps.h"
#include "verdicts.h"

static int type_of_variable(const struct btf *btf, const char *name)
{
    int id = btf__find_by_name_kind(btf, name, BTF_KIND_VAR);

    return id < 0 ? id : (int)btf__type_by_id(btf, (uint32_t)id)->type;
}

/* The types of a candidate, as ids in the object's BTF; the objects keep a variable of each. */
static bool candidate_types(const struct btf *btf, const struct map_spec *candidate, struct btf_blob *types)
{
    int key = candidate->key_size ? type_of_variable(btf, "keep_key")
                                  : btf__find_by_name_kind(btf, "nothing", BTF_KIND_STRUCT);
    int value = candidate->typing == TYPING_BYTES ? type_of_variable(btf, "keep_bytes")
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

/* An arena is put in as its own template: to make another one takes a kernel, from 7.0 on, as long as 500 other cases.
 */
static struct result put_candidate(const struct libbpf_case *item, const struct loaded_object *loaded)
{
    struct bpf_object *object = loaded->object;
    const uint64_t key = 0; /* as long as any outer map's key */
    struct btf_blob types;
    int fd, error;

    if (loaded->template.arena >= 0) {
        fd = fcntl(loaded->template.arena, F_DUPFD_CLOEXEC, 0);
    } else if (item->candidate.typing == TYPING_NONE) {
        fd = map_make(&item->candidate, NULL, -1, -1);
    } else {
        if (bpf_object__btf_fd(object) < 0)
            return result_skip(STEP_BTF_LOAD, -bpf_object__btf_fd(object), "libbpf loaded the object without its BTF");
        if (!candidate_types(bpf_object__btf(object), &item->candidate, &types))
            return result_skip(STEP_INNER, 0, "the object's BTF lacks the candidate's types");
        fd = map_make(&item->candidate, &types, bpf_object__btf_fd(object), -1);
    }
    if (fd < 0)
        return not_made(STEP_INNER, -fd, "candidate");
    error = outer_update_at(loaded->outer, &key, fd, BPF_ANY);
    close_fd(fd);
    if (error < 0 && errno_is_circumstance(-error))
        return result_error(STEP_UPDATE, -error, "this errno says nothing about the maps");
    return error < 0 ? result_reject(STEP_UPDATE, -error) : result_accept();
}

/* An object that fills in its outer map, or takes over one that is pinned, loads as a whole or not at all. Not loading
 * is a verdict when the control loads: the same object without that.
 */
static struct result not_loaded(const struct libbpf_case *item, struct result refused)
{
    const struct load_request control = { .object = item->control };

    if (item->control && refused.outcome == OUTCOME_SKIP && !strcmp(refused.step, STEP_OBJECT_LOAD) &&
        loaded_object(&control, NULL)->object)
        return result_reject(STEP_OBJECT_LOAD, refused.error);
    return refused;
}

/* What is declared by type, and untyped for the kernel: "the template", "the inner map" or both; NULL for none. */
static const char *untyped_maps(const struct libbpf_case *item, const struct loaded_object *loaded)
{
    const struct asked_map *asked = &loaded->template;
    bool template = item->declared != TYPING_NONE && asked->made && !asked->value_type;
    bool candidate = false;

    if (item->filled_in && item->candidate.typing != TYPING_NONE)
        candidate = !asked_map_of(bpf_map__fd(bpf_object__find_map_by_name(loaded->object, "candidate"))).value_type;
    if (template && candidate)
        return "the template and of the inner map";
    return template ? "the template" : candidate ? "the inner map" : NULL;
}

static struct result with_what_was_asked(const struct libbpf_case *item, const struct loaded_object *loaded,
                                         struct result result)
{
    const char *untyped = untyped_maps(item, loaded);
    int refused = loaded->template.refused;
    char words[256];

    if (!untyped)
        return result;
    snprintf(words, sizeof(words),
             "libbpf dropped the BTF of %s%s%s: what is declared as a value of type %s is untyped for the kernel",
             untyped, refused ? ", which the kernel had refused with " : "", refused ? errno_name(refused) : "",
             typing_name(item->declared));
    return result_with_text(result, "asked", words);
}

struct result run_libbpf(const void *question)
{
    const struct libbpf_case *item = question;
    struct map_spec untyped = item->candidate;
    const struct loaded_object *loaded;

    untyped.typing = TYPING_NONE;
    loaded = loaded_object(&item->load, &untyped);
    if (!loaded->object)
        return not_loaded(item, loaded->refused);
    return with_what_was_asked(item, loaded, item->filled_in ? result_accept() : put_candidate(item, loaded));
}

void end_libbpf(void)
{
    loaded_objects_end();
}
