#include "light_skeleton.h"

#include <errno.h>
#include <string.h>

#include <bpf/libbpf.h>

#ifdef gen_loader_opts__last_field /* bpf/libbpf.h has it since libbpf 0.5 */

#include <bpf/skel_internal.h>

#include "maps.h"

/* No object of this prober has more. */
enum { MAPS_MAX = 4, PROGRAMS_MAX = 2 };

/* What the loader reads and writes (skel_internal.h): the maps in the object's order, and behind them the programs. */
struct loader_context {
    struct bpf_loader_ctx head;
    union {
        struct bpf_map_desc maps[MAPS_MAX];
        unsigned char bytes[MAPS_MAX * sizeof(struct bpf_map_desc) + PROGRAMS_MAX * sizeof(struct bpf_prog_desc)];
    };
};

static size_t map_count(const struct bpf_object *object)
{
    struct bpf_map *map;
    size_t count = 0;

    bpf_object__for_each_map(map, object)
        count++;
    return count;
}

/* Closes all that the loader made, but the first map. */
static int keep_first_map(struct loader_context *context, size_t maps)
{
    struct bpf_prog_desc *programs = (void *)(context->bytes + maps * sizeof(struct bpf_map_desc));

    for (size_t i = 1; i < maps; i++)
        close_fd(context->maps[i].map_fd);
    close_fd(programs[0].prog_fd);
    return context->maps[0].map_fd;
}

int light_skeleton_run(struct bpf_object *object, const char **stage)
{
    struct loader_context context = { .head.sz = sizeof(context) };
    struct bpf_load_and_run_opts run = { .ctx = &context.head };
    DECLARE_LIBBPF_OPTS(gen_loader_opts, loader);
    size_t maps = map_count(object);
    int error;

    *stage = "libbpf makes no loader for the object";
    if (maps > MAPS_MAX)
        return -E2BIG;
    error = bpf_object__gen_loader(object, &loader);
    if (!error)
        error = bpf_object__load(object);
    if (error)
        return error;
    run.data = loader.data;
    run.insns = loader.insns;
    run.data_sz = loader.data_sz;
    run.insns_sz = loader.insns_sz;
    error = bpf_load_and_run(&run);
    if (error) {
        *stage = run.errstr;
        return error;
    }
    return keep_first_map(&context, maps);
}

#else

int light_skeleton_run(struct bpf_object *object, const char **stage)
{
    (void)object;
    *stage = "libbpf before 0.5 makes no light skeletons";
    return -EOPNOTSUPP;
}

#endif
