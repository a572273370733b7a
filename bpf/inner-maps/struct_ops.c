#include "struct_ops.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "btf_types.h"
#include "maps.h"
#include "uapi.h"

/* TCP's congestion control, which is the oldest struct_ops (5.6): the type of its map's value. */
static const char value_name[] = "bpf_struct_ops_tcp_congestion_ops";

static const char kernel_btf[] = "/sys/kernel/btf/vmlinux";

/* The beginning of a type (struct btf_type, include/uapi/linux/btf.h). */
struct type {
    uint32_t name_offset;
    uint32_t info;
    uint32_t size;
};

struct value {
    uint32_t type_id;
    uint32_t size;
};

enum { KIND_FUNC_PROTO = 13, KIND_ENUM64 = 19 };

/* What stands behind the three words of a type, in words: for all of its kind, and for each member. */
static const struct {
    unsigned char fixed, each;
} behind[32] = {
    [KIND_INT] = { 1, 0 },    [KIND_ARRAY] = { 3, 0 },      [KIND_STRUCT] = { 0, 3 },  [KIND_UNION] = { 0, 3 },
    [KIND_ENUM] = { 0, 2 },   [KIND_FUNC_PROTO] = { 0, 2 }, [KIND_VAR] = { 1, 0 },     [KIND_DATASEC] = { 0, 3 },
    [KIND_DECL_TAG] = { 1, 0 }, [KIND_ENUM64] = { 0, 3 },
};

/* The kernel's BTF in memory of its own. */
struct content {
    unsigned char *bytes; /* NULL where there is none */
    size_t size;
};

/* The memory is there at once (MAP_POPULATE): a thousand page faults would take longer than what it is for. */
static struct content make_room(size_t size)
{
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);

    return memory == MAP_FAILED ? (struct content){ NULL, 0 } : (struct content){ memory, size };
}

static void free_room(struct content content)
{
    if (content.bytes)
        munmap(content.bytes, content.size);
}

/* Where the file can be mapped (since 6.16), nothing is copied at all. */
static struct content map_file(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct content content = { NULL, 0 };
    struct stat about;
    void *memory;

    if (fd < 0)
        return content;
    if (!fstat(fd, &about) && about.st_size > 0) {
        memory = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (memory != MAP_FAILED)
            content = (struct content){ memory, (size_t)about.st_size };
    }
    close(fd);
    return content;
}

/* A kernel gives its BTF an id since 5.11, the first of all; that copies it in one piece. */
static struct content copy_by_id(void)
{
    int fd = btf_by_id(1);
    uint32_t size = fd < 0 ? 0 : btf_copy(fd, NULL, 0);
    struct content content = size ? make_room(size) : (struct content){ NULL, 0 };

    if (content.bytes && btf_copy(fd, content.bytes, size) != size) {
        free_room(content);
        content.bytes = NULL;
    }
    close_fd(fd);
    return content;
}

/* The same from its file, page by page, which takes some ten times as many instructions. */
static struct content read_file(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct content content = { NULL, 0 };
    struct stat about;
    ssize_t got = 1;

    if (fd < 0)
        return content;
    if (!fstat(fd, &about) && about.st_size > 0)
        content = make_room((size_t)about.st_size);
    /* What the file lacks at its end is zero, and so no type. */
    for (size_t done = 0; content.bytes && done < content.size && got > 0; done += got > 0 ? (size_t)got : 0)
        got = read(fd, content.bytes + done, content.size - done);
    close(fd);
    return content;
}

/* Finds the struct by its name. The kernel has more than 100,000 types, so each takes a few instructions. */
static struct value find_value(const unsigned char *btf, size_t size)
{
    const struct blob_header *header = (const void *)btf;
    const uint32_t *word, *end;
    const char *strings;
    uint32_t last_name;

    if (size < sizeof(*header) ||
        (size_t)header->header_size + header->string_offset + header->string_size > size ||
        (size_t)header->header_size + header->type_offset + header->type_size > size ||
        header->string_size < sizeof(value_name))
        return (struct value){ 0, 0 };
    strings = (const char *)btf + header->header_size + header->string_offset;
    last_name = header->string_size - (uint32_t)sizeof(value_name);
    word = (const void *)(btf + header->header_size + header->type_offset);
    end = word + header->type_size / sizeof(*word);
    for (uint32_t id = 1; word + sizeof(struct type) / sizeof(*word) <= end; id++) {
        const struct type *type = (const void *)word;
        const uint32_t kind = type->info >> 24 & 0x1f;

        if (kind == KIND_STRUCT && type->name_offset <= last_name &&
            !memcmp(strings + type->name_offset, value_name, sizeof(value_name)))
            return (struct value){ id, type->size };
        word += sizeof(*type) / sizeof(*word) + behind[kind].fixed + behind[kind].each * (type->info & 0xffff);
    }
    return (struct value){ 0, 0 };
}

static struct value value_in(struct content btf)
{
    struct value found = btf.bytes ? find_value(btf.bytes, btf.size) : (struct value){ 0, 0 };

    free_room(btf);
    return found;
}

static struct value value_of_kernel(void)
{
    struct value found = value_in(map_file(kernel_btf));

    if (!found.type_id)
        found = value_in(copy_by_id());
    return found.type_id ? found : value_in(read_file(kernel_btf));
}

/* A map's btf_fd must be good, though its types are the kernel's (map_create). */
static int any_btf(void)
{
    const struct map_spec spec = { .typing = TYPING_BYTES, .value_size = 4 };
    struct btf_blob blob;

    btf_write(&blob, &spec);
    return btf_load(&blob);
}

int struct_ops_make(const struct map_spec *spec)
{
    static struct value value;
    struct map_spec sized = *spec;
    int btf_fd, fd;

    if (!value.type_id)
        value = value_of_kernel();
    if (!value.type_id)
        return -ENOENT;
    sized.value_size = value.size;
    btf_fd = any_btf();
    if (btf_fd < 0)
        return btf_fd;
    fd = map_make_of_kernel_type(&sized, btf_fd, value.type_id);
    /* Up to 5.18 a kernel reads its own BTF when it first checks a program, and before that it knows no struct_ops
     * (bpf_check, bpf_struct_ops_find_value).
     */
    if (fd == -ENOTSUPP) {
        close_fd(program_load());
        fd = map_make_of_kernel_type(&sized, btf_fd, value.type_id);
    }
    close_fd(btf_fd);
    return fd;
}
