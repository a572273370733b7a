#include "object_btf.h"

#include <elf.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <bpf/btf.h>
#include <bpf/libbpf.h>

#include "libbpf_messages.h"

/* The .BTF section; elf(5). The objects are 64-bit ELF in this machine's byte order: we built them. */
static const Elf64_Shdr *find_btf(const unsigned char *file)
{
    const Elf64_Ehdr *header = (const void *)file;
    const Elf64_Shdr *sections = (const void *)(file + header->e_shoff);
    const char *names = (const char *)file + sections[header->e_shstrndx].sh_offset;

    for (unsigned i = 0; i < header->e_shnum; i++)
        if (!strcmp(names + sections[i].sh_name, ".BTF"))
            return &sections[i];
    return NULL;
}

static struct btf *read_btf(const struct embedded_object *object)
{
    const Elf64_Shdr *section = find_btf(object->start);
    struct btf *btf = section ? btf__new(object->start + section->sh_offset, (uint32_t)section->sh_size) : NULL;

    return libbpf_get_error(btf) ? NULL : btf;
}

bool object_has_forward(const struct embedded_object *object, const char *tag)
{
    struct btf *btf = read_btf(object);
    bool found = btf && btf__find_by_name_kind(btf, tag, BTF_KIND_FWD) > 0;

    btf__free(btf);
    return found;
}

bool object_is_complete(const struct embedded_object *object, char *missing, size_t size)
{
    struct btf *btf = read_btf(object);
    const struct btf_type *type;
    size_t length = 0;

    *missing = '\0';
    if (!btf)
        return snprintf(missing, size, "no BTF that libbpf %s can read", libbpf_version()) < 0;
    for (uint32_t id = 1; (type = btf__type_by_id(btf, id)) && length < size; id++)
        if (btf_is_fwd(type))
            length += (size_t)snprintf(missing + length, size - length, "%s%s %s is a FWD", length ? ", " : "",
                                       btf_kflag(type) ? "union" : "struct", btf__name_by_offset(btf, type->name_off));
    btf__free(btf);
    return !*missing;
}
