using Harness.Ktap;

namespace Harness.Tests.Ktap;

/// <summary>Writes what a text was read as, a test a line, its subtests indented by two blanks.</summary>
internal static class TapTree
{
    public static string Of(string text, bool whole = true) => Of(TapReader.Read(text, whole).Tests, "");

    private static string Of(IReadOnlyList<TapTest> tests, string indent) =>
        string.Concat(tests.Select(t => $"{indent}{Line(t)}\n{Of(t.Tests, indent + "  ")}"));

    private static string Line(TapTest test) => string.Join(' ', new[]
    {
        test.Status.ToString(),
        test.Name,
        test.Diagnostic.Length > 0 ? $"({test.Diagnostic})" : "",
        test.Missing > 0 ? $"missing {test.Missing}" : "",
    }.Where(word => word.Length > 0));
}
