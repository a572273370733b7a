#include "kernel_btf.h"

#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <stddef.h>

static struct btf *kept;

struct btf *__real_btf__load_vmlinux_btf(void) __attribute__((weak));
struct btf *__wrap_btf__load_vmlinux_btf(void);
void __real_btf__free(struct btf *btf);
void __wrap_btf__free(struct btf *btf);

/* libbpf frees what it has read when an object is loaded, and reads it anew for the next one. */
struct btf *__wrap_btf__load_vmlinux_btf(void)
{
    struct btf *btf = kept ? kept : __real_btf__load_vmlinux_btf();

    if (!libbpf_get_error(btf))
        kept = btf;
    return btf;
}

void __wrap_btf__free(struct btf *btf)
{
    if (btf && btf == kept)
        return;
    __real_btf__free(btf);
}

void kernel_btf_read(void)
{
    if (!kept && __real_btf__load_vmlinux_btf)
        __wrap_btf__load_vmlinux_btf();
}

bool kernel_btf_is_read(void)
{
    return kept != NULL;
}
