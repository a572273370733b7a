using System.Diagnostics.CodeAnalysis;
using Harness.Results;
using Harness.Yaml;

namespace Harness.Probes;

/// <summary>Reads the rules of a <c>causes.yaml</c> strictly: every problem is found, each with its place.</summary>
/// <param name="steps">The steps that the probe knows.</param>
/// <param name="form">The form of the probe's case ids, which says what a question is.</param>
/// <param name="tables">Names by number, which a cause may take for a number that the evidence holds.</param>
public sealed class CauseReader(
    IReadOnlyList<string> steps, CaseIdForm form, IReadOnlyDictionary<string, IReadOnlyList<string>>? tables = null)
{
    /// <exception cref="YamlFileException">With every problem found.</exception>
    public IReadOnlyList<CauseRule> Parse(string path, string text)
    {
        var document = YamlDocument<CauseFile>.Parse(path, text);
        var problems = new List<string>();
        var rules = new List<CauseRule>();
        IReadOnlyList<string> all = [.. steps, Probe.CrashStep];
        foreach (var (entry, i) in (document.Content.Causes ?? []).Select((e, i) => (e, i)))
        {
            var reader = new RuleReader(keys => document.At(["causes", i, .. keys]), problems, all, form, tables);
            if (reader.TryRead(entry, out var rule))
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

    private sealed class RuleReader(
        Place at, List<string> problems, IReadOnlyList<string> steps, CaseIdForm form,
        IReadOnlyDictionary<string, IReadOnlyList<string>>? tables)
    {
        public bool TryRead(CauseRuleFile? entry, [NotNullWhen(true)] out CauseRule? rule)
        {
            var before = problems.Count;
            entry ??= new CauseRuleFile();
            Require(!string.IsNullOrWhiteSpace(entry.Id), "id", "a rule has an id");
            Require(entry.Cases is { Count: > 0 }, "cases", "a rule names cases");
            Require(entry.Status is not null and not CaseStatus.Pass, "status",
                "a rule names the status that it explains: fail, skip, error or flaky");
            Require(!string.IsNullOrWhiteSpace(entry.Cause), "cause", "a rule tells a cause");
            Require(!string.IsNullOrWhiteSpace(entry.Source), "source", "a rule names its source");
            foreach (var (step, i) in (entry.Steps ?? []).Select((s, i) => (s, i)))
            {
                Require(steps.Contains(step), ["steps", i],
                    $"'{step}' is no step; use one of {string.Join(", ", steps.Order(StringComparer.Ordinal))}");
            }
            var cases = (entry.Cases ?? []).Select((c, i) => Read(["cases", i], () => new Glob(c))).ToList();
            var versions = entry.Versions is { } v ? Read(["versions"], () => new VersionCondition(v)) : null;
            var reason = entry.Reason is { } r ? Read(["reason"], () => new Glob(r)) : null;
            var evidence = entry.Evidence is { } e
                ? Read(["evidence"], () => EvidencePattern.Parse(e, entry.Cause ?? "", tables))
                : null;
            var siblings = (entry.Siblings ?? [])
                .Select(s => Read(["siblings", s.Key], () => Sibling(s.Key, s.Value))).ToList();
            var workarounds = (entry.Workarounds ?? [])
                .Select((w, i) => Read(["workarounds", i], () => Workaround(w))).ToList();
            rule = problems.Count > before ? null : new CauseRule(
                entry.Id!, cases!, versions, entry.Status!.Value, entry.Outcome, entry.Steps ?? [], entry.Errno, reason,
                siblings!, entry.Cause!, entry.Source!, workarounds!)
            {
                Evidence = evidence,
            };
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

        private SiblingEvidence Sibling(string question, string value)
        {
            RequireQuestion(question);
            return value switch
            {
                "accept" => new SiblingEvidence(question, Outcome.Accept, null),
                "reject" => new SiblingEvidence(question, Outcome.Reject, null),
                "pass" => new SiblingEvidence(question, null, CaseStatus.Pass),
                "fail" => new SiblingEvidence(question, null, CaseStatus.Fail),
                "skip" => new SiblingEvidence(question, null, CaseStatus.Skip),
                _ => throw new FormatException(
                    $"'{value}' is neither an outcome (accept, reject) "
                    + "nor a status that is evidence (pass, fail, skip)"),
            };
        }

        private Workaround Workaround(WorkaroundFile? entry)
        {
            if (string.IsNullOrWhiteSpace(entry?.Question) || string.IsNullOrWhiteSpace(entry.Text))
            {
                throw new FormatException("a workaround has a question that shows that it works, and a text");
            }
            RequireQuestion(entry.Question);
            return new Workaround(entry.Question, entry.Text);
        }

        private void RequireQuestion(string text)
        {
            var parts = text.Split('.');
            if (parts.Length < form.QuestionParts || parts.Any(p => p.Length == 0))
            {
                var written = string.Join('.', form.Parts.Skip(1 + form.Places.Count))
                    + (form.Rest is null ? "" : $"[.{form.Rest}]");
                throw new FormatException($"'{text}' is no question; write {written.ToUpperInvariant()}");
            }
        }
    }
}
