using System.Text.RegularExpressions;
using CliWrap;
using Harness.History;
using Harness.Processes;
using Harness.Results;
using Harness.Tests.Boot;

namespace Harness.Tests.Support;

/// <summary>
/// A directory with runs, a store and matrices, in which a user may type any verb. Its path has the same length
/// wherever the tests run, as the folding of lines depends on it.
/// </summary>
internal sealed partial class ScreenLab : IDisposable
{
    /// <summary>What a screen shows in the place of the directory's path.</summary>
    private const string Place = "/tmp/hs-00000000";

    private const string NineTypings = "{none,bytes,struct}.{none,bytes,struct}";

    private readonly string _path = $"{Place[..^8]}{Guid.NewGuid():N}"[..Place.Length];
    private readonly FakeLauncher _launcher;

    public ScreenLab()
    {
        Directory.CreateDirectory(_path);
        _launcher = new FakeLauncher(this["launcher"]);
        var fixtures = Path.Combine(RealRun.Repository.Path, "tests", "Fixtures", "screens");
        foreach (var file in Directory.EnumerateFiles(fixtures))
        {
            File.Copy(file, this[Path.GetFileName(file)]);
        }
        using var store = HistoryStore.Open(Path.Combine(
            Directory.CreateDirectory(this["results"]).FullName, HistoryStore.Name));
        foreach (var document in new[] { ChangedRun.Older(), ChangedRun.Newer() })
        {
            Directory.CreateDirectory(this["results", document.Run.Id]);
            ResultsFile.Write(this["results", document.Run.Id, ResultsFile.Name], document);
            store.Append(document, document.Run.Id, Samples.Probes);
        }
        MakeMatrix("three", ["6.1.170", "6.1.192", "6.12.43"]);
    }

    public string this[params string[] parts] => Path.Combine([_path, .. parts]);

    /// <summary>
    /// Writes a matrix of kernels that answer nine cases: those of 6.1 refuse some. Before they answer, they wait until
    /// the lab says so, where a run is to be watched.
    /// </summary>
    /// <param name="typings">The cases, as the end of a pattern that bash takes, too.</param>
    public void MakeMatrix(string name, IEnumerable<string> versions, string typings = NineTypings)
    {
        var entries = versions.Select(version =>
        {
            _launcher.Image($"{name}-{version}", $"{Guest(typings)}\n# {version}"); // No two are the same file.
            return $"  - {{image: launcher/{name}-{version}, name: kernel-{version}, version: {version}}}\n";
        });
        File.WriteAllText(this[$"{name}.yaml"], "kernels:\n" + string.Concat(entries));
    }

    /// <summary>Lets kernels answer, or makes them wait.</summary>
    public void LetAnswer(bool at)
    {
        if (at)
        {
            File.WriteAllText(this["launcher", "go"], "");
        }
        else
        {
            File.Delete(this["launcher", "go"]);
        }
    }

    public Task<TmuxTerminal> OpenAsync(int columns, int rows, params string[] variables) =>
        TmuxTerminal.OpenAsync(_path, Harness(), columns, rows, variables);

    /// <summary>The harness as it is here: it has a launcher and a cache of its own, and reaches no archive.</summary>
    public Command Harness(params string[] arguments) =>
        _launcher.Serve(RealRun.Harness(arguments), this["cache"]) is var command
            ? command.WithWorkingDirectory(_path).WithEnvironmentVariables(
                command.EnvironmentVariables.Append(new("HARNESS_MIRROR", "http://localhost:9/debian"))
                    .ToDictionary(v => v.Key, v => v.Value))
            : command;

    /// <summary>Sends a signal to the harness that runs here.</summary>
    /// <param name="signal">Its name, without SIG.</param>
    public async Task SignalAsync(string signal)
    {
        var harness = ProcessTable.Naming(_path).Single(p => p.Contains("harness.dll run", StringComparison.Ordinal));
        await new Command("kill").WithArguments(["-" + signal, harness.Split(' ')[0]])
            .RunAsync(CancellationToken.None);
    }

    /// <summary>
    /// A screen without what differs from one test run to the next: the path, how long things took, today's date, and
    /// which kernel ended first.
    /// </summary>
    public string Masked(string screen)
    {
        var text = InOrder(screen.Replace(_path, Place, StringComparison.Ordinal));
        text = Today().Replace(text, match => match.Value.StartsWith("202601", StringComparison.Ordinal)
            ? match.Value
            : "20261231-235959");
        return Elapsed().Replace(Seconds().Replace(text, "0.0 s"), "0:00") + "\n";
    }

    public void Dispose()
    {
        LetAnswer(true);
        Directory.Delete(_path, recursive: true);
    }

    /// <summary>A comment in the shape of a bzImage's header (HdrS at 0x202), and what the guest does.</summary>
    private static string Guest(string typings) => "#".PadRight(0x202, '-') + "HdrS".PadRight(16, '-') + $$"""

        set -- {{typings}}
        [[ -e $here/go ]] || { header $#; until [[ -e $here/go || ! -d $here ]]; do sleep 0.1; done; }
        : >"$channel"
        header $#
        number=0
        for typing; do
            verdict=outcome=accept
            no=
            if [[ $image == *-6.1.* && $typing == struct.* ]]; then
                verdict='outcome=reject step=update errno=EINVAL'
                no='not '
            fi
            line "${no}ok $((++number)) raw.array_of_maps.array.$typing # want=accept $verdict"
        done
        end $#
        """;

    private static string InOrder(string screen)
    {
        var lines = screen.Split('\n').ToList();
        var ended = lines.Where(IsEnd).Select(line => line[6..]).Order(StringComparer.Ordinal).ToList();
        var first = lines.FindIndex(IsEnd);
        foreach (var (index, line) in ended.Index())
        {
            lines[first + index] = $"[{index + 1}/{ended.Count}] {line}";
        }
        return string.Join('\n', lines);

        static bool IsEnd(string line) => line.StartsWith('[') && line.Length > 6;
    }

    [GeneratedRegex(@"\b\d{8}-\d{6}\b")]
    private static partial Regex Today();

    [GeneratedRegex(@"\d+\.\d s\b")]
    private static partial Regex Seconds();

    [GeneratedRegex(@"\b\d:\d\d\b")]
    private static partial Regex Elapsed();
}
