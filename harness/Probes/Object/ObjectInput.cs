using Harness.Yaml;

namespace Harness.Probes.Object;

/// <summary>What users hand to the probe: BPF objects, each by its file.</summary>
public sealed class ObjectInput : IProbeInput
{
    private const string ObjectKey = "object";
    private const string NameKey = "name";
    private const string AttachKey = "attach";
    private const string SupportsKey = "supports";
    private const string ObjectOption = "--object";
    private const string AttachOption = "--attach";

    private const string What = "a file, a directory for all *.bpf.o below it, or a pattern such as build/*.bpf.o";

    /// <inheritdoc/>
    public YamlKey Key { get; } = new(ObjectKey, typeof(string), $"BPF objects: {What}.")
    {
        Rule = new YamlRuleAttribute { Pattern = YamlRuleAttribute.Path },
    };

    /// <inheritdoc/>
    public IReadOnlyList<YamlKey> FurtherKeys { get; } =
    [
        new(NameKey, typeof(string), "What its cases are called. Default: the file's name.")
        {
            Rule = new YamlRuleAttribute { Pattern = YamlRuleAttribute.NotBlank },
        },
        new(AttachKey, typeof(bool), "Whether its programs are attached, too."),
        new(SupportsKey, typeof(string),
            "The versions of Linux that it is meant for, such as \">=6.1\"; elsewhere it need not load.")
        {
            Rule = new YamlRuleAttribute { Pattern = VersionCondition.Pattern },
        },
    ];

    /// <inheritdoc/>
    public IReadOnlyList<ProbeOption> Options { get; } =
    [
        new(ObjectOption, "FILE|DIR|GLOB", $"Ask about these BPF objects, not what the matrix asks: {What}")
        {
            IsPath = true,
        },
        new(AttachOption, null, $"With {ObjectOption}: attach their programs, too, where that needs no target"),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<ProbeSubject> Read(ProbeEntryFile entry, YamlPlace at, List<string> problems)
    {
        var (path, name) = (entry.Get<string>(ObjectKey), entry.Get<string>(NameKey));
        var supports = Supports(entry.Get<string>(SupportsKey), at[SupportsKey], problems);
        if (name is not null && string.IsNullOrWhiteSpace(name))
        {
            problems.Add($"{at[NameKey]}: the name is blank");
        }
        if (!YamlRuleAttribute.IsPath(path))
        {
            problems.Add($"{at[ObjectKey]}: no path");
            return [];
        }
        var files = Find(at.Resolve(path!), at[ObjectKey].ToString(), problems);
        if (name is not null && files.Count > 1)
        {
            problems.Add(FormattableString.Invariant(
                $"{at[NameKey]}: one name for {files.Count} objects; leave it out, or name one object"));
        }
        var attach = entry.Get<bool>(AttachKey);
        return [.. files.Select(f => ObjectSubject.Of(at[ObjectKey].ToString(), f, name, attach, supports))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<ProbeSubject> Read(ProbeOptionValues options, List<string> problems)
    {
        var subjects = new List<ProbeSubject>();
        foreach (var path in options.Of(ObjectOption))
        {
            if (!YamlRuleAttribute.IsPath(path))
            {
                problems.Add($"{ObjectOption} '{path}': no path");
                continue;
            }
            subjects.AddRange(Find(path, ObjectOption, problems)
                .Where(file => !subjects.OfType<ObjectSubject>().Any(s => s.File == file))
                .Select(f => ObjectSubject.Of($"{ObjectOption} {f}", f, null, options.Has(AttachOption), null)));
        }
        if (options.Has(AttachOption) && !options.Has(ObjectOption))
        {
            problems.Add($"{AttachOption} goes with {ObjectOption}; in a matrix, an entry has `attach: true`");
        }
        return subjects;
    }

    private static IReadOnlyList<string> Find(string path, string at, List<string> problems)
    {
        try
        {
            return ObjectPaths.Find(path);
        }
        catch (FormatException e)
        {
            problems.Add($"{at}: {e.Message}");
            return [];
        }
    }

    private static VersionCondition? Supports(string? text, YamlPlace at, List<string> problems)
    {
        try
        {
            return text is null ? null : new VersionCondition(text);
        }
        catch (FormatException e)
        {
            problems.Add($"{at}: {e.Message}");
            return null;
        }
    }
}
