/* The few names that a BPF object of this prober needs. They are spelled here, so that the objects depend on the
 * compiler alone and on no header of the build machine: what they hold must differ by compiler and by nothing else.
 *
 * The macros are libbpf's notation for maps (its bpf_helpers.h): numbers travel as the length of an array that is
 * pointed to, types as the target of a pointer.
 */
#ifndef BPF_OBJECT_H
#define BPF_OBJECT_H

typedef unsigned char __u8;
typedef unsigned int __u32;
typedef unsigned long long __u64;

#define __uint(name, value) int(*name)[value]
#define __type(name, value) __typeof__(value) *name
#define __array(name, value) __typeof__(value) *name[]
#define SEC(name) __attribute__((section(name), used))

/* enum bpf_map_type, BPF_F_INNER_MAP (include/uapi/linux/bpf.h); BPF_FUNC_map_lookup_elem is helper 1 */
enum { MAP_hash = 1, MAP_array = 2, MAP_lru_hash = 9, MAP_array_of_maps = 12, MAP_hash_of_maps = 13 };
enum { FLAG_inner_map = 1 << 12 };

static void *(*const map_lookup_elem)(void *map, const void *key) = (void *)1;

enum { INNER_ENTRIES = 10, OUTER_ENTRIES = 1 };

struct foo {
    __u32 a;
    __u32 b;
    __u64 c;
};

/* The three ways to say what is in a map: DECLARE_struct, DECLARE_bytes, DECLARE_value_size (and _none, the same, for a
 * candidate: a map declared by size alone is made without BTF).
 */
#define DECLARE_struct __type(key, __u32); __type(value, struct foo)
#define DECLARE_bytes __type(key, __u32); __type(value, __u8[sizeof(struct foo)])
#define DECLARE_value_size __uint(key_size, sizeof(__u32)); __uint(value_size, sizeof(struct foo))
#define DECLARE_none DECLARE_value_size

#define PASTE(left, right) left##right
#define DECLARE(how) PASTE(DECLARE_, how)
#define MAP(type) PASTE(MAP_, type)

#endif
