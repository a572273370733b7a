using Harness.Tests.Support;
using Harness.Yaml;

namespace Harness.Tests.Matrix;

/// <summary>Whatever is wrong with a matrix is said with its place, before anything boots.</summary>
public sealed class MatrixErrorTests
{
    private const string Rule = "kernels:\n  - debian:\n      suites: [bookworm]\n      flavour: cloud-amd64\n";
    private const string Image = "kernels:\n  - image: bzImage\n";

    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void MakeDirectory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void RemoveDirectory() => _directory.Dispose();

    [TestCase(Image + "    colour: red\n", "3:5: unknown key 'colour'")]
    [TestCase(Image + "Timeout: 5\n", "3:1: unknown key 'Timeout'")]
    [TestCase(Image + "    image: other\n", "3:5: Duplicate key image")]
    [TestCase("timeout: soon\n" + Image, "1:10: the value is of the wrong type: 'soon' is no number")]
    [TestCase("timeout: \"30\"\n" + Image, "1:10: the value is of the wrong type: write 30 without quotes")]
    [TestCase("timeout: 0\n" + Image, "1:10: timeout must be more than 0 seconds")]
    [TestCase("cpus: 0\n" + Image, "1:7: cpus must be at least 1, and at most 64")]
    [TestCase("cpus: 65\n" + Image, "1:7: cpus must be at least 1, and at most 64")]
    [TestCase("timeout: .nan\n" + Image, "1:10: timeout must be more than 0 seconds")]
    [TestCase("timeout: 1e300\n" + Image, "1:10: timeout must be more than 0 seconds, and at most a day")]
    [TestCase("mirror: here\n" + Image, "1:9: mirror must be a URI")]
    [TestCase("security_mirror: here\n" + Image, "1:18: security_mirror must be a URI")]
    [TestCase("mirror: ftp://host/debian\n" + Image, "1:9: mirror must be a URI")]
    [TestCase(Image + "---\n" + Image, "4:1: a second document begins here")]
    [TestCase("- image: bzImage\n", "1:1: the value is of the wrong type")]
    [TestCase("kernels: 7\n", "1:10: the value is of the wrong type")]
    [TestCase("kernels:\n  - bzImage\n", "2:5: the value is of the wrong type")]
    [TestCase("kernels: [\n", "2:1: While parsing a node")]
    public void What_is_no_matrix_is_refused(string text, string problem) => Expect(text, problem);

    [TestCase("", "1:1: the matrix selects no kernel")]
    [TestCase("kernels:\n", "1:9: the matrix selects no kernel")]
    [TestCase("kernels: []\n", "1:10: the matrix selects no kernel")]
    [TestCase("kernels:\n  -\n",
        "2:4: a kernel entry is either 'debian: …', 'ubuntu: …', 'apt: …', 'rpm: …', 'dir: …' (with name")]
    [TestCase("kernels:\n  - name: a\n",
        "2:5: a kernel entry is either 'debian: …', 'ubuntu: …', 'apt: …', 'rpm: …', 'dir: …' (with name")]
    [TestCase(Rule + "    image: bzImage\n",
        "2:5: a kernel entry is either 'debian: …', 'ubuntu: …', 'apt: …', 'rpm: …', 'dir: …' (with name")]
    [TestCase(Rule + "    name: a\n",
        "2:5: a kernel entry is either 'debian: …', 'ubuntu: …', 'apt: …', 'rpm: …', 'dir: …' (with name")]
    [TestCase("kernels:\n  - image: a\n  - image: b\n    name: a\n",
        "3:5: the kernel id 'a' stands twice, first at FILE:2:5")]
    [TestCase(Image + "    name: 7\n",
        "3:11: the value is of the wrong type: write \"7\" in quotes, since YAML reads a number without them")]
    [TestCase(Image + "    name: true\n",
        "3:11: the value is of the wrong type: write \"true\" in quotes, since YAML reads a truth value without them")]
    [TestCase("kernels:\n  - image: \"a\\0b\"\n    name: a\n", "2:12: 'a\\0b' is no path")]
    [TestCase("kernels:\n  - image: my kernel\n", "2:12: 'my kernel' cannot be a kernel's id")]
    [TestCase("kernels:\n  - image: bzImage\n    name: ../up\n", "3:11: '../up' cannot be a kernel's id")]
    [TestCase(Image + "    line: RHEL 9\n", "3:11: line names whose kernels these are, in letters and digits")]
    [TestCase("kernels:\n  - image: bzImage\n    version: new\n", "3:14: 'new' is not a kernel version")]
    public void An_entry_that_selects_nothing_or_twice_is_refused(string text, string problem) => Expect(text, problem);

