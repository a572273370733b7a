/* The cases of layer libbpf about how an object comes into the kernel: with an outer map that is pinned or that the
 * program has already, and by skeletons. What is asked is what is asked of an object that is loaded plainly, too.
 */
#include "libbpf_cases.h"
#include "uapi.h"

static const char same_maps[] = "the declared sizes agree, however the object is loaded";
static const char reused[] =
    "the declared sizes agree; the outer map that is used was made around a template without BTF";
static const char taken_over[] = "the declared sizes agree; the outer map that is used was made by the pinned object";
static const char no_pin[] = "sizes agree; an inner map that is only declared has nothing that could be pinned";
static const char other_flags[] =
    "libbpf uses no pinned map whose type, sizes, entries or flags differ (map_is_reuse_compat)";

static struct libbpf_case *add(const struct declared_place *place, enum typing candidate, const char *variant,
                               enum load_way way, const char *source)
{
    struct libbpf_case *item = add_declared_case(place, candidate, variant, WANT_ACCEPT, source);

    item->load.object = declared_object(place, "");
    item->load.way = way;
    return item;
}

static void add_pinned(const struct declared_place *place, const struct declared_place *pinner, const char *variant)
{
    struct libbpf_case *item = add(place, TYPING_NONE, variant, LOAD_PINNED, taken_over);

    item->load.object = declared_object(place, ".pinned");
    item->load.pinner = declared_object(pinner, ".pinned");
}

/* All of an ARRAY in an ARRAY_OF_MAPS, since the ways differ in other things than types of maps. */
void add_loader_cases(struct case_builder *builder)
{
    const struct declared_place by_struct = { builder, "array_of_maps", "array", "struct", MT_ARRAY };
    const struct declared_place by_bytes = { builder, "array_of_maps", "array", "bytes", MT_ARRAY };
    const struct declared_place hash = { builder, "hash_of_maps", "array", "struct", MT_ARRAY };
    struct libbpf_case *item;

    add(&by_struct, TYPING_NONE, "skeleton", LOAD_SKELETON, same_maps);
    add(&by_struct, TYPING_NONE, "light_skeleton", LOAD_LIGHT, same_maps);
    add(&by_struct, TYPING_NONE, "reused_outer", LOAD_REUSED, reused);
    add(&by_struct, TYPING_STRUCT, "reused_outer", LOAD_REUSED, reused);
    add_pinned(&by_struct, &by_struct, "pinned");
    add_pinned(&by_struct, &by_bytes, "pinned_by_bytes");
    add_pinned(&by_bytes, &by_struct, "pinned_by_struct");
    add(&by_struct, TYPING_NONE, "pinned_template", LOAD_PLAIN, no_pin)->load.object =
        declared_object(&by_struct, ".pinned_template");

    item = add_declared_case(&hash, TYPING_NONE, "pinned_other_flags", WANT_REJECT, other_flags);
    item->load = (struct load_request){
        .object = declared_object(&hash, ".pinned_no_prealloc"),
        .way = LOAD_PINNED,
        .pinner = declared_object(&hash, ".pinned"),
    };
    item->control = declared_object(&hash, "");
}
