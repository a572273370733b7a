using Harness.Kernels.Debian;

namespace Harness.Tests.Kernels.Debian;

/// <summary>The chain from the keyring to a kernel's stanza, and every link broken once.</summary>
public sealed class DebianArchiveTests : ArchiveFixture
{
    [Test]
    public async Task A_signed_suite_is_read()
    {
        var index = await ReadAsync();
        Assert.That(index.Notes, Is.Empty);
        var package = index.Packages.Single();
        Assert.That((package.Suite, package.Name, package.Version.ToString(), package.Abi, package.Flavour), Is.EqualTo(
            ("bookworm", Package, "6.1.5-1", "6.1.0-9", "cloud-amd64")));
        Assert.That(Directory.GetFiles(Cache, "*", SearchOption.AllDirectories), Has.Length.EqualTo(1),
            "temporary files are left");
    }

    [Test]
    public async Task A_file_archive_is_read_too()
    {
        var bases = new ArchiveBases(new Uri(Archive.Root + "/"), null, "test");
        Assert.That((await ReadAsync(bases: bases)).Packages, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_text_changed_after_signing_is_refused()
    {
        await EditAsync(InRelease, text => text.Replace("Origin: Debian", "Origin: Someone", StringComparison.Ordinal));
        AssertLeftOut(await ReadAsync(), "the signature is not good");
    }

    [Test]
    public async Task A_key_that_is_not_in_the_keyring_signs_for_nobody()
    {
        await using var stranger = await SigningKey.MakeAsync();
        await Archive.PublishAsync(signer: stranger);
        AssertLeftOut(await ReadAsync(), "no key that signed it is in the keyring");
    }

    [Test]
    public async Task An_unsigned_file_is_refused()
    {
        await File.WriteAllTextAsync(Archive.PathOf(InRelease), "Suite: bookworm\n");
        AssertLeftOut(await ReadAsync(), "fails verification");
    }

    [Test]
    public async Task What_stands_around_the_signed_text_counts_for_nothing()
    {
        await EditAsync(InRelease,
            text => $"Suite: sid\nValid-Until: Fri, 6 Nov 2020 08:08:01 UTC\n\n{text}\nCodename: sid\n");
        var index = await ReadAsync();
        Assert.That((index.Packages.Count, index.Notes.Count), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task Two_signed_texts_in_one_file_are_refused()
    {
        await EditAsync(InRelease, text => text + text);
        AssertLeftOut(await ReadAsync(), "ERROR");
    }

    [Test]
    public async Task Another_suites_release_is_refused()
    {
        await Archive.PublishAsync("trixie");
        File.Copy(Archive.PathOf("dists/trixie/InRelease"), Archive.PathOf(InRelease), overwrite: true);
        AssertLeftOut(await ReadAsync(), "it is that of oldstable (trixie)");
    }

    [TestCase("")]
    [TestCase("Acquire-By-Hash: yes\n")]
    public async Task An_index_of_another_hash_is_refused(string fields)
    {
        await Archive.PublishAsync(fields: fields);
        var bytes = await File.ReadAllBytesAsync(Archive.PathOf(Packages));
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(Archive.PathOf(Packages), bytes);
        AssertLeftOut(await ReadAsync(), "its Packages.xz fails verification");
    }

    [Test]
    public async Task An_index_is_asked_for_by_its_hash_first()
    {
        await Archive.PublishAsync(fields: "Acquire-By-Hash: yes\n");
        var index = await ReadAsync();
        Assert.That(index.Packages, Has.Count.EqualTo(1));
        Assert.That(Server.Requests.ElementAt(1), Does.StartWith("dists/bookworm/main/binary-amd64/by-hash/SHA256/"));
        Assert.That(Server.Requests.ElementAt(2), Is.EqualTo(Packages));
    }

    [TestCase("bookworm-security", "no security archive is known")]
    [TestCase("../bookworm", "no name of a suite")]
    [TestCase("sid", "HTTP 404")]
    public async Task A_suite_that_cannot_be_had_is_left_out(string suite, string reason) =>
        AssertLeftOut(await ReadAsync(suites: [suite]), reason);

    [Test]
    public async Task An_architecture_that_the_suite_lacks_is_left_out() =>
        AssertLeftOut(await ReadAsync(architecture: "riscv64"), "no packages for riscv64");

    [Test]
    public async Task A_missing_keyring_is_named() =>
        AssertLeftOut(await ReadAsync(keyring: "/nowhere/keyring.gpg"), "/nowhere/keyring.gpg is missing");
}
