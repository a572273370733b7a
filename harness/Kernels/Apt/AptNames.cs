using Harness.Kernels.Archives;
using Harness.Machines;
using Harness.Yaml;

namespace Harness.Kernels.Apt;

/// <summary>The names by which a rule says where its repository is and which part of it counts.</summary>
internal sealed record AptNames(
    string? Uri, IReadOnlyList<string>? Suites, IReadOnlyList<string> Components, string? Keyring, string? Arch)
{
    /// <returns>The repository; <c>null</c> where there is a problem.</returns>
    public AptPlace? Read(YamlPlace rule, YamlPlace at, List<string> problems)
    {
        var before = problems.Count;
        if (Uri is null)
        {
            problems.Add($"{rule["uri"]}: uri is missing, the directory that holds dists/");
        }
        ArchiveAddress.Check("uri", Uri, rule, problems);
        if (Suites is not { Count: > 0 })
        {
            problems.Add($"{rule["suites"]}: name at least one suite, such as suites: [jammy, jammy-updates]");
        }
        CheckNames("suites", Suites ?? [], rule, problems);
        CheckNames("components", Components, rule, problems);
        if (Components.Count == 0)
        {
            problems.Add($"{rule["components"]}: name at least one component, or leave components out");
        }
        if (Keyring is null)
        {
            problems.Add($"{rule["keyring"]}: keyring is missing, the file of the keys that may sign the repository");
        }
        var keyring = KeyringFile.Read("keyring", Keyring, rule, at, problems);
        var machine = Arch is null ? MachineList.Default : MachineList.Find(Arch);
        if (machine is null)
        {
            problems.Add($"{rule["arch"]}: no machine is known for '{Arch}'; known are "
                + string.Join(", ", MachineList.All.Select(known => known.Name)));
        }
        return problems.Count > before ? null
            : new AptPlace(new Uri($"{Uri!.TrimEnd('/')}/"), Suites!, Components, keyring!, machine!);
    }

    private static void CheckNames(string key, IReadOnlyList<string> names, YamlPlace rule, List<string> problems)
    {
        foreach (var (i, name) in names.Index())
        {
            if (!SuitePlace.IsName(name))
            {
                problems.Add($"{rule[key][i]}: '{name}' is no name of a part of a repository");
            }
        }
    }
}
