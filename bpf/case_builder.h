/* What the files that make the case table share. */
#ifndef PROBER_CASE_BUILDER_H
#define PROBER_CASE_BUILDER_H

#include "case.h"

struct case_builder {
    struct case_table table;
    size_t room;
};

/* A fresh case at the end of the table; it stays where it is until the next one is added. */
struct test_case *case_add(struct case_builder *builder, enum layer layer, enum want want, const char *source);

void add_raw_cases(struct case_builder *builder);
void add_libbpf_cases(struct case_builder *builder);

#endif
