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

/* enum bpf_map_type, flags of BPF_MAP_CREATE (include/uapi/linux/bpf.h); BPF_FUNC_map_lookup_elem is helper 1 */
enum { MAP_hash = 1, MAP_array = 2, MAP_lru_hash = 9, MAP_array_of_maps = 12, MAP_hash_of_maps = 13 };
enum { MAP_perf_event_array = 4, MAP_devmap = 14, MAP_sockmap = 15, MAP_queue = 22, MAP_stack = 23 };
enum { MAP_ringbuf = 27, MAP_arena = 33 };
enum { FLAG_no_prealloc = 1 << 0, FLAG_mmapable = 1 << 10, FLAG_inner_map = 1 << 12 };

/* LIBBPF_PIN_BY_NAME: libbpf pins a map in a directory, or uses the one that is pinned there */
enum { PIN_BY_NAME = 1 };

static void *(*const map_lookup_elem)(void *map, const void *key) = (void *)1;

enum { INNER_ENTRIES = 10, OUTER_ENTRIES = 1 };

/* Of a variable that is there for its type alone: libbpf makes no map of a section that it does not know. */
#define KEEP SEC("keep")

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

/* The same for a type whose values are descriptors or indices, for one without keys, and for one without either. */
#define DECLARE_int __type(key, __u32); __type(value, __u32)
#define DECLARE_int_size __uint(key_size, sizeof(__u32)); __uint(value_size, sizeof(__u32))
#define DECLARE_keyless_struct __type(value, struct foo)
#define DECLARE_keyless_size __uint(value_size, sizeof(struct foo))
#define DECLARE_nothing

/* What an object may have otherwise: the number of an inner map's entries, and the outer map's key. */
#ifndef ENTRIES
#define ENTRIES INNER_ENTRIES
#endif
#ifndef KEY
#define KEY __u32
#endif

#define PASTE(left, right) left##right
#define DECLARE(how) PASTE(DECLARE_, how)
#define MAP(type) PASTE(MAP_, type)

#endif
