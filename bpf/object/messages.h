/* What libbpf says while it opens, loads and attaches, with the verifier's log of a program that the kernel refuses. */
#ifndef OBJECT_MESSAGES_H
#define OBJECT_MESSAGES_H

#include <stddef.h>

/* In bytes: what is kept. Of more, the beginning and, as the complaint comes last, the end. */
enum { MESSAGES_MAX = 1 << 20 };

struct messages {
    size_t length;
    unsigned long long lost;
    char text[MESSAGES_MAX];
};

/* From now on, libbpf's messages are appended to these. */
void messages_catch(struct messages *messages);

/* Appends a text of the kernel's own. */
void messages_add(struct messages *messages, const char *text, size_t length);

/* The step at which libbpf failed: "open", "map", "relocate" or "load", as its messages tell. */
const char *messages_step(const struct messages *messages);

/* A line that contains a text, and where it ends; NULL when none does. */
const char *messages_find(const struct messages *messages, const char *text, size_t *length);

#endif
