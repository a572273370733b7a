using Harness.Analysis;
using Harness.Results;

namespace Harness.Tests.Support;

/// <summary>
/// Two runs between which everything changed that can, in repeats that do not agree, and with text that means harm.
/// </summary>
internal static class ChangedRun
{
    private const string First = "raw.array_of_maps.array.struct.none";
    private const string Second = "raw.array_of_maps.hash.struct.none";
    private const string Third = "raw.hash_of_maps.array.struct.none";

    public static RunDocument Older() => Samples.Document(
        Samples.Kernel("5.10.262", Samples.Case(First), Samples.Case(Second), Samples.Case(Third)),
        Samples.Kernel("6.1.170", Samples.Case(First), Samples.Case(Second), Samples.Case(Third, CaseStatus.Skip)),
        Samples.Kernel("6.1.190", Samples.Case(First), Samples.Case(Second)),
        Samples.Kernel("6.12.43", Samples.Case(First, CaseStatus.Fail), Samples.Case(Second, CaseStatus.Fail),
            Samples.Case(Third, CaseStatus.Fail)),
        Samples.Kernel("6.16.3", Samples.Case(First)),
        Samples.Untested("6.17.8", KernelStatus.BootFailed, WholeRun.Hostile),
        Samples.Untested("6.18.5", KernelStatus.BootFailed, "panic"),
        Samples.Kernel("6.19.6", Samples.Case(First)),
        Samples.Kernel("7.0.4",
            Samples.Case(First) with { Id = $"raw.{WholeRun.Hostile.Replace('.', ' ')}.array.struct.none" }))
        with
    {
        Run = Samples.Run() with
        {
            Id = "20260130-235959",
            StartedAt = Samples.Run().StartedAt.AddDays(-1),
            Repeat = 1
        }
    };

    public static RunDocument Newer()
    {
        var flaky = Samples.Case(First, CaseStatus.Flaky) with
        {
            Reason = "the repeats disagree",
            Attempts =
            [
                new(1, CaseStatus.Pass, Outcome.Accept, null, null, null),
                new(2, CaseStatus.Fail, Outcome.Reject, "update", "EINVAL", WholeRun.Hostile),
                new(3, CaseStatus.Pass, Outcome.Accept, null, null, null),
            ],
        };
        var document = Samples.Document(
            Samples.Kernel("5.10.262", flaky, Samples.Case(Second, CaseStatus.Fail),
                Samples.Case("raw.hash_of_maps.hash.struct.none")),
            Samples.Kernel("6.1.170", Samples.Case(First, CaseStatus.Fail), Samples.Case(Second, CaseStatus.Fail),
                Samples.Case(Third, CaseStatus.Skip) with { Step = "outer" }),
            Samples.Kernel("6.1.192", Samples.Case(First, CaseStatus.Fail), Samples.Case(Second)),
            Samples.Kernel("6.12.43", Samples.Case(First), Samples.Case(Second, CaseStatus.Pass, Outcome.Reject),
                Samples.Case(Third, CaseStatus.Fail) with { Errno = "E2BIG" }),
            Samples.Untested("6.16.3", KernelStatus.Crashed, "BUG: " + WholeRun.Hostile),
            Samples.Kernel("6.17.8", Samples.Case(First)),
            Samples.Untested("6.18.5", KernelStatus.BootTimeout, "no sign of the prober"),
            Samples.Kernel("7.0.4", Samples.Case(First)),
            Samples.Kernel("7.1.3", Samples.Case(First))) with
        { Run = Samples.Run() with { Repeat = 3 } };
        return document with { Baseline = RunDiff.Of(Older(), document, Samples.PlaceOf, Samples.Probes) };
    }
}
