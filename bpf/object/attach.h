/* Attaches what needs no target of its author's: where the section says, or to the guest's own network and control
 * group.
 */
#ifndef OBJECT_ATTACH_H
#define OBJECT_ATTACH_H

#include <bpf/libbpf.h>

#include "result.h"

/* The program is detached again. */
struct result attach_program(struct bpf_program *program);

/* A map of functions (struct_ops): attached, the kernel calls its programs. */
struct result attach_map(struct bpf_map *map);

#endif
