using Harness.Kernels.Apt;
using Harness.Kernels.Archives;
using Harness.Kernels.Choice;
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
        var choice = KernelChoiceReader.Read(text, text.Versions, rule, problems);
        foreach (var (i, version) in (text.Versions ?? []).Index())
        {
            if (!DebianVersion.IsKernels(version))
            {
                problems.Add(
                    $"{rule["versions"][i]}: '{version}' is not a kernel's Debian version, such as 6.1.192-2");
            }
        }
        var archive = Archive(text, rule, at, problems);
        return problems.Count > before ? null : new DebianEntry(at.ToString(), new DebianRule(
            text.Suites!, text.Flavour!, choice.From, choice.To, choice.Pick, choice.Versions)
        { Archive = archive });
    }

    private static RuleArchive? Archive(DebianFile text, YamlPlace rule, YamlPlace at, List<string> problems)
    {
        if (text is { Mirror: null, SecurityMirror: null, Keyring: null })
        {
            return null;
        }
        ArchiveAddress.Check("mirror", text.Mirror, rule, problems);
        ArchiveAddress.Check("security_mirror", text.SecurityMirror, rule, problems);
        return new RuleArchive(
            text.Mirror, text.SecurityMirror, KeyringFile.Read("keyring", text.Keyring, rule, at, problems));
    }
}
