#include "contents.h"

#include <bpf/libbpf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "libbpf_compat.h"

enum { OPEN_SECONDS = 30, OPEN_BYTES = 1 << 30, CONTENTS_MAX = 16 << 20 };

static int no_message(enum libbpf_print_level level, const char *format, va_list args)
{
    (void)level;
    (void)format;
    (void)args;
    return 0;
}

static void tell(FILE *out, enum item item, const char *name)
{
    putc(item, out);
    fwrite(name, 1, strlen(name) + 1, out);
}

/* In the child, so that a damaged object takes no more memory and time than this, here or in a guest. What it has told
 * when libbpf crashes is no use: it is told as a whole, or not at all.
 */
static void tell_contents(const char *path, int fd)
{
    const struct rlimit memory = { OPEN_BYTES, OPEN_BYTES };
    FILE *out = fdopen(fd, "w");
    struct bpf_object *object;
    struct bpf_program *program;
    struct bpf_map *map;

    alarm(OPEN_SECONDS);
    setrlimit(RLIMIT_AS, &memory);
    libbpf_set_print(no_message);
    be_strict();
    object = bpf_object__open_file(path, NULL);
    if (!out || !is_valid(object))
        _exit(1);
    bpf_object__for_each_program(program, object)
        tell(out, bpf_program__type(program) == BPF_PROG_TYPE_STRUCT_OPS ? ITEM_STRUCT_OPS_PROGRAM : ITEM_PROGRAM,
             bpf_program__name(program));
    bpf_object__for_each_map(map, object)
        tell(out, bpf_map__is_internal(map) ? ITEM_INTERNAL
                      : bpf_map__type(map) == BPF_MAP_TYPE_STRUCT_OPS ? ITEM_STRUCT_OPS : ITEM_MAP,
             bpf_map__name(map));
    _exit(fflush(out) || ferror(out));
}

static void read_all(struct contents *contents, int fd)
{
    size_t room = 0;
    ssize_t got = 1;

    while (got > 0 || (got < 0 && errno == EINTR)) {
        if (contents->length == room) {
            char *larger = room < CONTENTS_MAX ? realloc(contents->text, room = room ? 2 * room : 4096) : NULL;

            if (!larger)
                return;
            contents->text = larger;
        }
        got = read(fd, contents->text + contents->length, room - contents->length);
        contents->length += got > 0 ? (size_t)got : 0;
    }
}

struct contents contents_read(const char *path)
{
    struct contents contents = { 0 };
    int ends[2], status = 0;
    pid_t child;

    if (pipe2(ends, O_CLOEXEC) < 0)
        return contents;
    child = fork();
    if (child == 0)
        tell_contents(path, ends[1]);
    close(ends[1]);
    if (child > 0)
        read_all(&contents, ends[0]);
    close(ends[0]);
    if (child < 0 || waitpid(child, &status, 0) < 0 || status != 0)
        contents.length = 0;
    return contents;
}
