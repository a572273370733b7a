using CliWrap;
using Harness.Processes;
using Harness.Tests.Support;

namespace Harness.Tests.Probes.Exec;

/// <summary>Programs and libraries that a test compiles with this machine's compiler.</summary>
internal sealed class CompiledPrograms : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public string this[params string[] parts] => _directory[parts];

    /// <param name="name">Of the program, relative to the directory of all of them.</param>
    /// <param name="arguments">Of gcc; paths are relative to that directory.</param>
    /// <returns>The program's path.</returns>
    public async Task<string> CompileAsync(string name, string code, params string[] arguments)
    {
        _directory.Write(name + ".c", code);
        await new Command("gcc").WithArguments(["-o", name, name + ".c", .. arguments])
            .WithWorkingDirectory(_directory.Path).RunAsync(CancellationToken.None);
        return _directory[name];
    }

    /// <summary>An executable file with this text.</summary>
    public string Script(string name, string text)
    {
        var path = _directory.Write(name, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    /// <summary>An executable file with these bytes.</summary>
    public string Script(string name, byte[] content)
    {
        var path = Script(name, "");
        File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose() => _directory.Dispose();
}
