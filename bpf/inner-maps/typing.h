/* How a map's value and key are described in BTF: the vocabulary of the case ids, and what it means in types. */
#ifndef INNER_MAPS_TYPING_H
#define INNER_MAPS_TYPING_H

#include <stdbool.h>

/* A value's typing; the names are those of the case ids. New ones come last: the order is that of the cases. */
enum typing {
    TYPING_NONE,      /* no BTF at all */
    TYPING_BYTES,     /* __u8[N] */
    TYPING_STRUCT,    /* a plain struct */
    TYPING_SPIN_LOCK, /* a struct with a struct bpf_spin_lock */
    TYPING_TIMER,     /* a struct with a struct bpf_timer */
    TYPING_INT,       /* one integer as wide as the value */
    TYPING_UNION,
    TYPING_TYPEDEF,   /* a typedef of the plain struct */
    TYPING_KPTR,      /* a struct with a `__kptr` pointer to struct task_struct */
    TYPING_RES_SPIN_LOCK,
    TYPING_LIST_HEAD,      /* a bpf_spin_lock, and a bpf_list_head of a struct that the same BTF describes */
    TYPING_RB_ROOT,        /* the same with a bpf_rb_root */
    TYPING_REFCOUNT,
    TYPING_WORKQUEUE,      /* a struct bpf_wq */
    TYPING_TASK_WORK,
    TYPING_UPTR,           /* a `__uptr` pointer to a struct that the same BTF describes */
    TYPING_PERCPU_KPTR,    /* a `__percpu_kptr` pointer to struct task_struct */
    TYPING_UNTRUSTED_KPTR, /* a `__kptr_untrusted` pointer to it */
    TYPING_TIMER_SPIN_LOCK, /* two fields */
    TYPING_DATASEC,        /* a section of variables, as libbpf types the maps of .data, .bss and .rodata */
    TYPING_COUNT,
};

/* A struct bpf_timer fills two 64-bit words (include/uapi/linux/bpf.h): the smallest value that the typings up to
 * TYPING_KPTR can all be.
 */
enum { TYPED_VALUE_SIZE = 16 };

/* A value that has room for every field at another offset, and for two of each. */
enum { FIELD_VALUE_SIZE = 48 };

/* Where a special field stands in its struct. */
enum field_place {
    FIELD_USUAL,   /* first; a list head or an rb root after its lock */
    FIELD_SHIFTED, /* 8 bytes further; the lock of a list head stays */
    FIELD_TWICE,   /* there are two of it */
};

/* How a typed map's key is described. Map types differ in what they take (their map_check_btf callbacks). */
enum key_typing {
    KEY_VOID,         /* type id 0: keyless maps that ask for it (bloom_map_check_btf) */
    KEY_UNSIGNED,     /* unsigned int */
    KEY_SIGNED,       /* int */
    KEY_STRUCT,       /* a struct around one unsigned int */
    KEY_LPM,          /* struct { prefixlen; __u8 data[4]; }, trie_check_btf wants a struct */
    KEY_LPM_WORD,     /* the same with `__u32 data` */
    KEY_EMPTY,        /* a struct of no size: a queue's key has size 0 and may not be void (map_check_btf) */
    KEY_NO_BYTES,     /* __u8[0] */
    KEY_BYTES,        /* __u8[4] */
    KEY_ENUM,         /* an enum of 4 bytes */
};

/* Fields the kernel gives a meaning to, and so must agree between a template and a candidate. */
bool typing_is_special(enum typing typing);

/* Whether a pointer's type says what the field is: BTF of the kind TYPE_TAG marks it. */
bool typing_has_type_tag(enum typing typing);

/* Whether a field is the root of a list or a tree: BTF of the kind DECL_TAG says what it contains, and it stands beside
 * a lock (btf_parse_fields).
 */
bool typing_needs_lock(enum typing typing);

/* Whether a field's record points into the BTF object that declares it (btf_parse_graph_root, and btf_parse_kptr for a
 * struct that the kernel does not have): fields of two BTF objects differ then, though they say the same.
 */
bool typing_belongs_to_btf(enum typing typing);

const char *typing_name(enum typing typing);

#endif
