/* The probe object: does this kernel take a BPF object, and which program or map of it does it not take? The host puts
 * the objects into the guest, each by the name that its cases have, and asks the same program for its cases.
 */
#include <bpf/libbpf.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ask.h"
#include "names.h"
#include "probe.h"

#define OBJECTS "/objects"
#define SUFFIX ".bpf.o"
#define ATTACH ".attach" /* a file of the object's name and this: its programs are attached, too */

enum { LOAD_SECONDS = 60 };

static const char *directory(void)
{
    const char *given = getenv("HARNESS_OBJECTS");

    return given ? given : OBJECTS;
}

static int is_object(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);

    return length > sizeof(SUFFIX) - 1 && !strcmp(entry->d_name + length - (sizeof(SUFFIX) - 1), SUFFIX);
}

struct adding {
    struct case_builder *builder;
    const char *path;
    char object[64];
};

/* Equal results get -2, -3, …: two names may differ only in what an id cannot hold. */
static void add(struct adding *adding, enum what what, const char *kind, const char *name, const char *source)
{
    struct test_case *item = case_add(adding->builder, WANT_ACCEPT, source, sizeof(struct question));
    struct question *question = item->question;
    char part[CASE_ID_MAX - sizeof(adding->object) - 20];

    question->what = what;
    snprintf(question->path, sizeof(question->path), "%s", adding->path);
    snprintf(question->name, sizeof(question->name), "%s", name);
    name_part(part, sizeof(part), name);
    if (*name)
        snprintf(item->id, sizeof(item->id), "object.%s.%s.%s", adding->object, kind, part);
    else
        snprintf(item->id, sizeof(item->id), "object.%s.%s", adding->object, kind);
    case_make_unique(adding->builder);
}

static int no_message(enum libbpf_print_level level, const char *format, va_list args)
{
    (void)level;
    (void)format;
    (void)args;
    return 0;
}

static void add_object(struct case_builder *builder, const char *file)
{
    char path[320], flag[340];
    struct adding adding = { .builder = builder, .path = path };
    struct bpf_program *program;
    struct bpf_object *object;
    struct bpf_map *map;
    char name[256];
    bool attach;

    snprintf(name, sizeof(name), "%.*s", (int)(strlen(file) - (sizeof(SUFFIX) - 1)), file);
    snprintf(path, sizeof(path), "%.60s/%.250s", directory(), file);
    snprintf(flag, sizeof(flag), "%.60s/%.250s" ATTACH, directory(), name);
    attach = access(flag, F_OK) == 0;
    name_part(adding.object, sizeof(adding.object), name);
    add(&adding, WHAT_OBJECT, "load", "", "its author means it to load");
    object = bpf_object__open_file(path, NULL);
    if (!object)
        return;
    bpf_object__for_each_program(program, object)
        add(&adding, WHAT_PROGRAM, "prog", bpf_program__name(program), "its author means it to load");
    bpf_object__for_each_map(map, object)
        if (!bpf_map__is_internal(map))
            add(&adding, WHAT_MAP, "map", bpf_map__name(map), "its author means it to be created");
    if (attach)
        bpf_object__for_each_program(program, object)
            add(&adding, WHAT_ATTACH, "attach", bpf_program__name(program), "its author means it to attach");
    bpf_object__close(object);
}

static void add_cases(struct case_builder *builder)
{
    struct dirent **entries;
    int count = scandir(directory(), &entries, is_object, alphasort);

    libbpf_set_print(no_message);
    for (int i = 0; i < count; i++) {
        add_object(builder, entries[i]->d_name);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
}

static struct result run(const void *question)
{
    return isolate(ask, question, LOAD_SECONDS);
}

int main(int count, char **arguments)
{
    static const struct layer layers[] = {
        { .name = "object", .keeps_time = true, .add_cases = add_cases, .run = run },
    };
    static char facts[32];
    struct probe probe = { .layers = layers, .layer_count = 1, .facts = facts };

    snprintf(facts, sizeof(facts), "libbpf=%u.%u", libbpf_major_version(), libbpf_minor_version());
    return probe_main(&probe, count, arguments);
}
