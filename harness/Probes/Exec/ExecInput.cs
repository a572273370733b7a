using System.Globalization;
using System.Text.RegularExpressions;
using Harness.Yaml;

namespace Harness.Probes.Exec;

/// <summary>Reads which programs are to be run: <c>exec</c> in a matrix, <c>--exec</c> on the command line.</summary>
public sealed partial class ExecInput : IProbeInput
{
    private const string Program = "exec";
    private const string Name = "name";
    private const string Arguments = "args";
    private const string FileList = "files";
    private const string Variables = "env";
    private const string Timeout = "timeout";
    private const string ExitCode = "expect";
    private const string Guest = "guest";

    private const string ProgramOption = "--exec";
    private const string ArgumentOption = "--exec-arg";
    private const string GuestOption = "--guest";

    /// <summary>A guest that has only what the program needs, and one that shows this machine's files.</summary>
    private const string Lean = "initramfs";
    private const string Hostfs = "hostfs";

    /// <summary>In seconds: a day, as in bpf/exec/task.c.</summary>
    private const int LongestTimeout = 86400;

    private const string VariablePattern = @"^[A-Za-z_][A-Za-z0-9_]*=[^\u0000]*$";
    private const string ArgumentPattern = @"^[^\u0000]*$";

    /// <inheritdoc/>
    public YamlKey Key { get; } =
        new(Program, typeof(string), "A program that each kernel runs, relative to this file.")
        {
            Rule = new YamlRuleAttribute { Pattern = YamlRuleAttribute.Path },
        };

    /// <inheritdoc/>
    public IReadOnlyList<YamlKey> FurtherKeys { get; } =
    [
        new(Name, typeof(string), "The program's name in case ids; default: its file's.")
        {
            Rule = new YamlRuleAttribute { Pattern = YamlRuleAttribute.NotBlank },
        },
        new(Arguments, typeof(List<string>), "Arguments of the program.")
        {
            Rule = new YamlRuleAttribute { Pattern = ArgumentPattern },
        },
        new(FileList, typeof(List<string>),
            "Files that the program finds in the guest: HOST, then in its own directory, or HOST:GUEST; a program or "
            + "library among them brings its shared libraries.")
        {
            Rule = new YamlRuleAttribute { Pattern = PlacedFile.Pattern, Distinct = true },
        },
        new(Variables, typeof(List<string>), "Variables of the program's environment: NAME=VALUE.")
        {
            Rule = new YamlRuleAttribute { Pattern = VariablePattern },
        },
        new(Timeout, typeof(int), "How long the program may take, in seconds; default: 45.")
        {
            Rule = new YamlRuleAttribute { Above = 0, Most = LongestTimeout },
        },
        new(ExitCode, typeof(int), "The exit code with which the program passes; default: 0.")
        {
            Rule = new YamlRuleAttribute { Above = -1, Most = 255 },
        },
        new(Guest, typeof(string),
            "Where the program runs: initramfs (the default), a guest with nothing but what the program needs; or "
            + "hostfs, a copy-on-write view of this machine's files, on kernels that can have it.")
        {
            Rule = new YamlRuleAttribute { Pattern = $"^(?:{Lean}|{Hostfs})$" },
        },
    ];

