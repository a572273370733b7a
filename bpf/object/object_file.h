/* A BPF object of this guest, and what is known of it. */
#ifndef OBJECT_FILE_H
#define OBJECT_FILE_H

#include <stdbool.h>
#include <stddef.h>

/* A program or a map, as the object as a whole was loaded. */
struct part {
    bool taken;        /* the kernel took it */
    unsigned verified; /* of a program: how many instructions the verifier looked at; 0 where the kernel does not say */
};

/* Written by the process that loads the object, read by the one that reports. */
struct whole {
    bool loaded; /* libbpf loaded it as it is; the parts are then known */
    struct part parts[];
};

struct object_file {
    char *path;
    char *name;              /* what stands for it in ids */
    bool attach;             /* its programs are to be attached, too */
    size_t programs, maps;   /* how many it has, as libbpf counts them */
    struct whole *whole;     /* in shared memory: programs first, then maps */
};

enum what {
    WHAT_OBJECT,     /* does libbpf open and load it as it is? */
    WHAT_PROGRAM,    /* the same with this program alone, and the maps that it needs */
    WHAT_MAP,        /* is this map created as declared? */
    WHAT_ATTACH,     /* does this program attach where its section says? */
    WHAT_ATTACH_MAP, /* does this map of functions (struct_ops) attach? */
};

struct question {
    struct object_file *object;
    enum what what;
    size_t index; /* of the program or the map, in libbpf's order */
};

/* The part that a question is about; only where the object has one. */
struct part *part_of(const struct question *question);

#endif
