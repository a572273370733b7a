/* Chooses the socket that a packet is for.
 *
 * Linux 5.9: e9ddbb7707ff ("bpf: Introduce SK_LOOKUP program type with a dedicated attach point").
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>

SEC("sk_lookup")
int choose(struct bpf_sk_lookup *context)
{
    return SK_PASS;
}

char LICENSE[] SEC("license") = "GPL";
