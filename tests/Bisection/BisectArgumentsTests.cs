using Harness.Bisection;
using Harness.Kernels;
using Harness.Probes;
using Harness.Results;
using Harness.Runs;
using Harness.Tests.Support;

namespace Harness.Tests.Bisection;

public sealed class BisectArgumentsTests
{
    private static readonly PlannedKernel[] _kernels =
    [
        Of("debian-7.3.4-1-cloud-amd64", "7.3.4"), Of("debian-6.1.192-2-cloud-amd64", "6.1.192"),
        Of("debian-5.10.262-1-cloud-amd64", "5.10.262"),
        Of("debian-6.1.192-2-amd64", "6.1.192"), Of("mine", null), Of("debian-6.12.43-1-cloud-amd64", "6.12.43"),
    ];

    private static readonly NativeProgram _first = new("inner-maps", "/p", Samples.Sha256,
    [
        new("raw.array_of_maps.array.struct.none", Outcome.Accept, ""),
        new("raw.array_of_maps.hash.struct.none", Outcome.Accept, ""),
    ]);

    private static readonly NativeProgram _further = new("inner-maps", "/q", Samples.Sha256,
        [new("libbpf.array_of_maps.array.struct.none.libbpf-1-5", Outcome.Accept, "")])
    {
        Label = "libbpf-1-5",
    };

    private static readonly RunPrograms _probers =
        new([new PreparedProbe(Samples.Probes.All[0], new ProbePrograms(_first) { Further = [_further] })]);

    [TestCase("5.10.262", "7.3.4")]
    [TestCase("7.3.4", "5.10.262")]
    [TestCase("v7.3.4", "debian-5.10.262-1-cloud-amd64")]
    public void Kernels_from_end_to_end_are_in_version_order(string good, string bad)
    {
        var question = BisectArguments.Question("raw.a", false, good, bad, _kernels);
        Assert.That(question.Kernels.Select(k => k.Kernel.Id), Is.EqualTo(new[]
        {
            "debian-5.10.262-1-cloud-amd64", "debian-6.1.192-2-amd64", "debian-6.1.192-2-cloud-amd64",
            "debian-6.12.43-1-cloud-amd64", "debian-7.3.4-1-cloud-amd64",
        }));
        Assert.That(question.Good, Does.Contain(good.TrimStart('v')));
    }

    [TestCase("6.1", "7.3.4", "debian-6.1.192-2-amd64", "debian-7.3.4-1-cloud-amd64")]
    [TestCase("7.3.4", "6.1", "debian-7.3.4-1-cloud-amd64", "debian-6.1.192-2-amd64")]
    [TestCase("5.10", "6.1", "debian-5.10.262-1-cloud-amd64", "debian-6.1.192-2-cloud-amd64")]
    [TestCase("6.1", "v5.10", "debian-6.1.192-2-cloud-amd64", "debian-5.10.262-1-cloud-amd64")]
    [TestCase("6.1", "debian-6.1.192-2-cloud-amd64", "debian-6.1.192-2-amd64", "debian-6.1.192-2-cloud-amd64")]
    [TestCase("6.1", "debian-6.1.192-2-amd64", "debian-6.1.192-2-cloud-amd64", "debian-6.1.192-2-amd64")]
    public void A_series_means_its_end_that_is_farther_from_the_other(
        string good, string bad, string goodEnd, string badEnd)
    {
        var question = BisectArguments.Question("raw.a", false, good, bad, _kernels);
        Assert.That((question.Good, question.Bad), Is.EqualTo((goodEnd, badEnd)));
    }

    [Test]
    public void Ends_of_two_architectures_are_refused()
    {
        var other = Of("arm", "6.6.1");
        other = other with { Kernel = other.Kernel with { Arch = "aarch64" } };
        Assert.That(() => BisectArguments.Question("raw.a", false, "5.10.262", "arm", [.. _kernels, other]),
            Throws.TypeOf<UsageException>().With.Message.Contains("are of different architectures"));
    }

    [Test]
    public void Ends_of_two_lines_are_refused_and_kernels_of_another_line_are_not_between()
    {
        var other = Of("el", "6.6.1");
        other = other with { Kernel = other.Kernel with { Line = "el9" } };
        Assert.That(() => BisectArguments.Question("raw.a", false, "5.10.262", "el", [.. _kernels, other]),
            Throws.TypeOf<UsageException>().With.Message.Contains("are of different lines")
                .And.Message.Contains("el9"));
        var question = BisectArguments.Question("raw.a", false, "5.10.262", "7.3.4", [.. _kernels, other]);
        Assert.That(question.Kernels.Select(k => k.Kernel.Id), Has.None.EqualTo("el"));
    }

    [TestCase("6.1.192", "7.3.4",
        "--good: 6.1.192 is the version of debian-6.1.192-2-cloud-amd64 and debian-6.1.192-2-amd64; give the id")]
    [TestCase("6.1.193", "7.3.4", "--good: '6.1.193' is none of the matrix's 6 kernels; did you mean 6.1.192")]
    [TestCase("7.3.4", "debian-6.1.19-2-cloud-amd64",
        "--bad: 'debian-6.1.19-2-cloud-amd64' is none of the matrix's 6 kernels; did you mean "
            + "debian-6.1.192-2-cloud-amd64")]
    [TestCase("mine", "7.3.4", "--good: mine does not say its version")]
    [TestCase("7.3.4", "debian-7.3.4-1-cloud-amd64",
        "--good and --bad are the same kernel, debian-7.3.4-1-cloud-amd64")]
    public void An_end_that_is_none_is_refused(string good, string bad, string message) =>
        Assert.That(() => BisectArguments.Question("raw.a", false, good, bad, _kernels),
            Throws.TypeOf<UsageException>().With.Message.StartsWith(message));

    [TestCase("raw.array_of_maps.array.struct.nome",
        "is none of the prober's 3 cases; did you mean raw.array_of_maps.array.struct.none")]
    [TestCase("raw.*", "is a pattern")]
    public void A_case_that_is_none_is_refused_with_those_that_are_near(string asked, string message) =>
        Assert.That(() => BisectArguments.Tasks(asked, false, _probers),
            Throws.TypeOf<UsageException>().With.Message.Contains(message));

    [Test]
    public void Only_the_prober_that_has_the_case_is_run()
    {
        var task = BisectArguments.Tasks("libbpf.array_of_maps.array.struct.none.libbpf-1-5", false, _probers).Single();
        Assert.That((task.Program.Label, task.Cases.Count), Is.EqualTo(("libbpf-1-5", 1)));
        Assert.That(BisectArguments.Tasks("*.array.struct.*", true, _probers).Select(t => t.Cases.Count),
            Is.EqualTo(new[] { 1, 1 }));
    }

    [TestCase(BisectResult.Found, 0)]
    [TestCase(BisectResult.EndsAgree, 2)]
    [TestCase(BisectResult.Range, 3)]
    [TestCase(BisectResult.EndUntestable, 3)]
    [TestCase(BisectResult.Interrupted, 130)]
    public void Exit_codes_are_as_promised(BisectResult result, int code) =>
        Assert.That(BisectExitCode.Of(result), Is.EqualTo(code));

    private static PlannedKernel Of(string id, string? version) =>
        new(new Kernel(id, KernelVersion.TryParse(version), "x86_64", "fake",
            new FixedSource(new ImageResult.Unavailable("none"))));
}
