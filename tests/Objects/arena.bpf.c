/* A sparse memory of its own, which programs and user space share by pointers.
 *
 * Linux 6.9: 317460317a02 ("bpf: Introduce bpf_arena."). Takes clang 19, which knows the address space.
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>

#define __arena __attribute__((address_space(1)))

struct {
    __uint(type, BPF_MAP_TYPE_ARENA);
    __uint(map_flags, BPF_F_MMAPABLE);
    __uint(max_entries, 16); /* pages */
} arena SEC(".maps");

void __arena *bpf_arena_alloc_pages(void *map, void __arena *address, __u32 count, int node, __u64 flags) __ksym;

struct counter {
    __u64 value;
};

SEC("syscall")
int count_in_arena(void *context)
{
    struct counter __arena *counter = bpf_arena_alloc_pages(&arena, NULL, 1, -1, 0);

    if (counter)
        counter->value++;
    return 0;
}

char LICENSE[] SEC("license") = "GPL";
