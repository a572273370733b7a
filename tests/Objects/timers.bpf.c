/* Runs a function later.
 *
 * Linux 5.15: b00628b1c7d5 ("bpf: Introduce bpf timers.").
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>

struct delayed {
    struct bpf_timer timer;
};

struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, 1);
    __type(key, __u32);
    __type(value, struct delayed);
} map SEC(".maps");

static int ring(void *table, __u32 *key, struct delayed *value)
{
    return 0;
}

SEC("tc")
int start(struct __sk_buff *packet)
{
    __u32 key = 0;
    struct delayed *value = bpf_map_lookup_elem(&map, &key);

    if (!value)
        return 0;
    bpf_timer_init(&value->timer, &map, 1 /* CLOCK_MONOTONIC */);
    bpf_timer_set_callback(&value->timer, ring);
    bpf_timer_start(&value->timer, 1000000, 0);
    return 0;
}

char LICENSE[] SEC("license") = "GPL";
