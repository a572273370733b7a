/* Addresses of instructions, for jump tables: the newest map type here, without a program.
 *
 * Linux 6.19: b4ce5923e780 ("bpf, x86: add new map type: instructions array").
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>

struct {
    __uint(type, BPF_MAP_TYPE_INSN_ARRAY);
    __uint(max_entries, 1);
    __type(key, __u32);
    __type(value, struct bpf_insn_array_value);
} jumps SEC(".maps");

char LICENSE[] SEC("license") = "GPL";
