using Harness.Kernels.Git;

namespace Harness.Tests.Kernels.Git;

public sealed class GitPathsTests
{
    [TestCase("kernel/bpf", "", "kernel/bpf")]
    [TestCase("bpf", "kernel/", "kernel/bpf")]
    [TestCase("../fs", "kernel/", "kernel/../fs")]
    [TestCase(":/fs", "kernel/", ":/fs")]
    [TestCase(":!bpf/btf.c", "kernel/", ":!kernel/bpf/btf.c")]
    [TestCase(":^:odd", "kernel/", ":^:kernel/odd")]
    [TestCase(":!/fs", "kernel/", ":!/fs")]
    [TestCase(":(exclude)bpf", "kernel/", ":(exclude)kernel/bpf")]
    [TestCase(":(top,icase)FS", "kernel/", ":(top,icase)FS")]
    [TestCase(":", "kernel/", ":")]
    [TestCase("/srv/linux/kernel/bpf", "fs/", "kernel/bpf")]
    [TestCase("/srv/elsewhere", "fs/", "/srv/elsewhere")]
    public void A_path_is_taken_from_where_the_user_stands(string typed, string prefix, string fromTop) =>
        Assert.That(GitPaths.FromTop([typed], prefix, "/srv/linux"), Is.EqualTo(new[] { fromTop }));
}
