/* The probe object: does this kernel take a BPF object, and which program or map of it does it not take? The host puts
 * the objects into the guest, each by the name that its cases have, and asks the same program for its cases.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "contents.h"
#include "libbpf_compat.h"
#include "names.h"
#include "object_file.h"
#include "probe.h"
#include "session.h"

#define OBJECTS "/objects"
#define SUFFIX ".bpf.o"
#define ATTACH ".attach" /* a file of the object's name and this: its programs are attached, too */

#ifndef LIBBPF_LABEL
#define LIBBPF_LABEL ""
#endif

/* The longest part of an id that comes from a name. */
enum { NAME_MAX_BYTES = 80, ANSWER_SECONDS = 60 };

static const char means_to_load[] = "its author means it to load";
static const char means_to_create[] = "its author means it to be created";
static const char means_to_attach[] = "its author means it to attach";

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

struct part *part_of(const struct question *question)
{
    struct object_file *object = question->object;
    bool is_map = question->what == WHAT_MAP || question->what == WHAT_ATTACH_MAP;

    return &object->whole->parts[question->index + (is_map ? object->programs : 0)];
}

/* Equal ids get -2, -3, …: two names may differ only in what an id cannot hold, or behind what is kept of them. */
static void add(struct case_builder *builder, struct question question, const char *kind, const char *name,
                const char *source)
{
    struct test_case *item = case_add(builder, WANT_ACCEPT, source, sizeof(question));
    char object[NAME_MAX_BYTES + 1], part[NAME_MAX_BYTES + 1];

    memcpy(item->question, &question, sizeof(question));
    name_part(object, sizeof(object), question.object->name);
    name_part(part, sizeof(part), name);
    snprintf(item->id, sizeof(item->id), "object.%s.%s%s%s", object, kind, *name ? "." : "", part);
    case_complete(builder, LIBBPF_LABEL);
}

/* The items of some kinds; `what` of each kind is asked about by its place among the programs or the maps. */
static void add_items(struct case_builder *builder, struct object_file *object, const struct contents *contents,
                      const char *kinds, enum what what, const char *kind, const char *source)
{
    bool are_maps = strchr(kinds, ITEM_MAP) || strchr(kinds, ITEM_STRUCT_OPS);
    size_t programs = 0, maps = 0;

    for (const char *item = contents->text; item && item < contents->text + contents->length;
         item += strlen(item) + 1) {
        bool is_program = *item == ITEM_PROGRAM || *item == ITEM_STRUCT_OPS_PROGRAM;
        size_t index = is_program ? programs++ : maps++;

        if (is_program != are_maps && strchr(kinds, *item))
            add(builder, (struct question){ object, what, index }, kind, item + 1, source);
    }
    object->programs = programs;
    object->maps = maps;
}

static struct object_file *new_object(const char *file)
{
    struct object_file *object = calloc(1, sizeof(*object));
    char *flag = NULL;

    if (!object || asprintf(&object->path, "%s/%s", directory(), file) < 0
        || asprintf(&object->name, "%.*s", (int)(strlen(file) - (sizeof(SUFFIX) - 1)), file) < 0
        || asprintf(&flag, "%s/%s" ATTACH, directory(), object->name) < 0) {
        perror("prober: objects");
        exit(2);
    }
    object->attach = access(flag, F_OK) == 0;
    free(flag);
    return object;
}

static void share_whole(struct object_file *object)
{
    size_t size = sizeof(struct whole) + (object->programs + object->maps) * sizeof(struct part);

    object->whole = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (object->whole == MAP_FAILED) {
        perror("prober: objects");
        exit(2);
    }
}

static void add_object(struct case_builder *builder, const char *file)
{
    static const char programs[] = { ITEM_PROGRAM, ITEM_STRUCT_OPS_PROGRAM, 0 };
    static const char maps[] = { ITEM_MAP, ITEM_STRUCT_OPS, 0 };
    static const char attachable_programs[] = { ITEM_PROGRAM, 0 }, attachable_maps[] = { ITEM_STRUCT_OPS, 0 };
    struct object_file *object = new_object(file);
    struct contents contents = contents_read(object->path);

    add(builder, (struct question){ object, WHAT_OBJECT, 0 }, "load", "", means_to_load);
    add_items(builder, object, &contents, programs, WHAT_PROGRAM, "prog", means_to_load);
    add_items(builder, object, &contents, maps, WHAT_MAP, "map", means_to_create);
    if (object->attach) {
        add_items(builder, object, &contents, attachable_programs, WHAT_ATTACH, "attach", means_to_attach);
        add_items(builder, object, &contents, attachable_maps, WHAT_ATTACH_MAP, "attach", means_to_attach);
    }
    share_whole(object);
    free(contents.text);
}

static void add_cases(struct case_builder *builder)
{
    struct dirent **entries;
    int count = scandir(directory(), &entries, is_object, alphasort);

    for (int i = 0; i < count; i++) {
        add_object(builder, entries[i]->d_name);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
}

/* libbpf looks for the kernel's configuration (extern … __kconfig) where distributions have it. The host does not know
 * the kernel's release before it runs.
 */
static void show_configuration(void)
{
    static const char given[] = "/kernel-config";
    struct utsname name;
    char path[128];

    if (access(given, F_OK) < 0 || uname(&name) < 0)
        return;
    snprintf(path, sizeof(path), "/boot/config-%s", name.release);
    mkdir("/boot", 0755);
    if (symlink(given, path) < 0 && errno != EEXIST)
        perror("prober: /boot");
}

/* What was loaded with the whole object was loaded; it is not asked again. */
static struct result run(const void *asked)
{
    const struct question *question = asked;
    const struct whole *whole = question->object->whole;
    bool is_part = question->what == WHAT_PROGRAM || question->what == WHAT_MAP;

    show_configuration();
    if (is_part && whole->loaded && part_of(question)->taken)
        return session_result_of_part(part_of(question));
    return session_ask(question, ANSWER_SECONDS);
}

int main(int count, char **arguments)
{
    static const struct layer layers[] = {
        { .name = "object", .keeps_time = true, .add_cases = add_cases, .run = run },
    };
    static char facts[64];
    struct probe probe = { .layers = layers, .layer_count = 1, .facts = facts };
    const char *version = libbpf_version_string ? libbpf_version_string() : "before-0.6";

    snprintf(facts, sizeof(facts), "libbpf=%s", *version == 'v' ? version + 1 : version);
    return probe_main(&probe, count, arguments);
}
