using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using CliWrap;
using Harness.Processes;

namespace Harness.Kernels.Git;

/// <summary>A compiler of kernels that a user names.</summary>
/// <param name="Name">
/// A program, <c>gcc-12</c> or <c>clang-16</c>, with which the binutils of this machine are used; or make's variable
/// for a whole toolchain, <c>LLVM=1</c> or <c>LLVM=-16</c> (the kernel's Documentation/kbuild/llvm.rst).
/// </param>
/// <param name="Version">The first line of what it says about itself.</param>
public sealed partial record Compiler(string Name, string Version)
{
    private const string Llvm = "LLVM=";

    /// <summary>Assembler, linker and all further programs are LLVM's, too.</summary>
    [JsonIgnore]
    public bool IsToolchain => IsLlvm(Name);

    /// <summary>
    /// Arguments for make. Where the compiler is gcc, it also compiles the tree's own programs: those of an old tree
    /// may need an old compiler as its kernel does.
    /// </summary>
    /// <param name="launcher">What runs the compiler: <c>ccache</c>, or nothing.</param>
    public IReadOnlyList<string> MakeArguments(string? launcher)
    {
        var program = ProgramsOf(Name)[0];
        var launched = launcher is null ? program : $"{launcher} {program}";
        return IsToolchain
            ? [Name, .. launcher is null ? Array.Empty<string>() : [$"CC={launched}"]]
            : [$"CC={launched}", .. IsClang ? Array.Empty<string>() : [$"HOSTCC={program}"]];
    }

    private bool IsClang => Version.Contains("clang", StringComparison.OrdinalIgnoreCase);

    /// <summary>Programs that make may take by itself: another version may build another kernel.</summary>
    internal static IReadOnlyList<string> Usual { get; } = ["gcc", "ld", "clang"];

    /// <summary>
    /// The compiler that an argument for make names: <c>CC=ccache gcc-13</c>, <c>LLVM=-18</c>,
    /// <c>CROSS_COMPILE=aarch64-linux-gnu-</c>.
    /// </summary>
    internal static string? ProgramIn(string argument) => argument.Split('=', 2) switch
    {
        ["CC" or "LD", var command] => command.Split(' ')[^1],
        ["LLVM", ['-', ..] suffix] => "clang" + suffix,
        ["CROSS_COMPILE", var prefix] => prefix + "gcc",
        _ => null,
    };

    /// <summary>Finds the compilers of a list on this machine.</summary>
    /// <exception cref="UsageException">One is no name of a compiler, or is not there.</exception>
    public static async Task<IReadOnlyList<Compiler>> FindAsync(
        string option, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        var found = new List<Compiler>();
        foreach (var name in names)
        {
            if (!Names().IsMatch(name))
            {
                throw new UsageException($"{option}: '{name}' is no name of a compiler, such as gcc-12, clang-16 or"
                    + " LLVM=-16");
            }
            var programs = ProgramsOf(name);
            if (programs.FirstOrDefault(program => !IsThere(program)) is { } missing)
            {
                throw new UsageException($"{option}: {(programs.Count > 1 ? $"{name} needs {missing}, and " : "")}there"
                    + $" is no program {missing} here{NearMatches.Hint(missing, Here())}");
            }
            found.Add(new Compiler(name, await VersionAsync(option, programs[0], cancellation).ConfigureAwait(false)));
        }
        return found;
    }

    private static async Task<string> VersionAsync(string option, string program, CancellationToken cancellation)
    {
        var asked = await new Command(program).WithArguments(["--version"])
            .WithEnvironmentVariable("LC_ALL", "C").TryRunAsync(cancellation).ConfigureAwait(false);
        var line = asked.StandardOutput.Split('\n')[0].Trim();
        return asked.IsSuccess && line.Length > 0
            ? line
            : throw new UsageException($"{option}: {program} does not say its version: {asked.Describe()}");
    }

    private static bool IsLlvm(string name) => name.StartsWith(Llvm, StringComparison.Ordinal);

    /// <summary>The compiler, and of a toolchain the linker, which not every package of a compiler brings.</summary>
    private static IReadOnlyList<string> ProgramsOf(string name) => !IsLlvm(name)
        ? [name]
        : name[Llvm.Length..] switch
        {
            ['-', ..] suffix => ["clang" + suffix, "ld.lld" + suffix],
            [.., '/'] prefix => [prefix + "clang", prefix + "ld.lld"],
            _ => ["clang", "ld.lld"],
        };

    private static bool IsThere(string program) => program.Contains('/', StringComparison.Ordinal)
        ? File.Exists(program)
        : CommandExecution.Find(program) is not null;

    /// <summary>Compilers that this machine has, by their names.</summary>
    private static IEnumerable<string> Here() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Where(Directory.Exists).SelectMany(Directory.EnumerateFiles).Select(file => Path.GetFileName(file))
            .Where(name => Compilers().IsMatch(name)).Distinct();

    [GeneratedRegex(@"^(LLVM=(1|-[0-9]+|/[\w+./-]*/)|[\w+./-]*[\w+])\z", RegexOptions.CultureInvariant)]
    private static partial Regex Names();

    [GeneratedRegex(@"^(gcc|clang)(-[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Compilers();
}
