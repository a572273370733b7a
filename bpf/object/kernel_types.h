/* Whether a refusal says that the kernel does not know a type of maps or of programs. */
#ifndef OBJECT_KERNEL_TYPES_H
#define OBJECT_KERNEL_TYPES_H

#include <bpf/libbpf.h>

#include "messages.h"

/* Of an object that was not loaded: a kernel answers EINVAL for a type that it does not know, as for much else. So it
 * is asked for a map, or a program, of the same type and without anything else; what it then says is added to the
 * messages.
 */
void tell_unknown_type(struct bpf_object *object, struct messages *messages);

#endif
