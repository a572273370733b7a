using Harness.Results;

namespace Harness.Analysis;

/// <summary>The answer to the question that this tool exists for, in sentences made from what was measured.</summary>
public static class Answers
{
    private static readonly (string Question, string Subject)[] _asked =
    [
        ("struct.none", "Template typed by a struct, inner map without BTF"),
        ("struct.bytes", "Template typed by a struct, inner map by __u8[N]"),
        ("struct.struct", "Both typed by the same struct"),
        ("bytes.none", "Template typed by __u8[N], inner map without BTF"),
    ];

    public static IReadOnlyList<string> Of(RunDocument document) =>
        [.. Told(document).Select(a => $"{a.Subject}: {a.History.InWords}.")];

    /// <summary>The same, taken apart: what was asked, and how it went over the versions.</summary>
    public static IReadOnlyList<(string Subject, SharedHistory History)> Told(RunDocument document)
    {
        var answers = new List<(string, SharedHistory)>();
        var histories = Histories.Of(document);
        foreach (var (question, subject) in _asked)
        {
            var told = histories.Where(h => h.Cases.Any(c => IsAsked(c, question)))
                .Select(h => (History: h, Cases: h.Cases.Where(c => IsAsked(c, question)).ToList())).ToList();
            foreach (var (history, cases) in told)
            {
                var which = told.Count == 1 ? "" : $" ({string.Join(", ", cases.Select(c => CaseId.Parse(c).Inner).Distinct())})";
                answers.Add((subject + which, history));
            }
        }
        return answers;
    }

    private static bool IsAsked(string id, string question) =>
        CaseId.Parse(id) is { Layer: "raw", Inner: "array" or "hash" or "lru_hash" } parsed && parsed.Question == question;
}
