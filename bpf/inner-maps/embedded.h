/* The BPF objects inside the prober, in the order of objects/objects.mk: the first toolchain is the default one. */
#ifndef INNER_MAPS_EMBEDDED_H
#define INNER_MAPS_EMBEDDED_H

struct embedded_object {
    const char *toolchain; /* clang-14 */
    const char *name;      /* array_of_maps.lru_hash.struct */
    const unsigned char *start, *end;
};

extern const struct embedded_object embedded_objects[];
extern const unsigned embedded_object_count;

#endif
