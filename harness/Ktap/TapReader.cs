namespace Harness.Ktap;

/// <summary>
/// Reads what a test program wrote: KTAP 1 (Documentation/dev-tools/ktap.rst), TAP 12 to 14 (testanything.org), and
/// what the kernel's tests make of them. Levels are told by indentation, by a version line or <c># Subtest:</c>, or by
/// both, as tools/testing/kunit/kunit_parser.py takes them where nothing is indented. No text is an error: what breaks
/// the rules is among the problems, and what is no such text at all has no tests.
/// </summary>
public sealed class TapReader
{
    /// <summary>A level deeper than this is read as one of this depth.</summary>
    private const int DeepestLevel = 16;

    /// <summary>In columns: less is an untidy line, and no level of its own.</summary>
    private const int LeastIndent = 2;

    private const int MostProblems = 20;

    private readonly TapDialect _dialect;
    private readonly string? _version;
    private readonly IReadOnlyList<TapLine> _lines;
    private readonly List<TapBlock> _open;
    private readonly List<string> _problems = [];
    private string? _skipReason;
    private string? _bailOut;

    private TapReader(IReadOnlyList<string> lines, TapDialect? dialect)
    {
        _dialect = dialect ?? TapDialect.Unversioned;
        _version = dialect is null ? null : $"{dialect.Name} {dialect.Version}";
        _lines = [.. lines.Select(line => TapLine.Parse(line, _dialect))];
        _open = [new TapBlock(FirstIndent())];
    }

    private TapBlock Top => _open[^1];

    private TapBlock Outermost => _open[0];

    /// <param name="text">Lines end in LF or CR LF.</param>
    /// <param name="whole">
    /// The program ended by itself. Otherwise a last line without a newline is taken as cut, and left out.
    /// </param>
    public static TapText Read(string text, bool whole = true)
    {
        var (lines, dialect) = TapLines.Split(text, whole);
        return new TapReader(lines, dialect).Read();
    }

    private TapText Read()
    {
        var start = FirstVersion();
        for (var i = 0; i < start; i++)
        {
            Outermost.AddLog(_lines[i].Text);
        }
        for (var i = start < 0 ? 0 : start + 1; i < _lines.Count && _bailOut is null; i++)
        {
            i = ReadLine(i);
        }
        while (_open.Count > 1)
        {
            CloseTop();
        }
        Outermost.EndClosed();
        if (Outermost.Missing > 0)
        {
            Report(_lines.Count, $"{Outermost.Missing} of {Outermost.Plan} tests have no result");
        }
        return new TapText(
            _version, Outermost.Plan, Outermost.Tests, Outermost.Missing, _skipReason, _bailOut, _problems,
            [.. Outermost.Log]);
    }

    /// <returns>The last line that was read.</returns>
    private int ReadLine(int i)
    {
        var line = _lines[i];
        switch (line.Kind)
        {
            case TapLineKind.Version when IsHeadOfTop(line):
                break;
            case TapLineKind.Version:
                Open(new TapBlock(line.Indent) { HasOnlyVersion = true, IsFlat = IsFlatAt(line) }, line);
                break;
            case TapLineKind.Subtest:
                ReadSubtest(i);
                break;
            case TapLineKind.Plan:
                ReadPlan(line, i);
                break;
            case TapLineKind.Result:
                ReadResult(line, i);
                break;
            case TapLineKind.BailOut:
                _bailOut = line.Comment;
                break;
            case TapLineKind.YamlStart when i > 0 && _lines[i - 1].Kind == TapLineKind.Result
                && line.Indent > _lines[i - 1].Indent && Top.LastLog is { } log:
                return ReadYaml(i, log);
            default:
                if (line.Text.Length > 0)
                {
                    Top.AddLog(line.Text);
                }
                break;
        }
        return i;
    }

    /// <summary>
    /// With a version line before it, or indented, the line is the head of its level. With neither, the next line
    /// tells:
    /// TAP 14 indents what follows, and the kernel's tests may indent nothing.
    /// </summary>
    private void ReadSubtest(int i)
    {
        var line = _lines[i];
        Leave(line.Indent);
        if (Top.HasOnlyVersion)
        {
            (Top.Name, Top.HasOnlyVersion) = (line.Name, false);
            return;
        }
        var next = _lines.Skip(i + 1).FirstOrDefault(l => l.Kind is TapLineKind.Version or TapLineKind.Plan
            or TapLineKind.Subtest or TapLineKind.Result);
        var isHeadOfNext = next is not null && next.Indent >= line.Indent + LeastIndent
            && (next.Kind is TapLineKind.Plan or TapLineKind.Result || !_dialect.LevelsHaveVersions);
        var indent = isHeadOfNext ? next!.Indent : line.Indent;
        Open(new TapBlock(indent) { Name = line.Name, IsFlat = indent < Top.Indent + LeastIndent }, line);
    }

