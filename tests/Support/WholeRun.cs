using Harness.Probes.InnerMaps;
using Harness.Probes.Libbpf;
using Harness.Results;

namespace Harness.Tests.Support;

/// <summary>
/// A run in which everything happened: each status of a kernel and of a case, and text that means harm.
/// </summary>
internal static class WholeRun
{
    /// <summary>
    /// What a hostile or broken guest may print: markup, table and code marks, links, terminal escapes.
    /// </summary>
    public const string Hostile =
        "<script>alert(1)</script> | `code` | **bold** [link](javascript:x) "
        + "\u001b[31mred\u001b]0;title\u0007 & &amp; # _x_ ~~y~~";

    public static RunDocument Document() => Samples.Document(
        Samples.Kernel("5.10.262",
            Samples.Case("raw.array_of_maps.array.none.none.max_entries", CaseStatus.Pass, Outcome.Reject),
            Samples.Case("raw.array_of_maps.array.struct.none"),
            Samples.Case("raw.array_of_maps.array.timer.timer", CaseStatus.Skip) with
            {
                Expected = CaseStatus.Skip,
                AsExpected = true
            },
            Samples.Case("raw.array_of_maps.hash.struct.none"),
            Samples.Case("raw.hash_of_maps.array.bytes.none"),
            Samples.Case("raw.hash_of_maps.array.struct.none")) with
        {
            Note = "stands in for debian-5.10.260-1-cloud-amd64, which the archive lists and does not serve",
            CaseStarts = [2.25, 2.251, null, 2.252, 2.252, 3],
            CaseSeconds = [0.000734, 0.00061, null, 0.000588, 0.0000192, 0.512],
        },
        Samples.Kernel("6.1.192",
            Samples.Case("raw.array_of_maps.array.none.none.max_entries", CaseStatus.Fail, Outcome.Reject) with
            {
                Evidence = "0: (79) r1 = *(u64 *)(r1 +0)\n\tR1 invalid mem access\n" + Hostile + "\n```\n~~~",
                Numbers = new([new("verified_insns", 57)]),
            },
            Foreseen(Samples.Case("raw.array_of_maps.array.struct.none", CaseStatus.Fail)),
            Samples.Case("raw.array_of_maps.array.timer.timer", CaseStatus.Flaky),
            Foreseen(Samples.Case("raw.array_of_maps.hash.struct.none", CaseStatus.Fail)),
            Samples.Case("raw.hash_of_maps.array.bytes.none", CaseStatus.Error) with { Reason = Hostile },
            Foreseen(Samples.Case("raw.hash_of_maps.array.struct.none", CaseStatus.Fail))),
        Samples.Kernel("6.12.43",
            Samples.Case("raw.array_of_maps.array.none.none.max_entries", CaseStatus.Pass, Outcome.Reject),
            Samples.Case("raw.array_of_maps.array.struct.none")) with
        { Status = KernelStatus.Crashed, AsExpected = false, Reason = Hostile },
        Samples.Untested("6.16.3", KernelStatus.BootFailed, "Kernel panic - not syncing: VFS: Unable to mount root fs"),
        Samples.Untested("6.17.8", KernelStatus.BootTimeout,
            "no sign of the prober within 90 s; the kernel said nothing") with
        { Attempts = 2, Seconds = 180.1234 },
        Samples.Kernel("6.18.5", Samples.Case("raw.array_of_maps.array.struct.none")) with
        {
            Status = KernelStatus.ProbeTimeout,
            AsExpected = false,
            Reason =
                "the deadline of 90 s passed (1 of 6 cases done, the last one raw.array_of_maps.array.struct.none)",
        },
        Samples.Untested("6.19.6", KernelStatus.ProbeError, "the report is not whole (0 of ? cases done)"),
        Samples.Untested("7.0.4", KernelStatus.Unavailable, "the archive answers 404",
            asExpected: true) with
        { Sha256 = null, Attempts = 0, Seconds = 0, Console = null },
        Samples.Untested("7.1.3", KernelStatus.InfraError,
            "qemu-system-x86_64: could not allocate memory") with
        { Console = null },
        Samples.Untested("7.2.6", KernelStatus.NotRun, "interrupted") with
        {
            Id = "mine",
            Version = null,
            ByName = true,
            Sha256 = null,
            Attempts = 0,
            Seconds = 0,
            Console = null,
            Source = "image bzImage"
        })
        with
    { Run = Samples.Run() with { Complete = false, CaseGlobs = ["raw.*"], Facts = RunFacts.Of([_clang], _libbpf) } };

    private static readonly ToolchainInfo _clang = new("clang-14", "14.0.6",
    [
        new ObjectInfo("array_of_maps.array.named_only", false, "struct foo is a FWD"),
        new ObjectInfo("array_of_maps.array.struct", true, null),
    ]);

    private static readonly LibbpfInfo[] _libbpf =
    [
        new("machine", "1.1", null, Samples.Sha256, 6),
        new("1.5", "1.5", "libbpf-1-5", Samples.Sha256, 2),
    ];

    private static CaseResult Foreseen(CaseResult result) => result with
    {
        Expected = CaseStatus.Fail,
        AsExpected = true,
        Cause = "bpf_map_meta_equal() compares timer_off",
        Workaround = "declare the value as a byte array",
    };
}
