/* How a map's value and key are described in BTF: the vocabulary of the case ids, and what it means in types. */
#ifndef INNER_MAPS_TYPING_H
#define INNER_MAPS_TYPING_H

#include <stdbool.h>

/* A value's typing; the names are those of the case ids. All but `bytes` fill exactly TYPED_VALUE_SIZE bytes. */
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
    TYPING_COUNT,
};

/* A struct bpf_timer fills two 64-bit words (include/uapi/linux/bpf.h): the smallest value that every typing can be. */
enum { TYPED_VALUE_SIZE = 16 };

/* How a typed map's key is described. Map types differ in what they take (their map_check_btf callbacks). */
enum key_typing {
    KEY_VOID,         /* type id 0: keyless maps that ask for it (bloom_map_check_btf) */
    KEY_UNSIGNED,     /* unsigned int */
    KEY_SIGNED,       /* int */
    KEY_STRUCT,       /* a struct around one unsigned int */
    KEY_LPM,          /* struct { prefixlen; __u8 data[4]; }, trie_check_btf wants a struct */
    KEY_LPM_WORD,     /* the same with `__u32 data` */
    KEY_EMPTY,        /* a struct of no size: a queue's key has size 0 and may not be void (map_check_btf) */
};

/* Fields the kernel gives a meaning to, and so must agree between a template and a candidate. */
static inline bool typing_is_special(enum typing typing)
{
    return typing == TYPING_SPIN_LOCK || typing == TYPING_TIMER || typing == TYPING_KPTR;
}

const char *typing_name(enum typing typing);

#endif
