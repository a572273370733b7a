namespace Harness.Probes.Object;

/// <summary>The rules that this probe comes with, from the embedded <c>causes.yaml</c>.</summary>
internal static class ObjectCauses
{
    private const string Rules = "object-causes.yaml";

    /// <summary>
    /// The names of helpers, a line each, in the order of their numbers (__BPF_FUNC_MAPPER in include/uapi/linux/bpf.h,
    /// Linux 6.1; later kernels have kfuncs instead of further helpers).
    /// </summary>
    private const string Helpers = "object-helpers.txt";

    /// <exception cref="Yaml.YamlFileException">
    /// A rule is not of the form that <see cref="CauseReader"/> reads.
    /// </exception>
    public static IReadOnlyList<CauseRule> Read(IReadOnlyList<string> steps, CaseIdForm form)
    {
        var helpers = Resource(Helpers).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var tables = new Dictionary<string, IReadOnlyList<string>> { ["helpers"] = helpers };
        return new CauseReader(steps, form, tables).Parse(Rules, Resource(Rules));
    }

    private static string Resource(string name)
    {
        using var stream = typeof(ObjectCauses).Assembly.GetManifestResourceStream(name)!;
        using var text = new StreamReader(stream);
        return text.ReadToEnd();
    }
}
