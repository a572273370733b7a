/* bpf(2), as far as maps and BTF go. Calls give a descriptor or 0, or a negative errno. */
#ifndef INNER_MAPS_MAPS_H
#define INNER_MAPS_MAPS_H

#include <stddef.h>
#include <stdint.h>

#include "btf_writer.h"
#include "questions.h"

/* The system call itself, which is tried again for a second where memory is short. */
int bpf_call(int command, void *attr, size_t size);

/* From now on, this process makes all maps and loads all BTF by that BPF token. */
void maps_use_token(int token);

int btf_load(const struct btf_blob *blob);

/* Makes a map; `btf` and its descriptor are for typed maps only (NULL and -1 else). A map-in-map gets `inner_fd`. */
int map_make(const struct map_spec *spec, const struct btf_blob *btf, int btf_fd, int inner_fd);

/* Makes a map whose value is a type of the kernel's own BTF (struct_ops); `btf_fd` is any BTF. */
int map_make_of_kernel_type(const struct map_spec *spec, int btf_fd, uint32_t type_id);

/* BTF that is loaded, by its id: a descriptor. */
int btf_by_id(uint32_t id);

/* Fills in what the kernel tells of a map, a program or BTF (BPF_OBJ_GET_INFO_BY_FD, man 2 bpf): a struct bpf_map_info,
 * bpf_prog_info or bpf_btf_info, zeroed but for what is asked.
 */
int object_info(int fd, void *info, size_t size);

/* Copies the bytes of loaded BTF, as many as there is room for. Gives the size of all, 0 where they are not to be had.
 */
uint32_t btf_copy(int btf_fd, void *room, uint32_t size);

/* Loads a socket filter that does nothing. */
int program_load(void);

/* Of the kernel's words about a map that it does not make, as a rule one line. */
enum { MAP_WORDS_MAX = 256 };

/* Asks a kernel that refused such a map once more, with a log (BPF_COMMON_ATTRS), and writes what it says to `words`,
 * of `size` bytes, as a string: empty where the kernel takes no log or has nothing to say.
 */
void map_refusal_words(const struct map_spec *spec, const struct btf_blob *btf, int btf_fd, int inner_fd, char *words,
                       size_t size);

/* Sets the element under the key. A per-CPU map's value is one for each possible CPU, 8 bytes apart. */
int map_update(int fd, const void *key, const void *value);

/* Puts the map `inner_fd` into slot (or under key) 0 of `outer_fd`. */
int outer_update(int outer_fd, int inner_fd);

/* The same at any key, with flags (BPF_ANY, BPF_NOEXIST, BPF_EXIST). */
int outer_update_at(int outer_fd, const void *key, int inner_fd, uint64_t flags);

/* Looks up what stands at a key: the id of a map. */
int outer_look_up(int outer_fd, const void *key, uint32_t *id);

int outer_delete(int outer_fd, const void *key);

/* A batch command on `*count` elements, which then says how many were done. Values are descriptors for an update, ids
 * for a look-up.
 */
int outer_batch(int command, int outer_fd, void *keys, uint32_t *values, uint32_t *count);

/* The id of a map (BPF_OBJ_GET_INFO_BY_FD). */
int map_id(int fd, uint32_t *id);

/* The map that has this id: a new descriptor. */
int map_of_id(uint32_t id);

/* Closes the descriptor unless it is negative. */
void close_fd(int fd);

#endif
