namespace Harness.Kernels.Packages;

/// <summary>A package that can be downloaded: what it must be, and where it lies.</summary>
/// <param name="Size">In bytes; <c>null</c> where only the hash is known.</param>
/// <param name="Sha256">Lower-case hex, from an index that is trusted, a lock or a matrix.</param>
/// <param name="Addresses">In the order of preference.</param>
public sealed record PackageFile(
    string Name, string Version, long? Size, string Sha256, IReadOnlyList<Uri> Addresses)
{
    /// <summary>In bytes: what is received where no size is known. The largest packages of kernels have 1 GB.</summary>
    private const long Largest = 8L << 30;

    /// <summary>How many bytes are received at most.</summary>
    public long Limit => Size ?? Largest;

    /// <summary>What the hash comes from, for errors.</summary>
    public string Authority { get; init; } = "the index";

    /// <summary>The package in words.</summary>
    public string Title => $"{Name} {Version}".TrimEnd();

    /// <summary>Checks a downloaded package further, such as its own signature; tells what is wrong with it.</summary>
    public Func<string, CancellationToken, Task<string?>> Check { get; init; } =
        (_, _) => Task.FromResult<string?>(null);
}
