using Harness.Kernels.Choice;
using Harness.Kernels.Debian;
using Harness.Kernels.Images;
using Harness.Matrix;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Matrix;

public sealed class MatrixLoaderTests
{
    [TestCase("")]
    [TestCase(" ~")]
    [TestCase(" null")]
    public void A_key_without_a_value_is_like_one_that_is_left_out(string nothing)
    {
        using var directory = new TemporaryDirectory();
        var path = directory.Write("kernels.yaml", $"timeout:{nothing}\nkernels:\n  - image: bzImage\n");
        Assert.That(Matrices.Load(path).TimeoutSeconds, Is.Null);
    }

    [TestCase("from: 5.10", "5.10.0", null)]
    [TestCase("from: \"5.10\"", "5.10.0", null)]
    [TestCase("from: 6, to: 6", "6.0.0", "6.19.5")]
    [TestCase("from: 6.1.170, to: 7.0", "6.1.170", "7.0.9")]
    public void A_version_is_read_by_its_text_with_quotes_or_without(string range, string from, string? within)
    {
        using var directory = new TemporaryDirectory();
        var path = directory.Write(
            "m.yaml", $"kernels: [{{debian: {{suites: [sid], flavour: amd64, {range}, pick: }}}}]\n");
        var rule = ((DebianEntry)Matrices.Load(path).Kernels.Single()).Rule;
        Assert.That(rule.From, Is.EqualTo(KernelVersion.Parse(from)));
        Assert.That(within is null ? rule.To is null : rule.To is { } to && KernelVersion.Parse(within) < to);
    }

    [Test]
    public void A_matrix_is_read_with_all_that_it_says()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.Write("kernels.yaml", """
            mirror: http://mirror.example/debian
            security_mirror: http://mirror.example/security
            timeout: 12.5
            kernels:
              - debian:
                  suites: [bookworm, bookworm-security]
                  flavour: cloud-amd64
                  from: 5.10
                  to: "6.1"
                  pick: oldest_and_newest
              - debian:
                  suites: [sid]
                  flavour: rt-amd64
                  versions: [6.1.192-2, 7.3~rc7-1~exp1]
              - image: images/bzImage
                name: mine
                version: 6.6-rc3
            expectations:
              - cases: ["raw.*"]
                kernels: [mine]
                versions: "6.6"
                status: skip
                step: template
                errno: EINVAL
                cause: because
                source: a commit
                workaround: do not
              - kernel_status: boot_failed
                source: seen
            """);
        var matrix = Matrices.Load(path);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((matrix.Sections.Get(DebianMirror.Main), matrix.Sections.Get(DebianMirror.Security),
                matrix.TimeoutSeconds, matrix.Path),
                Is.EqualTo(("http://mirror.example/debian", "http://mirror.example/security", 12.5, path)));
            var rule = ((DebianEntry)matrix.Kernels[0]).Rule;
            Assert.That((rule.Flavour, rule.From, rule.Pick),
                Is.EqualTo(("cloud-amd64", KernelVersion.Parse("5.10"), Pick.OldestAndNewest)));
            Assert.That(rule.To, Is.GreaterThan(KernelVersion.Parse("6.1.192")),
                "a bare series as the upper end is all of it");
            Assert.That(rule.Suites, Is.EqualTo(new[] { "bookworm", "bookworm-security" }));
            var named = ((DebianEntry)matrix.Kernels[1]).Rule;
            Assert.That(named.Versions, Is.EqualTo(new[] { "6.1.192-2", "7.3~rc7-1~exp1" }));
            Assert.That(named.Pick, Is.EqualTo(Pick.Newest));
            Assert.That(matrix.Kernels[2],
                Is.EqualTo(new ImageEntry($"{path}:15:5", "mine", directory["images", "bzImage"],
                    KernelVersion.Parse("6.6-rc3"))));
            var (first, second) = (matrix.Expectations[0], matrix.Expectations[1]);
            Assert.That((first.At, first.Status, first.Step, first.Errno, first.Cause, first.Source, first.Workaround),
                Is.EqualTo(($"{path}:19:5", CaseStatus.Skip, "template", "EINVAL", "because", "a commit", "do not")));
            Assert.That((second.KernelStatus, second.Status, second.Cases.Count),
                Is.EqualTo((KernelStatus.BootFailed, (CaseStatus?)null, 0)));
        }
    }

    [Test]
    public void An_entry_says_its_line_and_an_expectation_the_lines_that_it_is_about()
    {
        using var directory = new TemporaryDirectory();
        var matrix = Matrices.Load(directory.Write("m.yaml", """
            kernels:
              - {image: bzImage, line: el9}
              - image: other
            expectations:
              - {cases: ["raw.*"], versions: 5.14, line: "el{8,9}", status: fail, cause: because}
              - {cases: ["raw.*"], versions: 5.14, status: fail, cause: because}
            """));
        Assert.That(matrix.Kernels.Select(entry => entry.Line), Is.EqualTo(new[] { "el9", null }));
        Assert.That(matrix.Expectations.Select(expectation => expectation.Line?.Pattern),
            Is.EqualTo(new[] { "el{8,9}", null }));
    }

    [Test]
    public void An_image_is_named_after_its_file()
    {
        using var directory = new TemporaryDirectory();
        var matrix = Matrices.Load(directory.Write("m.yaml", "kernels:\n  - image: /boot/vmlinuz-6.1.0-13-amd64\n"));
        var image = (ImageEntry)matrix.Kernels.Single();
        Assert.That((image.Id, image.Path, image.Version),
            Is.EqualTo(("vmlinuz-6.1.0-13-amd64", "/boot/vmlinuz-6.1.0-13-amd64", (KernelVersion?)null)));
    }

    [Test]
    public void Expectations_of_the_file_come_before_those_it_names()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("more/e.yaml", "expectations:\n  - cases: [b]\n    status: fail\n    cause: x\n");
        var path = directory.Write("m.yaml",
            "kernels:\n  - image: a\nexpectations_file: more/e.yaml\nexpectations:\n  - cases: [a]\n    status: fail\n "
                + "   cause: x\n");
        var matrix = Matrices.Load(path);
        Assert.That(matrix.Expectations.Select(e => e.Cases[0].Pattern), Is.EqualTo(new[] { "a", "b" }));
    }

    [Test]
    public void The_default_matrix_and_its_expectations_load()
    {
        var matrix = Matrices.Load(Repository.Find().DefaultMatrix);
        Assert.That(matrix.Kernels, Is.Not.Empty);
        Assert.That(matrix.Expectations, Is.Not.Empty);
        Assert.That(matrix.Expectations.Select(e => e.Status), Has.None.EqualTo(CaseStatus.Error),
            "no verdict is nothing to expect");
    }

    [Test]
    public void The_committed_schemas_are_what_the_types_say()
    {
        var schema = new MatrixSchema(Matrices.Form);
        Golden.Matches(Path.Combine(Repository.Find().Path, MatrixSchema.Name), schema.Generate());
        Golden.Matches(
            Path.Combine(Repository.Find().Path, MatrixSchema.ExpectationsName), schema.GenerateForExpectations());
    }

    [TestCase("kernels.yaml", "kernels.schema.json")]
    [TestCase("nightly.yaml", "kernels.schema.json")]
    [TestCase("expectations.yaml", "expectations.schema.json")]
    public void Each_file_names_its_schema_for_editors(string file, string schema) => Assert.That(
        File.ReadLines(Path.Combine(Repository.Find().Path, file)).First(),
        Is.EqualTo($"# yaml-language-server: $schema=./{schema}"));
}
