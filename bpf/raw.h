/* Layer raw: a case by bpf(2) alone. */
#ifndef PROBER_RAW_H
#define PROBER_RAW_H

#include "case.h"

struct result raw_run(const struct raw_case *raw);

#endif
