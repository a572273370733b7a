namespace Harness.Probes.Libbpf;

/// <summary>A libbpf, and the prober that it is linked into.</summary>
/// <param name="Name">As the matrix names it: <c>machine</c>, <c>1.5</c>.</param>
/// <param name="Label">
/// The last part of its case ids, <c>libbpf-1-5</c>; <c>null</c> for the first prober, which runs all cases.
/// </param>
/// <param name="Cases">How many cases its prober was asked to run.</param>
public sealed record LibbpfInfo(string Name, string Version, string? Label, string ProberSha256, int Cases)
{
    /// <summary>The fact of a program's version line that is its libbpf's version.</summary>
    private const string Fact = "libbpf";

    /// <summary>That of a program.</summary>
    /// <param name="cases">How many cases it was asked to run.</param>
    public static LibbpfInfo Of(NativeProgram program, int cases)
    {
        var name = ProberSettings.LibbpfOf(program.Label);
        return new LibbpfInfo(name ?? BuildAxes.Machine, name ?? program.Facts.GetValueOrDefault(Fact, ""),
            program.Label.Length == 0 ? null : program.Label, program.Sha256, cases);
    }
}
