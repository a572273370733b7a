using Harness.Kernels;
using Harness.Matrix;
using Harness.Probes;
using Harness.Tests.Support;
using Harness.Yaml;

namespace Harness.Tests.Matrix;

public sealed class ProbeEntriesTests
{
    private static readonly MatrixForm _form =
        new(KernelSources.Default, new ProbeList([.. Samples.Probes.All, SampleInput.Probe]));

    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void Make_a_directory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void Remove_it() => _directory.Dispose();

    [Test]
    public void An_entry_is_a_probes_name_or_what_to_ask_it_about()
    {
        var matrix = Load("""
            probes:
              - inner-maps
              - sample: word
                loud: "yes"
                cases: ["sample.word.*"]
            """);
        Assert.That(matrix.Probes.Select(entry => (entry.Probe.Name, entry.Cases.Count)),
            Is.EqualTo(new[] { ("inner-maps", 0), ("sample", 1) }));
        Assert.That(matrix.Probes[1].Subjects, Is.EqualTo(new[]
        {
            new SampleInput.Subject($"{_directory["kernels.yaml"]}:3:13", "sample.word", Loud: true),
        }));
    }

    [Test]
    public void Subjects_of_one_name_get_different_ids()
    {
        var matrix = Load("probes: [{sample: word}, {sample: word-2}, {sample: word}, {sample: word}]");
        Assert.That(matrix.Probes.SelectMany(entry => entry.Subjects).Select(subject => subject.IdStart),
            Is.EqualTo(new[] { "sample.word", "sample.word-2", "sample.word-3", "sample.word-4" }));
    }

    [Test]
    public void Without_the_key_no_entry_is_there() => Assert.That(Load("").Probes, Is.Empty);

    [Test]
    public void An_entrys_expectations_count_before_the_matrixs()
    {
        var matrix = Load("""
            probes:
              - probe: inner-maps
                expectations: [{cases: ["raw.*"], status: fail, cause: the entry's}]
            expectations: [{cases: ["raw.*"], status: skip, cause: the matrix's}]
            """);
        Assert.That(matrix.Expectations.Select(e => e.Cause), Is.EqualTo(new[] { "the entry's", "the matrix's" }));
    }

    [TestCase("probes: []", "1:9: the list names no probe")]
    [TestCase("probes: [inner-map]", "1:10: 'inner-map' is no probe that asks by itself; there is inner-maps")]
    [TestCase("probes: [sample]", "1:10: 'sample' is no probe that asks by itself")]
    [TestCase("probes: [~]", "1:10: an entry is the name of a probe, or one of 'object: …' (with name,")]
    [TestCase("probes: [{sample: a, probe: inner-maps}]", "1:10: an entry is the name of a probe")]
    [TestCase("probes: [{probe: inner-maps, loud: a}]", "1:10: an entry is the name of a probe")]
    [TestCase("probes: [{sample: bad}]", "1:19: this word is bad")]
    [TestCase("probes: [{sample: a, cases: []}]", "1:29: the list has no pattern")]
    [TestCase("probes: [{sample: a, cases: ['[']}]", "1:30: ")]
    [TestCase("probes: [{sample: a, expectations: [{cases: ['*'], status: fail}]}]", "1:37: an expectation says why")]
    [TestCase("probes: [7]", "1:10: the value is of the wrong type")]
    [TestCase("probes: [[inner-maps]]", "1:10: the value is of the wrong type")]
    public void A_mistake_is_told_with_its_place(string text, string problem) =>
        Assert.That(() => Load(text),
            Throws.TypeOf<YamlFileException>().With.Message.Contains($"{_directory["kernels.yaml"]}:{problem}"));

    private MatrixSpec Load(string text) =>
        new MatrixLoader(_form).Load(_directory.Write("kernels.yaml", $"{text}\nkernels: [image: a]\n"));
}
