using System.Text;

namespace Harness.Tests.Fuzz.Targets;

/// <summary>
/// Patterns over ids and conditions on versions, as a matrix and the command line have them: one line is the pattern,
/// the next the id or the version. A pattern means what its alternatives mean together, and a version is read again as
/// it was written.
/// </summary>
internal sealed class PatternsTarget : FuzzTarget
{
    public override int LongestInput => 512;

    protected override long BytesForEach => 200_000;

    protected override void Run(byte[] input)
    {
        var lines = Encoding.UTF8.GetString(input).Split('\n', 3);
        var (pattern, text) = (lines[0], lines.Length > 1 ? lines[1] : "");
        CheckGlob(pattern, text);
        var version = KernelVersion.TryParse(text);
        Require(version is null || KernelVersion.TryParse(version.ToString()) == version,
            "a version is written and read again");
        try
        {
            var condition = new VersionCondition(pattern);
            _ = condition.Allows(version);
        }
        catch (FormatException)
        {
            // Documented.
        }
    }

    private static void CheckGlob(string pattern, string text)
    {
        try
        {
            var glob = new Glob(pattern);
            var matches = glob.Matches(text);
            Require(matches == glob.Alternatives.Any(one => new Glob(one).Matches(text)),
                "a pattern matches what one of its alternatives matches");
        }
        catch (FormatException)
        {
            // Documented.
        }
    }
}
