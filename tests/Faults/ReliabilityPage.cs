namespace Harness.Tests.Faults;

/// <summary>docs/reliability.md as a program reads it.</summary>
internal static class ReliabilityPage
{
    private const string FirstColumn = "fault";
    private const string FirstColumnOfMutations = "taken out";

    private static readonly string[] _lines =
        File.ReadAllLines(Path.Combine(Repository.Find().Path, "docs", "reliability.md"));

    /// <summary>The rows of faults: fault, what the user sees, status, exit code, tests.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Faults { get; } = Rows(FirstColumn);

    /// <summary>The rows of what was taken out: where and what, and the tests that failed.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Mutations { get; } = Rows(FirstColumnOfMutations);

    /// <summary>The tests that a cell names as <c>Class.Method</c> in backquotes.</summary>
    public static IEnumerable<string> Tests(string cell) => cell.Split('`').Where((_, index) => index % 2 == 1);

    /// <summary>The rows of all tables whose heading begins with this column.</summary>
    private static List<IReadOnlyList<string>> Rows(string first)
    {
        var rows = new List<IReadOnlyList<string>>();
        var inside = false;
        foreach (var line in _lines)
        {
            var cells = line.Trim().Trim('|').Split(" | ").Select(cell => cell.Trim()).ToList();
            if (!line.StartsWith('|'))
            {
                inside = false;
            }
            else if (cells[0] == first)
            {
                inside = true;
            }
            else if (inside && !line.StartsWith("|--", StringComparison.Ordinal))
            {
                rows.Add(cells);
            }
        }
        return rows;
    }
}
