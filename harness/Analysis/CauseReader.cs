using System.Diagnostics.CodeAnalysis;
using Harness.Results;
using Harness.Yaml;

namespace Harness.Analysis;

/// <summary>Reads rules strictly: every problem is found, each with its place.</summary>
public static class CauseReader
{
    private const string Resource = "causes.yaml";

    private static readonly HashSet<string> _steps = ["btf_load", "template", "inner", "outer", "update", "object_open", "object_load"];

    /// <summary>The rules that this harness comes with.</summary>
    public static IReadOnlyList<CauseRule> BuiltIn()
    {
        using var stream = typeof(CauseReader).Assembly.GetManifestResourceStream(Resource)!;
        using var text = new StreamReader(stream);
        return Parse(Resource, text.ReadToEnd());
    }

    /// <exception cref="YamlFileException">With every problem found.</exception>
    public static IReadOnlyList<CauseRule> Parse(string path, string text)
    {
        var document = YamlDocument<CauseFile>.Parse(path, text);
        var problems = new List<string>();
        var rules = new List<CauseRule>();
        foreach (var (entry, i) in (document.Content.Causes ?? []).Select((e, i) => (e, i)))
        {
            if (new RuleReader(keys => document.At(["causes", i, .. keys]), problems).TryRead(entry, out var rule))
            {
                rules.Add(rule);
                if (rules.Count(r => r.Id == rule.Id) > 1)
                {
                    problems.Add($"{document.At("causes", i, "id")}: the id '{rule.Id}' stands twice");
                }
            }
        }
        return problems.Count == 0 ? rules : throw new YamlFileException(problems);
    }

    private delegate string Place(params object[] keys);

    private sealed class RuleReader(Place at, List<string> problems)
    {
        public bool TryRead(CauseRuleFile? entry, [NotNullWhen(true)] out CauseRule? rule)
        {
            var before = problems.Count;
            entry ??= new CauseRuleFile();
            Require(!string.IsNullOrWhiteSpace(entry.Id), "id", "a rule has an id");
            Require(entry.Cases is { Count: > 0 }, "cases", "a rule names cases");
            Require(entry.Status is not null and not CaseStatus.Pass, "status", "a rule names the status that it explains: fail, skip, error or flaky");
            Require(!string.IsNullOrWhiteSpace(entry.Cause), "cause", "a rule tells a cause");
            Require(!string.IsNullOrWhiteSpace(entry.Source), "source", "a rule names its source");
            foreach (var (step, i) in (entry.Steps ?? []).Select((s, i) => (s, i)))
            {
                Require(_steps.Contains(step), ["steps", i], $"'{step}' is no step; use one of {string.Join(", ", _steps.Order(StringComparer.Ordinal))}");
            }
            var cases = (entry.Cases ?? []).Select((c, i) => Read(["cases", i], () => new Glob(c))).ToList();
            var versions = entry.Versions is { } v ? Read(["versions"], () => new VersionCondition(v)) : null;
            var reason = entry.Reason is { } r ? Read(["reason"], () => new Glob(r)) : null;
            var siblings = (entry.Siblings ?? []).Select(s => Read(["siblings", s.Key], () => Sibling(s.Key, s.Value))).ToList();
            var workarounds = (entry.Workarounds ?? []).Select((w, i) => Read(["workarounds", i], () => Workaround(w))).ToList();
            rule = problems.Count > before ? null : new CauseRule(entry.Id!, cases!, versions, entry.Status!.Value, entry.Outcome,
                entry.Steps ?? [], entry.Errno, reason, siblings!, entry.Cause!, entry.Source!, workarounds!);
            return rule is not null;
        }

        private void Require(bool condition, string key, string otherwise) => Require(condition, [key], otherwise);

        private void Require(bool condition, object[] keys, string otherwise)
        {
            if (!condition)
            {
                problems.Add($"{at(keys)}: {otherwise}");
            }
        }

        private T? Read<T>(object[] keys, Func<T> read)
            where T : class
        {
            try
            {
                return read();
            }
            catch (FormatException e)
            {
                problems.Add($"{at(keys)}: {e.Message}");
                return null;
            }
        }

        private static SiblingEvidence Sibling(string question, string value)
        {
            RequireQuestion(question);
            return value switch
            {
                "accept" => new SiblingEvidence(question, Outcome.Accept, null),
                "reject" => new SiblingEvidence(question, Outcome.Reject, null),
                "pass" => new SiblingEvidence(question, null, CaseStatus.Pass),
                "fail" => new SiblingEvidence(question, null, CaseStatus.Fail),
                "skip" => new SiblingEvidence(question, null, CaseStatus.Skip),
                _ => throw new FormatException($"'{value}' is neither an outcome (accept, reject) nor a status that is evidence (pass, fail, skip)"),
            };
        }

        private static Workaround Workaround(WorkaroundFile? entry)
        {
            if (string.IsNullOrWhiteSpace(entry?.Question) || string.IsNullOrWhiteSpace(entry.Text))
            {
                throw new FormatException("a workaround has a question that shows that it works, and a text");
            }
            RequireQuestion(entry.Question);
            return new Workaround(entry.Question, entry.Text);
        }

        private static void RequireQuestion(string text)
        {
            if (text.Split('.') is not { Length: >= 2 } parts || parts.Any(p => p.Length == 0))
            {
                throw new FormatException($"'{text}' is no question; write TEMPLATE.CANDIDATE[.VARIANT], such as bytes.none");
            }
        }
    }
}
