using Harness.Results;
using Harness.Runs;
using Harness.Tests.Support;
using Harness.Yaml;

namespace Harness.Tests.Shards;

public sealed class KernelWeightsTests
{
    private TemporaryDirectory _directory = null!;

    private string Table => _directory["kernels.weights.yaml"];

    [SetUp]
    public void MakeDirectory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void RemoveDirectory() => _directory.Dispose();

    [Test]
    public void What_a_run_took_is_written_beside_the_matrix_and_read_again()
    {
        var run = Samples.Document(
            Samples.Kernel("6.1.192") with { Seconds = 3.25 }, Samples.Kernel("5.10.262") with { Seconds = 2.5 },
            Samples.Untested("7.3.4", KernelStatus.BootTimeout, "hung"));
        KernelWeights.Of(run).Write(Table);
        Assert.That(File.ReadAllLines(Table).Skip(1), Is.EqualTo(new[]
        {
            "weightsVersion: 1", "seconds:", "  debian-5.10.262-1-cloud-amd64: 2.5",
            "  debian-6.1.192-1-cloud-amd64: 3.25",
        }));
        var weights = KernelWeights.Beside(_directory["kernels.yaml"]);
        Assert.That((weights.Count, weights.SecondsOf("debian-6.1.192-1-cloud-amd64")), Is.EqualTo((2, 3.25)));
    }

    [Test]
    public void Without_a_table_all_weigh_the_same() =>
        Assert.That(KernelWeights.Beside(_directory["kernels.yaml"]), Is.SameAs(KernelWeights.Equal));

    [TestCase("weightsVersion: 2\n", ":1:17: weightsVersion 2 is not known")]
    [TestCase("weightsVersion: 1\nseconds:\n  a: 0\n", ":3:6: a takes 0 seconds; give more than 0")]
    [TestCase("weightsVersion: 1\nseconds:\n  a: fast\n", ":3:6: ")]
    [TestCase("weightsVersion: 1\nminutes: {}\n", ":2:1: ")]
    public void A_mistake_is_named_with_its_place(string text, string problem)
    {
        File.WriteAllText(Table, text);
        Assert.That(() => KernelWeights.Read(Table),
            Throws.TypeOf<YamlFileException>().With.Message.StartsWith(Table + problem));
    }
}
