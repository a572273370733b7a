/* BPF file systems that are mounted nowhere: they are reached through a descriptor, and end with it. */
#ifndef INNER_MAPS_BPF_MOUNT_H
#define INNER_MAPS_BPF_MOUNT_H

/* Begins one, which belongs to this process's user namespace: a descriptor, or a negative errno. */
int bpf_mount_begin(void);

/* Delegates commands or map types ("delegate_cmds", "delegate_maps") of one that was begun: 0, or a negative errno. */
int bpf_mount_delegate(int begun, const char *what);

/* Makes one that was begun: a directory's descriptor, or a negative errno. */
int bpf_mount_make(int begun);

/* A new one. */
int bpf_mount_new(void);

#endif