    private void ReadPlan(TapLine line, int i)
    {
        Leave(line.Indent);
        OpenBare(line);
        Top.HasOnlyVersion = false;
        if (Top.Plan is not null)
        {
            Report(i, $"a second plan, 1..{line.Number}");
            return;
        }
        Top.Plan = line.Number;
        if (Top == Outermost && line.Number == 0)
        {
            _skipReason = _dialect.DirectiveOf(line.Comment) is ("SKIP", var reason) ? reason : null;
        }
    }

    private void ReadResult(TapLine line, int i)
    {
        Leave(line.Indent);
        while (Top.IsFlat && (Top.IsFull || (Top.Name is { Length: > 0 } && Top.Name == line.Name)))
        {
            CloseTop();
        }
        OpenBare(line);
        Top.HasOnlyVersion = false;
        var isSecond = Top.Add(line, _dialect);
        var due = Top.Tests.Count;
        if (line.Number is { } number && number != due)
        {
            Report(i, number < due && isSecond
                ? $"test {number} has a second result"
                : $"test {number} stands where test {due} is due");
        }
        if (Top.Plan < due)
        {
            Report(i, $"a result more than the plan 1..{Top.Plan} announces");
        }
    }

    /// <summary>TAP 13 and 14 put YAML, indented, between <c>---</c> and <c>...</c> behind a result.</summary>
    private int ReadYaml(int i, List<string> log)
    {
        var indent = _lines[i].Indent;
        for (i++; i < _lines.Count && (_lines[i].Text.Length == 0 || _lines[i].Indent >= indent); i++)
        {
            if (_lines[i].Text == "..." && _lines[i].Indent == indent)
            {
                return i;
            }
            log.Add(new string(' ', Math.Max(0, _lines[i].Indent - indent)) + _lines[i].Text);
        }
        return i - 1;
    }

    /// <summary>Ends the levels that are indented more than the line that follows.</summary>
    private void Leave(int indent)
    {
        while (_open.Count > 1 && Top.Indent > indent)
        {
            CloseTop();
        }
    }

    private void CloseTop()
    {
        var child = Top;
        child.EndClosed();
        if (child.Missing > 0)
        {
            Report(_lines.Count,
                $"{child.Missing} of {child.Plan} subtests of {child.Name ?? "a test"} have no result");
        }
        _open.RemoveAt(_open.Count - 1);
        Top.Close(child);
    }

    private void Open(TapBlock block, TapLine line)
    {
        Leave(line.Indent);
        while (block.IsFlat && Top.IsFlat && Top.IsFull)
        {
            CloseTop();
        }
        Top.HasOnlyVersion = false;
        if (_open.Count < DeepestLevel)
        {
            _open.Add(block);
        }
    }

    /// <summary>A level that nothing but its indentation tells.</summary>
    private void OpenBare(TapLine line)
    {
        if (line.Indent >= Top.Indent + LeastIndent)
        {
            Open(new TapBlock(line.Indent) { IsBare = true }, line);
        }
    }

    /// <summary>TAP 14 lets a version line follow the subtest line, as the level's first.</summary>
    private bool IsHeadOfTop(TapLine line) => !_dialect.LevelsHaveVersions && Top.Name is not null
        && Top.Indent == line.Indent && Top.Plan is null && Top.Tests.Count == 0;

    private bool IsFlatAt(TapLine line)
    {
        Leave(line.Indent);
        return line.Indent < Top.Indent + LeastIndent;
    }

    private int FirstVersion()
    {
        for (var i = 0; i < _lines.Count; i++)
        {
            if (_lines[i].Kind == TapLineKind.Version)
            {
                return i;
            }
        }
        return -1;
    }

    private int FirstIndent() => FirstVersion() is >= 0 and var i
        ? _lines[i].Indent
        : _lines.FirstOrDefault(l => l.Kind is TapLineKind.Plan or TapLineKind.Result)?.Indent ?? 0;

    private void Report(int line, string problem)
    {
        if (_problems.Count < MostProblems)
        {
            _problems.Add(line < _lines.Count ? $"line {line + 1}: {problem}" : problem);
        }
    }
}
