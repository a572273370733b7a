using Harness.Probes.Libbpf;

namespace Harness.Tests.Probes.Libbpf;

public sealed class ProberSettingsTests
{
    [Test]
    public void What_make_is_told_follows_from_the_settings()
    {
        var settings = new ProberSettings(["clang-14", "clang-22"], "/cache/libbpf/1.5", "libbpf-1-5");
        Assert.That(settings.MakeArguments("/repo/bpf", "/cache/build", 2), Is.EqualTo(new[]
        {
            "--silent", "--no-print-directory", "-C", "/repo/bpf", "-j2", "BUILD=/cache/build", "CC=gcc",
            "CLANGS=clang-14 clang-22", "LIBBPF=/cache/libbpf/1.5", "LIBBPF_LABEL=libbpf-1-5",
        }));
    }

    [Test]
    public void The_machines_libbpf_is_not_named() =>
        Assert.That(new ProberSettings(["clang"], null, "").MakeArguments("bpf", "build", 1),
            Has.None.Contains("LIBBPF"));

    [TestCase("0.3", "libbpf-0-3")]
    [TestCase("1.10", "libbpf-1-10")]
    public void A_label_has_no_dots_and_leads_back_to_its_version(string version, string label)
    {
        Assert.That(ProberSettings.LabelOf(version), Is.EqualTo(label));
        Assert.That(ProberSettings.LibbpfOf(label), Is.EqualTo(version));
    }

    [Test]
    public void No_label_is_no_version() => Assert.That(ProberSettings.LibbpfOf(""), Is.Null);
}
