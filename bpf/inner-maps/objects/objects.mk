# The BPF objects: which there are, and with which compiler each is built. Included by ../inner-maps.mk.
#
# Each is left as $(BUILD)/objects/TOOLCHAIN/NAME.bpf.o, where its BTF can be looked at, and is embedded in the prober
# (embed.sh). The prober finds an object by TOOLCHAIN and NAME (libbpf_cases.c makes the same names).
#
# The first compiler builds everything. What a compiler makes of a struct that is only named in the declaration of an
# inner map differs between compilers, so those objects are built by each.

CLANGS ?= clang
OBJECT_SOURCES = inner-maps/objects

OUTERS = array_of_maps hash_of_maps
INNERS = array hash lru_hash
DECLARATIONS = struct bytes value_size
# (INNER, TEMPLATE, CANDIDATE) for maps that the object itself fills in
VALUES_INNERS = array lru_hash
VALUES_CANDIDATES = struct bytes none
# Types that libbpf leaves untyped, whatever is declared, or that have nothing to type
KEYLESS_INNERS = queue stack
INDEX_INNERS = perf_event_array devmap sockmap

# Objects have the byte order of the machine that the prober is for.
BPF_TARGET := bpf$(if $(findstring __ORDER_BIG_ENDIAN__,\
    $(shell $(CC) -dM -E -x c /dev/null | grep '__BYTE_ORDER__')),eb)

# One instruction set for all compilers, since only their BTF is in question; every kernel here knows v2 (4.14).
BPF_CFLAGS = -target $(BPF_TARGET) -mcpu=v2 -g -O2 -Wall -Wextra -Werror -fdebug-prefix-map=$(CURDIR)=.

# $(call toolchain,CLANG): the name of a compiler in paths and case ids, clang-14
toolchain = $(addprefix clang-,$(shell $(1) -dumpversion 2>/dev/null | cut -d . -f 1))

