namespace Harness.Reports;

/// <summary>
/// The class names of a JUnit report. Jenkins takes what stands before the last dot of a class name for its package, so
/// that the versions in kernels' ids would be torn apart. Here the package is the probe, and no other dot is left.
/// </summary>
internal sealed class JUnitClasses
{
    private const char Instead = '_';

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <param name="ids">Ids of kernels. No two get the same name.</param>
    public JUnitClasses(IEnumerable<string> ids)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in ids.Distinct())
        {
            var name = WithoutDots(id);
            for (var i = 2; !taken.Add(name); i++)
            {
                name = $"{WithoutDots(id)}{Instead}{i}";
            }
            _names.Add(id, name);
        }
    }

    public string Of(string package, string id) =>
        package.Length == 0 ? _names[id] : $"{WithoutDots(package)}.{_names[id]}";

    private static string WithoutDots(string text) => text.Replace('.', Instead);
}
