using System.CommandLine;
using Harness.Probes;

namespace Harness.Cli;

/// <summary>The options by which users hand something to probes, as the probes describe them.</summary>
internal sealed class ProbeOptions
{
    private readonly List<(ProbeOption Of, Option Option)> _options;

    /// <exception cref="ArgumentException">Two probes have an option of the same name.</exception>
    public ProbeOptions(ProbeList probes)
    {
        _options = [.. probes.All.SelectMany(probe => probe.Input?.Options ?? []).Select(of => (of, Create(of)))];
        if (_options.GroupBy(option => option.Of.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"two probes have the option {twice.Key}", nameof(probes));
        }
    }

    public void AddTo(Command command) => _options.ForEach(option => command.Add(option.Option));

    public ProbeOptionValues Read(ParseResult parsed)
    {
        var values = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (of, option) in _options)
        {
            string[] given = option switch
            {
                Option<bool> flag => parsed.GetValue(flag) ? [""] : [],
                Option<string[]> texts => parsed.GetValue(texts) ?? [],
                _ => [],
            };
            if (given.Length > 0)
            {
                values[of.Name] = of.IsPath ? [.. given.Select(Absolute)] : given;
            }
        }
        return new ProbeOptionValues(values);
    }

    /// <summary>What can be no path stays as it is, for an error that shows it.</summary>
    private static string Absolute(string path) =>
        string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal)
            ? path
            : Path.GetFullPath(path);

    private static Option Create(ProbeOption of) => of.Value is { } value
        ? new Option<string[]>(of.Name) { Description = of.Description, HelpName = value }
        : new Option<bool>(of.Name) { Description = of.Description };
}
