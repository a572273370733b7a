using System.Globalization;
using Harness.Ktap;

namespace Harness.Probes.Exec;

/// <summary>
/// What the tests of a text came to, whatever their level. A test counts when it has no subtests, or when they are not
/// why it failed or gave no verdict. Pure.
/// </summary>
internal sealed class TapTally
{
    /// <summary>The most failed tests that a sentence names.</summary>
    private const int MostNames = 3;

    private readonly TapText _text;
    private readonly List<TapTest> _failed = [];
    private int _errors;
    private bool _isSkipped = true;

    private TapTally(TapText text) => _text = text;

    /// <summary>How many count.</summary>
    public int Tests { get; private set; }

    /// <summary>How many results there are, those of tests with subtests included.</summary>
    public int Results { get; private set; }

    /// <summary>A test failed.</summary>
    public bool HasFailed => _failed.Count > 0;

    /// <summary>There are tests, and none of them was run.</summary>
    public bool IsSkipped => Results > 0 && _isSkipped;

    /// <summary>What speaks against the program, in words; empty where nothing does.</summary>
    public IReadOnlyList<string> Findings =>
    [
        .. Where(_failed.Count > 0, $"{_failed.Count} of {Tests} tests failed: {Names()}"),
        .. Where(_errors > 0, $"{_errors} of {Tests} tests gave no verdict"),
        .. Where(_text.Missing > 0, $"{_text.Missing} of {_text.Plan} tests have no result"),
        .. Where(_text.BailOut is not null, $"it gave up: {OutputText.Line(_text.BailOut ?? "")}"),
    ];

    public static TapTally Of(TapText text)
    {
        var tally = new TapTally(text);
        tally.Add(text.Tests);
        return tally;
    }

    private (bool Failed, bool Erred) Add(IReadOnlyList<TapTest> tests)
    {
        var (failed, erred) = (false, false);
        foreach (var test in tests)
        {
            Results++;
            var below = Add(test.Tests);
            var isFirstFailed = test.Status == TapStatus.Failed && !below.Failed;
            var isFirstError = test.Status == TapStatus.Error && !below.Erred;
            Tests += test.Tests.Count == 0 || isFirstFailed || isFirstError ? 1 : 0;
            _errors += isFirstError ? 1 : 0;
            _failed.AddRange(isFirstFailed ? [test] : []);
            _isSkipped &= test.Status == TapStatus.Skipped;
            failed |= test.Status == TapStatus.Failed || below.Failed;
            erred |= test.Status == TapStatus.Error || below.Erred;
        }
        return (failed, erred);
    }

    private string Names() => string.Join(", ", _failed.Take(MostNames).Select(NameOf))
        + (_failed.Count > MostNames ? ", …" : "");

    private static string NameOf(TapTest test) => test.Name.Length > 0 ? OutputText.Line(test.Name)
        : test.Number?.ToString(CultureInfo.InvariantCulture) ?? "one without a name";

    private static string[] Where(bool condition, FormattableString text) =>
        condition ? [text.ToString(CultureInfo.InvariantCulture)] : [];
}
