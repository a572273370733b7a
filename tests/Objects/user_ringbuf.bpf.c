/* Messages from user space to programs.
 *
 * Linux 6.1: 583c1f420173 ("bpf: Define new BPF_MAP_TYPE_USER_RINGBUF map type").
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>

struct {
    __uint(type, BPF_MAP_TYPE_USER_RINGBUF);
    __uint(max_entries, 4096);
} messages SEC(".maps");

static long take(struct bpf_dynptr *message, void *context)
{
    return 0;
}

SEC("raw_tp/sched_process_exec")
int drain(void *context)
{
    bpf_user_ringbuf_drain(&messages, take, NULL, 0);
    return 0;
}

char LICENSE[] SEC("license") = "GPL";
