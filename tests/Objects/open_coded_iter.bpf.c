/* A loop over numbers whose iterator is three functions of the kernel.
 *
 * Linux 6.4: 6018e1f407cc ("bpf: implement numbers iterator").
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>

int bpf_iter_num_new(struct bpf_iter_num *iterator, int start, int end) __ksym;
int *bpf_iter_num_next(struct bpf_iter_num *iterator) __ksym;
void bpf_iter_num_destroy(struct bpf_iter_num *iterator) __ksym;

SEC("xdp")
int sum(struct xdp_md *context)
{
    struct bpf_iter_num iterator;
    __u64 total = 0;
    int *number;

    bpf_iter_num_new(&iterator, 0, 1000);
    while ((number = bpf_iter_num_next(&iterator)))
        total += *number;
    bpf_iter_num_destroy(&iterator);
    return total ? XDP_PASS : XDP_DROP;
}

char LICENSE[] SEC("license") = "GPL";
