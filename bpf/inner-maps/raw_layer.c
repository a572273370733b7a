/* Layer raw: load both BTFs, make the template, the candidate and the outer map, and put the candidate in.
 *
 * Both inner maps are made before the outer one, so that what is left to fail is the combination: a refusal to make
 * either map by itself means that this kernel cannot express the case (skip), while a refusal of the template by the
 * outer map (bpf_map_meta_alloc: 524 for spin_lock up to 6.1, EINVAL for a map-in-map) is as much the kernel's answer
 * as one at the update.
 */
#include <errno.h>

#include "field_support.h"
#include "layers.h"
#include "maps.h"
#include "questions.h"
#include "raw_outer.h"
#include "shared_maps.h"
#include "steps.h"
#include "verdicts.h"
#include "uapi.h"

/* One of the two inner maps while its case runs. */
struct side {
    enum role role;
    const char *name;
    step_name step;
    const struct map_spec *spec;
    int fd;
};

static struct result stopped(const struct side *side, step_name step, int error, const char *what)
{
    if (errno_is_circumstance(error))
        return result_error(step, error, "could not make the %s's %s: permission, memory or the like, no verdict",
                            side->name, what);
    return result_skip(step, error, "the kernel refuses the %s's %s by itself", side->name, what);
}

/* Why a kernel does not load the BTF of a field that is marked by a tag; NULL where no tag is to blame. */
static const char *tag_not_loaded(enum typing typing)
{
    if (typing_has_type_tag(typing) && kernel_loads_type_tags() && !kernel_has_btf())
        return "the kernel has no BTF of its own, where it would look up what such a pointer points to";
    if (typing == TYPING_KPTR)
        return kernel_loads_type_tags() ? "the kernel does not find in itself what a kptr of a task needs"
                                        : "the kernel does not load the BTF of a kptr (kind TYPE_TAG)";
    if (typing_has_type_tag(typing) && !kernel_loads_type_tags())
        return "the kernel does not load the BTF of a marked pointer (kind TYPE_TAG)";
    if (typing_needs_lock(typing) && !kernel_loads_decl_tags())
        return "the kernel does not load the BTF of what a list or a tree contains (kind DECL_TAG)";
    return NULL;
}

static bool load_btf(const struct side *side, struct result *result)
{
    const char *reason;
    int fd;

    if (side->spec->typing == TYPING_NONE)
        return true;
    fd = shared_btf(side->role, side->spec);
    if (fd >= 0)
        return true;
    /* btf_parse_struct_metas finds no element in what a list or a tree contains, as its node has another size. */
    if (fd == -EFAULT && typing_needs_lock(side->spec->typing))
        reason = "the kernel knows other nodes of lists and trees, as those before 6.6 do";
    else
        reason = errno_is_circumstance(-fd) ? NULL : tag_not_loaded(side->spec->typing);
    if (reason)
        *result = result_skip(STEP_BTF_LOAD, -fd, "%s", reason);
    else
        *result = stopped(side, STEP_BTF_LOAD, -fd, "BTF");
    return false;
}

/* How the key is described, where a map type could mind; NULL where it is described as the type has it. */
static const char *unusual_key(const struct map_spec *spec)
{
    switch (spec->key) {
    case KEY_VOID:
        return "no BTF of the key";
    case KEY_BYTES:
    case KEY_NO_BYTES:
        return "a key typed bytes";
    case KEY_ENUM:
        return "a key typed enum";
    default:
        return NULL;
    }
}

/* Whether the kernel makes such a map with a plainer value: without BTF, or, as local storage insists on BTF, of bytes
 * under an int.
 */
static bool plainer_exists(const struct side *side)
{
    struct map_spec plainer = *side->spec;

    plainer.typing = TYPING_NONE;
    if (shared_map(side->role, &plainer) >= 0)
        return true;
    plainer = (struct map_spec){
        .type = plainer.type,
        .key_size = plainer.key_size,
        .value_size = plainer.value_size,
        .max_entries = plainer.max_entries,
        .flags = plainer.flags,
        .typing = TYPING_BYTES,
        .key = KEY_SIGNED,
        .tag = plainer.tag,
    };
    return shared_btf(side->role, &plainer) >= 0 && shared_map(side->role, &plainer) >= 0;
}

/* Says why a map could not be made, as far as making a simpler one can tell. */
static struct result map_refused(const struct side *side, const char *inner_name, int error)
{
    const char *key = unusual_key(side->spec);
    struct map_spec simpler = *side->spec;

    if (errno_is_circumstance(error))
        return stopped(side, side->step, error, "map");
    simpler.extras = (struct map_extras){ 0 };
    if (side->spec->extras.name && shared_map(side->role, &simpler) >= 0)
        return result_skip(side->step, error, "the kernel takes no %s on a map of type %s", side->spec->extras.name,
                           inner_name);
    simpler.typing = TYPING_NONE;
    simpler.flags &= ~(uint32_t)MF_INNER_MAP;
    if (simpler.flags != side->spec->flags && shared_map(side->role, &simpler) >= 0)
        return result_skip(side->step, error, "the kernel takes no BPF_F_INNER_MAP on a map of type %s", inner_name);
    if (side->spec->typing != TYPING_NONE && plainer_exists(side))
        return result_skip(side->step, error, "the kernel makes no map of type %s with a value typed %s%s%s",
                           inner_name, typing_name(side->spec->typing), key ? " and " : "", key ? key : "");
    return result_skip(side->step, error, "the kernel makes no map of type %s with these attributes", inner_name);
}

static bool make_side(struct side *side, const char *inner_name, struct result *result)
{
    const struct map_spec *spec = side->spec;

    side->fd = shared_map(side->role, spec);
    if (side->fd < 0) {
        *result = result_with_words(map_refused(side, inner_name, -side->fd), shared_map_words(side->role, spec));
        return false;
    }
    if (typing_is_special(spec->typing) && !field_is_known(spec->typing)) {
        if (typing_has_type_tag(spec->typing) && !kernel_has_btf())
            *result = result_skip(side->step, 0, "the kernel has no BTF of its own, where it would look up what a %s "
                                                 "points to", typing_name(spec->typing));
        else
            *result = result_skip(side->step, 0, "the kernel gives a %s field no meaning", typing_name(spec->typing));
        return false;
    }
    return true;
}

static struct result combine(const struct raw_case *raw, int candidate_fd)
{
    int outer = shared_outer(raw->outer, &raw->template);
    int error;

    if (outer < 0)
        return result_with_words(outer_refused(raw->outer, -outer), shared_outer_words(raw->outer, &raw->template));
    error = outer_update(outer, candidate_fd);
    return error < 0 ? verdict(STEP_UPDATE, -error) : result_accept();
}

struct result run_raw(const void *question)
{
    const struct raw_case *raw = question;
    struct side template = {
        .role = ROLE_TEMPLATE, .name = "template", .step = STEP_TEMPLATE, .spec = &raw->template
    };
    struct side candidate = {
        .role = ROLE_CANDIDATE, .name = "candidate", .step = STEP_INNER, .spec = &raw->candidate
    };
    struct result result;

    shared_maps_begin(raw->inner_name);
    if (load_btf(&template, &result) && load_btf(&candidate, &result) &&
        make_side(&template, raw->inner_name, &result) && make_side(&candidate, raw->inner_name, &result))
        result = raw->outer_question ? ask_outer(raw, template.fd, candidate.fd) : combine(raw, candidate.fd);
    return result;
}

void end_raw(void)
{
    shared_maps_end();
}
