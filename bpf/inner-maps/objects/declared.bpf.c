/* An outer map with its inner map declared in place, as people write it; the inner maps come from user space.
 *
 * Built once for each OUTER, INNER and TEMPLATE (and FLAGS, ENTRIES, KEY); see objects.mk. The types have variables of
 * their own, which keeps them in the object's BTF with every compiler, and lets user space find them by name for its
 * maps.
 */
#include "bpf_object.h"

struct inner {
    __uint(type, MAP(INNER));
    __uint(max_entries, ENTRIES);
    __uint(map_flags, FLAGS);
#ifdef PINNED_TEMPLATE
    __uint(pinning, PIN_BY_NAME);
#endif
    DECLARE(TEMPLATE);
};

struct {
    __uint(type, MAP(OUTER));
    __uint(max_entries, OUTER_ENTRIES);
    __uint(key_size, sizeof(KEY));
#ifdef PINNED
    __uint(map_flags, OUTER_FLAGS);
    __uint(pinning, PIN_BY_NAME);
#endif
    __array(values, struct inner);
} outer SEC(".maps");

__u32 keep_key KEEP;
struct foo keep_struct KEEP;
__u8 keep_bytes[sizeof(struct foo)] KEEP;

#ifdef NO_ELEMENTS
/* The type of a key that has no size; a variable of that type alone would not do, since it has none either. */
struct nothing {};
struct keyed {
    struct nothing key;
    __u32 more;
} keep_nothing KEEP;
#else
#include "lookup.h"
#endif
