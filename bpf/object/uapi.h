/* Numbers of include/uapi/linux/bpf.h, by number: headers older than the newest kernel's will do. */
#ifndef OBJECT_UAPI_H
#define OBJECT_UAPI_H

enum { PROG_TYPE_NETFILTER = 32 }; /* Linux 6.4 */

enum {
    ATTACH_LSM_CGROUP = 43,  /* 6.0 */
    ATTACH_TCX_INGRESS = 46, /* 6.6 */
    ATTACH_TCX_EGRESS = 47,
};

#endif
