using CliWrap;

namespace Harness.Processes;

/// <summary>What CliWrap's own <c>With…</c> methods do not say in one word.</summary>
public static class CommandConfiguration
{
    /// <summary>Sets one variable and keeps the others; with <c>null</c> the program does not inherit it.</summary>
    public static Command WithEnvironmentVariable(this Command command, string name, string? value) =>
        command.WithFurtherVariables([KeyValuePair.Create(name, value)]);

    /// <summary>
    /// Sets variables and keeps the others, where CliWrap's <see cref="Command.WithEnvironmentVariables(
    /// IReadOnlyDictionary{string, string})"/> forgets those that were set before. <c>null</c> removes a variable.
    /// </summary>
    public static Command WithFurtherVariables(
        this Command command, IEnumerable<KeyValuePair<string, string?>> variables)
    {
        var all = new Dictionary<string, string?>(command.EnvironmentVariables);
        foreach (var (name, value) in variables)
        {
            all[name] = value;
        }
        return command.WithEnvironmentVariables(all);
    }

    /// <summary>The program does not inherit these variables.</summary>
    public static Command WithoutEnvironmentVariables(this Command command, IEnumerable<string> names) =>
        command.WithFurtherVariables(names.Select(name => KeyValuePair.Create(name, default(string))));

    /// <summary>Standard output goes into a file; nothing of it is kept in memory.</summary>
    public static Command WithStandardOutputFile(this Command command, string path) =>
        command.WithStandardOutputPipe(new FileTarget(path));

    /// <summary>Standard error goes into a file; nothing of it is kept in memory.</summary>
    public static Command WithStandardErrorFile(this Command command, string path) =>
        command.WithStandardErrorPipe(new FileTarget(path));

    /// <summary>
    /// Writes the program's input, which is closed when the writer returns. A program that stops reading is no error.
    /// </summary>
    public static Command WithStandardInputWriter(this Command command, Func<Stream, Task> writer) =>
        command.WithStandardInputPipe(PipeSource.Create((input, _) => writer(input)));

    /// <summary>Reads the output as it comes; the pipe is closed when the reader returns.</summary>
    public static Command WithStandardOutputReader(this Command command, Func<Stream, Task> reader) =>
        command.WithStandardOutputPipe(PipeTarget.Create((output, _) => reader(output)));
}
