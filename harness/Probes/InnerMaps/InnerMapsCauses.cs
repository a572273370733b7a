namespace Harness.Probes.InnerMaps;

/// <summary>The rules that this probe comes with, from the embedded <c>causes.yaml</c>.</summary>
public static class InnerMapsCauses
{
    private const string Resource = "causes.yaml";

    /// <exception cref="Yaml.YamlFileException">
    /// A rule is not of the form that <see cref="CauseReader"/> reads.
    /// </exception>
    internal static IReadOnlyList<CauseRule> Read(IReadOnlyList<string> steps, CaseIdForm form)
    {
        using var stream = typeof(InnerMapsCauses).Assembly.GetManifestResourceStream(Resource)!;
        using var text = new StreamReader(stream);
        return new CauseReader(steps, form).Parse(Resource, text.ReadToEnd());
    }
}
