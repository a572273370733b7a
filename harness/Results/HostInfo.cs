namespace Harness.Results;

/// <summary>The machine that ran the matrix, as far as it matters to a reader.</summary>
/// <param name="Virtme">virtme-ng's version.</param>
public sealed record HostInfo(
    string Os = HostInfo.Unknown, string Kernel = HostInfo.Unknown, string Cpu = HostInfo.Unknown, int Cores = 0,
    string Qemu = HostInfo.Unknown, string Virtme = HostInfo.Unknown)
{
    public const string Unknown = "unknown";
}
