/* A setting of the kernel's under /proc/sys that has one digit: changed where cases want it, and set back. */
#ifndef INNER_MAPS_SETTING_H
#define INNER_MAPS_SETTING_H

struct setting {
    const char *path;
    char original, current; /* a digit; NUL until it is known */
};

/* Gives the digit, NUL where the kernel has no such setting. */
char setting_value(struct setting *setting);

/* Sets it; gives 0, or a negative errno: -ENOENT where the kernel has no such setting. */
int setting_change(struct setting *setting, char wanted);

/* Sets it to what it was at first. */
void setting_restore(struct setting *setting);

#endif
