/* Asks in processes of their own, so that nothing that libbpf or the kernel does to them harms other cases. */
#ifndef OBJECT_SESSION_H
#define OBJECT_SESSION_H

#include "object_file.h"
#include "result.h"

/* An object has a process, which loads it as a whole, keeps what every load needs (the kernel's BTF, what libbpf has
 * found out about the kernel), and makes a process for each further question. It lives until another object is asked.
 * A process that dies, or does not answer within `seconds`, is an error, and the next question gets a new one. The
 * result has the texts "libbpf" (its messages, with the verifier's log) and "facts" (lines "NAME VALUE").
 */
struct result session_ask(const struct question *question, unsigned seconds);

/* The result of a part of an object that was loaded as a whole. */
struct result session_result_of_part(const struct part *part);

#endif
