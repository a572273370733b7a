using Harness.Yaml;

namespace Harness.Kernels;

/// <summary>What a source is given to find kernels with.</summary>
public sealed record KernelSourceContext
{
    /// <summary>Without a time-out: whoever downloads watches for a stall.</summary>
    public required HttpClient Http { get; init; }

    /// <summary>The user's cache of images.</summary>
    public required ImageCache Cache { get; init; }

    public required TimeProvider Clock { get; init; }

    /// <summary>The archive to use (<c>--mirror</c>); <c>null</c> leaves the choice to the source.</summary>
    public string? Mirror { get; init; }

    /// <summary>
    /// The keys that may sign an archive (<c>--keyring</c>), a regular file; <c>null</c> for the machine's own.
    /// </summary>
    public string? Keyring { get; init; }

    /// <summary>Ask the archive again, even when the cached index is fresh.</summary>
    public bool Refresh { get; init; }

    /// <summary>The matrix's settings of its sources (<see cref="KernelSource.Settings"/>).</summary>
    public YamlSections Settings { get; init; } = YamlSections.None;

    /// <summary>What a kernel is built with, so that it can answer what is asked.</summary>
    public KernelOptions KernelOptions { get; init; } = KernelOptions.None;

    /// <summary>The value of an environment variable; <c>null</c> when it is not set.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;
}
