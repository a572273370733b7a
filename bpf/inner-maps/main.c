/* The probe inner-maps: asks the running kernel which maps it takes as inner maps. */
#include <stdbool.h>
#include <stdio.h>

#include "embedded.h"
#include "layers.h"
#include "libbpf_messages.h"
#include "object_btf.h"
#include "probe.h"

static const struct layer layers[] = {
#ifndef LIBBPF_LABEL /* A prober with a label is one more, for another libbpf, which layer raw does not use. */
    { .name = "raw", .add_cases = add_raw_cases, .run = run_raw, .end = end_raw },
    { .name = "raw", .add_cases = add_seen_cases, .run = run_seen, .end = end_raw },
    { .name = "raw", .add_cases = add_asker_cases, .run = run_asker, .end = end_askers },
#endif
    { .name = "libbpf", .add_cases = add_libbpf_cases, .run = run_libbpf, .end = end_libbpf },
};

static int list_objects(void)
{
    char missing[256];

    for (unsigned i = 0; i < embedded_object_count; i++) {
        const struct embedded_object *object = &embedded_objects[i];
        bool complete = object_is_complete(object, missing, sizeof(missing));

        printf("%s\t%s\t%s\t%s\n", object->toolchain, object->name, complete ? "complete" : "incomplete", missing);
    }
    return fflush(stdout) || ferror(stdout) ? 2 : 0;
}

static const struct probe_mode modes[] = {
    {
        .option = "--objects",
        .help = "the BPF objects inside, one a line: toolchain, name, whether its BTF is complete, what is missing "
                "(tabs)",
        .run = list_objects,
    },
};

int main(int count, char **arguments)
{
    char facts[64];
    struct probe probe = {
        .layers = layers,
        .layer_count = sizeof(layers) / sizeof(layers[0]),
        .modes = modes,
        .mode_count = sizeof(modes) / sizeof(modes[0]),
        .facts = facts,
    };

    snprintf(facts, sizeof(facts), "libbpf=%s", libbpf_version());
    return probe_main(&probe, count, arguments);
}
