using System.Text.Json;
using CliWrap;
using Harness.Bisection;
using Harness.Bisection.Commits;
using Harness.Kernels.Git;
using Harness.Probes;
using Harness.Processes;
using Harness.Tests.Boot;

namespace Harness.Tests.Bisection;

public sealed class CulpritMailTests
{
    private const string Accepts = BisectLab.Accepts;
    private const string Refuses = BisectLab.Refuses;
    private const string Case = "raw.array_of_maps.array.struct.none";

    /// <summary>As kconfig writes .config and make savedefconfig the difference.</summary>
    private const string Makefile =
        "tinyconfig:\n\techo 'CONFIG_CC_VERSION_TEXT=\"gcc (Fake) 1.2\"' >$(O)/.config\nolddefconfig:\n\t@true\n"
            + "savedefconfig:\n\techo CONFIG_OWN=y >$(O)/defconfig\nvmlinux:\n\tcp guest $(O)/vmlinux\n";

    private CommitLab _lab = null!;

    [SetUp]
    public void Make_lab() => _lab = new CommitLab();

    [TearDown]
    public void Remove_lab() => _lab.Dispose();

    [Test]
    public async Task A_commit_that_broke_something_is_told_to_those_who_maintain_what_it_touches()
    {
        await WithMaintainersAsync(
            "print \"M Aintainer <m\\@example.org>\\nbpf\\@example.org\\nA U Thor <author\\@example.org>\\n"
                + "no address\\n\";");
        await _lab.CommitAsync(Accepts, Makefile);
        await _lab.CommitAsync(Refuses, Makefile);
        await _lab.GitAsync("tag", "v1", _lab.Commits[0]);
        var (answer, _) = await _lab.BisectAsync("v1", "main", conclude: true);
        var (mail, name) = (_lab.Mail!, $"{_lab.Commits[2][..12]} (\"bpf: change 2\")");
        Assert.That((mail.Effect, mail.Fixes, mail.Introduced),
            Is.EqualTo((CommitEffect.Regression, name, _lab.Commits[2])), answer.Sentence);
        Assert.That(mail.Cc, Is.EqualTo(
            new[] { "M Aintainer <m@example.org>", "bpf@example.org", "regressions@lists.linux.dev" }));
        Assert.That((mail.CcProblem, mail.To, mail.Compiler),
            Is.EqualTo(((string?)null, "A U Thor <author@example.org>", "gcc (Fake) 1.2")));
        Assert.That(mail.Text, Does.StartWith(
            $"Subject: [REGRESSION] raw.a: reject at update with EINVAL since {name}\n"
                + "To: A U Thor <author@example.org>\n\n"));
        Assert.That(mail.Text, Does.Contain($"  good: v1, {_lab.Commits[0][..12]} (\"bpf: change 0\"): accept\n")
            .And.Contain($"  bad: main, {name}: reject at update with EINVAL\n")
            .And.Contain("a kernel is wanted to accept it (because).\n").And.Contain("Kernel command line: quiet\n")
            .And.Contain($"\n\n#regzbot introduced: {_lab.Commits[2]}\n\n"));
        Assert.That((mail.Config, mail.ConfigDifference), Is.EqualTo(("culprit.config", "culprit.defconfig")));
        Assert.That(File.ReadAllText(Path.Combine(_lab.Results, "culprit.config")), Does.Contain("gcc (Fake) 1.2"));
        Assert.That(File.ReadAllText(Path.Combine(_lab.Results, "culprit.defconfig")), Is.EqualTo("CONFIG_OWN=y\n"));
        Assert.That(await TrailersAsync(mail.Text), Is.EqualTo(new[]
        {
            $"Fixes: {name}", "Cc: M Aintainer <m@example.org>", "Cc: bpf@example.org",
            "Cc: regressions@lists.linux.dev",
        }));
        await ReplaysAsync(mail.Log);
    }

