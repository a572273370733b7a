/* A lock that gives up rather than dead-locks.
 *
 * Linux 6.15: 0de2046137f9 ("bpf: Implement verifier support for rqspinlock").
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>

struct guarded {
    struct bpf_res_spin_lock lock;
    __u64 value;
};

struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, 1);
    __type(key, __u32);
    __type(value, struct guarded);
} map SEC(".maps");

int bpf_res_spin_lock(struct bpf_res_spin_lock *lock) __ksym;
void bpf_res_spin_unlock(struct bpf_res_spin_lock *lock) __ksym;

SEC("tc")
int count(struct __sk_buff *packet)
{
    __u32 key = 0;
    struct guarded *guarded = bpf_map_lookup_elem(&map, &key);

    if (!guarded || bpf_res_spin_lock(&guarded->lock))
        return 0;
    guarded->value++;
    bpf_res_spin_unlock(&guarded->lock);
    return 0;
}

char LICENSE[] SEC("license") = "GPL";
