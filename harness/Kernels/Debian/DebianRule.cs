using Harness.Kernels.Choice;

namespace Harness.Kernels.Debian;

/// <summary>
/// A rule over the Debian archive: "the newest of every series from 5.10 up, cloud-amd64, in these suites".
/// </summary>
/// <param name="Suites">
/// Suite names such as <c>bookworm</c>, <c>bookworm-security</c>, <c>trixie-backports</c>, <c>experimental</c>.
/// </param>
/// <param name="Flavour">
/// With the architecture, as Debian writes it: <c>cloud-amd64</c>, <c>amd64</c>, <c>rt-amd64</c>.
/// </param>
/// <param name="From">The oldest version wanted, inclusive; a bare series (<c>5.10</c>) means all of it.</param>
/// <param name="To">The newest version wanted, inclusive; a bare series means all of it.</param>
/// <param name="Versions">When not empty, only these Debian versions, asked for by name (<c>6.1.192-2</c>).</param>
public sealed record DebianRule(
    IReadOnlyList<string> Suites,
    string Flavour,
    KernelVersion? From,
    KernelVersion? To,
    Pick Pick,
    IReadOnlyList<string> Versions)
    : KernelChoice(From, To, Pick, Versions)
{
    /// <summary>The archive of its own; <c>null</c> for the one that the whole matrix uses.</summary>
    public RuleArchive? Archive { get; init; }
}
