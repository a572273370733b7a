/* What libbpf says while it works, kept for the reason of a case instead of going to standard error. */
#ifndef INNER_MAPS_LIBBPF_MESSAGES_H
#define INNER_MAPS_LIBBPF_MESSAGES_H

void libbpf_messages_clear(void);

/* The warnings since then, in one line; "" when there were none. */
const char *libbpf_messages(void);

/* The version of libbpf that is linked in, "1.1". */
const char *libbpf_version(void);

#endif
