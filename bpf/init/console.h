/* What init says, and how it ends the machine. */
#ifndef INIT_CONSOLE_H
#define INIT_CONSOLE_H

/* Says one line on the console, with "prober: " before it, by which the host finds it. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Says a line, and ends the machine. */
_Noreturn void give_up(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Ends the machine. */
_Noreturn void leave(void);

/* Says on the console that probing begins, and lets warnings of the kernel reach the console from here on: WARN() is
 * one, and loglevel=4 keeps warnings off it while the kernel boots, since each line costs time.
 */
void announce_probes(void);

#endif
