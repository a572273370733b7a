namespace Harness.Probes;

/// <summary>An option of the command line that hands something to a probe.</summary>
/// <param name="Name">With its dashes.</param>
/// <param name="Value">What help texts call its value, such as <c>FILE</c>; <c>null</c> for one without a
/// value.</param>
/// <param name="Description">For help texts.</param>
public sealed record ProbeOption(string Name, string? Value, string Description)
{
    /// <summary>Its value is a path, or a pattern of paths, relative to the working directory.</summary>
    public bool IsPath { get; init; }
}
