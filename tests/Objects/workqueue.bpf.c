/* Runs a function later, where it may sleep.
 *
 * Linux 6.10: d56b63cf0c0f ("bpf: add support for bpf_wq user type").
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>

struct work {
    struct bpf_wq wq;
};

struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, 1);
    __type(key, __u32);
    __type(value, struct work);
} map SEC(".maps");

int bpf_wq_init(struct bpf_wq *wq, void *map, unsigned int flags) __ksym;

SEC("tc")
int prepare(struct __sk_buff *packet)
{
    __u32 key = 0;
    struct work *work = bpf_map_lookup_elem(&map, &key);

    return work ? bpf_wq_init(&work->wq, &map, 0) : 0;
}

char LICENSE[] SEC("license") = "GPL";
