using System.Globalization;
using System.Text;

namespace Harness.Probes.Exec;

/// <summary>Writes for the guest how a program is run, in the form of bpf/exec/task.h.</summary>
internal static class ExecTask
{
    /// <summary>As many arguments, and variables, as the guest takes.</summary>
    public const int MostArguments = 256;
    public const int MostVariables = 64;

    /// <summary>In bytes; the guest reads no more.</summary>
    public const int Longest = (1 << 20) - 1;

    /// <summary>Of a program that the guest does not run.</summary>
    /// <param name="reason">Why its machine cannot run it, in words.</param>
    public static GuestFile Skipped(ExecSubject subject, string reason) =>
        File(subject, [$"program={subject.Program.Guest}", $"skip={reason}"]);

    public static GuestFile Of(ExecSubject subject) => File(subject,
        [
            $"program={subject.Program.Guest}",
            $"directory={subject.Directory}",
            .. subject.Arguments.Select(argument => $"arg={argument}"),
            .. subject.Variables.Select(variable => $"env={variable}"),
            string.Create(CultureInfo.InvariantCulture, $"timeout={subject.Timeout}"),
            string.Create(CultureInfo.InvariantCulture, $"expect={subject.ExitCode}"),
            .. subject.SeesHost ? ["root=host"] : Array.Empty<string>(),
        ]);

    private static GuestFile File(ExecSubject subject, IEnumerable<string> lines) =>
        new($"/exec/{subject.Name}", Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\0"))));
}
