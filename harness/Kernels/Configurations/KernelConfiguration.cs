using System.Text.RegularExpressions;

namespace Harness.Kernels.Configurations;

/// <summary>The options that a kernel was built with (.config).</summary>
public sealed partial class KernelConfiguration
{
    private readonly HashSet<string> _builtIn;

    private KernelConfiguration(string place, HashSet<string> builtIn) => (Place, _builtIn) = (place, builtIn);

    /// <summary>Where it was found, in words.</summary>
    public string Place { get; }

    /// <summary>Whether an option is set, and not to be a module. What the file leaves out is not set.</summary>
    public bool HasBuiltIn(string option) => _builtIn.Contains(option);

    /// <param name="version">
    /// The kernel's; <c>null</c> where it is not known. The first lines of the file name the version that it is for
    /// (conf_write of scripts/kconfig/confdata.c).
    /// </param>
    /// <returns><c>null</c> for a text that is no configuration, or that of a kernel of another series.</returns>
    public static KernelConfiguration? Read(string text, string place, KernelVersion? version)
    {
        if (Title().Match(text) is not { Success: true } title
            || (version is not null && KernelVersion.TryParse(title.Groups["version"].Value)?.Series != version.Series))
        {
            return null;
        }
        return new KernelConfiguration(
            place, Set().Matches(text).Select(match => match.Groups["option"].Value).ToHashSet(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"^# Linux/\S+ (?<version>\S+) .*Configuration",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex Title();

    /// <summary>Numbers and texts are built in, too.</summary>
    [GeneratedRegex(@"^(?<option>CONFIG_\w+)=(?!m\s*$)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex Set();
}
