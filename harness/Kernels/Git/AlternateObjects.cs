using System.Text;

namespace Harness.Kernels.Git;

/// <summary>The variable that names directories with further objects (git(1), "Git Repository").</summary>
internal static class AlternateObjects
{
    public const string Variable = "GIT_ALTERNATE_OBJECT_DIRECTORIES";

    /// <summary>
    /// The variable's value for one directory: in quotes, as in C, since git parts directories at colons and takes what
    /// begins with a number sign for a comment.
    /// </summary>
    public static string? Of(string? directory)
    {
        if (directory is null)
        {
            return null;
        }
        var quoted = new StringBuilder("\"");
        foreach (var sign in directory)
        {
            _ = sign switch
            {
                '"' or '\\' => quoted.Append('\\').Append(sign),
                < ' ' => quoted.Append('\\').Append(Convert.ToString(sign, 8).PadLeft(3, '0')),
                _ => quoted.Append(sign),
            };
        }
        return quoted.Append('"').ToString();
    }
}
