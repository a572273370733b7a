/* Layer libbpf: a real object, opened and loaded by libbpf, and maps that user space makes for it. */
#ifndef PROBER_LIBBPF_LAYER_H
#define PROBER_LIBBPF_LAYER_H

#include "case.h"

struct result libbpf_run(const struct libbpf_case *item);

#endif
