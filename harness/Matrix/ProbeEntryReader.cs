using Harness.Probes;
using Harness.Yaml;

namespace Harness.Matrix;

/// <summary>Reads the entries under <c>probes</c>: which probes a matrix asks, and about what.</summary>
internal sealed class ProbeEntryReader(ProbeList probes, ExpectationReader expectations)
{
    /// <summary>The key of an entry that names a probe whose questions are its own.</summary>
    internal const string ProbeKey = "probe";

    internal const string CasesKey = "cases";
    internal const string ExpectationsKey = "expectations";

    /// <summary>The name of the set of probes whose questions are their own.</summary>
    internal const string Names = "probes";

    /// <summary>Keys that every entry may have.</summary>
    private static readonly string[] _common = [CasesKey, ExpectationsKey];

    /// <summary>The keys of an entry, and its kinds.</summary>
    public static YamlForm Form(ProbeList probes) => YamlForm.Of<ProbeEntryFile>(
    [
        new YamlKey(ProbeKey, typeof(string), "A probe whose questions are its own, by its name.")
        {
            Rule = new YamlRuleAttribute { OneOf = Names },
        },
        .. Inputs(probes).Select(input => input.Key),
        .. Inputs(probes).SelectMany(input => input.FurtherKeys).GroupBy(key => key.Name)
            .Select(same => same.First() with { Description = string.Join(' ', same.Select(key => key.Description)) }),
        new YamlKey(CasesKey, typeof(List<string>),
            "Just the cases with such an id, with the wildcards *, ? and {a,b}.")
        {
            Rule = new YamlRuleAttribute { Fewest = 1, Pattern = Glob.SyntaxPattern },
        },
        new YamlKey(ExpectationsKey, typeof(List<ExpectationFile>), "Expectations, which count before the matrix's."),
    ]) with
    {
        Description = "A probe to ask: its name, or what to ask it about.",
        Shorthand = ProbeKey,
        Kinds =
        [
            new YamlKindAttribute(ProbeKey) { Optional = _common },
            .. Inputs(probes).Select(input => new YamlKindAttribute(input.Key.Name)
            {
                Optional = [.. input.FurtherKeys.Select(key => key.Name), .. _common],
            }),
        ],
    };

    /// <param name="expected">Gets the entries' expectations.</param>
    public IReadOnlyList<ProbeEntry> Read(
        List<ProbeEntryFile?> entries, YamlPlace at, List<Expectation> expected, List<string> problems)
    {
        var read = new List<ProbeEntry>();
        foreach (var (i, entry) in entries.Index())
        {
            if (Read(entry, at[i], problems) is not { } one)
            {
                continue;
            }
            read.Add(one);
            expected.AddRange(expectations.Read(
                entry!.Get<List<ExpectationFile>>(ExpectationsKey), at[i][ExpectationsKey], problems));
        }
        if (entries.Count == 0)
        {
            problems.Add($"{at}: the list names no probe; leave it out for those whose questions are their own");
        }
        return ProbeEntry.Distinct(read);
    }

    private ProbeEntry? Read(ProbeEntryFile? entry, YamlPlace at, List<string> problems)
    {
        var before = problems.Count;
        var probe = ProbeOf(entry, at, problems);
        if (probe is null)
        {
            return null;
        }
        var subjects = probe.Input?.Read(entry!, at, problems) ?? [];
        var patterns = entry!.Get<List<string>>(CasesKey);
        var cases = ExpectationReader.Globs(patterns, at[CasesKey], problems);
        if (patterns is { Count: 0 })
        {
            problems.Add($"{at[CasesKey]}: the list has no pattern; leave it out for all cases");
        }
        if (problems.Count == before && probe.Input is not null && subjects.Count == 0)
        {
            throw new InvalidOperationException($"the probe {probe.Name} read nothing of an entry, and said not why");
        }
        return problems.Count == before ? new ProbeEntry(probe, subjects, cases) : null;
    }

    private Probe? ProbeOf(ProbeEntryFile? entry, YamlPlace at, List<string> problems)
    {
        var kinds = entry is null ? [] : probes.All.Where(probe => Keys(probe).First() is var key
            && entry.Keys.Contains(key) && (probe.Input is not null || entry.Get<string>(key) == probe.Name)).ToList();
        if (kinds is [var one] && entry!.Keys.All(key => Keys(one).Contains(key) || _common.Contains(key)))
        {
            return one;
        }
        var named = entry?.Get<string>(ProbeKey);
        var own = probes.All.Where(probe => probe.Input is null).Select(probe => probe.Name).ToList();
        problems.Add(named is not null && !own.Contains(named)
            ? $"{at}: '{named}' is no probe that asks by itself; there {(own.Count == 1 ? "is" : "are")}"
                + $" {string.Join(", ", own)}{NearMatches.Hint(named, own)}"
            : $"{at}: an entry is the name of a probe, or one of {string.Join(" or ", Inputs(probes).Select(Form))}");
        return null;

        static string Form(IProbeInput input) =>
            $"'{input.Key.Name}: …' (with "
                + $"{string.Join(", ", input.FurtherKeys.Select(key => key.Name).Concat(_common))}"
                + ", if needed)";
    }

    /// <summary>The first one is that which tells the probe's entries from others.</summary>
    private static IEnumerable<string> Keys(Probe probe) => probe.Input is { } input
        ? [input.Key.Name, .. input.FurtherKeys.Select(key => key.Name)]
        : [ProbeKey];

    private static IEnumerable<IProbeInput> Inputs(ProbeList probes) =>
        probes.All.Select(probe => probe.Input).OfType<IProbeInput>();
}
