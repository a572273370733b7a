using Harness.Results;
using Harness.Tests.Support;
using NJsonSchema;

namespace Harness.Tests.Boot;

/// <summary>Real kernels of three series through the real launcher: the answer that this tool exists for.</summary>
[Category("VM")]
[NonParallelizable]
public sealed class RealKernelTests
{
    private static readonly string[] _series = ["5.10", "6.1", "7.3"];

    private TemporaryDirectory _directory = null!;
    private RunDocument _document = null!;
    private RunDocument _further = null!;
    private int _exitCode;

    [OneTimeSetUp]
    public async Task Boot_one_kernel_of_each_series()
    {
        _directory = new TemporaryDirectory();
        var kernels = await Task.WhenAll(_series.Select(RealRun.NewestAsync));
        var cases = RealRun.Cases([.. RealRun.Foremost,
            "raw.*.none.none.{value_size,key_size,map_type,map_flags,max_entries,max_entries_inner_map_flag}"]);
        (_document, var result) = await RealRun.OfAsync(_directory["run"], [.. RealRun.Only(kernels), .. cases]);
        _exitCode = result.ExitCode;
        // A kernel's command line has no room for the patterns of both.
        var further = RealRun.Cases(["raw.*.none.none.{outer_*,exclusive_*,numa_node_differs}"]);
        (_further, var second) =
            await RealRun.OfAsync(_directory["further"], [.. RealRun.Only(kernels), .. further]);
        Assert.That(second.ExitCode, Is.EqualTo(ExitCodes.AsExpected), second.Describe());
    }

    [OneTimeTearDown]
    public void Remove_the_run() => _directory.Dispose();

    [Test]
    public void Every_kernel_is_tested_and_as_expected()
    {
        Assert.That(_document.Kernels.Select(k => k.Status), Is.All.EqualTo(KernelStatus.Tested), Reasons());
        Assert.That(_exitCode, Is.EqualTo(ExitCodes.AsExpected));
        Assert.That(_document.Run.Complete, Is.True);
        Assert.That(RealRun.VirtualMachinesOf(_directory.Path), Is.Empty);
    }

    [Test]
    public async Task Its_document_is_valid_by_the_schema()
    {
        var schema = await JsonSchema.FromFileAsync(
            Path.Combine(RealRun.Repository.Path, "docs", "results.schema.json"));
        Assert.That(schema.Validate(await File.ReadAllTextAsync(Path.Combine(_directory["run"], ResultsFile.Name))),
            Is.Empty);
    }

    /// <summary>Also where the kernel's own clock only moves on with its timer, which ticks every 4 ms.</summary>
    [Test]
    public void Each_case_says_when_it_was_asked_and_how_long_it_took()
    {
        foreach (var kernel in _document.Kernels)
        {
            Assert.That(kernel.CaseStarts, Has.Count.EqualTo(kernel.Cases.Count).And.None.Null);
            Assert.That(kernel.CaseSeconds, Has.Count.EqualTo(kernel.Cases.Count).And.None.Null);
            var asked = kernel.CaseStarts!.Zip(kernel.CaseSeconds!, (start, took) => (Start: start!.Value, took!.Value))
                .OrderBy(c => c.Start).ToList();
            Assert.That(asked[0].Start, Is.EqualTo(kernel.BootSeconds).Within(0.002));
            var all = asked[^1].Start + asked[^1].Value - asked[0].Start;
            Assert.That(asked.Sum(c => c.Value), Is.InRange(all / 10, all + 0.01), "one was asked after the other");
            // The harness is late to see the first line, from which on it counts.
            var latest = kernel.BootSeconds!.Value + kernel.ProbeSeconds!.Value + 1;
            Assert.That(asked[^1].Start + asked[^1].Value, Is.LessThan(latest));
            Assert.That(asked.Select(c => c.Value).Distinct().Count(), Is.GreaterThan(asked.Count / 10));
        }
    }

    [TestCase("struct", "none")]
    [TestCase("none", "struct")]
    [TestCase("struct", "bytes")]
    [TestCase("bytes", "struct")]
    public void Only_6_1_refuses_a_struct_against_anything_else(string template, string candidate)
    {
        foreach (var kernel in _document.Kernels)
        {
            var results = Of(kernel, $".{template}.{candidate}");
            Assert.That(results, Has.Count.EqualTo(6));
            if (kernel.Version!.StartsWith("6.1.", StringComparison.Ordinal))
            {
                Assert.That(results.Select(c => (c.Outcome, c.Step, c.Errno)),
                    Is.All.EqualTo((Outcome.Reject, "update", "EINVAL")));
            }
            else
            {
                Assert.That(results.Select(c => c.Outcome), Is.All.EqualTo(Outcome.Accept), kernel.Id);
            }
        }
    }

