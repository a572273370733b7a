using Harness.Yaml;

namespace Harness.Kernels.Choice;

/// <summary>Checks which kernels a rule wants.</summary>
public static class KernelChoiceReader
{
    /// <param name="versions">The versions that the rule names, already checked; <c>null</c> where it names none.
    /// </param>
    /// <param name="rule">The place of the rule.</param>
    /// <param name="problems">Gets every problem, with its place.</param>
    public static KernelChoice Read(
        KernelChoiceFile text, IReadOnlyList<string>? versions, YamlPlace rule, List<string> problems)
    {
        foreach (var (key, version) in new[] { ("from", text.From?.Text), ("to", text.To?.Text) })
        {
            if (version is not null && !VersionCondition.IsVersion(version))
            {
                problems.Add($"{rule[key]}: '{version}' is not a kernel version, such as 5.10 or 6.1.170");
            }
        }
        if (versions is not null && (text.From is not null || text.To is not null || text.Pick is not null))
        {
            problems.Add(
                $"{rule["versions"]}: versions names kernels, so from, to and pick have no place beside it");
        }
        var from = text.From is { Text: var lower } && VersionCondition.IsVersion(lower)
            ? VersionCondition.Read(lower) : null;
        return new KernelChoice(from, Upper(text.To), text.Pick ?? Pick.Newest, versions ?? []);
    }

    /// <summary>A bare series, or a bare major number, as the upper end means all of it.</summary>
    private static KernelVersion? Upper(VersionText? to) => to is null || !VersionCondition.IsVersion(to.Text) ? null
        : VersionCondition.IsMajor(to.Text)
            ? VersionCondition.Read(to.Text) with { Minor = int.MaxValue, Patch = int.MaxValue }
        : VersionCondition.IsSeries(to.Text) ? VersionCondition.Read(to.Text) with { Patch = int.MaxValue }
        : VersionCondition.Read(to.Text);
}