    [Test]
    public async Task A_commit_that_mended_something_is_no_regression()
    {
        await WithMaintainersAsync("print \"M Aintainer <m\\@example.org>\\n\";", Refuses);
        await _lab.CommitAsync(Accepts, Makefile);
        await _lab.CommitAsync(Accepts, Makefile);
        var (answer, _) = await _lab.BisectAsync("HEAD", _lab.Commits[0], conclude: true);
        var mail = _lab.Mail!;
        Assert.That((mail.Effect, mail.Fixes, mail.Introduced, mail.Good.Verdict, mail.Bad.Verdict),
            Is.EqualTo((CommitEffect.Fix, (string?)null, (string?)null, answer.Newer, answer.Older)), answer.Sentence);
        Assert.That(mail.Text, Does.StartWith(
            $"Subject: raw.a: accept since {_lab.Commits[1][..12]} (\"bpf: change 1\"), before reject at update"
                + " with EINVAL\n").And.Contain("This commit mended what the kernel answers:"));
        Assert.That(mail.Text, Does.Not.Contain("regzbot").And.Not.Contain("Fixes:").And.Not.Contain("REGRESSION"));
        Assert.That(await TrailersAsync(mail.Text), Is.EqualTo(new[] { "Cc: M Aintainer <m@example.org>" }));
        Assert.That(mail.Log, Does.Contain("git bisect start '--term-old=broken' '--term-new=fixed'")
            .And.Contain("\ngit bisect fixed ").And.Contain("first 'fixed' commit").Or.Contain("first fixed commit"));
        Assert.That(mail.Log, Does.Not.Match("(?m)^git bisect (good|bad|old|new) "));
        await ReplaysAsync(mail.Log);
    }

    [Test]
    public async Task A_culprit_that_is_not_confirmed_is_told_as_a_guess()
    {
        // Built for the second time, the commit answers otherwise.
        var built = _lab.Lab.Runs["built"];
        await WithMaintainersAsync("print \"M Aintainer <m\\@example.org>\\n\";");
        await _lab.CommitAsync(Accepts, Makefile);
        _lab.Write("other", Accepts + "\n# again\n");
        await _lab.CommitAsync(Refuses, Makefile.Replace("\tcp guest ",
            $"\tcp `test -e {built} && echo other || echo guest; touch {built}` ", StringComparison.Ordinal));
        var (answer, _) = await _lab.BisectAsync(_lab.Commits[0], "HEAD", conclude: true);
        const string Said = "built and booted anew, its parent says accept, and it says accept";
        Assert.That((answer.Result, answer.Confirmed, answer.Unconfirmed, answer.Revert),
            Is.EqualTo((BisectResult.Range, false, Said, (RevertProof?)null)), answer.Sentence);
        var mail = _lab.Mail!;
        Assert.That((mail.Fixes, mail.Introduced), Is.EqualTo(((string?)null, (string?)null)));
        Assert.That(mail.Text, Does.StartWith("Subject: not confirmed: raw.a: reject at update with EINVAL since ")
            .And.Contain("This commit seems to have changed what the kernel answers:")
            .And.Contain($"\nNot confirmed: {Said}.\n").And.Not.Contain("regzbot").And.Not.Contain("REGRESSION"));
        Assert.That(await TrailersAsync(mail.Text), Is.EqualTo(new[] { "Cc: M Aintainer <m@example.org>" }));
        await ReplaysAsync(mail.Log);
    }

