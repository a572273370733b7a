/* The kernel's own modules, as the host has put them into the guest: in /modules those that are not built in, in the
 * order of names in which they are loaded, and in /modules.missing a sentence about those that the kernel has nowhere.
 * Where the host does not know which modules the kernel has, /modules.unknown has a sentence about that instead.
 */
#ifndef PROBE_MODULES_H
#define PROBE_MODULES_H

#include <stdbool.h>

enum { MODULES_MISSING_MAX = 160, MODULES_PROBLEM_MAX = 160 };

/* Loads all of them; those that are there already stay. `problem` gets what went wrong with the first that did not
 * load, as the rest of a sentence that begins with ':'; it is empty where nothing did.
 */
void modules_load(char problem[MODULES_PROBLEM_MAX]);

/* The sentence; empty where nothing is missing. Returns whether it is the kernel that lacks something, as far as
 * anybody knows; otherwise it is the guest.
 */
bool modules_read_missing(char text[MODULES_MISSING_MAX]);

#endif
