#include "load_alone.h"

#include <stdio.h>
#include <string.h>

#include "choice.h"
#include "kernel_calls.h"
#include "libbpf_compat.h"

/* What a program that is loaded without a map has in the place of the map (libbpf's poisoned relocations). */
#define WITHOUT_MAP "<invalid BPF map reference>"

/* Of how many maps a program is freed before its refusal stands. */
enum { MOST_WITHOUT = 32 };

/* Whether a message names a map: "map 'NAME': failed to create". Of maps that libbpf makes itself, such as .rodata, it
 * says the object's name before theirs.
 */
static bool names(const char *line, size_t length, const struct bpf_map *map)
{
    char quoted[192];

    snprintf(quoted, sizeof(quoted), "%s%s'", bpf_map__is_internal(map) ? "" : "'", bpf_map__name(map));
    return memmem(line, length, quoted, strlen(quoted)) != NULL;
}

int refused_map(struct bpf_object *object, const struct messages *messages)
{
    size_t length;
    const char *line = messages_find(messages, "': failed to create", &length);
    struct bpf_map *map;
    int index = 0;

    if (!line)
        return -1;
    bpf_object__for_each_map(map, object) {
        if (names(line, length, map))
            return index;
        index++;
    }
    return -1;
}

/* The part alone, without some maps; NULL when libbpf cannot do that. */
static struct bpf_object *open_without(const struct question *question, const int *without, int count)
{
    struct bpf_object *object = bpf_object__open_file(question->object->path, NULL);

    if (!is_valid(object))
        return NULL;
    choose(object, question);
    for (int i = 0; i < count; i++)
        if (!leave_out(map_at(object, (size_t)without[i]))) {
            bpf_object__close(object);
            return NULL;
        }
    return object;
}

/* Which maps a program needs only the kernel can tell. If it refuses one, the program is tried without that map: if the
 * program then refers to it, the map's refusal stands.
 */
static int try_without_maps(struct bpf_object **object, const struct question *question, struct answer *answer,
                            int first_error)
{
    static struct messages first;
    int without[MOST_WITHOUT], error = first_error;
    size_t length;

    first = answer->messages;
    for (int count = 0; error && count < MOST_WITHOUT; count++) {
        struct bpf_object *other;

        without[count] = refused_map(*object, &answer->messages);
        other = without[count] < 0 ? NULL : open_without(question, without, count + 1);
        if (!other)
            break;
        bpf_object__close(*object);
        *object = other;
        answer->messages.length = 0;
        error = -bpf_object__load(other);
    }
    if (error && (refused_map(*object, &answer->messages) >= 0
                  || messages_find(&answer->messages, WITHOUT_MAP, &length))) {
        answer->messages = first;
        return first_error;
    }
    return error;
}

int load_alone(struct bpf_object **object, const struct question *question, struct answer *answer)
{
    int error;

    choose(*object, question);
    kernel_calls_leave_slots(true);
    error = -bpf_object__load(*object);
    if (error && question->what != WHAT_MAP && refused_map(*object, &answer->messages) >= 0)
        error = try_without_maps(object, question, answer, error);
    kernel_calls_leave_slots(false);
    return error;
}
