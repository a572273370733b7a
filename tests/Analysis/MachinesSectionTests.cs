using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Analysis;

/// <summary>What reports say of kernels of one version on several machines.</summary>
public sealed class MachinesSectionTests
{
    private const string Title = "## What differs from machine to machine";
    private const string One = "raw.array_of_maps.array.struct.none";
    private const string Two = "raw.array_of_maps.hash.struct.none";

    [Test]
    public void Kernels_of_one_machine_say_nothing() =>
        Assert.That(Written(Kernel("6.1.5", "x86_64", CaseStatus.Pass)), Does.Not.Contain(Title));

    [Test]
    public void Kernels_of_other_versions_are_not_compared() => Assert.That(
        Written(Kernel("6.1.5", "x86_64", CaseStatus.Pass), Kernel("6.1.6", "aarch64", CaseStatus.Fail)),
        Does.Not.Contain(Title));

    [Test]
    public void That_all_is_alike_is_a_finding() => Assert.That(
        Written(Kernel("6.1.5", "x86_64", CaseStatus.Fail), Kernel("6.1.5", "aarch64", CaseStatus.Fail)),
        Does.Contain($"{Title}\n\nKernels of 1 version were tested on aarch64 and x86_64: "
            + "all of the 2 cases have the same answer on each machine.\n"));

    [Test]
    public void A_case_that_differs_is_told_with_what_each_machine_answered()
    {
        var text = Written(
            Kernel("6.1.5", "x86_64", CaseStatus.Pass), Kernel("6.1.5", "aarch64", CaseStatus.Fail),
            Kernel("6.2.1", "x86_64", CaseStatus.Pass), Kernel("6.2.1", "aarch64", CaseStatus.Pass));
        Assert.That(text, Does.Contain("Kernels of 2 versions were tested on aarch64 and x86_64: "
            + "the answers differ in 1 case of 2.\n"));
        Assert.That(text, Does.Contain($"| `{One}` | 6.1.5 | rejected at update with EINVAL | accepted |"));
    }

    [Test]
    public void Kernels_of_one_version_are_called_by_their_machines()
    {
        var text = Written(Kernel("6.1.5", "x86_64", CaseStatus.Pass), Kernel("6.1.5", "aarch64", CaseStatus.Fail));
        Assert.That(text, Does.Contain("| 6.1.5 (aarch64) | ✓1 ✗1 |").And.Contain("| 6.1.5 (x86_64) | ✓ |"));
    }

    [Test]
    public void An_answer_that_all_machines_share_stands_once()
    {
        var alike = Written(Kernel("6.1.5", "x86_64", CaseStatus.Pass), Kernel("6.1.5", "aarch64", CaseStatus.Pass));
        var apart = Written(Kernel("6.1.5", "x86_64", CaseStatus.Pass), Kernel("6.1.5", "aarch64", CaseStatus.Skip));
        const string Question = "- Template typed by a struct, inner map without BTF";
        Assert.That(alike, Does.Contain($"{Question}: accepted 6.1.5.\n"));
        Assert.That(apart, Does.Contain($"{Question} (array, aarch64): not applicable 6.1.5.\n")
            .And.Contain($"{Question} (hash, aarch64): accepted 6.1.5.\n")
            .And.Contain($"{Question} (x86_64): accepted 6.1.5.\n"));
    }

    private static string Written(params IReadOnlyList<KernelResult> kernels) =>
        WrittenReport.Markdown(Samples.Document([.. kernels]));

    private static KernelResult Kernel(string version, string machine, CaseStatus one)
    {
        var kernel = Samples.Kernel(version, Samples.Case(One, one), Samples.Case(Two));
        return kernel with { Arch = machine, Id = $"{kernel.Id}-{machine}" };
    }
}