    [Test]
    public async Task What_the_probes_were_given_lies_beside_the_commands_under_its_name()
    {
        var (one, other) = (_lab.Lab.Runs["map.bpf.o"], _lab.Lab.Runs["else", "map.bpf.o"]);
        Directory.CreateDirectory(Path.GetDirectoryName(other)!);
        File.WriteAllText(one, "one");
        File.WriteAllText(other, "other");
        _lab.Given = new ProbeOptionValues(new Dictionary<string, IReadOnlyList<string>>
        {
            ["--object"] = [one, other, _lab.Lab.Runs["else"]],
            ["--attach"] = [""],
        });
        await _lab.CommitAsync(Accepts, Makefile);
        await _lab.CommitAsync(Refuses, Makefile);
        await _lab.BisectAsync(_lab.Commits[0], "HEAD", conclude: true);
        string[] files = ["files/map.bpf.o", "files/2/map.bpf.o", "else"];
        Assert.That(_lab.Mail!.Files, Is.EqualTo(files));
        Assert.That(files.Take(2).Select(file => File.ReadAllText(Path.Combine(_lab.Results, file))),
            Is.EqualTo(new[] { "one", "other" }));
        Assert.That(_lab.Mail.Reproduce[^1], Does.Contain(
            " --object files/map.bpf.o --object files/2/map.bpf.o --object else --attach --case raw.a "));
        Assert.That(_lab.Mail.Text, Does.Contain($"\nWhat the probe was given: {string.Join(", ", files)}\n")
            .And.Not.Contain(one));
    }

    [Test]
    public async Task Ends_that_were_found_have_the_names_of_their_releases()
    {
        await _lab.CommitAsync(Accepts, Makefile);
        await _lab.CommitAsync(Refuses, Makefile);
        await _lab.CommitAsync(Refuses, Makefile);
        await _lab.GitAsync("tag", "v6.1", _lab.Commits[0]);
        await _lab.GitAsync("tag", "v6.2", _lab.Commits[1]);
        await _lab.BisectAsync("auto", "HEAD", conclude: true);
        Assert.That((_lab.Mail!.Good.Typed, _lab.Mail.Bad.Typed), Is.EqualTo(("v6.1", "v6.2")));
        Assert.That(_lab.Mail.Text, Does.Contain($"  good: v6.1, {_lab.Commits[0][..12]} (")
            .And.Contain($"  bad: v6.2, {_lab.Commits[1][..12]} (").And.Not.Contain("HEAD").And.Not.Contain("auto"));
    }

    [TestCase(null, "the tree has no scripts/get_maintainer.pl")]
    [TestCase("die \"no idea\\n\";", "exited with")]
    [TestCase("print \"nobody\\n\";", "scripts/get_maintainer.pl names nobody")]
    public async Task Where_nobody_is_named_the_mail_says_why(string? script, string said)
    {
        await WithMaintainersAsync(script);
        await _lab.CommitAsync(Refuses, CommitLab.Makefile);
        await _lab.BisectAsync(_lab.Commits[0], "HEAD", conclude: true);
        Assert.That(_lab.Mail!.CcProblem, Does.Contain(said));
        Assert.That(_lab.Mail.Text, Does.Contain("Maintainers: not known: ").And.Contain("Compiler: not named"));
        Assert.That(_lab.Mail.ConfigProblem, Does.Contain("savedefconfig"), "its Makefile has no such target");
    }

