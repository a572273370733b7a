using Harness.Ktap;
using Harness.Matrix;
using Harness.Results;
using Harness.Runs;
using Harness.Tests.Analysis;

namespace Harness.Tests.Support;

/// <summary>
/// Runs of real kernels, cut down to what shows in a report; with <see cref="WholeRun"/> they have every status.
/// </summary>
internal static class CapturedRuns
{
    public static IReadOnlyDictionary<string, Func<RunDocument>> All { get; } =
        new Dictionary<string, Func<RunDocument>>
        {
            ["default-matrix"] = Default,
            ["two-files-that-are-no-kernels"] = () => File("two-files-that-are-no-kernels"),
            ["virtme-ng-1.22"] = () => File("virtme-ng-1.22"),
            ["consoles"] = Consoles,
        };

    /// <summary>Pass, fail and skip on either side of each change of the kernel.</summary>
    private static RunDocument Default()
    {
        string[] versions = ["5.10.262", "6.1.192", "6.12.43", "7.0.13", "7.3.4"];
        var cases = new Glob("{raw,libbpf}.array_of_maps.array.{bytes,struct,none,timer}.{none,struct,timer}"
            + "{,.max_entries,.map_type,.named_only.clang-14}");
        return Expected(WithCauses().Where(k => versions.Contains(k.Version))
            .Select(k => k with { Cases = [.. k.Cases.Where(c => cases.Matches(c.Id))] }));
    }

    /// <summary>The whole default matrix, of which all is as expected: 22 kernels, 31,350 verdicts.</summary>
    public static RunDocument WholeMatrix() => Expected(WithCauses());

    /// <summary>Causes are found among all of a kernel's answers, so before the answers are cut down.</summary>
    private static IEnumerable<KernelResult> WithCauses() => Samples.Explain(CauseCapturedRun.Default);

    private static RunDocument Expected(IEnumerable<KernelResult> kernels) => Samples.Document(
    [
        .. kernels.Select(k => k with
        {
            Cases = [.. k.Cases.Select(c => c with { Expected = c.Status, AsExpected = true })],
        }),
    ]);

    /// <summary>How VMs ended, as captured, each judged as a run would.</summary>
    private static RunDocument Consoles()
    {
        var kernels = ConsoleFixture.Names.Select((name, i) =>
        {
            var end = ConsoleFixture.Load(name).End;
            var report = ProbeReport.Read(end.Channel, ConsoleFixture.Nonce);
            var (status, reason) = Classifier.Classify(end, report);
            var expectations = new KernelExpectations([], name, null, null);
            var complaints = ConsoleComplaints.Of(end.Console, report, ConsoleFixture.Asked, inOrder: true)
                .Select(c => ComplaintEvaluator.Evaluate(c, expectations, emulated: true)).ToList();
            return Samples.Kernel($"6.1.{100 + i}",
                [.. report.Cases.Select(c => CaseEvaluator.Evaluate(c, expectations))]) with
            {
                Id = name,
                Status = status,
                AsExpected = status == KernelStatus.Tested && complaints.All(c => c.AsExpected),
                Complaints = complaints,
                Reason = reason,
                Console = $"console/{name}.log",
                ConsoleExcerpt = status == KernelStatus.Tested ? null : ConsoleTail.Of(end.Console, reason),
            };
        });
        return Samples.Analyse(Samples.Run(), kernels);
    }

    private static RunDocument File(string name) =>
        ResultsFile.Read(Path.Combine(Repository.Find().Path, "tests", "Fixtures", "runs", name + ".json"));
}
