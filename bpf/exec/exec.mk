# The probe exec: runs programs that others have written. Included by ../Makefile.

PROGRAMS += $(BUILD)/exec

EXEC = $(addprefix $(OBJ)/exec/,main.o task.o guest.o child.o hostfs.o output.o)

$(BUILD)/exec: $(EXEC) $(SHARED)
	$(LINK) -o $@ $(EXEC) $(SHARED)
	$(STRIP) --strip-all $@