    [Test]
    public async Task What_the_mail_says_is_what_others_can_run_and_read()
    {
        foreach (var program in new[] { "flex", "bison", "bc", "qemu-system-x86_64" })
        {
            Program(program, "#!/bin/sh");
        }
        var harness = RealRun.Harness("").ToShell().Replace("''", "", StringComparison.Ordinal);
        Program("harness", $"#!/bin/sh\nexec {harness} \"$@\" --accel tcg");
        await _lab.CommitAsync(Guest("accept"), Makefile);
        await _lab.CommitAsync(Guest("accept"), Makefile);
        await _lab.CommitAsync(Guest("reject step=update errno=EINVAL"), Makefile);
        var found = await Serve(RealRun.Harness("bisect", "--json", "--accel", "tcg", "--git", _lab.Repository,
            "--good", _lab.Commits[0], "--bad", "main", "--case", Case, "--out", _lab.Results))
            .TryRunAsync(CancellationToken.None);
        Assert.That(found.ExitCode, Is.EqualTo(ExitCodes.AsExpected), found.Describe());
        using var document = JsonDocument.Parse(found.StandardOutput);
        var mail = document.RootElement.GetProperty("mail");
        var block = Block(File.ReadAllText(Path.Combine(_lab.Results, "bisect.md")));
        Assert.That(block, Is.EqualTo(mail.GetProperty("text").GetString()));
        Assert.That((await TrailersAsync(block))[0],
            Is.EqualTo($"Fixes: {_lab.Commits[2][..12]} (\"bpf: change 2\")"));
        await ReplaysAsync(block);

        var clone = _lab.Lab.Runs["clone"];
        File.Copy(Path.Combine(_lab.Results, "culprit.config"), Path.Combine(clone, "culprit.config"));
        var commands = mail.GetProperty("reproduce").EnumerateArray().Select(c => c.GetString()!).ToList();
        Assert.That(commands, Has.All.Matches<string>(c => block.Contains($"\n  {c}\n", StringComparison.Ordinal)));
        var run = await Serve(new Command("bash").WithArguments(["-ec", string.Join('\n', commands)])
            .WithWorkingDirectory(clone)).TryRunAsync(CancellationToken.None);
        Assert.That(run.ExitCode, Is.AnyOf(ExitCodes.AsExpected, ExitCodes.Unexpected), run.Describe());
        using var results = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(clone, "reproduce", "run", "results.json")));
        var answered = results.RootElement.GetProperty("kernels")[0].GetProperty("cases")[0];
        Assert.That((answered.GetProperty("id").GetString(), answered.GetProperty("outcome").GetString()),
            Is.EqualTo((Case, "reject")), run.Describe());
    }

    [Test]
    public async Task Names_and_subjects_of_commits_add_no_header_and_turn_no_line_around()
    {
        const string Signs = "\r\u001b[31m\u202e";
        await _lab.CommitAsync(Accepts, Makefile);
        await _lab.CommitAsync(Accepts, Makefile);
        await _lab.CommitAsync(Refuses, Makefile);
        await _lab.GitAsync("commit", "--quiet", "--amend", "--author", $"A{Signs}Bcc: Thor <author@example.org>",
            "--message", $"bpf: a{Signs}Bcc: all@example.org");
        await _lab.BisectAsync(_lab.Commits[0], "HEAD", conclude: true);
        var mail = _lab.Mail!;
        Assert.That(mail.Subject, Does.EndWith("(\"bpf: a  [31m Bcc: all@example.org\")"));
        Assert.That(mail.To, Is.EqualTo("\"A  [31m Bcc: Thor\" <author@example.org>"));
        var said = new[]
        {
            mail.Subject, mail.To, mail.Fixes!, mail.Good.Subject, mail.Bad.Subject, mail.Log, mail.Text,
        };
        Assert.That(said, Has.None.Matches<string>(text => text!.IndexOfAny(['\r', '\u001b', '\u202e']) >= 0));
        Assert.That(mail.Log, Does.Contain("Bcc: all@example.org"), "the log names it, too");
        await ReplaysAsync(mail.Log);
    }

    [TestCase("A U Thor <a@example.org>", "A U Thor <a@example.org>")]
    [TestCase("Thor, A. <a@example.org>", "\"Thor, A.\" <a@example.org>")]
    [TestCase("A \"U\" Thor <a@example.org>", "\"A \\\"U\\\" Thor\" <a@example.org>")]
    public void Names_with_signs_that_part_addresses_are_quoted(string author, string mailbox) =>
        Assert.That(CulpritMailMaker.Mailbox(author), Is.EqualTo(mailbox));

    [TestCase("touch made # a comment")]
    [TestCase("true; touch made")]
    [TestCase("test -e nowhere || touch 'made'")]
    public async Task A_command_before_the_build_is_one_command_of_the_reproduction(string command)
    {
        var build = new BuildSettings("x86_64", null, [], 1) { BeforeBuild = command };
        var line = Reproduction.Commands("HEAD", "config", [], build, "raw.a", ProbeOptionValues.None)
            .Single(words => words.StartsWith("(cd ", StringComparison.Ordinal));
        var tree = Directory.CreateDirectory(_lab.Lab.Runs["here", "reproduce", "tree"]).FullName;
        var here = _lab.Lab.Runs["here"];
        var run = await new Command("bash").WithArguments(["-ec", line + "\ntouch after"]).WithWorkingDirectory(here)
            .TryRunAsync(CancellationToken.None);
        Assert.That(run.IsSuccess, run.Describe());
        Assert.That(Path.Combine(tree, "made"), Does.Exist);
        Assert.That(Path.Combine(here, "after"), Does.Exist);
        Directory.Delete(tree, recursive: true);
        var without = await new Command("bash").WithArguments(["-c", line]).WithWorkingDirectory(here)
            .TryRunAsync(CancellationToken.None);
        Assert.That(without.IsSuccess, Is.False, "the tree is not there");
        Assert.That(Directory.GetFileSystemEntries(here).Select(Path.GetFileName),
            Is.EquivalentTo(new[] { "after", "reproduce" }), "nothing is made elsewhere");
    }

    /// <summary>A first commit with a script that tells maintainers.</summary>
    private async Task WithMaintainersAsync(string? script, string guest = Accepts)
    {
        if (script is not null)
        {
            Directory.CreateDirectory(Path.Combine(_lab.Repository, "scripts"));
            _lab.Write("scripts/get_maintainer.pl",
                "die \"no patch\\n\" unless `cat commit.patch` =~ m{^\\+\\+\\+ b/kernel/bpf/map.c}m;\n"
                    + script + "\n");
            _lab.Write("MAINTAINERS", "BPF\n");
        }
        await _lab.CommitAsync(guest, script is null ? CommitLab.Makefile : Makefile);
    }

    /// <summary>What git reads at the end of a mail.</summary>
    private async Task<string[]> TrailersAsync(string mail)
    {
        var file = _lab.Lab.Runs["mail"];
        await File.WriteAllTextAsync(file, mail);
        return (await _lab.GitAsync("interpret-trailers", "--parse", file)).Split('\n');
    }

    /// <summary>A clone of the tree takes the log, and names the same commit.</summary>
    private async Task ReplaysAsync(string log)
    {
        var (clone, file) = (_lab.Lab.Runs["clone"], _lab.Lab.Runs["log"]);
        await File.WriteAllTextAsync(file, log);
        await _lab.GitAsync("clone", "--quiet", _lab.Repository, clone);
        var replayed = await new Command("git").WithArguments(["-C", clone, "bisect", "replay", file])
            .TryRunAsync(CancellationToken.None);
        Assert.That(replayed.IsSuccess, replayed.Describe());
        Assert.That(replayed.StandardOutput, Does.Match("is the first '?(bad|fixed)'? commit"));
    }

    private static string Block(string markdown)
    {
        const string Start = "\n```text\n";
        var start = markdown.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        return markdown[start..markdown.IndexOf("\n```\n", start, StringComparison.Ordinal)] + "\n";
    }

    private void Program(string name, string text) => File.SetUnixFileMode(
        _lab.Lab.Runs.Launcher.Image(name, text),
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    private Command Serve(Command command) => _lab.Lab.Runs.Launcher.Serve(command, _lab.Lab.Runs["xdg"]);

    /// <summary>With the magic number of a bzImage in a comment (Documentation/arch/x86/boot.rst).</summary>
    private static string Guest(string outcome) =>
        ($"header 1; line '{(outcome == "accept" ? "ok" : "not ok")} 1 {Case} # want=accept outcome={outcome}'; "
            + "end 1\n#").PadRight(0x202) + "HdrS".PadRight(0x100);
}
