/* What a refusal of the kernel's comes to, and the kernel's own words about it. */
#ifndef INNER_MAPS_VERDICTS_H
#define INNER_MAPS_VERDICTS_H

#include <stdint.h>

#include "result.h"

/* A failure of the combination: the kernel's verdict, unless the errno speaks of something else. */
struct result verdict(step_name step, int error);

/* The outer map of a case was refused: a verdict, unless the kernel makes no outer map of this type at all. */
struct result outer_refused(uint32_t type, int error);

/* The result with these words as its text "kernel"; as it is where there are no words. */
struct result result_with_words(struct result result, const char *words);

/* The same with a text of another name, which must last. */
struct result result_with_text(struct result result, const char *name, const char *words);

#endif
