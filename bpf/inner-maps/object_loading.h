/* How a BPF object is opened and loaded by libbpf, in each of the ways that programs have. */
#ifndef INNER_MAPS_OBJECT_LOADING_H
#define INNER_MAPS_OBJECT_LOADING_H

#include "asked_maps.h"
#include "questions.h"
#include "result.h"

struct bpf_object;

struct loaded_object {
    struct bpf_object *object; /* NULL where it was refused, and then `refused` says why: a skip or an error */
    int outer;                 /* the outer map: a descriptor */
    int own;                   /* a map of the prober's that was used for it, which is closed with it; or negative */
    struct asked_map template; /* the template, as the kernel has it; not there where the object made none */
    struct result refused;
};

/* Loads the object. `untyped` is an inner map without BTF, for the ways that put another one in place of the declared
 * one.
 */
struct loaded_object object_load(const struct load_request *request, const struct map_spec *untyped);

void object_unload(struct loaded_object *loaded);

#endif
