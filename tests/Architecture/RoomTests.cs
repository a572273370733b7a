namespace Harness.Tests.Architecture;

/// <summary>Holds the sources of <c>harness/</c> against the table of docs/architecture.md.</summary>
public sealed class RoomTests
{
    private static readonly string _harness = Path.Combine(Repository.Find().Path, "harness");

    private static readonly RoomTable _table =
        RoomTable.Parse(File.ReadAllText(Path.Combine(Repository.Find().Path, "docs", "architecture.md")));

    private static readonly SourceScanner _scanner = SourceScanner.Of(typeof(Repository).Assembly);

    [Test]
    public void Every_room_uses_only_what_the_table_allows()
    {
        var breaks = SourceTree.Files(_harness, ".cs", ".razor")
            .SelectMany(path => Breaks(path, File.ReadAllText(Path.Combine(_harness, path))));
        Assert.That(string.Join('\n', breaks.Where(b => !IsException(b))), Is.Empty,
            "docs/architecture.md has the table; move what is shared to a room that both may use");
    }

    [Test]
    public void No_rooms_use_each_other_in_a_circle() => Assert.That(_table.Circle(), Is.Empty);

    [Test]
    public void Every_folder_with_sources_has_a_row_and_every_row_a_folder()
    {
        var rooms = SourceTree.Files(_harness, ".cs", ".razor").Select(_table.RoomOf).Distinct();
        Assert.That(rooms, Is.EquivalentTo(_table.Rooms));
    }

    [Test]
    public void Namespaces_follow_the_folders()
    {
        var elsewhere = SourceTree.Files(_harness, ".cs")
            .Where(path => SourceScanner.NamespaceOf(File.ReadAllText(Path.Combine(_harness, path))) is { } space
                && RoomOfNamespace(space) != _table.RoomOf(path));
        Assert.That(elsewhere, Is.Empty);
    }

    [Test]
    public void Exceptions_are_few_and_still_needed()
    {
        Assert.That(_table.Exceptions, Has.Count.LessThanOrEqualTo(3));
        var breaks = SourceTree.Files(_harness, ".cs", ".razor")
            .SelectMany(path => Breaks(path, File.ReadAllText(Path.Combine(_harness, path)))).ToList();
        Assert.That(_table.Exceptions.Where(e => !breaks.Any(b => b.File == e.File && b.Used == e.Room)), Is.Empty);
    }

    [TestCase("using Harness.Cli;")]
    [TestCase("using static Harness.Cli.Terminal;")]
    [TestCase("using Where = Harness.Cli.Terminal;")]
    [TestCase("@using Harness.Cli")]
    [TestCase("var repository = Harness.Cli.Terminal.Standard();")]
    [TestCase("var repository = Cli.Terminal.Standard();")]
    [TestCase("""var text = $"in {Cli.Terminal.Standard().Out}";""")]
    public void A_forbidden_use_is_found_with_its_line(string line)
    {
        var source = $"using System;\n\n{line}\n";
        Assert.That(Breaks("Results/Invented.cs", source).Select(b => b.ToString()),
            Is.EqualTo(new[] { "harness/Results/Invented.cs:3: Results may not use Cli" }));
    }

    [TestCase("// Cli.Terminal is above this room.")]
    [TestCase("/* see Harness.Cli.Terminal */")]
    [TestCase("using Harness.Processes;")]
    [TestCase("var count = document.Cli.Terminal;")]
    [TestCase("var count = Cli.NoTypeOfThatName;")]
    public void What_is_no_use_or_is_allowed_passes(string line) =>
        Assert.That(Breaks("Results/Invented.cs", $"namespace Harness.Results;\n{line}\n"), Is.Empty);

    [Test]
    public void A_name_is_read_relative_to_each_enclosing_namespace()
    {
        var scanner = new SourceScanner(new Dictionary<string, IReadOnlySet<string>>
        {
            ["Harness.Probes"] = new HashSet<string> { "Probe" },
            ["Harness.Probes.InnerMaps"] = new HashSet<string> { "CaseTable" },
        });
        Assert.That(scanner.Uses("namespace Harness.Probes;\n\nvar table = InnerMaps.CaseTable.All;\n"),
            Is.EqualTo(new[] { new NamespaceUse(3, "Harness.Probes.InnerMaps") }));
    }

    [Test]
    public void A_circle_in_a_table_is_found()
    {
        var table = RoomTable.Parse("""
            ## Which room may use which

            | room | floor | holds | may use |
            |---|---|---|---|
            | `A` | stage | | `B` |
            | `B` | stage | | `C` |
            | `C` | stage | | `B` |

            """);
        Assert.That(table.Circle(), Is.EqualTo(new[] { "B", "C", "B" }));
    }

    private static IEnumerable<RoomBreak> Breaks(string path, string source)
    {
        var room = _table.RoomOf(path) ?? throw new InvalidOperationException($"{path} is in no room of the table");
        return _scanner.Uses(source)
            .Select(use => new RoomBreak(path, use.Line, room, RoomOfNamespace(use.Namespace)))
            .Where(b => !_table.Allows(b.Room, b.Used));
    }

    private static string RoomOfNamespace(string space)
    {
        var path = string.Join('/', space.Split('.').Skip(1).Append("File.cs"));
        return _table.RoomOf(path) ?? throw new InvalidOperationException($"{space} is in no room of the table");
    }

    private static bool IsException(RoomBreak found) =>
        _table.Exceptions.Any(e => e.File == found.File && e.Room == found.Used);

    /// <summary>A use that the table does not allow.</summary>
    /// <param name="File">The file's path below <c>harness/</c>.</param>
    private sealed record RoomBreak(string File, int Line, string Room, string Used)
    {
        public override string ToString() => $"harness/{File}:{Line}: {Room} may not use {Used}";
    }
}
