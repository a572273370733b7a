namespace Harness.Nights;

/// <summary>What comparing a night with the last good one came to.</summary>
internal enum ComparisonResult
{
    Unchanged,

    Changed,

    /// <summary>The comparison failed, for a reason on our side.</summary>
    Failed,

    /// <summary>There is no earlier night to compare with.</summary>
    NothingEarlier,
}

/// <summary>A night compared with the last good one.</summary>
/// <param name="Headline">The result in a few words, for the first line of the summary.</param>
/// <param name="Details">The changes, or why the comparison failed; empty otherwise.</param>
internal sealed record NightComparison(ComparisonResult Result, string Headline, string Details = "")
{
    /// <summary>Compares by the verb <c>diff</c>.</summary>
    /// <param name="night">The name of the run directory below <see cref="NightOptions.Results"/>.</param>
    public static async Task<NightComparison> OfAsync(
        string night, string results, NightBaseline baseline, VerbRunner verbs, CancellationToken cancellation)
    {
        if (baseline.Night is not { } earlier)
        {
            return new NightComparison(ComparisonResult.NothingEarlier, baseline.LostNight is { } lost
                ? $"the night to compare with, {lost}, is gone"
                : "the first night, nothing to compare with");
        }
        IReadOnlyList<string> arguments = ["diff", Path.Combine(results, earlier), Path.Combine(results, night)];
        var diff = await verbs(arguments, cancellation).ConfigureAwait(false);
        var details = diff.Output.TrimEnd('\n');
        return diff.ExitCode switch
        {
            ExitCodes.AsExpected => new(ComparisonResult.Unchanged, $"nothing changed since {earlier}"),
            ExitCodes.Unexpected => new(ComparisonResult.Changed, $"CHANGED since {earlier}", details),
            _ => new(ComparisonResult.Failed, $"could not be compared with {earlier}", details),
        };
    }
}
