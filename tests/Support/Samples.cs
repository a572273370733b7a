using Harness.Analysis;
using Harness.Cli;
using Harness.Kernels;
using Harness.Probes;
using Harness.Probes.InnerMaps;
using Harness.Results;

namespace Harness.Tests.Support;

/// <summary>Results as a run would have them; what a test is about it changes with <c>with</c>.</summary>
internal static class Samples
{
    public const string Sha256 = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    /// <summary>The probes of this project.</summary>
    public static ProbeList Probes => Catalog.Default.Probes;

    /// <summary>What a kernel of this id is a point release of.</summary>
    public static KernelPlace? PlaceOf(string id) => KernelSources.Default.PlaceOf(id);

    /// <summary>A whole document of what kernels answered, causes included.</summary>
    public static RunDocument Analyse(RunInfo run, IEnumerable<KernelResult> kernels) =>
        RunAnalysis.Of(run, kernels, Probes);

    public static IReadOnlyList<KernelResult> Explain(IReadOnlyList<KernelResult> kernels) =>
        Causes.Explain(kernels, Probes);

    /// <summary>The same by these rules alone.</summary>
    public static IReadOnlyList<KernelResult> Explain(IReadOnlyList<KernelResult> kernels,
        IReadOnlyList<CauseRule> rules) =>
        Causes.Explain(kernels, Probes, _ => rules);

    public static IReadOnlyList<string> Patterns(IEnumerable<string> cases) => CasePatterns.Of(cases, Probes);

    public static CaseResult Case(string id, CaseStatus status = CaseStatus.Pass, Outcome want = Outcome.Accept) =>
        status switch
        {
            CaseStatus.Pass =>
                new(id, want, want, want == Outcome.Accept ? null : "update", want == Outcome.Accept ? null : "EINVAL",
                    status, CaseStatus.Pass, null, null, null),
            CaseStatus.Fail when want == Outcome.Accept =>
                new(id, want, Outcome.Reject, "update", "EINVAL", status, CaseStatus.Pass, null, null, null),
            CaseStatus.Fail => new(id, want, Outcome.Accept, null, null, status, CaseStatus.Pass, null, null, null),
            CaseStatus.Skip =>
                new(id, want, null, "inner", "EINVAL", status, CaseStatus.Pass,
                    "the kernel has no such map", null, null),
            CaseStatus.Error =>
                new(id, want, null, "update", "EPERM", status, CaseStatus.Pass,
                    "no verdict: not permitted", null, null),
            _ => new(id, want, null, null, null, status, CaseStatus.Pass, null, null, null),
        };

    public static KernelResult Kernel(string version, params IReadOnlyList<CaseResult> cases) => new(
        Id: $"debian-{version}-1-cloud-amd64",
        Release: $"{version}-cloud-amd64",
        Version: version,
        Arch: "x86_64",
        Source: $"debian bookworm linux-image-{version}-cloud-amd64 {version}-1",
        Sha256: Sha256,
        Status: KernelStatus.Tested,
        Reason: null,
        Attempts: 1,
        Seconds: 4.25,
        Console: $"console/debian-{version}-1-cloud-amd64.log",
        Cases: cases)
    {
        AsExpected = true,
        StartedAt = new DateTimeOffset(2026, 2, 1, 0, 0, 5, TimeSpan.Zero),
        BootSeconds = 2.25,
        ProbeSeconds = 1.5,
        Checkout = new KernelCheckout("debian", $"{version}-1", null, null, "cloud-amd64"),
    };

    /// <summary>The row in place of the kernels of a suite that could not be read.</summary>
    public static KernelResult Suite(string suite) =>
        Untested("0", KernelStatus.InfraError, $"suite {suite} cannot be read: HTTP 500") with
        {
            Id = $"debian-suite-{suite}-amd64",
            Version = null,
            Sha256 = null,
            Attempts = 0,
            Console = null,
            StandsFor = "debian-",
        };

    /// <summary>The kernel was never booted.</summary>
    private static bool IsOurs(KernelStatus status) =>
        status is KernelStatus.Unavailable or KernelStatus.InfraError or KernelStatus.NotRun;

    /// <summary>A kernel that never came to a report.</summary>
    public static KernelResult Untested(string version, KernelStatus status, string reason, bool asExpected = false) =>
        Kernel(version) with
        {
            Release = null,
            Status = status,
            AsExpected = asExpected,
            Reason = reason,
            StartedAt = IsOurs(status) ? null : Kernel(version).StartedAt,
            BootSeconds = IsOurs(status) ? null : Kernel(version).BootSeconds,
            ProbeSeconds = null,
        };

    public static RunDocument Document(params IReadOnlyList<KernelResult> kernels) =>
        new(RunDocument.CurrentSchemaVersion, Run(), kernels,
            Ranges.Compute(kernels))
        { Transitions = Transitions.Of(kernels) };

    public static RunInfo Run() => new(
        Id: "20260131-235959",
        StartedAt: new DateTimeOffset(2026, 1, 31, 23, 59, 59, TimeSpan.Zero),
        FinishedAt: new DateTimeOffset(2026, 2, 1, 0, 1, 30, TimeSpan.Zero),
        Complete: true,
        Accel: "tcg",
        Harness: "1.0.0",
        Prober: new ProberInfo(Sha256, 6),
        Host: new HostInfo("Debian GNU/Linux 12 (bookworm)", "6.1.0", "A CPU @ 2.00GHz", 2,
            "QEMU emulator version 7.2.22", "1.35"))
    {
        AccelNote = "/dev/kvm opens, but a Linux kernel did not reach user space within 10 s under it",
        Matrix = "kernels.yaml",
        KernelParameters = "console=ttyS0 panic=-1",
        Jobs = 2,
        TimeoutSeconds = 90,
        Notes = ["suite sid: its index was valid until 2026-01-01 only"],
        Facts = RunFacts.Of([], []),
    };

    public static RunRequest Request() => new(
        "20260131-235959", new DateTimeOffset(2026, 1, 31, 23, 59, 59, TimeSpan.Zero), "/somewhere/kernels.yaml", [],
        false, [], [], Sha256);
}
