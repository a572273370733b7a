namespace Harness.Yaml;

/// <summary>A key at the top of a file that a part of the harness contributes, with the reading of its value.</summary>
public abstract record YamlSection(string Name, Type Type, string Description) : YamlKey(Name, Type, Description)
{
    /// <summary>Checks a value that was read as <see cref="YamlKey.Type"/>.</summary>
    /// <param name="at">Where the value stands.</param>
    /// <param name="problems">Gets what is wrong with it, each problem with its place.</param>
    internal abstract object? Check(object value, YamlPlace at, List<string> problems);
}

/// <typeparam name="T">What the section comes to.</typeparam>
public abstract record YamlSection<T>(string Name, Type Type, string Description)
    : YamlSection(Name, Type, Description)
    where T : class;

/// <typeparam name="TText">What its value is read as.</typeparam>
/// <typeparam name="T">What the section comes to.</typeparam>
/// <param name="Read">
/// Checks and turns the text into what it stands for; adds each problem, with its place, to the list.
/// </param>
public sealed record YamlSection<TText, T>(
    string Name, string Description, Func<TText, YamlPlace, List<string>, T?> Read)
    : YamlSection<T>(Name, typeof(TText), Description)
    where T : class
{
    internal override object? Check(object value, YamlPlace at, List<string> problems) =>
        Read((TText)value, at, problems);
}
