/* What init says, and how it ends the machine. */
#ifndef INIT_CONSOLE_H
#define INIT_CONSOLE_H

/* Says one line on the console, with "prober: " before it, by which the host finds it. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Says a line, and ends the machine. */
_Noreturn void give_up(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Ends the machine. */
_Noreturn void leave(void);

#endif
