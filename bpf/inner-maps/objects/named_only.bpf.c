/* The same as declared.bpf.c, but for the variables: `struct foo` is named nowhere but in the declaration of the inner
 * map. clang up to 21 then drops the struct and leaves a forward declaration in BTF, and libbpf cannot tell the value's
 * size: this object says what a compiler does, before any kernel sees it.
 */
#include "bpf_object.h"

struct inner {
    __uint(type, MAP(INNER));
    __uint(max_entries, INNER_ENTRIES);
    DECLARE_struct;
};

struct {
    __uint(type, MAP(OUTER));
    __uint(max_entries, OUTER_ENTRIES);
    __uint(key_size, sizeof(__u32));
    __array(values, struct inner);
} outer SEC(".maps");

__u32 keep_key KEEP;
__u8 keep_bytes[sizeof(struct foo)] KEEP;

#include "lookup.h"
