/* What libbpf really asks the kernel for. What an object declares is not always that: libbpf leaves the BTF of some map
 * types out, and asks again without BTF where the kernel refuses it (bpf_object__create_map). A template is closed once
 * its outer map is made, so it is looked at in between: every system call of libbpf passes through here, since the
 * prober is linked with --wrap=syscall.
 */
#ifndef INNER_MAPS_ASKED_MAPS_H
#define INNER_MAPS_ASKED_MAPS_H

#include <stdbool.h>
#include <stdint.h>

/* A map, as the kernel tells of it (BPF_OBJ_GET_INFO_BY_FD). */
struct asked_map {
    bool made;                             /* there is such a map */
    uint32_t btf_id, key_type, value_type; /* 0 where it has no BTF */
    int refused;                           /* the errno when libbpf asked for such a map with BTF; 0: it did not */
    int arena;                             /* of a template that is an arena: a descriptor of the caller's; else -1 */
};

/* From now on, looks at each map that becomes a template. */
void asked_maps_begin(void);

/* The template of the outer map that was made last since then. */
struct asked_map asked_maps_end(void);

/* A map that is there; `refused` stays 0. */
struct asked_map asked_map_of(int fd);

#endif
