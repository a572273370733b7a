# What every probe is linked with: its command line, its table of cases, its report. Included by ../Makefile.

SHARED = $(addprefix $(OBJ)/shared/,\
    probe.o case.o run.o result.o ktap.o ktap_line.o ktap_texts.o errno_names.o options.o channel.o \
    debug_console.o memlock.o kernel_log.o clock.o modules.o)
