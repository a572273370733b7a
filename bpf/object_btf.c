#include "object_btf.h"

#include <elf.h>
#include <stdint.h>
#include <string.h>

#include <bpf/btf.h>
#include <bpf/libbpf.h>

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

bool object_has_forward(const struct embedded_object *object, const char *tag)
{
    const Elf64_Shdr *section = find_btf(object->start);
    struct btf *btf = section ? btf__new(object->start + section->sh_offset, (uint32_t)section->sh_size) : NULL;
    bool found;

    if (!btf || libbpf_get_error(btf))
        return false;
    found = btf__find_by_name_kind(btf, tag, BTF_KIND_FWD) > 0;
    btf__free(btf);
    return found;
}
