using Harness.Cache;

namespace Harness.Bisection;

/// <summary>
/// Keeps what was seen when a verdict was measured in the user's cache, so that a bisection that takes the verdict over
/// has its evidence in its own directory, even when the bisection that measured it is gone.
/// </summary>
public sealed class EvidenceMemory(string cacheRoot)
{
    /// <summary>How many digits of a hash are a directory's name.</summary>
    private const int NameLength = 32;

    /// <returns>The name under which it is found again; <c>null</c> when it could not be kept.</returns>
    public string? Keep(StepEvidence seen)
    {
        if (seen.Existing() is not { Ktap: { } report } files)
        {
            return null;
        }
        string? partial = null;
        try
        {
            var name = Hashes.Sha256OfText(File.ReadAllText(report))[..NameLength];
            partial = PathOf($"{name}.{Guid.NewGuid():N}");
            files.CopyTo(In(partial));
            if (Directory.Exists(PathOf(name)))
            {
                Directory.Delete(PathOf(name), recursive: true);
            }
            Directory.Move(partial, PathOf(name));
            return name;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Discard(partial);
            return null; // The verdict is measured again.
        }
    }

    /// <summary>Removes what was copied of something that could not be kept, such as on a full disk.</summary>
    private static void Discard(string? partial)
    {
        try
        {
            if (partial is not null)
            {
                Files.Remove(partial);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What cannot be removed either stays.
        }
    }

    /// <returns><c>null</c> when it is not, or no longer, kept.</returns>
    public StepEvidence? Find(string? name)
    {
        // Earlier versions noted the report's path here.
        if (name is not { Length: NameLength } || !name.All(char.IsAsciiHexDigitLower))
        {
            return null;
        }
        var kept = In(PathOf(name)).Existing();
        CachePruning.Used(In(PathOf(name)).Ktap!);
        return kept.Ktap is null ? null : kept;
    }

    private string PathOf(string name) => Path.Combine(CacheKind.Evidence.In(cacheRoot), name);

    private static StepEvidence In(string directory) => new(
        Path.Combine(directory, CacheKind.Evidence.Marker!), Path.Combine(directory, "console.log"),
        Path.Combine(directory, "build.log"), Path.Combine(directory, "config"));
}
