#include "ask.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "attach.h"

static const char step_open[] = "open";
static const char step_map[] = "map";

/* What a program that is loaded without a map has in the place of the map (libbpf's poisoned relocations). */
#define WITHOUT_MAP "<invalid BPF map reference>"

static bool is_map_in_map(const struct bpf_map *map)
{
    return bpf_map__type(map) == BPF_MAP_TYPE_ARRAY_OF_MAPS || bpf_map__type(map) == BPF_MAP_TYPE_HASH_OF_MAPS;
}

/* Leaves out what is not asked for: the other programs, or all programs and the other maps. A map-in-map may name other
 * maps as its values, so they stay.
 */
static void choose(struct bpf_object *object, const struct question *question)
{
    struct bpf_map *wanted = bpf_object__find_map_by_name(object, question->name);
    struct bpf_program *program;
    struct bpf_map *map;

    if (question->what == WHAT_OBJECT)
        return;
    bpf_object__for_each_program(program, object)
        bpf_program__set_autoload(program, question->what != WHAT_MAP
                                               && !strcmp(bpf_program__name(program), question->name));
    if (question->what == WHAT_MAP && wanted && !is_map_in_map(wanted))
        bpf_object__for_each_map(map, object)
            bpf_map__set_autocreate(map, map == wanted);
}

/* The map that libbpf failed to create, as its message names it: "map 'NAME': failed to create". */
static struct bpf_map *refused_map(struct bpf_object *object, const struct messages *messages)
{
    size_t length;
    const char *line = messages_find(messages, "failed to create", &length);
    struct bpf_map *map;

    if (!line)
        return NULL;
    bpf_object__for_each_map(map, object) {
        char quoted[160];

        snprintf(quoted, sizeof(quoted), "'%s'", bpf_map__name(map));
        if (memmem(line, length, quoted, strlen(quoted)))
            return map;
    }
    return NULL;
}

static struct bpf_object *open_chosen(const struct question *question)
{
    struct bpf_object *object = bpf_object__open_file(question->path, NULL);

    if (object)
        choose(object, question);
    return object;
}

/* Which maps a program needs only the kernel can tell. If it refuses one, the program is tried without that map: if the
 * program then refers to it, the map's refusal stands. At most so often as an object may have useless maps.
 */
static int load_program(struct bpf_object **object, const struct question *question, struct answer *answer)
{
    enum { MOST_WITHOUT = 32 };
    char without[MOST_WITHOUT][128];
    static struct messages first;
    int error = bpf_object__load(*object) ? errno : 0, first_error = error;
    size_t length;

    first = answer->messages;
    for (int count = 0; error && count < MOST_WITHOUT; count++) {
        struct bpf_map *map = refused_map(*object, &answer->messages);

        if (!map)
            break;
        snprintf(without[count], sizeof(without[count]), "%s", bpf_map__name(map));
        bpf_object__close(*object);
        answer->messages.length = 0;
        *object = open_chosen(question);
        if (!*object)
            break;
        for (int i = 0; i <= count; i++)
            bpf_map__set_autocreate(bpf_object__find_map_by_name(*object, without[i]), false);
        error = bpf_object__load(*object) ? errno : 0;
    }
    if (error && (!*object || messages_find(&answer->messages, WITHOUT_MAP, &length))) {
        answer->messages = first;
        return first_error;
    }
    return error;
}

/* How much the verifier had to look at (bpf_prog_info.verified_insns, Linux 5.16); 0 where the kernel does not say. */
static void tell_facts(const struct bpf_program *program, struct answer *answer)
{
    struct bpf_prog_info info = { 0 };
    __u32 length = sizeof(info);

    if (bpf_obj_get_info_by_fd(bpf_program__fd(program), &info, &length) == 0 && info.verified_insns)
        snprintf(answer->facts, sizeof(answer->facts), "verified_insns %u\n", info.verified_insns);
}

void ask(const void *asked, struct answer *answer)
{
    const struct question *question = asked;
    struct bpf_object *object;
    struct bpf_program *program;
    int error;

    libbpf_set_strict_mode(LIBBPF_STRICT_ALL);
    object = open_chosen(question);
    if (!object) {
        answer->result = result_reject(step_open, errno);
        return;
    }
    if (question->what == WHAT_PROGRAM || question->what == WHAT_ATTACH)
        error = load_program(&object, question, answer);
    else
        error = bpf_object__load(object) ? errno : 0;
    program = object ? bpf_object__find_program_by_name(object, question->name) : NULL;
    if (error) {
        answer->result = result_reject(question->what == WHAT_MAP ? step_map : messages_step(&answer->messages), error);
    } else if (question->what == WHAT_ATTACH) {
        answer->result = attach_program(program);
    } else {
        answer->result = result_accept();
        if (question->what == WHAT_PROGRAM)
            tell_facts(program, answer);
    }
}
