using System.Text;
using Harness.Kernels.Apt;

namespace Harness.Tests.Fuzz.Targets;

/// <summary>The signed text of an InRelease: hashes and sizes are such, or the file is not listed.</summary>
internal sealed class ReleaseTarget : FuzzTarget
{
    protected override void Run(byte[] input)
    {
        var release = ReleaseFile.Parse(Encoding.UTF8.GetString(input));
        Require(release.Files.Values.All(file => file.Size >= 0 && Hashes.IsSha256(file.Sha256)),
            "each index has a size and a hash");
        Require(!release.Is("no such suite"), "a release is no other suite");
        foreach (var (a, b) in release.Files.Select(f => (f.Key, f.Value)))
        {
            Require(ReleaseFile.Parse($"SHA256:\n {b.Sha256} {b.Size} {a}\n").Files.GetValueOrDefault(a) == b,
                "an index is written and read again");
        }
    }
}
