using Harness.Kernels;
using Harness.Kernels.Apt;
using Harness.Kernels.Debian;
using Harness.Kernels.Git;
using Harness.Kernels.Images;
using Harness.Yaml;

namespace Harness.Tests.Kernels;

public sealed class KernelLockTests
{
    private static readonly string _hash = new('a', 64);
    private static readonly KernelLockFile _file = new(KernelSources.Default);
    private string _directory = "";

    private string LockPath => Path.Combine(_directory, "kernels.lock.yaml");

    [SetUp]
    public void MakeDirectory() => _directory = Directory.CreateTempSubdirectory("lock").FullName;

    [TearDown]
    public void RemoveDirectory() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void What_is_written_is_read_back()
    {
        var kernel = new DebianKernel(DebianVersion.Parse("7.3~rc7-1~exp1"), "cloud-amd64",
            new DebianArchitecture("amd64", "x86_64"), "7.3",
            "linux-binary-7.3-cloud-amd64", Signed: true, 13885624, _hash,
            [new("experimental", ArchiveBase.Main, "pool/main/l/a_7.3~rc7-1~exp1.deb"),
                new("x-security", ArchiveBase.Security, "pool/b.deb")]);
        var local = new LockedImage("mine", KernelVersion.Parse("6.1.5"), "x86_64",
            Path.Combine(_directory, "images", "bzImage"), _hash);
        var commit =
            new LockedCommit("git-v6.1", KernelVersion.Parse("6.1"), "x86_64", Path.Combine(_directory, "linux"),
                new string('b', 40),
                new BuildSettings("x86_64", "CONFIG_KASAN=y\n", ["LLVM=1"], Environment.ProcessorCount));
        _file.Write(new KernelLock([new LockedDebianKernel(kernel), local, commit]), LockPath);

        var read = _file.Read(LockPath).Kernels;
        var pinned = ((LockedDebianKernel)read[0]).Kernel;
        Assert.That(pinned with { Places = kernel.Places }, Is.EqualTo(kernel));
        Assert.That(pinned.Places, Is.EqualTo(kernel.Places));
        Assert.That(read[1] with { At = local.At }, Is.EqualTo(local));
        var built = (LockedCommit)read[2];
        Assert.That(built with { Build = commit.Build, At = commit.At }, Is.EqualTo(commit));
        Assert.That(built.Build with { MakeArguments = commit.Build.MakeArguments }, Is.EqualTo(commit.Build));
        Assert.That(built.Build.MakeArguments, Is.EqualTo(commit.Build.MakeArguments));
    }

    [Test]
    public void Its_text_stays_as_it_is()
    {
        var kernel = new LockedImage("mine", null, "x86_64", Path.Combine(_directory, "images", "bzImage"), _hash);
        _file.Write(Valid() with { Kernels = [.. Valid().Kernels, kernel] }, LockPath);
        Assert.That(File.ReadAllText(LockPath), Is.EqualTo(
            "# The kernels that the matrix beside this file came to. `harness lock` writes it, "
            + "`harness run --locked` uses just these.\n" + $"""
            lockVersion: 1
            kernels:
              - id: debian-6.1.192-2-cloud-amd64
                version: 6.1.192
                arch: x86_64
                debian:
                  version: 6.1.192-2
                  flavour: cloud-amd64
                  package: linux-image-6.1.0-56-cloud-amd64
                  size: 100
                  sha256: {_hash}
                  places:
                    - suite: bookworm-security
                      base: security
                      filename: pool/updates/a.deb
              - id: mine
                arch: x86_64
                path: images/bzImage
                sha256: {_hash}

            """));
    }

    [Test]
    public void A_lock_of_an_older_harness_names_no_architecture()
    {
        var local = new LockedImage("mine", null, "x86_64", Path.Combine(_directory, "bzImage"), _hash);
        var commit = new LockedCommit("git-v6.1", KernelVersion.Parse("6.1"), "x86_64", _directory,
            new string('b', 40), new BuildSettings("x86_64", null, [], Environment.ProcessorCount));
        _file.Write(new KernelLock([.. Valid().Kernels, local, commit]), LockPath);
        var text = File.ReadAllText(LockPath);
        var older = text.Replace("    arch: x86_64\n", "", StringComparison.Ordinal)
            .Replace("    version: 6.1.192\n", "", StringComparison.Ordinal);
        Assert.That(older.Length, Is.LessThan(text.Length));
        File.WriteAllText(LockPath, older);
        Assert.That(_file.Read(LockPath).Kernels.Select(k => (k.Id, k.Arch)), Is.EqualTo(new[]
        {
            ("debian-6.1.192-2-cloud-amd64", "x86_64"), ("mine", "x86_64"), ("git-v6.1", "x86_64"),
        }));
    }

