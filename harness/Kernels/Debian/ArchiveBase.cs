namespace Harness.Kernels.Debian;

/// <summary>The two trees that Debian publishes: its archive, and the security updates on hosts of their own.</summary>
public enum ArchiveBase
{
    Main,
    Security,
}
