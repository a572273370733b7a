using System.Text;
using Harness.Probes;

namespace Harness.Runs;

/// <summary>Keeps texts of cases as files beside a console: <c>KERNEL.CASE.NAME.log</c>.</summary>
/// <param name="console">The console's file.</param>
internal sealed class CaseFiles(string console)
{
    /// <summary>Of one file, in bytes. Of a longer text, its beginning and its end are kept.</summary>
    public const int Longest = 1 << 20;

    private const string Cut = "\n[...]\n";

    /// <summary>Bytes of a file's name that file systems hold (NAME_MAX).</summary>
    private const int LongestName = 255;

    /// <summary>A file whose name would be too long, or no name, is left out: the report holds its text.</summary>
    /// <exception cref="IOException">The directory cannot be written.</exception>
    public void Write(IEnumerable<CaseFile> files)
    {
        foreach (var file in files)
        {
            var path = Path.ChangeExtension(console, $".{file.Case}.{file.Name}.log");
            if (IsName(file.Case) && IsName(file.Name)
                && Encoding.UTF8.GetByteCount(Path.GetFileName(path)) <= LongestName)
            {
                File.WriteAllBytes(path, Encoding.Latin1.GetBytes(Shortened(file.Text)));
            }
        }
    }

    /// <summary>A guest may have written it: nothing leads out of the directory.</summary>
    private static bool IsName(string text) =>
        text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '+' or '-' or '.');

    private static string Shortened(string text)
    {
        var half = (Longest - Cut.Length) / 2;
        return text.Length <= Longest ? text : text[..half] + Cut + text[^half..];
    }
}
