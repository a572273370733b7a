# The guest's PID 1. Included by ../Makefile.

PROGRAMS += $(BUILD)/init

INIT = $(addprefix $(OBJ)/init/,main.o console.o parameters.o children.o) \
    $(addprefix $(OBJ)/init/,orders.o fw_cfg.o fw_cfg_dma.o unpack.o renew.o) \
    $(addprefix $(OBJ)/shared/,options.o channel.o debug_console.o memlock.o)

$(BUILD)/init: $(INIT)
	$(LINK) -o $@ $(INIT)
	$(STRIP) --strip-all $@
