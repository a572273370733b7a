using System.Globalization;
using Harness.Bisection;
using Harness.Kernels;
using Harness.Probes;
using Harness.Tests.Support;

namespace Harness.Tests.Bisection;

/// <summary>
/// Bisections over fake kernels: engine, memory and search are real, and each kernel is a piece of shell.
/// </summary>
internal sealed class BisectLab : IDisposable
{
    public const string Accepts = "header 1; a; end 1";
    public const string Refuses =
        "header 1; line 'not ok 1 raw.a # want=accept outcome=reject step=update errno=EINVAL'; end 1";
    public const string RefusesElsewhere =
        "header 1; line 'not ok 1 raw.a # want=accept outcome=reject step=inner errno=E2BIG'; end 1";
    public const string Lacks = "header 1; line 'ok 1 raw.a # SKIP want=accept outcome=null step=inner errno=EINVAL "
        + "reason=no such type'; end 1";
    public const string Panics = "say 'Kernel panic - not syncing: no root'";

    private int _bisections;

    public RunLab Runs { get; } = new();

    public List<BisectEvent> Events { get; } = [];

    /// <summary>Versions booted, in order.</summary>
    public IReadOnlyList<string> Booted => [.. Runs.Launcher.Launched.Select(line => line.Split(' ')[0])];

    /// <summary>The directory of the newest bisection.</summary>
    public string Directory => Runs[string.Create(CultureInfo.InvariantCulture, $"bisect-{_bisections}")];

    /// <summary>Kernels of 6.1.0, 6.1.1, … that do this, each with an image of its own.</summary>
    public IReadOnlyList<PlannedKernel> Kernels(params string[] guests) =>
        [.. guests.Select((guest, i) => Kernel(i, guest))];

    public PlannedKernel Kernel(int patch, string guest) =>
        Runs.Kernel(string.Create(CultureInfo.InvariantCulture, $"6.1.{patch + 1}"), guest,
            sha256: patch.ToString("x64", CultureInfo.InvariantCulture));

    public Task<ReleaseFindings> BisectAsync(
        IReadOnlyList<PlannedKernel> kernels, bool all = false, bool goodIsNewer = false,
        CancellationToken cancellation = default)
    {
        var (good, bad) = goodIsNewer ? (kernels[^1], kernels[0]) : (kernels[0], kernels[^1]);
        return BisectAsync(new ReleaseQuestion("raw.a", all, kernels, good.Kernel.Id, bad.Kernel.Id), "raw.a",
            cancellation);
    }

    public Task<ReleaseFindings> BisectAsync(
        ReleaseQuestion question, string glob, CancellationToken cancellation = default)
    {
        _bisections++;
        var vm = Runs.Launcher.Machine;
        IReadOnlyList<ProbeCase> cases = [.. RunLab.Cases.Where(c => new Glob(glob).Matches(c.Id))];
        var plan = Runs.Plan();
        plan = plan with { Programs = RunLab.Asking(plan, cases), CaseGlobs = [new Glob(glob)], Directory = Directory };
        var measurer = new KernelMeasurer(plan, vm, Runs.Chooser(vm), Runs.Environment, TimeProvider.System, _ => { });
        return new ReleaseBisection(question, measurer, Directory, Events.Add).RunAsync(cancellation);
    }

    public void Dispose() => Runs.Dispose();
}