    [TestCase("kernels:\n  - debian:\n      flavour: amd64\n", "3:7: name at least one suite")]
    [TestCase("kernels:\n  - debian:\n      suites: []\n      flavour: amd64\n", "3:15: name at least one suite")]
    [TestCase("kernels:\n  - debian:\n      suites: [~]\n      flavour: amd64\n", "3:15: name at least one suite")]
    [TestCase("kernels:\n  - debian:\n      suites: [sid]\n", "3:7: flavour is missing")]
    [TestCase(Rule + "      from: six\n", "5:13: 'six' is not a kernel version")]
    [TestCase(Rule + "      to: 6.1.x\n", "5:11: '6.1.x' is not a kernel version")]
    [TestCase(Rule + "      pick: latest\n",
        "5:13: 'latest' is not known here; use one of newest, oldest, oldest-and-newest, all")]
    [TestCase(Rule + "      pick: 1\n", "5:13: '1' is not known here")]
    [TestCase(Rule + "      versions: [6.1.192-2, trixie]\n", "5:29: 'trixie' is not a kernel's Debian version")]
    [TestCase(Rule + "      versions: [~]\n", "5:18: '' is not a kernel's Debian version")]
    [TestCase(Rule + "      from: 6.1\n      versions: [6.1.192-2]\n", "6:17: versions names kernels")]
    public void A_rule_that_makes_no_sense_is_refused(string text, string problem) => Expect(text, problem);

    [TestCase("  -\n", "4:4: an expectation is empty")]
    [TestCase("  - cases: [raw.*]\n    status: fail\n", "4:5: an expectation says why: give a cause or a source")]
    [TestCase("  - cases: [raw.*]\n    status: fail\n    cause: ' '\n", "4:5: an expectation says why")]
    [TestCase("  - cases: [raw.*]\n    cause: x\n",
        "4:5: an expectation has either cases and status, or kernel_status alone")]
    [TestCase("  - cases: [raw.*]\n    status: flaky\n    errno: EINVAL\n    cause: x\n",
        "4:5: an expectation of flaky has no step and no errno")]
    [TestCase("  - cases: []\n    status: fail\n    cause: x\n", "4:5: an expectation has either cases and status")]
    [TestCase("  - kernel_status: crashed\n    status: fail\n    cause: x\n",
        "4:5: an expectation has either cases and status")]
    [TestCase("  - kernel_status: crashed\n    errno: EINVAL\n    cause: x\n",
        "4:5: an expectation has either cases and status")]
    [TestCase("  - complaints: ['WARNING: *']\n    status: fail\n    cause: x\n",
        "4:5: an expectation has either cases and status, or kernel_status alone, or complaints alone")]
    [TestCase("  - complaints: ['WARNING: [']\n    cause: x\n", "4:18: 'WARNING: [' has a [ without ]")]
    [TestCase("  - cases: [raw.*]\n    status: fail\n    step: updaet\n    cause: x\n",
        "6:11: no probe has the step 'updaet'; use one of btf_load, template, inner, outer, update, delete,"
            + " look_up, batch, free, load, run, value, object_open, object_load,")]
    [TestCase("  - cases: [raw.*]\n    status: fail\n    errno: EINVALL\n    cause: x\n",
        "6:12: no result has the errno 'EINVALL'; use a name of errno(3), such as EINVAL; did you mean EINVAL?")]
    [TestCase("  - cases: [raw.*]\n    status: fail\n    errno: \"22\"\n    cause: x\n",
        "6:12: no result has the errno '22'; use a name of errno(3), such as EINVAL")]
    [TestCase("  - cases: ['[{a,b}]']\n    status: fail\n    cause: x\n", "4:13: '[{a,b}]' has braces in brackets")]
    [TestCase("  - cases: ['']\n    status: fail\n    cause: x\n", "4:13: a pattern is missing")]
    [TestCase("  - cases: [raw.*]\n    status: fails\n    cause: x\n",
        "5:13: 'fails' is not known here; use one of pass, fail, skip, error, flaky")]
    [TestCase("  - cases: ['raw.[']\n    status: fail\n    cause: x\n", "4:13: 'raw.[' has a [ without ]")]
    [TestCase("  - cases: [~]\n    status: fail\n    cause: x\n", "4:13: a pattern is missing")]
    [TestCase("  - cases: [raw.*]\n    kernels: ['{a']\n    status: fail\n    cause: x\n",
        "5:15: '{a' has a { without }")]
    [TestCase("  - cases: [raw.*]\n    status: fail\n    versions: new\n    cause: x\n",
        "6:15: 'new' is no condition on versions")]
    public void An_expectation_that_makes_no_sense_is_refused(string entry, string problem) =>
        Expect(Image + "expectations:\n" + entry, problem);

