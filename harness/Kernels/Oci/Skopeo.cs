using CliWrap;
using Harness.Machines;
using Harness.Processes;

namespace Harness.Kernels.Oci;

/// <summary>Asks skopeo(1) about an image of containers, and has it copied.</summary>
internal sealed class Skopeo(OciPlace place)
{
    /// <summary>What it says of an image that is not there: registries' and layouts' own words.</summary>
    private static readonly string[] _missing =
        ["manifest unknown", "name unknown", "not found", "no such file", "no descriptor found"];

    /// <summary>What it says of an image that the policy refuses, or that is not what its digest says.</summary>
    private static readonly string[] _refused =
        ["Source image rejected", "does not match", "invalid checksum", "Digest did not match"];

    /// <summary>The image's digest; or what failed.</summary>
    public async Task<(string? Digest, ImageResult? Failure)> DigestAsync(CancellationToken cancellation)
    {
        var result = await Command("inspect", "--format", "{{.Digest}}", place.Reference.Text)
            .TryRunAsync(cancellation).ConfigureAwait(false);
        return result.IsSuccess ? (result.StandardOutput.Trim(), null) : (null, Failure(result));
    }

    /// <summary>Copies manifest and layers to a directory. Each layer's digest is checked on the way.</summary>
    /// <returns>What failed; <c>null</c> when all is there.</returns>
    public async Task<ImageResult?> CopyAsync(string digest, string directory, CancellationToken cancellation)
    {
        var source = place.Reference.TakesDigest ? place.Reference.At(digest) : place.Reference.Text;
        var result = await Command("copy", "--quiet", source, $"dir:{directory}").TryRunAsync(cancellation)
            .ConfigureAwait(false);
        return result.IsSuccess ? null : Failure(result);
    }

    private Command Command(params string[] arguments)
    {
        var arch = MachineList.Find(place.Arch)?.DebianName ?? place.Arch;
        string[] policy = place.Policy is { } path ? ["--policy", path] : [];
        return new Command("skopeo")
            .WithArguments(["--override-os", "linux", "--override-arch", arch, .. policy, .. arguments]);
    }

    private ImageResult Failure(FinishedCommand result)
    {
        var text = result.Describe();
        bool Says(string[] words) =>
            Array.Exists(words, word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
        return Says(_refused) ? new ImageResult.Unavailable($"{place.Reference.Text} fails verification: {text}")
            : Says(_missing) ? new ImageResult.Unavailable($"{place.Reference.Text}: {text}", NotServed: true)
            : new ImageResult.Failed($"{place.Reference.Text}: {text}", MayPass: true);
    }
}
