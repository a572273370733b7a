using System.Text.RegularExpressions;
using Harness.Kernels.Choice;
using Harness.Machines;

namespace Harness.Kernels.Apt;

/// <summary>An apt repository, and which part of it a rule is about.</summary>
/// <param name="Keyring">The keys that may sign it, an absolute path.</param>
internal sealed record AptPlace(
    Uri Archive, IReadOnlyList<string> Suites, IReadOnlyList<string> Components, string Keyring, Machine Machine)
{
    /// <inheritdoc cref="AptRule"/>
    public AptRule ToRule(string line, Regex packages, string? modules, KernelChoice choice) => new(
        line, Archive, Suites, Components, Keyring, packages, modules, Machine.DebianName, Machine.Name, choice);
}
