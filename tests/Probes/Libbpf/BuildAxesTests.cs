using Harness.Matrix;
using Harness.Probes.Libbpf;
using Harness.Tests.Support;
using Harness.Yaml;

namespace Harness.Tests.Probes.Libbpf;

/// <summary>The axes beside the kernels: compilers, and versions of libbpf.</summary>
public sealed class BuildAxesTests
{
    private const string Image = "kernels:\n  - image: bzImage\n";

    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void MakeDirectory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void RemoveDirectory() => _directory.Dispose();

    [Test]
    public void Left_out_they_are_the_machines_own()
    {
        var matrix = Load(Image);
        Assert.That((Toolchains(matrix).Count, Libbpf(matrix).Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public void Their_values_are_kept_in_order_and_with_their_places()
    {
        var matrix = Load(Image + "toolchains: [clang, clang-22]\nlibbpf:\n  - machine\n  - \"0.3\"\n  - '1.10'\n");
        var path = matrix.Path;
        AxisValue[] toolchains = [new($"{path}:3:14", "clang"), new($"{path}:3:21", "clang-22")];
        AxisValue[] libbpf =
            [new($"{path}:5:5", "machine"), new($"{path}:6:5", "0.3"), new($"{path}:7:5", "1.10")];
        Assert.That(Toolchains(matrix), Is.EqualTo(toolchains));
        Assert.That(Libbpf(matrix), Is.EqualTo(libbpf));
    }

    [TestCase("toolchains: clang", "3:13: the value is of the wrong type")]
    [TestCase("toolchains: []", "3:13: toolchains names nothing; leave it out for the machine's own")]
    [TestCase("toolchains: [gcc-12]",
        "3:14: 'gcc-12' is no toolchain; write clang-19, or clang for the machine's default")]
    [TestCase("toolchains: [clang-]", "3:14: 'clang-' is no toolchain")]
    [TestCase("toolchains: [~]", "3:14: '' is no toolchain")]
    [TestCase("toolchains: [clang-14, clang-14]", "3:24: 'clang-14' stands twice")]
    [TestCase("toolchains: ['clang-14 --help']", "3:14: 'clang-14 --help' is no toolchain")]
    [TestCase("libbpf: []", "3:9: libbpf names nothing")]
    [TestCase("libbpf: [machine, 1.5.0]",
        "3:19: '1.5.0' is no version of libbpf; write two numbers, such as \"1.5\", or machine")]
    [TestCase("libbpf: [machine, ../up]", "3:19: '../up' is no version of libbpf")]
    [TestCase("libbpf: [machine, 1.10]", "3:19: the value is of the wrong type: write \"1.10\" in quotes")]
    [TestCase("libbpf: [machine, machine]", "3:19: 'machine' stands twice")]
    [TestCase("libbpf: ['1.5']", "3:10: the first libbpf is 'machine', whose prober runs all cases")]
    public void What_is_no_value_is_refused(string axis, string problem)
    {
        var path = _directory.Write("kernels.yaml", Image + axis + "\n");
        var problems = Assert.Throws<YamlFileException>(() => Matrices.Load(path))!.Problems;
        Assert.That(problems, Has.Count.EqualTo(1));
        Assert.That(problems[0], Does.StartWith($"{path}:{problem}"));
    }

    [Test]
    public void The_nightly_matrix_uses_them()
    {
        var matrix = Matrices.Load(Path.Combine(Repository.Find().Path, "nightly.yaml"));
        Assert.That(Toolchains(matrix), Has.Count.GreaterThan(1));
        Assert.That(Libbpf(matrix), Has.Count.GreaterThan(1));
    }

    private MatrixSpec Load(string text) => Matrices.Load(_directory.Write("kernels.yaml", text));

    private static IReadOnlyList<AxisValue> Toolchains(MatrixSpec matrix) =>
        matrix.Sections.Get(BuildAxes.Toolchains) ?? [];

    private static IReadOnlyList<AxisValue> Libbpf(MatrixSpec matrix) => matrix.Sections.Get(BuildAxes.Libbpf) ?? [];
}
