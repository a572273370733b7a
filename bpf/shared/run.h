#ifndef PROBE_RUN_H
#define PROBE_RUN_H

#include "case.h"
#include "ktap.h"

/* Runs the table in its order and writes the whole KTAP document, header to end marker. */
void run_cases(const struct case_table *table, struct ktap *ktap);

#endif
