using Harness.Yaml;

namespace Harness.Kernels.Debian;

/// <summary>Checks rules over the Debian archive.</summary>
internal static class DebianEntryReader
{
    /// <param name="at">The place of the whole entry.</param>
    public static DebianEntry? Read(DebianFile text, YamlPlace at, List<string> problems)
    {
        var before = problems.Count;
        var rule = at["debian"];
        if (text.Suites is not { Count: > 0 } || text.Suites.Any(string.IsNullOrWhiteSpace))
        {
            problems.Add($"{rule["suites"]}: name at least one suite, such as suites: [bookworm, bookworm-security]");
        }
        if (string.IsNullOrWhiteSpace(text.Flavour))
        {
            problems.Add($"{rule["flavour"]}: flavour is missing, such as cloud-amd64");
        }
        foreach (var (key, version) in new[] { ("from", text.From?.Text), ("to", text.To?.Text) })
        {
            if (version is not null && !VersionCondition.IsVersion(version))
            {
                problems.Add($"{rule[key]}: '{version}' is not a kernel version, such as 5.10 or 6.1.170");
            }
        }
        CheckVersions(text, rule["versions"], problems);
        return problems.Count > before ? null : new DebianEntry(at.ToString(), new DebianRule(
            text.Suites!, text.Flavour!, text.From is { Text: var from } ? VersionCondition.Read(from) : null,
            Upper(text.To),
            text.Pick ?? Pick.Newest, text.Versions ?? []));
    }

    private static void CheckVersions(DebianFile text, YamlPlace at, List<string> problems)
    {
        if (text.Versions is not null && (text.From is not null || text.To is not null || text.Pick is not null))
        {
            problems.Add($"{at}: versions names kernels, so from, to and pick have no place beside it");
        }
        foreach (var (i, version) in (text.Versions ?? []).Index())
        {
            if (!DebianVersion.IsKernels(version))
            {
                problems.Add($"{at[i]}: '{version}' is not a kernel's Debian version, such as 6.1.192-2");
            }
        }
    }

    /// <summary>A bare series, or a bare major number, as the upper end means all of it.</summary>
    private static KernelVersion? Upper(VersionText? to) => to is null ? null
        : VersionCondition.IsMajor(to.Text)
            ? VersionCondition.Read(to.Text) with { Minor = int.MaxValue, Patch = int.MaxValue }
        : VersionCondition.IsSeries(to.Text) ? VersionCondition.Read(to.Text) with { Patch = int.MaxValue }
        : VersionCondition.Read(to.Text);
}
