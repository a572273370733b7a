/* An object of which some parts load on no kernel, some on all, and some need what only a loader can say. */
typedef unsigned char __u8;
typedef unsigned short __u16, __be16, __sum16;
typedef unsigned int __u32, __be32, __wsum;
typedef int __s32;
typedef unsigned long long __u64;
typedef long long __s64;
#include <bpf/bpf_helpers.h>

/* As in include/uapi/linux/bpf.h, whose own headers lie elsewhere on each architecture. */
enum { BPF_MAP_TYPE_HASH = 1, XDP_DROP = 1, XDP_PASS = 2 };
struct xdp_md;
struct __sk_buff {
    __u32 len;
};

struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, 1);
    __type(key, __u32);
    __type(value, __u32);
} good SEC(".maps");

struct {
    __uint(type, 999);
    __uint(max_entries, 1);
    __type(key, __u32);
    __type(value, __u32);
} unheard SEC(".maps");

SEC("xdp")
int look_up(struct xdp_md *context)
{
    __u32 key = 0;

    return bpf_map_lookup_elem(&good, &key) ? XDP_PASS : XDP_DROP;
}

SEC("xdp")
int read_null(struct xdp_md *context)
{
    __u32 key = 0;

    return *(volatile __u32 *)bpf_map_lookup_elem(&good, &key);
}

SEC("xdp")
int look_up_unheard(struct xdp_md *context)
{
    __u32 key = 0;

    return bpf_map_lookup_elem(&unheard, &key) ? XDP_PASS : XDP_DROP;
}

SEC("socket")
int take_all(struct __sk_buff *packet)
{
    return packet->len;
}

SEC("cgroup/skb")
int allow(struct __sk_buff *packet)
{
    return 1;
}

SEC("fentry/there_is_no_such_function")
int no_function(void *context)
{
    return 0;
}

SEC("freplace/of_another_program")
int replacement(struct xdp_md *context)
{
    return XDP_PASS;
}

SEC("there_is_no_such_section")
int no_section(void *context)
{
    return 0;
}

char LICENSE[] SEC("license") = "GPL";
