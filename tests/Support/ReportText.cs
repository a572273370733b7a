using System.Globalization;

namespace Harness.Tests.Support;

/// <summary>A prober's report as text, protocol 1 of bpf/README.md.</summary>
internal sealed record ReportText(string Nonce, params IReadOnlyList<string> Results)
{
    public const string Accepted = "want=accept outcome=accept";
    public const string Refused = "want=accept outcome=reject step=update errno=EINVAL";

    public string Release { get; init; } = "6.1.0-test";

    /// <summary>The plan, where it is not the number of results.</summary>
    public int? Planned { get; init; }

    public int? EndCount { get; init; }

    public string? EndNonce { get; init; }

    /// <summary>Results numbered as they stand, from <c>[not ]ok ID # …</c>.</summary>
    public static ReportText Of(string nonce, params IEnumerable<(string Id, string Fields)> cases) => new(nonce,
        [.. cases.Select((c, i) => $"{(c.Fields == Refused ? "not ok" : "ok")} {Number(i + 1)} {c.Id} # {c.Fields}")]);

    public string Header =>
        $"KTAP version 1\n# prober protocol=1 nonce={Nonce} release={Release} machine=x86_64 "
            + $"cases={Number(Planned ?? Results.Count)}\n1..{Number(Planned ?? Results.Count)}\n";

    public string Body => string.Concat(Results.Select(r => r + "\n"));

    public string End => $"# end nonce={EndNonce ?? Nonce} count={Number(EndCount ?? Results.Count)}\n";

    public override string ToString() => Header + Body + End;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
