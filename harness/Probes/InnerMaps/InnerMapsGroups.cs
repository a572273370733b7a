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
            new Glob("raw.*.perf_event_array.bytes.bytes"), new Glob("raw.*.long_value"),
            new Glob("raw.*.struct_ops.*")),
    ];
}