    [Test]
    public async Task What_the_matrix_says_of_the_line_is_locked()
    {
        var source = new ImageAtHand(new BootImage(Path.Combine(_directory, "bzImage"), _hash));
        Kernel[] kernels =
        [
            new("mine", null, "x86_64", "image", source) { Line = "el9" },
            new("linux", null, "x86_64", "image", source) { Line = KernelLines.Upstream },
        ];
        var (pinned, _) = await KernelLock.PinAsync(KernelSources.Default, kernels, CancellationToken.None);
        _file.Write(pinned, LockPath);
        var unlocked = await UnlockAsync(_file.Read(LockPath));
        Assert.That(unlocked.Select(kernel => (kernel.Id, kernel.Line)),
            Is.EqualTo(new[] { ("mine", "el9"), ("linux", (string?)null) }));
        var text = await File.ReadAllTextAsync(LockPath);
        Assert.That(text.Split("line: ").Length, Is.EqualTo(2), "upstream's kernels say none");
        await File.WriteAllTextAsync(LockPath, text.Replace("line: el9", "line: 'RHEL 9'", StringComparison.Ordinal));
        Assert.That(() => _file.Read(LockPath), Throws.TypeOf<YamlFileException>()
            .With.Message.Contains("'RHEL 9' is no line of kernels"));
    }

    [Test]
    public void It_names_paths_and_no_host()
    {
        _file.Write(Valid(), LockPath);
        var text = File.ReadAllText(LockPath);
        Assert.That(text,
            Does.Contain("lockVersion: 1").And.Contain("base: security").And.Contain("filename: pool/updates/a.deb"));
        Assert.That(text, Does.Not.Contain("://").And.Not.Contain(_directory));
    }

    [Test]
    public async Task The_kernels_of_a_lock_are_asked_for_by_name()
    {
        var kernel = (await UnlockAsync(Valid())).Single();
        Assert.That((kernel.Id, kernel.ByName, kernel.DownloadSize, kernel.Line),
            Is.EqualTo(("debian-6.1.192-2-cloud-amd64", true, 100L, KernelLines.Debian)));
    }

    [Test]
    public async Task Local_images_are_pinned_by_their_hash_and_missing_ones_are_named()
    {
        var source = new ImageAtHand(new BootImage(Path.Combine(_directory, "bzImage"), _hash));
        Kernel[] kernels =
        [
            new("mine", null, "x86_64", "image", source),
            new("gone", null, "x86_64", "image", new AbsentImageSource("no such file")),
        ];
        var (pinned, problems) = await KernelLock.PinAsync(KernelSources.Default, kernels, CancellationToken.None);
        Assert.That(pinned.Kernels,
            Is.EqualTo(new[] { new LockedImage("mine", null, "x86_64", Path.Combine(_directory, "bzImage"), _hash) }));
        Assert.That(problems, Is.EqualTo(new[] { "gone: no such file" }));
    }

    [TestCase("lockVersion: 1", "lockVersion: 2", "lockVersion 2 is not known")]
    [TestCase("size: 100", "size: much", ":")]
    [TestCase("size: 100", "size: 0", "size or sha256")]
    [TestCase("    package:", "    packages:", "unknown key 'packages'")]
    [TestCase("filename: pool/", "filename: ../pool/", "places needs")]
    [TestCase("base: security", "base: elsewhere", ":")]
    [TestCase("version: 6.1.192-2", "version: 6.1.192-3", "is debian-6.1.192-3-cloud-amd64 by its version")]
    [TestCase("- id:", "- ID:", "unknown key 'ID'")]
    public void A_lock_that_makes_no_sense_is_refused_with_its_place(string right, string wrong, string problem)
    {
        _file.Write(Valid(), LockPath);
        var text = File.ReadAllText(LockPath);
        Assert.That(text, Does.Contain(right));
        File.WriteAllText(LockPath, text.Replace(right, wrong, StringComparison.Ordinal));
        var refusal = Assert.Throws<YamlFileException>(() => _file.Read(LockPath));
        Assert.That(refusal!.Message, Does.StartWith(LockPath + ":").And.Contain(problem));
    }

    private static KernelLock Valid() => new([new LockedDebianKernel(new DebianKernel(
        DebianVersion.Parse("6.1.192-2"), "cloud-amd64", new DebianArchitecture("amd64", "x86_64"), "6.1.0-56",
        "linux-image-6.1.0-56-cloud-amd64", Signed: true, 100, _hash,
        [new("bookworm-security", ArchiveBase.Security, "pool/updates/a.deb")]))]);

    /// <summary>The kernels of a lock; nothing is asked of any host.</summary>
    private async Task<IReadOnlyList<Kernel>> UnlockAsync(KernelLock pinned)
    {
        using var http = new HttpClient();
        var context = new KernelSourceContext
        {
            Http = http,
            Cache = new ImageCache(_directory),
            Clock = TimeProvider.System,
            Mirror = "http://nowhere.example/debian",
        };
        var resolved = await KernelSources.Default.UnlockAsync(pinned, context, CancellationToken.None);
        return [.. resolved.Kernels.Select(planned => planned.Kernel)];
    }
}
