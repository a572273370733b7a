/* Asks the kernel the questions of the probe object. */
#ifndef OBJECT_ASK_H
#define OBJECT_ASK_H

#include <bpf/libbpf.h>

#include "answer.h"
#include "object_file.h"

/* The object as a whole: loaded and kept, so that its programs can be attached; NULL when it is not loaded. Says in
 * object_file.whole what the kernel took.
 */
struct bpf_object *ask_whole(struct object_file *file, struct answer *answer);

/* One part alone, of an object that is opened and that nobody else uses. */
void ask_part(struct bpf_object *opened, const struct question *question, struct answer *answer);

/* Attaches a part of an object that is loaded. */
void ask_attach(struct bpf_object *loaded, const struct question *question, struct answer *answer);

/* Opens the object; NULL, and a refusal as the answer, when libbpf does not. */
struct bpf_object *ask_open(const struct object_file *file, struct answer *answer);

#endif
