/* Loads one program or map of an object, and what it needs. */
#ifndef OBJECT_LOAD_ALONE_H
#define OBJECT_LOAD_ALONE_H

#include <bpf/libbpf.h>

#include "answer.h"
#include "object_file.h"

/* The object must be opened; it may be closed and opened anew. 0 when the part is loaded, else the errno, with the
 * messages of the refusal in the answer. The object stays.
 */
int load_alone(struct bpf_object **object, const struct question *question, struct answer *answer);

/* The index of the map that libbpf failed to create, as the messages say it; -1 when it failed otherwise. */
int refused_map(struct bpf_object *object, const struct messages *messages);

#endif