    /// <inheritdoc/>
    public IReadOnlyList<ProbeOption> Options { get; } =
    [
        new(ProgramOption, "FILE", "run this program on each kernel, instead of what the matrix asks; repeatable")
        {
            IsPath = true,
        },
        new(ArgumentOption, "ARG", "an argument of each of these programs; repeatable"),
        new(GuestOption, "GUEST", $"where these programs run: {Lean}, with only what they need, or {Hostfs}, in a "
            + "copy-on-write view of this machine's files"),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<ProbeSubject> Read(ProbeEntryFile entry, YamlPlace at, List<string> problems)
    {
        var before = problems.Count;
        var text = entry.Get<string>(Program) ?? "";
        if (!YamlRuleAttribute.IsPath(text))
        {
            problems.Add($"{at[Program]}: '{text.Replace("\0", "\\0", StringComparison.Ordinal)}' is no path");
            return [];
        }
        var file = at.Resolve(text);
        CheckPath(file, at[Program], problems);
        var name = entry.Get<string>(Name);
        Require(name is null || !string.IsNullOrWhiteSpace(name), at[Name], "a name is more than blanks");
        var subject = new ExecSubject(at.ToString(), IdOf(name ?? Path.GetFileName(file)), file)
        {
            Arguments = Texts(entry, Arguments, _ => true, "an argument has no NUL", ExecTask.MostArguments),
            Variables = Texts(entry, Variables, Variable().IsMatch, "write NAME=VALUE", ExecTask.MostVariables),
            Timeout = Number(entry, Timeout, 1, LongestTimeout) ?? ExecSubject.UsualTimeout,
            ExitCode = Number(entry, ExitCode, 0, 255) ?? 0,
            SeesHost = entry.Get<string>(Guest) is { } guest && SeesHost(guest, at[Guest], problems),
        };
        subject = subject with { Files = ReadFiles(entry, at, subject, problems) };
        Require(!subject.SeesHost || subject.Files.Count == 0, at[FileList],
            $"with '{Guest}: {Hostfs}' the program finds this machine's files where they lie");
        CheckTask(subject, at, problems);
        return problems.Count == before ? [subject] : [];

        void Require(bool condition, YamlPlace place, string otherwise)
        {
            if (!condition)
            {
                problems.Add($"{place}: {otherwise}");
            }
        }

        IReadOnlyList<string> Texts(
            ProbeEntryFile from, string key, Func<string, bool> isRight, string otherwise, int most)
        {
            var texts = from.Get<List<string>>(key) ?? [];
            foreach (var (index, item) in texts.Index())
            {
                Require(item is not null && !item.Contains('\0', StringComparison.Ordinal) && isRight(item),
                    at[key][index], $"'{item}': {otherwise}");
            }
            Require(texts.Count <= most, at[key],
                string.Create(CultureInfo.InvariantCulture, $"at most {most} of them"));
            return texts;
        }

        int? Number(ProbeEntryFile from, string key, int least, int most)
        {
            var number = from.Get<int?>(key);
            Require(number is null || (number >= least && number <= most), at[key],
                string.Create(CultureInfo.InvariantCulture, $"{number} is not a number from {least} to {most}"));
            return number;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<ProbeSubject> Read(ProbeOptionValues options, List<string> problems)
    {
        var (files, arguments) = (options.Of(ProgramOption), options.Of(ArgumentOption));
        if (files.Count == 0 && arguments.Count > 0)
        {
            problems.Add(
                $"{ArgumentOption} '{arguments[0]}' is an argument of no program: there is no {ProgramOption}");
        }
        if (arguments.Count > ExecTask.MostArguments)
        {
            problems.Add(string.Create(
                CultureInfo.InvariantCulture, $"{ArgumentOption}: at most {ExecTask.MostArguments} arguments"));
        }
        var guests = options.Of(GuestOption);
        if (files.Count == 0 && guests.Count > 0)
        {
            problems.Add($"{GuestOption} '{guests[0]}' is the guest of no program: there is no {ProgramOption}");
        }
        var seesHost = guests.Select(guest => SeesHost(guest, GuestOption, problems)).LastOrDefault();
        var subjects = files.Select(file =>
            new ExecSubject($"{ProgramOption} {file}", IdOf(Path.GetFileName(file)), file)
            {
                Arguments = arguments,
                SeesHost = seesHost,
            });
        return [.. subjects.Where(subject => CheckPath(subject.File, ProgramOption, problems))];
    }

    private static string IdOf(string name) => $"{ExecProbe.Layer}.{IdParts.Of(name)}";

    private static List<PlacedFile> ReadFiles(
        ProbeEntryFile entry, YamlPlace at, ExecSubject subject, List<string> problems)
    {
        var files = new List<PlacedFile>();
        var taken = new HashSet<string>(StringComparer.Ordinal) { subject.Program.Guest };
        foreach (var (index, text) in (entry.Get<List<string>>(FileList) ?? []).Index())
        {
            var place = at[FileList][index];
            if (PlacedFile.Parse(text ?? "", at.Resolve) is not { } file)
            {
                problems.Add($"{place}: '{text}': write HOST or HOST:GUEST, where GUEST is a path in the guest that "
                    + "leads neither up (..) nor into one of its own directories (/dev, /proc, /sys, /run)");
            }
            else if (!taken.Add(file.In(subject.Directory)))
            {
                problems.Add($"{place}: '{text}': another file is {file.In(subject.Directory)} already");
            }
            else if (CheckPath(file.Host, place, problems))
            {
                files.Add(file);
            }
        }
        return files;
    }

    private static bool SeesHost(string guest, object place, List<string> problems)
    {
        if (guest is not (Lean or Hostfs))
        {
            problems.Add($"{place}: '{guest}' is no guest: write {Lean} or {Hostfs}");
        }
        return guest == Hostfs;
    }

    private static bool CheckPath(string path, object place, List<string> problems)
    {
        var problem = ProgramFile.PathProblem(path);
        if (problem is not null)
        {
            problems.Add($"{place}: {problem}");
        }
        return problem is null;
    }

    private static void CheckTask(ExecSubject subject, YamlPlace at, List<string> problems)
    {
        if (ExecTask.Of(subject).Content.Length > ExecTask.Longest)
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture,
                $"{at}: arguments and variables have more than {ExecTask.Longest >> 10} KiB"));
        }
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*=[^\u0000]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