# $(call object,CLANG,TOOLCHAIN,SOURCE,NAME,DEFINITIONS)
define object
BPF_OBJECTS += $(BUILD)/objects/$(2)/$(4).bpf.o
$(BUILD)/objects/$(2)/$(4).bpf.o: $(OBJECT_SOURCES)/$(3).bpf.c \
    $(wildcard $(OBJECT_SOURCES)/*.h) $(OBJECT_SOURCES)/objects.mk
	@mkdir -p $$(@D)
	$(1) $(BPF_CFLAGS) $(5) -c -o $$@ $$<
endef

# $(call shared_objects,CLANG,TOOLCHAIN): those of the first compiler alone
define shared_objects
$(foreach o,$(OUTERS),$(foreach i,$(INNERS),$(foreach t,$(DECLARATIONS),\
$(eval $(call object,$(1),$(2),declared,$(o).$(i).$(t),-DOUTER=$(o) -DINNER=$(i) -DTEMPLATE=$(t) -DFLAGS=0)))))
$(foreach o,$(OUTERS),$(foreach t,$(DECLARATIONS),\
$(eval $(call object,$(1),$(2),declared,$(o).array.$(t).inner_map_flag,\
-DOUTER=$(o) -DINNER=array -DTEMPLATE=$(t) -DFLAGS=FLAG_inner_map))))
$(foreach o,$(OUTERS),$(foreach i,$(VALUES_INNERS),$(foreach t,$(DECLARATIONS),$(foreach c,$(VALUES_CANDIDATES),\
$(eval $(call object,$(1),$(2),values,$(o).$(i).$(t).$(c).values,\
-DOUTER=$(o) -DINNER=$(i) -DTEMPLATE=$(t) -DCANDIDATE=$(c)))))))
$(foreach o,$(OUTERS),$(call other_objects,$(1),$(2),$(o),-DOUTER=$(o) -DNO_ELEMENTS))
$(eval $(call object,$(1),$(2),declared,hash_of_maps.array.struct.key_8,\
-DOUTER=hash_of_maps -DINNER=array -DTEMPLATE=struct -DFLAGS=0 -DKEY=__u64))
$(eval $(call object,$(1),$(2),values,hash_of_maps.array.struct.struct.values_key_8,\
-DOUTER=hash_of_maps -DINNER=array -DTEMPLATE=struct -DCANDIDATE=struct -DKEY=__u64))
$(foreach t,struct bytes,$(call pinned,$(1),$(2),array_of_maps,$(t),pinned,-DPINNED -DOUTER_FLAGS=0))
$(call pinned,$(1),$(2),array_of_maps,struct,pinned_template,-DPINNED_TEMPLATE)
$(call pinned,$(1),$(2),hash_of_maps,struct,pinned,-DPINNED -DOUTER_FLAGS=0)
$(call pinned,$(1),$(2),hash_of_maps,struct,pinned_no_prealloc,-DPINNED -DOUTER_FLAGS=FLAG_no_prealloc)
endef

# $(call pinned,CLANG,TOOLCHAIN,OUTER,TEMPLATE,SUFFIX,DEFINITIONS)
pinned = $(eval $(call object,$(1),$(2),declared,$(3).array.$(4).$(5),\
-DOUTER=$(3) -DINNER=array -DTEMPLATE=$(4) -DFLAGS=0 $(6)))

# $(call other_objects,CLANG,TOOLCHAIN,OUTER,DEFINITIONS): of the types without elements that a program looks up; they
# have no program
define other_objects
$(foreach i,$(KEYLESS_INNERS),\
$(eval $(call object,$(1),$(2),declared,$(3).$(i).struct,$(4) -DINNER=$(i) -DTEMPLATE=keyless_struct -DFLAGS=0))\
$(eval $(call object,$(1),$(2),declared,$(3).$(i).value_size,$(4) -DINNER=$(i) -DTEMPLATE=keyless_size -DFLAGS=0)))
$(foreach i,$(INDEX_INNERS),\
$(eval $(call object,$(1),$(2),declared,$(3).$(i).int,$(4) -DINNER=$(i) -DTEMPLATE=int -DFLAGS=0))\
$(eval $(call object,$(1),$(2),declared,$(3).$(i).value_size,$(4) -DINNER=$(i) -DTEMPLATE=int_size -DFLAGS=0)))
$(eval $(call object,$(1),$(2),declared,$(3).ringbuf.none,\
$(4) -DINNER=ringbuf -DTEMPLATE=nothing -DFLAGS=0 -DENTRIES=4096))
$(if $(filter array%,$(3)),$(eval $(call object,$(1),$(2),declared,$(3).arena.none,\
$(4) -DINNER=arena -DTEMPLATE=nothing -DFLAGS=FLAG_mmapable -DENTRIES=1)))
$(eval $(call object,$(1),$(2),values,$(3).queue.struct.struct.values,\
$(4) -DINNER=queue -DTEMPLATE=keyless_struct -DCANDIDATE=keyless_struct))
endef

# $(call compiler_objects,CLANG,TOOLCHAIN): those that each compiler builds
define compiler_objects
$(foreach o,$(OUTERS),$(foreach i,$(INNERS),\
$(eval $(call object,$(1),$(2),named_only,$(o).$(i).named_only,-DOUTER=$(o) -DINNER=$(i)))))
endef

ifneq ($(MAKECMDGOALS),clean)
$(foreach clang,$(CLANGS),$(if $(call toolchain,$(clang)),,\
$(error $(clang) does not run: install it, or say CLANGS=...)))
# Two names for one version (clang and clang-14) are one toolchain.
TOOLCHAINS :=
$(foreach clang,$(CLANGS),$(if $(filter $(call toolchain,$(clang)),$(TOOLCHAINS)),,\
$(if $(TOOLCHAINS),,$(call shared_objects,$(clang),$(call toolchain,$(clang))))\
$(call compiler_objects,$(clang),$(call toolchain,$(clang)))\
$(eval TOOLCHAINS += $(call toolchain,$(clang)))))
endif

$(BUILD)/embedded.c: inner-maps/embed.sh $(BPF_OBJECTS) $(BUILD)/settings
	sh inner-maps/embed.sh $(BPF_OBJECTS) >$@

$(OBJ)/inner-maps/embedded.o: $(BUILD)/embedded.c inner-maps/embedded.h $(BPF_OBJECTS)
	@mkdir -p $(@D)
	$(COMPILE) -Iinner-maps -c -o $@ $<
