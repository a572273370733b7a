using Harness.Probes;
using Harness.Probes.InnerMaps;
using Harness.Tests.Support;

namespace Harness.Tests.Probes.InnerMaps;

public sealed class BpfObjectTests
{
    [Test]
    public async Task The_objects_inside_a_prober_are_read_with_what_their_compilers_left_out()
    {
        const string Script = """
            #!/bin/sh
            [ "$1" = --objects ] || exit 2
            printf 'clang-14\ta.struct\tcomplete\t\n'
            printf 'clang-14\ta.named_only\tincomplete\tstruct foo is a FWD\n'

            """;
        using var directory = new TemporaryDirectory();
        var prober = directory.Write("prober", Script);
        File.SetUnixFileMode(prober, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var objects = await BpfObject.ReadAsync(prober, CancellationToken.None);
        Assert.That(objects, Is.EqualTo(new[]
        {
            new BpfObject("clang-14", "a.struct", null),
            new BpfObject("clang-14", "a.named_only", "struct foo is a FWD"),
        }));
    }

    [TestCase("clang-14\ta\tcomplete")]
    [TestCase("clang-14\ta\tincomplete\t")]
    [TestCase("clang-14\ta\tcomplete\tstruct foo is a FWD")]
    [TestCase("clang-14\ta\thalf\t")]
    public void An_object_that_is_neither_complete_nor_explained_is_refused(string line) =>
        Assert.That(() => BpfObject.Parse(line), Throws.TypeOf<ProgramException>().With.Message.Contains(line));
}
