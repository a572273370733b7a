namespace Harness.Probes;

/// <summary>What the options of probes were given on the command line.</summary>
/// <param name="ByOption">
/// The values in their order, by the option's name. Paths are absolute. An option without a value has one empty text.
/// </param>
public sealed record ProbeOptionValues(IReadOnlyDictionary<string, IReadOnlyList<string>> ByOption)
{
    /// <summary>No option was given.</summary>
    public static ProbeOptionValues None { get; } = new(new Dictionary<string, IReadOnlyList<string>>());

    /// <summary>The values of an option; empty where it was not given.</summary>
    public IReadOnlyList<string> Of(string option) => ByOption.GetValueOrDefault(option, []);

    /// <summary>Whether an option was given.</summary>
    public bool Has(string option) => Of(option).Count > 0;
}
