using System.Text.RegularExpressions;

namespace Harness.Tests.Architecture;

/// <summary>
/// The table of docs/architecture.md that says which room may use which. A room is a folder of <c>harness/</c>;
/// the files directly in <c>harness/</c> are the room <c>(root)</c>.
/// </summary>
internal sealed partial class RoomTable
{
    public const string Root = "(root)";

    private const string Heading = "## Which room may use which";
    private const string ExceptionsHeading = "### Exceptions";
    private const string Everything = "all";
    private const string Ground = "ground";
    private const string Nothing = "–";

    private readonly Dictionary<string, HashSet<string>> _uses = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Rooms => _uses.Keys;

    /// <summary>Uses that break the table and stand under "Exceptions", each with its reason.</summary>
    public IReadOnlyList<RoomException> Exceptions { get; private init; } = [];

    /// <exception cref="FormatException">The page has no such table, or a row names a room that has no row.</exception>
    public static RoomTable Parse(string markdown)
    {
        var section = Section(markdown, Heading) ?? throw new FormatException($"no heading '{Heading}'");
        var rows = section.Split('\n').Select(Cells).Where(cells => cells.Count == 4 && Name(cells[0]) is not null)
            .Select(cells => (Room: Name(cells[0])!, Floor: cells[1], Uses: cells[3])).ToList();
        var ground = rows.Where(row => row.Floor == Ground).Select(row => row.Room).ToHashSet(StringComparer.Ordinal);
        var table = new RoomTable
        {
            Exceptions = [.. ExceptionPattern().Matches(Section(markdown, ExceptionsHeading) ?? "")
                .Select(m => new RoomException(m.Groups["file"].Value, m.Groups["room"].Value, m.Groups["why"].Value))],
        };
        foreach (var (room, floor, uses) in rows)
        {
            table._uses[room] = uses == Everything ? [.. rows.Select(row => row.Room)] : Named(uses);
            table._uses[room].Remove(room);
            if (floor != Ground)
            {
                table._uses[room].UnionWith(ground);
            }
        }
        return table._uses.Values.SelectMany(used => used)
            .FirstOrDefault(used => !table._uses.ContainsKey(used)) is { } unknown
            ? throw new FormatException($"'{unknown}' has no row of its own")
            : table;
    }

    public bool Allows(string room, string used) => room == used || _uses[room].Contains(used);

    /// <summary>The room of a path below <c>harness/</c>: the innermost folder with a row, or <c>null</c>.</summary>
    public string? RoomOf(string path)
    {
        var folder = Path.GetDirectoryName(path);
        while (!string.IsNullOrEmpty(folder))
        {
            if (_uses.ContainsKey(folder))
            {
                return folder;
            }
            folder = Path.GetDirectoryName(folder);
        }
        return path.Contains('/') ? null : Root;
    }

    /// <summary>Rooms that use each other in a circle, in order; empty when there is no circle.</summary>
    public IReadOnlyList<string> Circle()
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        return Rooms.Select(room => CircleFrom(room, [], done)).FirstOrDefault(circle => circle.Count > 0) ?? [];
    }

    private IReadOnlyList<string> CircleFrom(string room, List<string> path, HashSet<string> done)
    {
        if (path.IndexOf(room) is >= 0 and var start)
        {
            return [.. path[start..], room];
        }
        if (done.Contains(room))
        {
            return [];
        }
        path.Add(room);
        foreach (var used in _uses[room])
        {
            if (CircleFrom(used, path, done) is { Count: > 0 } circle)
            {
                return circle;
            }
        }
        path.RemoveAt(path.Count - 1);
        done.Add(room);
        return [];
    }

    /// <summary>The text from a heading to the next heading of its level or above.</summary>
    private static string? Section(string markdown, string heading)
    {
        var start = markdown.IndexOf(heading + "\n", StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }
        var level = heading.IndexOf(' ', StringComparison.Ordinal);
        var body = markdown[(start + heading.Length)..];
        return Regex.Split(body, $"(?m)^#{{1,{level}}} ")[0];
    }

    private static List<string> Cells(string line) =>
        line.StartsWith('|') ? [.. line.Trim().Trim('|').Split('|').Select(cell => cell.Trim())] : [];

    private static string? Name(string cell) =>
        NamePattern().Match(cell) is { Success: true } match ? match.Groups[1].Value : null;

    private static HashSet<string> Named(string cell) => cell == Nothing
        ? []
        : cell.Split(',').Select(name => Name(name.Trim()) ?? throw new FormatException($"'{name}' is not `a room`"))
            .ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex(@"^`([^`]+)`$")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"(?m)^- `(?<file>[^`]+)` uses `(?<room>[^`]+)`: (?<why>.+)$")]
    private static partial Regex ExceptionPattern();
}
