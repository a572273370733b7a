using Harness.Tests.Fuzz;
using SharpFuzz;

// Harness.Fuzz                  prints the targets' names
// Harness.Fuzz TARGET           is the target's side of libFuzzer (native/dotnet.c)
// Harness.Fuzz TARGET FILE...   runs the target over files, in an assembly without counters
if (args is not [var name, .. var files])
{
    Console.WriteLine(string.Join('\n', FuzzTargets.All.Keys));
    return;
}
FuzzTarget? target = null;
if (files.Length == 0)
{
    Fuzzer.LibFuzzer.Run(input => (target ??= FuzzTargets.All[name]()).Check(input));
    return;
}
target = FuzzTargets.All[name]();
foreach (var file in files)
{
    try
    {
        target.Check(File.ReadAllBytes(file));
    }
    catch (Exception e)
    {
        Console.WriteLine($"{file}: {e}");
        Environment.ExitCode = 1;
    }
}
