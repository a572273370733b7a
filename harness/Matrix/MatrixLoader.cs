using Harness.Kernels;
using Harness.Probes;
using Harness.Yaml;

namespace Harness.Matrix;

/// <summary>Reads <c>kernels.yaml</c> and checks everything that can be checked before anything boots.</summary>
public sealed class MatrixLoader(MatrixForm form)
{
    private static readonly YamlReader _expectations = new(MatrixSchema.ExpectationsName);

    /// <exception cref="YamlFileException">With every problem found, each with its place.</exception>
    public MatrixSpec Load(string path)
    {
        var document = YamlDocument<MatrixFile>.Load(path, form.Reader);
        var (file, top) = (document.Content, document.Top);
        var problems = new List<string>();
        var kernels = Entries(file, top, problems);
        var reader = new ExpectationReader(form.Steps);
        var expectations = reader.Read(
            file.Get<List<ExpectationFile>>(MatrixFile.ExpectationsKey), top[MatrixFile.ExpectationsKey], problems);
        if (file.Get<string>(MatrixFile.ExpectationsFileKey) is { } other)
        {
            expectations =
                [.. expectations, .. ReadExpectations(other, reader, top[MatrixFile.ExpectationsFileKey], problems)];
        }
        var entries = new List<ProbeEntry>();
        if (file.Get<List<ProbeEntryFile?>>(MatrixFile.ProbesKey) is { } asked)
        {
            var own = new List<Expectation>();
            entries.AddRange(form.ProbeEntries(reader).Read(asked, top[MatrixFile.ProbesKey], own, problems));
            expectations = [.. own, .. expectations];
        }
        var timeout = file.Get<double?>(MatrixFile.TimeoutKey);
        if (timeout is { } seconds && !MatrixSpec.IsTimeout(seconds))
        {
            problems.Add($"{top[MatrixFile.TimeoutKey]}: timeout must be more than 0 seconds, and at most a day");
        }
        var cpus = file.Get<int?>(MatrixFile.CpusKey);
        if (cpus is < 1 or > MatrixSpec.MostCpus)
        {
            problems.Add(
                $"{top[MatrixFile.CpusKey]}: cpus must be at least 1, and at most {MatrixSpec.MostCpus}");
        }
        var sections = YamlSections.Read(file, form.Sections, top, problems);
        return problems.Count == 0
            ? new MatrixSpec(path, timeout, kernels, expectations)
            {
                Cpus = cpus,
                Sections = sections,
                Probes = entries,
            }
            : throw new YamlFileException(problems);
    }

    private static IReadOnlyList<Expectation> ReadExpectations(
        string other, ExpectationReader reader, YamlPlace at, List<string> problems)
    {
        if (!YamlRuleAttribute.IsPath(other))
        {
            problems.Add($"{at}: this is no path");
            return [];
        }
        var path = at.Resolve(other);
        if (!File.Exists(path))
        {
            problems.Add($"{at}: no such file: {path}");
            return [];
        }
        var file = YamlDocument<ExpectationsFile>.Load(path, _expectations);
        return reader.Read(file.Content.Expectations, file.Top[MatrixFile.ExpectationsKey], problems);
    }

    private List<KernelEntry> Entries(MatrixFile file, YamlPlace top, List<string> problems)
    {
        var at = top[MatrixFile.KernelsKey];
        var entries = (file.Get<List<KernelEntryFile?>>(MatrixFile.KernelsKey) ?? []).Index()
            .Select(entry => form.Sources.Read(entry.Item, at[entry.Index], problems)).OfType<KernelEntry>().ToList();
        if (entries.Count == 0 && problems.Count == 0)
        {
            problems.Add($"{at}: the matrix selects no kernel; give at least one entry under 'kernels'");
        }
        foreach (var twice in entries.SelectMany(e => e.Named).GroupBy(e => e.Id).Where(g => g.Count() > 1))
        {
            problems.Add($"{twice.Last().At}: the kernel id '{twice.Key}' stands twice, first at {twice.First().At}; "
                + "give one another name");
        }
        return entries;
    }
}
