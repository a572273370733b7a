namespace Harness.Kernels.Git;

/// <summary>A patch for the trees that are built.</summary>
/// <param name="Name">Of its file, without the directory.</param>
/// <param name="Content">What <c>git apply</c> takes.</param>
public sealed record TreePatch(string Name, ReadOnlyMemory<byte> Content)
{
    /// <summary>
    /// Which trees need it: those with this revision in their history; <c>null</c> for all to which it applies.
    /// </summary>
    public string? Since { get; init; }

    /// <summary>Trees with this revision in their history do not need it any more; <c>null</c> for none.</summary>
    public string? Until { get; init; }

    /// <summary>Another patch, or another condition, has another identity.</summary>
    public string Identity => $"{Hashes.Sha256OfText(Convert.ToHexString(Content.Span))} {Since}..{Until}";
}
