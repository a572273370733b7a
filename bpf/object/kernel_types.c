#include "kernel_types.h"

#include <stdio.h>
#include <string.h>

#include "choice.h"
#include "kernel_calls.h"
#include "libbpf_compat.h"
#include "load_alone.h"

/* The program that the kernel refused; NULL when it refused none. */
static struct bpf_program *refused_program(struct bpf_object *object, const struct messages *messages)
{
    size_t length;
    const char *line = messages_find(messages, "': BPF program load failed", &length);
    struct bpf_program *program;
    char quoted[192];

    if (!line)
        return NULL;
    bpf_object__for_each_program(program, object) {
        snprintf(quoted, sizeof(quoted), "prog '%s'", bpf_program__name(program));
        if (memmem(line, length, quoted, strlen(quoted)))
            return program;
    }
    return NULL;
}

static void tell(struct messages *messages, const char *what, const char *name, const char *type, unsigned number)
{
    char line[256];
    int length = type ? snprintf(line, sizeof(line), "kernel: %s '%.64s' is of type %s, which is not known\n", what,
                                 name, type)
                      : snprintf(line, sizeof(line), "kernel: %s '%.64s' is of type %u, which is not known\n", what,
                                 name, number);

    messages_add(messages, line, (size_t)length);
}

/* What libbpf says and does while it tries a type is not about the object. */
static bool knows(int (*probe)(int, const void *), unsigned type, struct messages *messages)
{
    int answer;

    kernel_calls_tell(NULL);
    libbpf_set_print(NULL);
    answer = probe((int)type, NULL);
    messages_catch(messages);
    kernel_calls_tell(messages);
    return answer != 0;
}

void tell_unknown_type(struct bpf_object *object, struct messages *messages)
{
    int index = refused_map(object, messages);
    struct bpf_map *map = index < 0 ? NULL : map_at(object, (size_t)index);
    struct bpf_program *program = map ? NULL : refused_program(object, messages);
    unsigned type = map ? bpf_map__type(map) : program ? bpf_program__type(program) : 0;

    if (map && probe_map_type && !knows(probe_map_type, type, messages))
        tell(messages, "map", bpf_map__name(map), map_type_name ? map_type_name((int)type) : NULL, type);
    if (program && probe_program_type && !knows(probe_program_type, type, messages))
        tell(messages, "prog", bpf_program__name(program), program_type_name ? program_type_name((int)type) : NULL,
             type);
}
