#ifndef PROBE_ERRNO_NAMES_H
#define PROBE_ERRNO_NAMES_H

/* The symbolic name of a Linux errno, or NULL when there is none. */
const char *errno_name(int number);

#endif
