using CliWrap;
using Harness.Kernels.Git;
using Harness.Probes;
using Harness.Processes;

namespace Harness.Bisection.Commits;

/// <summary>How others come to the same answer by hand.</summary>
internal static class Reproduction
{
    /// <summary>
    /// Commands for a shell in a clone of the tree, beside the bisection's files, with the harness's <c>scripts/</c> in
    /// the search path. They write below <c>reproduce/</c> only.
    /// </summary>
    /// <param name="config">The file with the .config.</param>
    /// <param name="patches">Files for patch(1).</param>
    /// <param name="probes">Files that the probes were given are named without their directories.</param>
    public static IReadOnlyList<string> Commands(
        string commit, string config, IReadOnlyList<string> patches, BuildSettings build, string caseId,
        ProbeOptionValues probes)
    {
        const string Tree = "reproduce/tree";
        const string Objects = "reproduce/build";
        var machine = build.Machine;
        var make = $"make -C {Tree} O=../build ARCH={machine.KernelArch}"
            + string.Concat((build.Compiler?.MakeArguments(null) ?? []).Concat(build.MakeArguments)
                .Select(argument => " " + Words(argument)));
        var given = probes.ByOption.SelectMany(option => option.Value.SelectMany(value => Option(option.Key, value)));
        return
        [
            $"mkdir -p {Tree} {Objects}",
            $"git archive {commit} | tar -x -C {Tree}",
            .. patches.Select(patch => $"patch -s -p1 -d {Tree} <{Words(patch)}"),
            .. build.BeforeBuild is { } command
                ? [$"(cd {Tree} && {Words("sh", "-c", command)})"]
                : Array.Empty<string>(),
            $"cp {config} {Objects}/.config",
            $"{make} olddefconfig",
            $"""{make} -j"$(nproc)" {machine.BuildTarget}""",
            Words("harness",
            [
                "run", "--image", $"{Objects}/{machine.BuiltImage}", .. given, "--case", caseId, "--out",
                "reproduce/run",
            ]),
        ];
    }

    /// <summary>What asks the kernel that runs.</summary>
    public static string Prober(NativeProgram program, string caseId) =>
        Words(Path.GetFileName(program.Path), ["--run", "--case", caseId]);

    private static string[] Option(string name, string value) => value.Length == 0
        ? [name]
        : [name, Path.IsPathRooted(value) ? Path.GetFileName(value.TrimEnd('/')) : value];

    private static string Words(string program, params string[] arguments) =>
        new Command(program).WithArguments(arguments).ToShell();
}
