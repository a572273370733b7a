/* An outer map filled in the object: libbpf makes `candidate` and puts it into `outer` while it loads. The two are
 * declared in ways that need not agree, which the compiler is told to bear with by the cast. The program is left out:
 * it is that of declared.bpf.c, and the verifier takes as long as all the rest.
 */
#include "bpf_object.h"

struct inner {
    __uint(type, MAP(INNER));
    __uint(max_entries, INNER_ENTRIES);
    DECLARE(TEMPLATE);
};

struct {
    __uint(type, MAP(INNER));
    __uint(max_entries, INNER_ENTRIES);
    DECLARE(CANDIDATE);
} candidate SEC(".maps");

struct {
    __uint(type, MAP(OUTER));
    __uint(max_entries, OUTER_ENTRIES);
    __uint(key_size, sizeof(KEY));
    __array(values, struct inner);
} outer SEC(".maps") = {
    .values = { (void *)&candidate },
};

struct foo keep_struct KEEP;
