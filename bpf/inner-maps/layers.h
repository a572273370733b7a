/* The ways of asking, each a row of the table in main.c. */
#ifndef INNER_MAPS_LAYERS_H
#define INNER_MAPS_LAYERS_H

#include "case.h"

/* Layer raw: a case by bpf(2) alone; its questions are struct raw_case. */
void add_raw_cases(struct case_builder *builder);
struct result run_raw(const void *question);
void end_raw(void);

/* Layer raw, too: what a program sees of the inner map; its questions are struct seen_case. */
void add_seen_cases(struct case_builder *builder);
struct result run_seen(const void *question);

/* Layer raw, too: the same questions, asked by somebody else than root; struct asker_case. */
void add_asker_cases(struct case_builder *builder);
struct result run_asker(const void *question);
void end_askers(void);

/* Layer libbpf: a real object, opened and loaded by libbpf, and maps that user space makes for it; its questions are
 * struct libbpf_case.
 */
void add_libbpf_cases(struct case_builder *builder);
struct result run_libbpf(const void *question);
void end_libbpf(void);

#endif