    [Test]
    public void A_missing_file_is_named()
    {
        var path = _directory["none.yaml"];
        Assert.That(() => Matrices.Load(path),
            Throws.TypeOf<YamlFileException>().With.Message.EqualTo($"{path}: no such file"));
    }

    [Test]
    public void A_missing_file_of_expectations_is_named_where_it_is_asked_for() =>
        Expect(Image + "expectations_file: none.yaml\n", $"3:20: no such file: {_directory["none.yaml"]}");

    [Test]
    public void An_unknown_key_in_the_file_of_expectations_names_its_own_schema()
    {
        var other = _directory.Write("more.yaml", "expectation: []\n");
        var path = _directory.Write("kernels.yaml", Image + "expectations_file: more.yaml\n");
        Assert.That(Assert.Throws<YamlFileException>(() => Matrices.Load(path))!.Problems, Is.EqualTo(new[]
        {
            $"{other}:1:1: unknown key 'expectation'; the known ones are in expectations.schema.json",
        }));
    }

    [Test]
    public void A_problem_in_the_file_of_expectations_is_placed_there()
    {
        var other = _directory.Write("more.yaml", "expectations:\n  - cases: [raw.*]\n    status: fail\n");
        var path = _directory.Write("kernels.yaml", Image + "expectations_file: more.yaml\n");
        Assert.That(Assert.Throws<YamlFileException>(() => Matrices.Load(path))!.Problems,
            Is.EqualTo(new[] { $"{other}:2:5: an expectation says why: give a cause or a source" }));
    }

    [Test]
    public void Every_problem_is_told_at_once()
    {
        var path = _directory.Write("kernels.yaml", "timeout: -1\nkernels:\n  - name: a\n  - debian:\n      from: x\n");
        var places =
            Assert.Throws<YamlFileException>(() => Matrices.Load(path))!.Problems.Select(p =>
                p[path.Length..].Split(": ")[0]);
        Assert.That(places, Is.EqualTo(new[] { ":3:5", ":5:7", ":5:7", ":5:13", ":1:10" }));
    }

    private void Expect(string text, string problem)
    {
        var path = _directory.Write("kernels.yaml", text);
        var problems = Assert.Throws<YamlFileException>(() => Matrices.Load(path))!.Problems;
        Assert.That(problems, Has.Count.EqualTo(1));
        Assert.That(problems[0], Does.StartWith($"{path}:{problem.Replace("FILE", path, StringComparison.Ordinal)}"));
    }
}
