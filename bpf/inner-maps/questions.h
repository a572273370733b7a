/* One question to a kernel: does an outer map made with this template take this candidate? */
#ifndef INNER_MAPS_QUESTIONS_H
#define INNER_MAPS_QUESTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "typing.h"

/* The program that an exclusive map belongs to (excl_prog_hash): none, or one of two. */
enum owner { OWNER_NONE, OWNER_FIRST, OWNER_OTHER };

/* What a case gives a map beyond what a map of that type must have. */
struct map_extras {
    const char *name; /* as the reason of a skip says it: "BPF_F_MMAPABLE"; NULL where there is nothing */
    uint32_t flags;
    uint32_t numa_node; /* counts with BPF_F_NUMA_NODE */
    uint64_t map_extra;
    enum owner owner;
    bool frozen; /* BPF_MAP_FREEZE once it is made */
    bool token;  /* made with a BPF token */
};

/* The attributes of a map to make (bpf(2), BPF_MAP_CREATE). */
struct map_spec {
    uint32_t type;
    uint32_t key_size;
    uint32_t value_size;
    uint32_t max_entries;
    uint32_t flags;
    enum typing typing;
    enum key_typing key;
    enum field_place field; /* where a special field stands in the value */
    bool kernel_target; /* a uptr points to a struct of the kernel's, which no map may have */
    bool other_target;  /* a pointer points to another struct than usual */
    bool other_ids;     /* another type comes first in the BTF, so that all type ids differ */
    bool template_btf;  /* of a candidate: typed by the template's BTF object, not by one of its own */
    const char *tag;  /* name of the value's struct, union or typedef */
    const char *name; /* map name, or NULL for none */
    struct map_extras extras;
};

struct outer_question;

struct raw_case {
    uint32_t outer; /* map type */
    const char *inner_name;
    struct map_spec template;
    struct map_spec candidate;
    const struct outer_question *outer_question; /* of a case about the outer map itself; else NULL */
};

struct embedded_object;

/* How an object comes into the kernel. */
enum load_way {
    LOAD_PLAIN,
    LOAD_REPLACED, /* bpf_map__set_inner_map_fd() with an untyped map, before loading */
    LOAD_REUSED,   /* bpf_map__reuse_fd() with an outer map whose template is untyped, before loading */
    LOAD_PINNED,   /* another object was loaded before, and pinned its outer map, which this one then uses */
    LOAD_SKELETON, /* by a skeleton */
    LOAD_LIGHT,    /* by a light skeleton: a program in the kernel makes the maps */
};

struct load_request {
    const struct embedded_object *object;
    enum load_way way;
    const struct embedded_object *pinner; /* for LOAD_PINNED: the other object */
};

struct libbpf_case {
    struct load_request load;
    const struct embedded_object *control; /* an object that loads plainly where not loading is a verdict; or NULL */
    struct map_spec candidate;
    enum typing declared; /* how the object declares the template; TYPING_NONE where it is by size, or replaced */
    bool filled_in;       /* the candidate is in the object */
};

#endif
