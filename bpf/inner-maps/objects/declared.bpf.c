/* An outer map with its inner map declared in place, as people write it; the inner maps come from user space.
 *
 * Built once for each OUTER, INNER and TEMPLATE (and FLAGS); see objects.mk. The types have variables of their own,
 * which keeps them in the object's BTF with every compiler, and lets user space find them by name for its maps.
 */
#include "bpf_object.h"

struct inner {
    __uint(type, MAP(INNER));
    __uint(max_entries, INNER_ENTRIES);
    __uint(map_flags, FLAGS);
    DECLARE(TEMPLATE);
};

struct {
    __uint(type, MAP(OUTER));
    __uint(max_entries, OUTER_ENTRIES);
    __uint(key_size, sizeof(__u32));
    __array(values, struct inner);
} outer SEC(".maps");

__u32 keep_key;
struct foo keep_struct;
__u8 keep_bytes[sizeof(struct foo)];

#include "lookup.h"
