namespace Harness.Yaml;

/// <summary>
/// A version, which may stand without quotes: YAML 1.2 takes <c>5.10</c> for the number 5.1, and the harness reads its
/// text.
/// </summary>
/// <param name="Text">As it is written in the file.</param>
public sealed record VersionText(string Text)
{
    /// <summary>
    /// The numbers that a version without quotes may be to YAML, so that no word is needed of those that are spelt
    /// otherwise than a version (<c>1e300</c>).
    /// </summary>
    internal const double Least = 1;

    internal const double Most = 999;

    public override string ToString() => Text;
}
