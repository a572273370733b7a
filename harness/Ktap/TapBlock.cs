namespace Harness.Ktap;

/// <summary>The tests of one level while they are read: the outermost ones, or the subtests of one test.</summary>
/// <param name="indent">Of its lines, in columns.</param>
internal sealed class TapBlock(int indent)
{
    private List<string> _log = [];
    private readonly HashSet<long> _numbers = [];
    private TapBlock? _closed;

    public int Indent { get; } = indent;

    /// <summary>
    /// Of the test whose subtests these are, as <c># Subtest:</c> says it; <c>null</c> where nothing does.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>It begins with a version line, and no other line of it was read yet.</summary>
    public bool HasOnlyVersion { get; set; }

    /// <summary>Its indentation alone says that these are subtests.</summary>
    public bool IsBare { get; init; }

    /// <summary>Its lines are indented like those of the level around it.</summary>
    public bool IsFlat { get; init; }

    public long? Plan { get; set; }

    public List<TapTest> Tests { get; } = [];

    /// <summary>Results that its plan announces and that did not come.</summary>
    public long Missing => Plan is { } plan ? Math.Max(0, plan - Tests.Count) : 0;

    /// <summary>Every test that its plan announces has a result.</summary>
    public bool IsFull => Plan <= Tests.Count;

    /// <summary>The lines since its last result.</summary>
    public IReadOnlyList<string> Log => _log;

    /// <summary>Where further lines of the last result go.</summary>
    public List<string>? LastLog { get; private set; }

    public void AddLog(string line) => _log.Add(line);

    /// <summary>Keeps a level that has ended, until the result of its test comes.</summary>
    public void Close(TapBlock child)
    {
        EndClosed();
        _closed = child;
    }

    /// <summary>The result of a test, and of the level that has ended before it.</summary>
    /// <returns>An earlier result of this level has the same number.</returns>
    public bool Add(TapLine line, TapDialect dialect)
    {
        if (_closed is { Name.Length: > 0 } named && named.Name != line.Name)
        {
            EndClosed();
        }
        var (directive, diagnostic) = dialect.DirectiveOf(line.Comment);
        var log = TakeLog();
        var subtests = _closed?.Tests ?? [];
        var missing = _closed?.Missing ?? 0;
        var isIncomplete = missing > 0 || subtests.Exists(t => t.IsIncomplete);
        Tests.Add(new TapTest(
            line.Number,
            line.Name,
            isIncomplete ? TapStatus.Error : StatusOf(line.Ok, directive),
            isIncomplete ? null : directive,
            diagnostic,
            log,
            subtests,
            missing));
        _closed = null;
        LastLog = log;
        return line.Number is { } number && !_numbers.Add(number);
    }

    /// <summary>
    /// Nothing can follow for the level that ended last. Its test has no result; and where indentation alone made it a
    /// level, it was none.
    /// </summary>
    public void EndClosed()
    {
        if (_closed is not { } child)
        {
            return;
        }
        _closed = null;
        if (child.IsBare)
        {
            Tests.AddRange(child.Tests);
            _numbers.UnionWith(child._numbers);
            Plan ??= child.Plan;
            _log.AddRange(child.Log);
            return;
        }
        Tests.Add(new TapTest(
            null, child.Name ?? "", TapStatus.Error, null, "its subtests end without a result of its own",
            [.. TakeLog(), .. child.Log], child.Tests, child.Missing));
        LastLog = null;
    }

    private List<string> TakeLog()
    {
        var log = _closed is null ? _log : [.. _closed.Log, .. _log];
        _log = [];
        return log;
    }

    private static TapStatus StatusOf(bool ok, string? directive) => (ok, directive) switch
    {
        (_, "SKIP") => TapStatus.Skipped,
        (true, _) => TapStatus.Passed,
        (false, "TODO" or "XFAIL") => TapStatus.Skipped,
        (false, "ERROR") => TapStatus.Error,
        _ => TapStatus.Failed,
    };
}
