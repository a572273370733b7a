#ifndef PROBER_RUN_H
#define PROBER_RUN_H

#include "case.h"
#include "ktap.h"

/* Runs the table in its order and writes the whole KTAP document, header to end marker. */
void run_cases(const struct case_table *table, struct ktap *ktap);

/* Lets maps be charged to this process without bound (before 5.11 they count against RLIMIT_MEMLOCK). */
void raise_memlock_limit(void);

#endif
