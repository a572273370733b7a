namespace Harness.Probes.InnerMaps;

/// <summary>
/// The questions beyond how a plain value is typed, in groups that a report sums up in a sentence each.
/// </summary>
internal static class InnerMapsGroups
{
    /// <summary>The special fields of BTF, as typings.</summary>
    private const string Fields =
        "{spin_lock,timer,kptr,res_spin_lock,list_head,rb_root,refcount,workqueue,task_work,uptr,percpu_kptr,"
        + "untrusted_kptr,timer_spin_lock}";

    /// <summary>As variants name them.</summary>
    private const string Flags =
        "{rdonly,wronly,rdonly_prog,wronly_prog,mmapable,zero_seed,numa_node,no_common_lru,no_prealloc,preserve_elems,"
        + "rb_overwrite,clone,inner_map_flag}";

    public static IReadOnlyList<QuestionGroup> All { get; } =
    [
        new("A special field (lock, timer, list, tree, count, work, pointer) in both maps or in one",
            new Glob($"raw.*.*.{Fields}.*"), new Glob($"raw.*.*.*.{Fields}")),
        new("Such a field elsewhere in the value, pointing to another type, or standing there twice",
            new Glob("raw.*.{other_offset,other_target,twice,template_twice,candidate_twice}")),
        new("One BTF object for both maps, or two that say the same", new Glob("raw.*.{same_btf,other_ids}")),
        new("BTF of the value and none of the key, or a key of another kind",
            new Glob("raw.*.{value_btf_only,value_btf_only_candidate,key_btf,key_btf_bytes,key_btf_enum}")),
        new("Map types that libbpf leaves untyped, typed all the same or with their longer values; struct_ops",
            new Glob("raw.*.perf_event_array.bytes.bytes"), new Glob("raw.*.{long_value,no_entries}"),
            new Glob("raw.*.struct_ops.*")),
        new("A flag on the template, on the inner map or on both",
            new Glob($"raw.*.{Flags}_{{template,candidate,both}}")),
        new("A map that belongs to one program as template or inner map", new Glob("raw.*.exclusive_*")),
        new("Fewer or more entries than the template",
            new Glob("*.{max_entries,max_entries_inner_map_flag,fewer_entries,fewer_entries_inner_map_flag}"),
            new Glob("raw.*.no_common_lru_rounded")),
        new("A frozen map, one made with a BPF token, map_extra, another NUMA node",
            new Glob("raw.*.{frozen,token,map_extra}_{template,candidate,both}"), new Glob("raw.*.numa_node_differs")),
        new("Asked by less than root: CAP_BPF alone, a user with unprivileged BPF on and off, a BPF token's container",
            new Glob("raw.*.as_*")),
        new("Declared inner maps of types that libbpf makes without BTF, or that have none; outer keys of 8 bytes",
            new Glob("libbpf.*.{queue,stack,perf_event_array,devmap,sockmap,ringbuf,arena}.*"),
            new Glob("libbpf.*.{key_8,values_key_8}")),
        new("Outer maps that are pinned or reused, objects that skeletons load",
            new Glob("libbpf.*.{pinned,pinned_by_bytes,pinned_by_struct,pinned_template,pinned_other_flags}"),
            new Glob("libbpf.*.{reused_outer,skeleton,light_skeleton}")),
        new("How the outer map is made, filled, looked up and emptied", new Glob("raw.*.outer_*")),
        new("What a program reads of a map that was put in, where a wrong value or a dead kernel is not as wanted",
            new Glob("raw.*.seen_*")),
    ];
}
