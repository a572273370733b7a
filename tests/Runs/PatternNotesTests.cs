using Harness.Cli;
using Harness.Matrix;
using Harness.Probes;
using Harness.Results;
using Harness.Runs;
using Harness.Tests.Boot;
using Harness.Tests.Support;

namespace Harness.Tests.Runs;

/// <summary>A pattern of an expectation that no case can have is a note, since it is most likely misspelt.</summary>
public sealed class PatternNotesTests
{
    private static readonly Probe _probe = Catalog.Default.Probes.All[0];

    [TestCase("raw.*")]
    [TestCase("raw.hash.array.struct.none")]
    [TestCase("libbpf.*.named_only.clang-{9,22}{,.*}")]
    [TestCase("libbpf.*.named_only.clang-14.libbpf-0-3")]
    [TestCase("raw.hash.array.struct.none.libbpf-1-5")]
    public void A_pattern_that_some_case_can_have_is_not_worth_a_note(string pattern) =>
        Assert.That(Of(pattern), Is.Empty);

    [TestCase("row.*")]
    [TestCase("raw.hash.arry.struct.none")]
    [TestCase("libbpf.*.named_only.gcc-14")]
    [TestCase("raw.hash.array.struct")]
    public void A_pattern_that_fits_no_case_is_named_with_its_place(string pattern) =>
        Assert.That(Of(pattern), Is.EqualTo(new[]
        {
            $"m.yaml:1:1: the pattern '{pattern}' fits no case of any probe; `harness probes` lists them",
        }));

    [Test]
    public async Task The_shipped_expectations_fit_cases_that_the_prober_has_or_could_have()
    {
        var repository = RealRun.Repository;
        var program = await NativeProgram.LoadAsync(_probe.Name, repository.Prober, CancellationToken.None);
        var matrix = Matrices.Load(repository.DefaultMatrix);
        Assert.That(Notes(matrix.Expectations, [.. program.Cases]), Is.Empty);
    }

    private static IReadOnlyList<string> Of(string pattern) => Notes([Expect.Case(pattern, CaseStatus.Fail)],
    [
        new ProbeCase("raw.hash.array.struct.none", Outcome.Accept, ""),
        new ProbeCase("libbpf.hash.array.struct.none.named_only.clang-14", Outcome.Accept, ""),
    ]);

    private static IReadOnlyList<string> Notes(IReadOnlyList<Expectation> expectations, params ProbeCase[] cases)
    {
        var program = new NativeProgram(_probe.Name, "/p", Samples.Sha256, cases);
        var programs = new RunPrograms([new PreparedProbe(_probe, new ProbePrograms(program))]);
        return new PatternNotes(programs, Samples.Probes).Of(expectations);
    }
}
