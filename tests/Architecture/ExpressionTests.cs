using System.Text.RegularExpressions;

namespace Harness.Tests.Architecture;

/// <summary>
/// In a regular expression, <c>$</c> also stands before a line break at the end. So a name that comes from outside
/// would pass with one behind it; <c>\z</c> is the end and nothing else.
/// </summary>
public sealed partial class ExpressionTests
{
    private static readonly string _sources = Path.Combine(Repository.Find().Path, "harness");

    [Test]
    public void An_expression_that_is_held_against_a_whole_text_ends_at_its_end()
    {
        var lenient = SourceTree.Files(_sources, ".cs")
            .Where(file => Lenient().IsMatch(File.ReadAllText(Path.Combine(_sources, file))));
        Assert.That(lenient, Is.Empty);
    }

    /// <summary>An attribute with <c>$</c> at the end of its expression, and without the option for lines.</summary>
    [GeneratedRegex("""\[GeneratedRegex\((?:(?!\)\]).)*?\$"(?:(?!\)\]|Multiline).)*\)\]""", RegexOptions.Singleline)]
    private static partial Regex Lenient();
}
