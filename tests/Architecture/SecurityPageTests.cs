using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Harness.Vm;

namespace Harness.Tests.Architecture;

/// <summary>SECURITY.md promises limits in numbers: those that the code has.</summary>
public sealed partial class SecurityPageTests
{
    private const BindingFlags Constants = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly Dictionary<string, long> _units = new(StringComparer.Ordinal)
    {
        ["KiB"] = 1 << 10,
        ["MiB"] = 1 << 20,
    };

    private static IReadOnlyList<Match> Rows { get; } =
        Row().Matches(File.ReadAllText(Path.Combine(Repository.Find().Path, "SECURITY.md"))).ToList();

    [Test]
    public void Every_limit_is_the_one_in_the_code()
    {
        Assert.That(Rows.Select(r => $"{r.Groups["type"]}.{r.Groups["member"]} = {Promised(r)}"),
            Is.EqualTo(Rows.Select(r => $"{r.Groups["type"]}.{r.Groups["member"]} = {InCode(r)}")));
    }

    [Test]
    public void Every_limit_of_a_guests_output_is_on_the_page()
    {
        var rows = Rows.Where(r => r.Groups["type"].Value == nameof(OutputLimits));
        Assert.That(rows.Select(r => r.Groups["member"].Value),
            Is.EquivalentTo(typeof(OutputLimits).GetProperties(BindingFlags.Instance | BindingFlags.Public)
                .Select(p => p.Name)));
    }

    private static long Promised(Match row) =>
        long.Parse(row.Groups["number"].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)
            * _units.GetValueOrDefault(row.Groups["unit"].Value, 1);

    private static long InCode(Match row)
    {
        var (type, member) = (row.Groups["type"].Value, row.Groups["member"].Value);
        var found = typeof(Repository).Assembly.GetTypes().Single(t => t.Name == type);
        var value = type == nameof(OutputLimits)
            ? found.GetProperty(member)?.GetValue(OutputLimits.Default)
            : found.GetField(member, Constants)?.GetValue(null);
        Assert.That(value, Is.Not.Null, $"{type} has no {member}");
        return Convert.ToInt64(value, CultureInfo.InvariantCulture);
    }

    /// <summary><c>| … | 16 MiB | `Type.Member` |</c>.</summary>
    [GeneratedRegex(@"^\|[^|]*\| (?<number>[\d,]+) (?<unit>\S+) \| `(?<type>\w+)\.(?<member>\w+)` \|$",
        RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Row();
}
