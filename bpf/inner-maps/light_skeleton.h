/* A light skeleton: a program that makes an object's maps and loads its programs, and that the kernel runs. */
#ifndef INNER_MAPS_LIGHT_SKELETON_H
#define INNER_MAPS_LIGHT_SKELETON_H

struct bpf_object;

/* Makes the loader of an object that was opened, and has the kernel run it. Gives the object's first map, a descriptor,
 * or a negative errno, and then `stage` says in words what failed. The object's other maps and its programs are closed.
 */
int light_skeleton_run(struct bpf_object *object, const char **stage);

#endif
