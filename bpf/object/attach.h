/* Attaches a program where its section says, if that needs no target of its author's. */
#ifndef OBJECT_ATTACH_H
#define OBJECT_ATTACH_H

#include <bpf/libbpf.h>

#include "result.h"

struct result attach_program(struct bpf_program *program);

#endif
