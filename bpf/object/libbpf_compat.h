/* One source for all libbpfs that the harness knows, 0.3 to 1.7. A weak function is NULL where libbpf is older than it.
 */
#ifndef OBJECT_LIBBPF_COMPAT_H
#define OBJECT_LIBBPF_COMPAT_H

#include <bpf/libbpf.h>
#include <stdbool.h>

struct bpf_tcx_opts;

extern int bpf_map__set_autocreate(struct bpf_map *map, bool autocreate) __attribute__((weak)); /* 0.8 */
extern bool bpf_map__autocreate(const struct bpf_map *map) __attribute__((weak)); /* 0.8 */
/* 0.8; of a map of functions since 1.4. Its own name, since 1.1 declares it with other types. */
extern void *map_initial_value(const struct bpf_map *map, size_t *size)
    __asm__("bpf_map__initial_value") __attribute__((weak));
extern struct bpf_link *bpf_program__attach_tcx(const struct bpf_program *program, int interface,
                                                const struct bpf_tcx_opts *options) __attribute__((weak)); /* 1.3 */
/* 0.7: 1 for a type that the kernel knows, 0 for another, an error where libbpf does not know it itself. Their own
 * names, since their parameters are enums that libbpf declares from 0.7 on.
 */
extern int probe_map_type(int type, const void *options)
    __asm__("libbpf_probe_bpf_map_type") __attribute__((weak));
extern int probe_program_type(int type, const void *options)
    __asm__("libbpf_probe_bpf_prog_type") __attribute__((weak));
extern const char *map_type_name(int type) __asm__("libbpf_bpf_map_type_str") __attribute__((weak)); /* 1.0 */
extern const char *program_type_name(int type) __asm__("libbpf_bpf_prog_type_str") __attribute__((weak)); /* 1.0 */
extern const char *libbpf_version_string(void) __attribute__((weak)); /* 0.6 */

#ifndef LIBBPF_MAJOR_VERSION /* bpf/libbpf_version.h, since 0.6 */
#define bpf_program__type(program) bpf_program__get_type((struct bpf_program *)(program))
#define bpf_program__expected_attach_type(program) \
    bpf_program__get_expected_attach_type((struct bpf_program *)(program))
#endif

/* Before 1.0, a pointer may be an error; since then it is NULL, and errno tells. */
static inline bool is_valid(const void *pointer)
{
    return pointer && !libbpf_get_error(pointer);
}

/* The positive errno of a pointer that is not valid. */
static inline int error_of(const void *pointer)
{
    return (int)-libbpf_get_error(pointer);
}

/* Between 0.6 and 1.0, libbpf behaves like 1.0 only if asked to. */
static inline void be_strict(void)
{
#ifdef LIBBPF_MAJOR_VERSION
    libbpf_set_strict_mode(LIBBPF_STRICT_ALL);
#endif
}

#endif
