namespace Harness.Probes.Libbpf;

/// <summary>
/// How a prober is built, where it differs from the one of <c>make build</c>: the settings of bpf/Makefile.
/// </summary>
/// <param name="Clangs">The compilers of the BPF objects, the default one first.</param>
/// <param name="LibbpfDirectory">Holds a static libbpf and its headers; <c>null</c> for the machine's.</param>
/// <param name="Label">The last part of its case ids, <c>libbpf-1-5</c>; empty for the prober of all cases.</param>
public sealed record ProberSettings(IReadOnlyList<string> Clangs, string? LibbpfDirectory, string Label)
{
    /// <summary>The compiler where none is asked for, as in bpf/inner-maps/objects/objects.mk.</summary>
    public const string DefaultClang = "clang";

    private const string Compiler = "gcc";

    /// <summary>How the label of a build with a further libbpf begins.</summary>
    public const string LabelStart = "libbpf-";

    /// <summary>Variables by which a make, or a person, would change what is built.</summary>
    public static IReadOnlyList<string> IgnoredVariables { get; } =
        ["MAKEFLAGS", "MFLAGS", "MAKELEVEL", "CC", "CFLAGS", "LDFLAGS", "CLANGS", "LIBBPF", "LIBBPF_LABEL", "BUILD"];

    /// <summary>The programs that build it, whose versions matter.</summary>
    public IReadOnlyList<string> Compilers => [Compiler, .. Clangs];

    /// <summary>What the build is called in messages.</summary>
    public string Description => $"{string.Join(", ", Clangs)}, {(Label.Length == 0 ? "the machine's libbpf" : Label)}";

    /// <summary>The case id's part for a version of libbpf: dots separate the parts of an id.</summary>
    public static string LabelOf(string version) => LabelStart + version.Replace('.', '-');

    /// <summary>The version that a label stands for; <c>null</c> for that of the machine, whatever it is.</summary>
    public static string? LibbpfOf(string label) =>
        label.StartsWith(LabelStart, StringComparison.Ordinal) ? label[LabelStart.Length..].Replace('-', '.') : null;

    /// <summary>The arguments of <c>make</c>.</summary>
    /// <param name="sources">The directory <c>bpf</c>.</param>
    /// <param name="build">Where everything goes.</param>
    public IReadOnlyList<string> MakeArguments(string sources, string build, int jobs) =>
    [
        "--silent", "--no-print-directory", "-C", sources, FormattableString.Invariant($"-j{jobs}"),
        $"BUILD={build}", $"CC={Compiler}", $"CLANGS={string.Join(' ', Clangs)}",
        .. LibbpfDirectory is null ? Array.Empty<string>() : [$"LIBBPF={LibbpfDirectory}"],
        .. Label.Length == 0 ? Array.Empty<string>() : [$"LIBBPF_LABEL={Label}"],
    ];
}
