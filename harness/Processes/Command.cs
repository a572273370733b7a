namespace Harness.Processes;

/// <summary>
/// An external program and how to run it: an immutable value in the vocabulary of CliWrap, which takes this
/// folder's place once the package registry serves it. Arguments are a list; no shell ever sees them.
/// </summary>
/// <param name="Program">The program's name, looked up on <c>PATH</c>, or its path.</param>
public sealed record Command(string Program)
{
    public IReadOnlyList<string> Arguments { get; private init; } = [];

    /// <summary>Variables that differ from the harness's own; <c>null</c> removes one.</summary>
    public IReadOnlyDictionary<string, string?> EnvironmentVariables { get; private init; } = new Dictionary<string, string?>();

    public string? WorkingDirectory { get; private init; }

    /// <summary>Where the output goes; kept in memory for <see cref="CommandResult"/> when not given.</summary>
    public string? StandardOutputFile { get; private init; }

    public string? StandardErrorFile { get; private init; }

    /// <summary>Reads the output as it comes, when given; the pipe is closed when it returns.</summary>
    public Func<Stream, Task>? StandardOutputReader { get; private init; }

    public static Command Wrap(string program) => new(program);

    public Command WithArguments(params IEnumerable<string> arguments) => this with { Arguments = [.. arguments] };

    public Command WithEnvironmentVariable(string name, string? value) =>
        this with { EnvironmentVariables = new Dictionary<string, string?>(EnvironmentVariables) { [name] = value } };

    public Command WithEnvironmentVariables(IReadOnlyDictionary<string, string?> variables) =>
        variables.Aggregate(this, (command, variable) => command.WithEnvironmentVariable(variable.Key, variable.Value));

    /// <summary>The child does not inherit these.</summary>
    public Command WithoutEnvironmentVariables(IEnumerable<string> names) =>
        names.Aggregate(this, (command, name) => command.WithEnvironmentVariable(name, null));

    public Command WithWorkingDirectory(string path) => this with { WorkingDirectory = path };

    public Command WithStandardOutputFile(string path) => this with { StandardOutputFile = path };

    public Command WithStandardErrorFile(string path) => this with { StandardErrorFile = path };

    /// <summary>Writes the program's input; nothing is written when not given. A program that stops reading is no error.</summary>
    public Func<Stream, Task>? StandardInputWriter { get; private init; }

    public Command WithStandardInputWriter(Func<Stream, Task> writer) => this with { StandardInputWriter = writer };

    public Command WithStandardOutputReader(Func<Stream, Task> reader) => this with { StandardOutputReader = reader };

    /// <summary>The command line as one would type it, for messages and logs.</summary>
    public override string ToString() => string.Join(' ', new[] { Program }.Concat(Arguments).Select(Quote));

    private static string Quote(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_=+./:,@%~".Contains(c, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
