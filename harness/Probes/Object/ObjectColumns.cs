namespace Harness.Probes.Object;

/// <summary>Which cases have a column of their own in a report's first tables.</summary>
internal static class ObjectColumns
{
    /// <summary>More columns than a reader looks at.</summary>
    private const int Most = 24;

    /// <summary>The whole objects, and each program where there are few of them.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<CaseId> cases)
    {
        var first = cases.Where(c => c.Label.Length == 0).ToList();
        List<CaseId> programs = [.. first.Where(c => c["what"] is "load" or "prog")];
        return
        [
            .. (programs.Count <= Most ? programs : [.. first.Where(c => c["what"] == "load")])
                .OrderBy(c => c[ObjectProbe.Name], StringComparer.Ordinal)
                .ThenBy(c => c["what"], StringComparer.Ordinal)
                .ThenBy(c => c.Rest, StringComparer.Ordinal).Select(c => c.Question),
        ];
    }
}