    [TestCase("none", "none")]
    [TestCase("bytes", "none")]
    [TestCase("none", "bytes")]
    [TestCase("bytes", "bytes")]
    [TestCase("struct", "struct")]
    public void Equal_and_bytes_against_none_are_accepted_everywhere(string template, string candidate) =>
        Assert.That(_document.Kernels.SelectMany(k => Of(k, $".{template}.{candidate}")).Select(c => c.Outcome),
            Is.All.EqualTo(Outcome.Accept));

    [Test]
    public void Controls_are_refused_at_the_update_everywhere()
    {
        var controls = _document.Kernels.SelectMany(k => k.Cases)
            .Where(c => Samples.Probes.Parse(c.Id) is var id
                && id["inner"] is "array" or "hash" or "lru_hash"
                && id.Rest is "value_size" or "key_size" or "map_type" or "map_flags").ToList();
        Assert.That(controls, Has.Count.GreaterThan(60));
        Assert.That(controls.Select(c => (c.Outcome, c.Step)), Is.All.EqualTo((Outcome.Reject, "update")));
    }

    [Test]
    public void An_array_takes_another_size_only_with_the_inner_map_flag()
    {
        foreach (var kernel in _document.Kernels)
        {
            Outcome?[] refused = [Outcome.Reject, Outcome.Reject];
            Outcome?[] accepted = [Outcome.Accept, Outcome.Accept];
            Assert.That(Of(kernel, ".array.none.none.max_entries").Select(c => c.Outcome), Is.EqualTo(refused));
            Assert.That(Of(kernel, ".array.none.none.max_entries_inner_map_flag").Select(c => c.Outcome),
                Is.EqualTo(accepted));
        }
    }

    [Test]
    public void Outer_maps_give_up_what_is_replaced_and_tell_what_they_hold()
    {
        foreach (var kernel in _further.Kernels)
        {
            string[] endings = [".outer_replaced_freed", ".outer_look_up", ".outer_delete"];
            Assert.That(endings.SelectMany(e => Of(kernel, e)).Select(c => c.Outcome),
                Is.EqualTo(Enumerable.Repeat<Outcome?>(Outcome.Accept, 6)), kernel.Id);
            Assert.That(Of(kernel, ".outer_look_up_batch").Select(c => (c.Status, c.Step)), Is.All.EqualTo(
                kernel.Version!.StartsWith("5.10.", StringComparison.Ordinal)
                    ? (CaseStatus.Skip, "batch")
                    : (CaseStatus.Pass, (string?)null)));
        }
    }

    [Test]
    public void A_map_that_belongs_to_one_program_goes_into_no_outer_map()
    {
        foreach (var kernel in _further.Kernels)
        {
            var exclusive = Of(kernel, ".exclusive_candidate");
            Assert.That(exclusive, Has.Count.EqualTo(4));
            Assert.That(exclusive.Select(c => (c.Status, c.Step, c.Errno)), Is.All.EqualTo(
                kernel.Version!.StartsWith("7.3", StringComparison.Ordinal)
                    ? (CaseStatus.Pass, "update", "ENOTSUPP")
                    : (CaseStatus.Skip, "inner", "EINVAL")));
        }
    }

    [Test]
    public void A_kernel_that_takes_a_log_says_in_words_why_it_makes_no_map()
    {
        foreach (var kernel in _further.Kernels)
        {
            var refused = Of(kernel, ".numa_node_differs");
            Assert.That(refused, Has.Count.EqualTo(4));
            Assert.That(refused.Select(c => c.Evidence), Is.All.EqualTo(
                kernel.Version!.StartsWith("7.3", StringComparison.Ordinal) ? "Invalid numa_node." : null));
        }
    }

    [Test]
    public void What_the_VM_wrote_is_kept_beside_the_results()
    {
        foreach (var kernel in _document.Kernels)
        {
            Assert.That(Path.Combine(_directory["run"], "console", kernel.Id + ".log"), Does.Exist);
            Assert.That(File.ReadAllText(Path.Combine(_directory["run"], "ktap", kernel.Id + ".ktap")),
                Does.StartWith("KTAP version 1\n"));
            Assert.That(kernel.Release, Does.Contain("cloud-amd64"));
        }
        Assert.That(Path.Combine(_directory["run"], "tmp"), Does.Not.Exist);
    }

    private static List<CaseResult> Of(KernelResult kernel, string ending) =>
        [.. kernel.Cases.Where(c => c.Id.EndsWith(ending, StringComparison.Ordinal))];

    private string Reasons() => string.Join("; ", _document.Kernels.Select(k => $"{k.Id}: {k.Reason}"));
}
