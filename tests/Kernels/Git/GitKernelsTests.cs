using System.Collections.Concurrent;
using Harness.Cache;
using Harness.Kernels;
using Harness.Kernels.Git;
using Harness.Processes;
using Harness.Tests.Bisection;
using Harness.Tests.Support;
using Harness.Yaml;

namespace Harness.Tests.Kernels.Git;

/// <summary>Commits as kernels of a matrix: git and make are real, only what is compiled is not.</summary>
[NonParallelizable]
public sealed class GitKernelsTests
{
    private CommitLab _lab = null!;

    private ImageCache Cache => new(_lab.Lab.Runs["cache"]);

    [SetUp]
    public async Task MakeLab()
    {
        _lab = new CommitLab();
        await _lab.WithAsync("first guest", null, "third guest");
    }

    [TearDown]
    public void RemoveLab() => _lab.Dispose();

    [Test]
    public async Task A_commit_is_built_once_and_the_users_tree_stays_as_it_is()
    {
        _lab.Write("guest", "a change of the user's\n");
        var before = await _lab.StateAsync();
        var first = (ImageResult.Available)await AcquireAsync(_lab.Commits[0]);
        var again = (ImageResult.Available)await AcquireAsync(_lab.Commits[0]);
        var third = (ImageResult.Available)await AcquireAsync("HEAD");
        Assert.That((first.FromCache, again.FromCache, third.FromCache), Is.EqualTo((false, true, false)));
        Assert.That(File.ReadAllText(first.Image.Path), Is.EqualTo("first guest\n"));
        Assert.That(again.Image, Is.EqualTo(first.Image));
        Assert.That((first.BuildTime > TimeSpan.Zero, again.BuildTime), Is.EqualTo((true, (TimeSpan?)null)));
        Assert.That(File.ReadAllText(third.Image.Path), Is.EqualTo("third guest\n"));
        Assert.That(await _lab.StateAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task One_that_does_not_build_is_unavailable_with_the_compilers_words()
    {
        var result = (ImageResult.Unavailable)await AcquireAsync(_lab.Commits[1]);
        Assert.That(result.Reason, Does.Contain("does not build: kernel/bpf/map.c:1:1: error: expected declaration"));
        Assert.That(result.NotServed, Is.False, "nothing stands in for a commit");
    }

    [Test]
    public async Task Without_a_compiler_it_is_our_side_that_fails()
    {
        var source = await SourceAsync("HEAD", new BuildSettings("x86_64", null, [], 1), ["no-such-compiler"]);
        var result = (ImageResult.Failed)await source.AcquireAsync(new Progress<long>(), CancellationToken.None);
        Assert.That(result.Reason, Does.Contain("no-such-compiler must be installed"));
    }

    [Test]
    public async Task A_compiler_that_was_killed_tells_nothing_of_the_commit()
    {
        await _lab.CommitAsync("guest",
            "tinyconfig olddefconfig:\n\ttouch $(O)/.config\nvmlinux:\n\t@echo 'gcc: fatal error: Killed signal "
                + "terminated program cc1' >&2; false\n");
        Assert.That(((ImageResult.Failed)await AcquireAsync("HEAD")).Reason,
            Does.Contain("Killed signal terminated program cc1"));
    }

    [Test]
    public async Task What_is_built_on_top_of_a_commit_uses_nothing_else()
    {
        const string Traces =
            "tinyconfig olddefconfig:\n\ttouch $(O)/.config\nvmlinux:\n\tcat guest >>$(O)/trace; cp $(O)/trace "
                + "$(O)/vmlinux\n";
        var git = await GitRepository.OpenAsync("here", _lab.Repository, CancellationToken.None);
        var parent = await git.CommitAsync(await _lab.CommitAsync("parent", Traces), CancellationToken.None);
        var culprit = await git.CommitAsync(await _lab.CommitAsync("culprit", Traces), CancellationToken.None);
        var workshop = new KernelWorkshop(git, new BuildSettings("x86_64", null, [], 1), "identity",
            _lab.Lab.Runs["cache"], ["make"]);
        async Task<string> BuildAsync(Commit commit, bool clean, Commit? onTopOf = null)
        {
            var built = await workshop.BuildAsync(commit, _lab.Lab.Runs["image"], _lab.Lab.Runs["log"], clean,
                CancellationToken.None, onTopOf);
            return await File.ReadAllTextAsync(((BuildResult.Built)built).Image);
        }
        Assert.That(await BuildAsync(parent, clean: true), Is.EqualTo("parent\n"));
        Assert.That(await BuildAsync(culprit, clean: false, onTopOf: parent), Is.EqualTo("parent\nculprit\n"));
        Assert.That(await BuildAsync(culprit, clean: false, onTopOf: parent), Is.EqualTo("culprit\n"),
            "there was another build meanwhile");
        Assert.That(await BuildAsync(parent, clean: false), Is.EqualTo("culprit\nparent\n"));
    }

    [TestCase(0, "the disk is full where ")]
    [TestCase(1L << 40, null)]
    public async Task A_full_disk_is_told_where_git_only_names_what_it_could_not_write(long free, string? reason)
    {
        var git = await GitRepository.OpenAsync("here", _lab.Repository, CancellationToken.None);
        var commit = await git.CommitAsync("here", "HEAD", CancellationToken.None);
        var workshop = new KernelWorkshop(git, new BuildSettings("x86_64", null, [], 1), "identity",
            _lab.Lab.Runs["cache"], ["make"], _ => free);
        Directory.CreateDirectory(workshop.Directory);
        await File.WriteAllTextAsync(Path.Combine(workshop.Directory, "tree.git"), "where git wants a directory");
        Task<BuildResult> BuildAsync() =>
            workshop.BuildAsync(commit, _lab.Lab.Runs["image"], _lab.Lab.Runs["log"], clean: false,
                CancellationToken.None);
        if (reason is null)
        {
            Assert.That(BuildAsync, Throws.TypeOf<CommandException>());
        }
        else
        {
            Assert.That(((BuildResult.Aborted)await BuildAsync()).Reason, Does.StartWith(reason));
        }
    }

    [TestCase(0, "too little room where ")]
    [TestCase(1L << 40, null)]
    public async Task Room_on_the_disk_is_looked_at_before_anything_is_built(long free, string? shortage)
    {
        var git = await GitRepository.OpenAsync("here", _lab.Repository, CancellationToken.None);
        var commit = await git.CommitAsync("here", "HEAD", CancellationToken.None);
        var workshop = new KernelWorkshop(git, new BuildSettings("x86_64", null, [], 1), "identity",
            _lab.Lab.Runs["cache"], ["make"], _ => free);
        Assert.That(await workshop.ShortageAsync(commit, CancellationToken.None),
            shortage is null ? Is.Null : Does.StartWith(shortage).And.Contain("0.0 MiB are free"));
    }

    [Test]
    public async Task What_the_users_shell_says_to_make_is_not_heard()
    {
        await _lab.CommitAsync("guest",
            "tinyconfig olddefconfig:\n\ttouch $(O)/.config\nvmlinux:\n\techo \"flags:$(KCFLAGS)\" >$(O)/vmlinux\n");
        Environment.SetEnvironmentVariable("KCFLAGS", "-O3");
        try
        {
            var image = ((ImageResult.Available)await AcquireAsync("HEAD")).Image.Path;
            Assert.That(await File.ReadAllTextAsync(image), Is.EqualTo("flags:\n"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("KCFLAGS", null);
        }
    }

    [TestCase("config", "core.autocrlf=true")]
    [TestCase("config", "core.eol=crlf", "core.attributesFile=FILE")]
    [TestCase("attributes", "core.eol=crlf")]
    [TestCase("global", "core.autocrlf=true")]
    [TestCase("global", "core.eol=crlf", "core.attributesFile=FILE")]
    [TestCase("config", "filter.loud.smudge=tr a-z A-Z", "core.attributesFile=FILE")]
    [TestCase("config", "core.sparseCheckout=true")]
    [TestCase("replace")]
    [TestCase("environment")]
    public async Task No_setting_of_the_users_changes_what_a_commit_holds(string where, params string[] settings)
    {
        var attributes = _lab.Lab.Runs["attributes"];
        var config = _lab.Lab.Runs["gitconfig"];
        await File.WriteAllTextAsync(attributes, "* text filter=loud\n");
        await File.WriteAllTextAsync(config, "");
        Directory.CreateDirectory(Path.Combine(_lab.Repository, ".git", "info"));
        foreach (var setting in settings.Select(s => s.Replace("FILE", attributes, StringComparison.Ordinal)))
        {
            string[] place = where == "global" ? ["--file", config] : [];
            await _lab.GitAsync(["config", .. place, .. setting.Split('=', 2)]);
        }
        switch (where)
        {
            case "attributes":
                File.Copy(attributes, Path.Combine(_lab.Repository, ".git", "info", "attributes"), overwrite: true);
                break;
            case "config":
                await File.WriteAllTextAsync(
                    Path.Combine(_lab.Repository, ".git", "info", "sparse-checkout"), "/kernel/\n");
                break;
            case "replace":
                await _lab.GitAsync("replace", _lab.Commits[2], _lab.Commits[0]);
                break;
            case "environment":
                Environment.SetEnvironmentVariable("GIT_INDEX_FILE", "/nonexistent/index");
                break;
        }
        Environment.SetEnvironmentVariable("GIT_CONFIG_GLOBAL", config);
        try
        {
            var image = ((ImageResult.Available)await AcquireAsync("HEAD")).Image.Path;
            Assert.That(await File.ReadAllTextAsync(image), Is.EqualTo("third guest\n"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("GIT_CONFIG_GLOBAL", null);
            Environment.SetEnvironmentVariable("GIT_INDEX_FILE", null);
        }
    }

    [Test]
    public async Task A_partial_clone_fetches_what_it_lacks()
    {
        var clone = _lab.Lab.Runs["clone"];
        await _lab.GitAsync("config", "uploadpack.allowFilter", "true");
        await _lab.GitAsync(
            "clone", "--quiet", "--no-checkout", "--filter=blob:none", $"file://{_lab.Repository}", clone);
        var git = await GitRepository.OpenAsync("here", clone, CancellationToken.None);
        var commit = await git.CommitAsync("here", "HEAD", CancellationToken.None);
        var workshop = new KernelWorkshop(git, new BuildSettings("x86_64", null, [], 1), "identity",
            _lab.Lab.Runs["cache"], ["make"]);
        var built = await workshop.BuildAsync(
            commit, _lab.Lab.Runs["image"], _lab.Lab.Runs["log"], clean: false, CancellationToken.None);
        Assert.That(File.ReadAllText(((BuildResult.Built)built).Image), Is.EqualTo("third guest\n"));
    }

    [Test]
    public async Task A_build_that_waits_for_another_says_so_and_then_how_many_objects_it_may_make()
    {
        const string Makes = "tinyconfig:\n\ttouch $(O)/.config\nolddefconfig:\n\t@true\nvmlinux:\n"
            + "\tfor f in a b; do echo \"deps_$$f := $(CURDIR)/$$f.h\" >$(O)/.$$f.o.cmd; "
            + "echo \"  CC      $$f.o\"; done\n"
            + "\tcp guest $(O)/vmlinux\n";
        var git = await GitRepository.OpenAsync("here", _lab.Repository, CancellationToken.None);
        _lab.Write("a.h", "1\n");
        _lab.Write("b.h", "1\n");
        var first = await git.CommitAsync(await _lab.CommitAsync("guest", Makes), CancellationToken.None);
        _lab.Write("b.h", "2\n");
        var second = await git.CommitAsync(await _lab.CommitAsync("guest", Makes), CancellationToken.None);
        var workshop = new KernelWorkshop(git, new BuildSettings("x86_64", null, [], 1), "identity",
            _lab.Lab.Runs["cache"], ["make"]);
        async Task<IReadOnlyList<BuildProgress>> BuildAsync(Commit commit)
        {
            var told = new ConcurrentQueue<BuildProgress>();
            await workshop.BuildAsync(commit, _lab.Lab.Runs["image"], _lab.Lab.Runs["log"], clean: false,
                CancellationToken.None, tell: told.Enqueue);
            return [.. told.Distinct()];
        }
        var locked = await CacheLock.TakeAsync(
            _lab.Lab.Runs["cache"], $"build-{Path.GetFileName(workshop.Directory)}", CancellationToken.None);
        var building = BuildAsync(first);
        await Task.Delay(TimeSpan.FromSeconds(1.3));
        await locked.DisposeAsync();
        Assert.That(await building, Is.EqualTo(new BuildProgress[]
        {
            new BuildProgress.Waiting(), new BuildProgress.Compiling(0, null), new BuildProgress.Compiling(1, null),
            new BuildProgress.Compiling(2, null),
        }));
        Assert.That((await BuildAsync(second))[0], Is.EqualTo(new BuildProgress.Compiling(0, 1)),
            "only what is made of b.h");
    }

    [Test]
    public async Task A_tree_with_no_kernel_in_it_is_unavailable()
    {
        await _lab.GitAsync("rm", "-q", "Kconfig");
        await _lab.GitAsync("commit", "-q", "-m", "no kernel any more");
        Assert.That(((ImageResult.Unavailable)await AcquireAsync("HEAD")).Reason, Does.Contain("has no Kconfig"));
    }

    [Test]
    public async Task What_is_built_depends_on_the_configuration()
    {
        var plain = await SourceAsync("HEAD", new BuildSettings("x86_64", null, [], 1));
        await plain.AcquireAsync(new Progress<long>(), CancellationToken.None);
        Assert.That(plain.IsCached, Is.True);
        Assert.That((await SourceAsync("HEAD", new BuildSettings("x86_64", "CONFIG_KASAN=y", [], 1))).IsCached,
            Is.False);
        Assert.That((await SourceAsync("HEAD", new BuildSettings("x86_64", null, ["LLVM=1"], 1))).IsCached, Is.False);
        Assert.That((await SourceAsync("HEAD", new BuildSettings("x86_64", null, [], 7))).IsCached, Is.True);
    }

    [TestCase("\ndepends on MODULES\n", null, "CONFIG_BPF_JIT=y (depends on MODULES), which what is asked needs")]
    [TestCase("\n", "# CONFIG_BPF_JIT is not set", "lacks CONFIG_BPF_JIT=y, which what is asked needs")]
    public async Task An_option_that_is_needed_and_cannot_be_set_is_said_before_anything_is_built(
        string entry, string? fragment, string said)
    {
        _lab.Write("kernel/bpf/Kconfig", $"config BPF_JIT{entry.Replace("\n", "\n\t", StringComparison.Ordinal)}");
        // What a user leaves out, and what has unmet dependencies, is not there when Kconfig is done.
        await _lab.CommitAsync("guest", CommitLab.Makefile.Replace(
            "\t@true", "\t@sed -i /BPF_JIT/d $(O)/.config", StringComparison.Ordinal) + "\ttouch $(O)/built\n");
        var needs = new KernelOptions([], ["CONFIG_BPF_JIT=y", "CONFIG_OF_ANOTHER_SERIES=y"]);
        var build = new BuildSettings("x86_64", fragment, [], 1) { ProbeOptions = needs };
        var result = await (await SourceAsync("HEAD", build))
            .AcquireAsync(new Progress<long>(), CancellationToken.None);
        Assert.That(((ImageResult.Unavailable)result).Reason,
            Does.Contain("cannot answer: ").And.Contain(said).And.Contain("--kernel-config"));
        Assert.That(Directory.EnumerateFiles(_lab.Lab.Runs["cache"], "built", SearchOption.AllDirectories), Is.Empty);
    }

    [TestCase("CONFIG_NR_CPUS=256", true)]
    [TestCase("CONFIG_NR_CPUS=64", true)]
    [TestCase("CONFIG_NR_CPUS=8", false)]
    public async Task Of_a_number_that_is_needed_more_will_do(string fragment, bool answers)
    {
        _lab.Write("kernel/bpf/Kconfig", "config NR_CPUS\n");
        // The last setting of an option counts, as it does for Kconfig.
        await _lab.CommitAsync("guest", CommitLab.Makefile.Replace(
            "\t@true", $"\t@sed -i '/NR_CPUS/d' $(O)/.config; echo {fragment} >> $(O)/.config",
            StringComparison.Ordinal));
        var options = new KernelOptions([], ["CONFIG_NR_CPUS=64"]);
        var source = await SourceAsync("HEAD", new BuildSettings("x86_64", null, [], 1) { ProbeOptions = options });
        Assert.That(await source.AcquireAsync(new Progress<long>(), CancellationToken.None),
            answers ? Is.InstanceOf<ImageResult.Available>() : Is.InstanceOf<ImageResult.Unavailable>());
    }

    [Test]
    public async Task An_option_that_the_tree_does_not_know_or_that_is_only_wanted_does_not_stop_a_build()
    {
        _lab.Write("kernel/bpf/Kconfig", "config BPF_JIT\n");
        await _lab.CommitAsync("guest", CommitLab.Makefile.Replace(
            "\t@true", "\t@sed -i '/BPF_JIT/d;/SERIES/d' $(O)/.config", StringComparison.Ordinal));
        var options = new KernelOptions(["CONFIG_BPF_JIT=y"], ["CONFIG_OF_ANOTHER_SERIES=y"]);
        var source = await SourceAsync("HEAD", new BuildSettings("x86_64", null, [], 1) { ProbeOptions = options });
        Assert.That(await source.AcquireAsync(new Progress<long>(), CancellationToken.None),
            Is.InstanceOf<ImageResult.Available>());
    }

    [Test]
    public async Task The_last_line_of_a_builds_log_says_what_ccache_had()
    {
        // What ccache 4.7 writes for a miss, a hit, and a call that compiles nothing.
        await _lab.CommitAsync("guest", CommitLab.Makefile + "\tprintf '# a.c\\ncache_miss\\ndirect_cache_miss\\n"
            + "# b.c\\ndirect_cache_hit\\nlocal_storage_hit\\n# b.c\\ncalled_for_link\\n' >$$CCACHE_STATSLOG\n");
        var git = await GitRepository.OpenAsync("here", _lab.Repository, CancellationToken.None);
        var commit = await git.CommitAsync("here", "HEAD", CancellationToken.None);
        var workshop = new KernelWorkshop(git, new BuildSettings("x86_64", null, [], 1), "identity",
            _lab.Lab.Runs["cache"], ["make"]);
        var log = _lab.Lab.Runs["log"];
        var built = await workshop.BuildAsync(
            commit, _lab.Lab.Runs["image"], log, clean: false, CancellationToken.None);
        Assert.That(((BuildResult.Built)built).CompilerCache, Is.EqualTo(new CompilerCacheUse(1, 2)));
        Assert.That(File.ReadLines(log).Last(), Is.EqualTo("# 1 of 2 objects from ccache (50 %)"));
        var first = await git.CommitAsync("here", _lab.Commits[0], CancellationToken.None);
        var without = await workshop.BuildAsync(
            first, _lab.Lab.Runs["image"], log, clean: false, CancellationToken.None);
        Assert.That(((BuildResult.Built)without).CompilerCache, Is.Null, "what an earlier build had is not counted");
    }

    [Test]
    public void Defaults_are_left_out_but_for_those_that_a_probe_or_the_user_sets()
    {
        var build = new BuildSettings("x86_64", "CONFIG_VT=y", [], 1)
        {
            ProbeOptions = new KernelOptions(["CONFIG_IPV6=y"], []),
        };
        var lines = KernelConfiguration.Lines(build).Split('\n').ToList();
        Assert.That(lines.IndexOf("# CONFIG_IPV6 is not set"), Is.InRange(0, lines.IndexOf("CONFIG_IPV6=y") - 1));
        Assert.That(lines.IndexOf("# CONFIG_VT is not set"), Is.InRange(0, lines.IndexOf("CONFIG_VT=y") - 1));
    }

    [TestCase("https://example.org/linux.git", "https://example.org/linux.git")]
    [TestCase("https://somebody:secret@example.org/linux.git", null)]
    [TestCase("git@example.org:linux.git", null)]
    [TestCase("/srv/linux", null)]
    public async Task A_kernel_says_what_it_was_built_from(string remote, string? repository)
    {
        await _lab.GitAsync("remote", "add", "origin", remote);
        var resolved = await ResolveAsync("kernels:\n  - git: {dir: linux, revs: [HEAD]}\n");
        Assert.That(resolved.Kernels.Single().Kernel.Checkout,
            Is.EqualTo(new KernelCheckout("linux", "HEAD", repository, _lab.Commits[^1], null)));
    }

    [Test]
    public async Task A_matrix_names_revisions()
    {
        await _lab.GitAsync("tag", "v6.1", _lab.Commits[0]);
        await _lab.GitAsync("branch", "topic/one", _lab.Commits[1]);
        var resolved =
            await ResolveAsync("kernels:\n  - git: {dir: linux, revs: [v6.1, topic/one]}\n  - git: {dir: linux, revs: "
                + "[HEAD]}\n    name: mine\n");
        Assert.That(resolved.Kernels.Select(k => k.Kernel.Id),
            Is.EqualTo(new[] { "git-v6.1", "git-topic-one", "mine-HEAD" }));
        Assert.That(resolved.Kernels.Select(k => ((GitImageSource)k.Kernel.Source).Kernel.Commit.Id),
            Is.EqualTo(_lab.Commits));
        Assert.That(resolved.Kernels.Select(k => k.Kernel.ByName), Has.All.True);
    }

    [TestCase("git: {dir: linux, revs: [v9.99]}", ":2:30: 'v9.99' is no revision in ")]
    [TestCase("git: {dir: nowhere, revs: [HEAD]}", ":2:5: no such directory: ")]
    [TestCase("git: {revs: [HEAD]}", ":2:10: dir is missing")]
    [TestCase("git: {dir: linux}", ":2:10: name at least one revision")]
    [TestCase("git: {dir: linux, revs: [HEAD, HEAD]}", "the kernel id 'git-HEAD' stands twice")]
    [TestCase("git: {dir: linux, revs: [HEAD], config: nowhere}", "nowhere")]
    [TestCase("git: {dir: linux, revs: [HEAD, ~]}", "name at least one revision")]
    [TestCase("git: {dir: linux, revs: [HEAD], make_args: [~]}", "an argument for make is empty")]
    [TestCase("git: {dir: linux, revs: [HEAD], branch: x}", "unknown key 'branch'")]
    [TestCase("{git: {dir: linux, revs: [HEAD]}, image: bzImage}", "a kernel entry is either")]
    public void A_mistake_is_told_with_its_place(string entry, string problem) =>
        Assert.That(() => ResolveAsync($"kernels:\n  - {entry}\n"),
            Throws.TypeOf<YamlFileException>().With.Message.Contains(problem).And.Message.Contains("kernels.yaml:2:"));

    [TestCase("# SPDX\nVERSION = 6\nPATCHLEVEL = 1\nSUBLEVEL = 192\nEXTRAVERSION =\nNAME = Curry Ramen\n", "6.1.192")]
    [TestCase("VERSION = 6\nPATCHLEVEL = 2\nSUBLEVEL = 0\nEXTRAVERSION = -rc1\n", "6.2-rc1")]
    [TestCase("all:\n\ttrue\n", null)]
    public void The_makefile_tells_the_version(string makefile, string? version) =>
        Assert.That(GitKernels.Version(makefile)?.ToString(), Is.EqualTo(version));

    private async Task<ImageResult> AcquireAsync(string revision) =>
        await (await SourceAsync(revision, new BuildSettings("x86_64", null, [], 1)))
            .AcquireAsync(new Progress<long>(), CancellationToken.None);

    private async Task<GitImageSource> SourceAsync(string revision, BuildSettings build,
        IReadOnlyList<string>? tools = null)
    {
        var git = await GitRepository.OpenAsync("here", _lab.Repository, CancellationToken.None);
        var kernel =
            new GitKernel(_lab.Repository, await git.CommitAsync("here", revision, CancellationToken.None), build);
        return new GitImageSource(kernel, await BuildTools.IdentityAsync(build, CancellationToken.None), Cache,
            tools ?? ["make"]);
    }

    private async Task<ResolvedKernels> ResolveAsync(string yaml)
    {
        var path = Path.Combine(Path.GetDirectoryName(_lab.Repository)!, "kernels.yaml");
        File.WriteAllText(path, yaml);
        using var http = new HttpClient();
        var context = new KernelSourceContext { Http = http, Cache = Cache, Clock = TimeProvider.System };
        return await KernelSources.Default.ResolveAsync(Matrices.Load(path).Kernels, context, CancellationToken.None);
    }
}
