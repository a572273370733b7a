namespace Harness;

/// <summary>Text files that travel inside of the harness's assembly.</summary>
internal static class EmbeddedText
{
    /// <param name="name">The LogicalName that Harness.csproj gives the file.</param>
    /// <exception cref="FileNotFoundException">There is none of that name.</exception>
    public static string Read(string name)
    {
        using var stream = typeof(EmbeddedText).Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException($"no embedded file is called {name}", name);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
