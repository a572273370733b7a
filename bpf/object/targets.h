/* What a program is attached to, where its section does not say it and only its author's loader can. */
#ifndef OBJECT_TARGETS_H
#define OBJECT_TARGETS_H

#include <bpf/libbpf.h>

#include "messages.h"

/* Why an object cannot be loaded without its author's loader, in words; NULL when nothing is missing. */
const char *target_missing_to_load(const struct messages *messages);

/* Why a program cannot be attached without it; NULL when its section says where, or the guest has such a place. */
const char *target_missing_to_attach(const struct bpf_program *program);

#endif
