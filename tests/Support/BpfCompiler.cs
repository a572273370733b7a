using CliWrap;
using Harness.Processes;

namespace Harness.Tests.Support;

/// <summary>Compiles BPF objects for tests, as a user's build would.</summary>
internal static class BpfCompiler
{
    private const string Head = """
        #define SEC(name) __attribute__((section(name), used))
        #define __uint(name, val) int (*name)[val]
        #define __type(name, val) typeof(val) *name
        typedef unsigned int u32;
        char _license[] SEC("license") = "GPL";

        """;

    /// <summary>A program that every kernel takes, and a map.</summary>
    public const string Plain = """
        struct { __uint(type, 2); __uint(max_entries, 4); __type(key, u32); __type(value, u32); } numbers SEC(".maps");
        SEC("socket") int nothing(void *ctx) { return 0; }
        """;

    /// <summary>Writes an object.</summary>
    /// <param name="path">Where; its directory is there.</param>
    /// <param name="options">Of clang, beside -O2 -g.</param>
    public static async Task<string> CompileAsync(string path, string source, params IEnumerable<string> options)
    {
        var text = path + ".c";
        await File.WriteAllTextAsync(text, Head + source);
        await new Command("clang")
            .WithArguments(["-target", "bpf", "-O2", "-g", .. options, "-c", text, "-o", path])
            .RunAsync(CancellationToken.None);
        File.Delete(text);
        return path;
    }
}
