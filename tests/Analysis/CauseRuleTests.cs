using Harness.Probes;
using Harness.Probes.InnerMaps;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Analysis;

/// <summary>Each rule fires on what real kernels showed, and no longer when one piece of that is another.</summary>
public sealed class CauseRuleTests
{
    private static readonly Dictionary<string, CauseRule> _rules =
        InnerMapsProbe.Instance.Causes.Value.ToDictionary(r => r.Id);

    /// <summary>One example a rule: the first case of the capture that the rule explains.</summary>
    private static readonly Dictionary<string, (KernelResult Kernel, CaseResult Result)> _examples = FindExamples();

    private static IEnumerable<string> Examples => _examples.Keys;

    [TestCaseSource(nameof(Examples))]
    public void Fires_on_what_was_measured(string id)
    {
        var (kernel, result) = _examples[id];
        Assert.That(Explain(id, kernel, result), Is.EqualTo((_rules[id].Cause, _rules[id].Source)));
    }

    [TestCaseSource(nameof(Examples))]
    public void Says_nothing_of_other_versions(string id)
    {
        var (kernel, result) = _examples[id];
        if (_rules[id].Versions is not { } versions)
        {
            Assert.That(id, Does.StartWith("toolchain-"),
                "only what is not the kernel's doing holds for every version");
            return;
        }
        var others =
            new[] { "4.19.1", "5.4.300", "5.10.1", "5.15.1", "5.18.1", "6.1.1", "6.2", "6.4", "6.10", "6.19", "7.1",
                "7.2", null }
            .Where(v => !versions.Allows(KernelVersion.TryParse(v))).ToList();
        Assert.That(others, Has.Count.GreaterThan(1));
        Assert.That(others.Select(v => Explain(id, kernel with { Version = v }, result)),
            Is.All.EqualTo(((string?)null, (string?)null)));
    }

    [TestCaseSource(nameof(Examples))]
    public void Says_nothing_of_other_answers(string id)
    {
        var (kernel, result) = _examples[id];
        var rule = _rules[id];
        var others =
            new List<CaseResult> { result with { Status = CaseStatus.Error, Outcome = null },
                result with { Id = "raw.array_of_maps.other.none.none" } };
        if (rule.Errno is not null)
        {
            others.AddRange([result with { Errno = "EPERM" }, result with { Errno = null }]);
        }
        if (rule.Steps.Count > 0)
        {
            others.AddRange(
                [result with { Step = "btf_load" == result.Step ? "update" : "btf_load" },
                    result with { Step = null }]);
        }
        if (rule.Reason is not null)
        {
            others.AddRange([result with { Reason = "something else" }, result with { Reason = null }]);
        }
        Assert.That(others.Select(o => Explain(id, kernel, o)), Is.All.EqualTo(((string?)null, (string?)null)));
    }

    [TestCaseSource(nameof(Examples))]
    public void Says_nothing_when_a_sibling_is_missing_or_went_otherwise(string id)
    {
        var (kernel, result) = _examples[id];
        foreach (var sibling in _rules[id].Siblings)
        {
            var at = Samples.Probes.Parse(result.Id).Sibling(sibling.Question);
            if (at == result.Id)
            {
                continue; // It is a sibling of others that the same rule explains.
            }
            var missing = kernel with { Cases = [.. kernel.Cases.Where(c => c.Id != at)] };
            var otherwise = kernel with { Cases = [.. kernel.Cases.Select(c => c.Id == at ? Otherwise(c) : c)] };
            Assert.That(new[] { missing, otherwise }.Select(k => Explain(id, k, result)),
                Is.All.EqualTo(((string?)null, (string?)null)), sibling.Question);
        }
    }

    [Test]
    public void Issue_816_is_told_by_what_differs_and_cured_by_bytes()
    {
        var result = Samples.Explain(CauseCapturedRun.Default)
            .Single(k => k.Version == "6.1.170").Cases.Single(c => c.Id == "raw.array_of_maps.lru_hash.struct.none");
        Assert.That(result.Cause,
            Does.StartWith("The template's BTF says that the value is a struct, the inner map has no BTF").And.Contains(
                "timer_off"));
        Assert.That(result.Source, Does.Contain("68134668c17f").And.Contains("db559117828d"));
        Assert.That(result.Workaround,
            Does.StartWith(
                "Works on all 22 kernels of this run (bytes.none): declare the template's value as a byte array"));
    }

    [Test]
    public void A_libbpf_version_in_the_id_belongs_to_the_siblings_too()
    {
        var labelled = Labelled(".libbpf-1-1");
        Assert.That(Cause(labelled, "libbpf.hash_of_maps.array.struct.none.libbpf-1-1"),
            Is.EqualTo(_rules["libbpf-struct-template-untyped-map"].Cause));
        var mixed =
            labelled with
            {
                Cases = [
                .. labelled.Cases.Select(c =>
                    c.Id.EndsWith("bytes.none.libbpf-1-1", StringComparison.Ordinal)
                        ? c with { Id = c.Id[..^".libbpf-1-1".Length] } : c)]
            };
        Assert.That(Cause(mixed, "libbpf.hash_of_maps.array.struct.none.libbpf-1-1"), Is.Null);
    }

    [Test]
    public void A_compiler_that_keeps_the_struct_brings_the_kernels_answer_back()
    {
        var kernel = CauseCapturedRun.On("6.1.192");
        var kept =
            kernel with
            {
                Cases = [.. kernel.Cases,
                Samples.Case("libbpf.array_of_maps.hash.struct.none.named_only.clang-22", CaseStatus.Fail)]
            };
        Assert.That(Cause(kept, "libbpf.array_of_maps.hash.struct.none.named_only.clang-22"),
            Is.EqualTo(_rules["libbpf-struct-template-untyped-map"].Cause));
        Assert.That(Cause(kept, "libbpf.array_of_maps.hash.struct.none.named_only.clang-14"),
            Is.EqualTo(_rules["toolchain-drops-struct"].Cause));
    }

    [Test]
    public void A_libbpf_that_keeps_the_declared_template_is_told_from_one_that_does_not()
    {
        const string Place = "libbpf.hash_of_maps.array.";
        const string Label = ".libbpf-0-3";
        // What bpf_map__set_inner_map_fd() is to change stays: its cases answer as those without it.
        var answers = Labelled(Label).Cases.ToDictionary(c => c.Id);
        var kept = Labelled(Label) with
        {
            Cases = [.. answers.Values.Select(c => c.Id.Contains(".replaced_template", StringComparison.Ordinal)
                ? answers[c.Id.Replace(".replaced_template", "", StringComparison.Ordinal)] with { Id = c.Id } : c)],
        };
        Assert.That(Cause(kept, $"{Place}struct.none.replaced_template{Label}"),
            Does.StartWith("libbpf kept the declared template"));
        Assert.That(Cause(kept, $"{Place}bytes.struct.replaced_template{Label}"), Is.Null,
            "no rule is sure of this one");
        Assert.That(Cause(Labelled(Label), $"{Place}struct.struct.replaced_template{Label}"),
            Does.StartWith("bpf_map__set_inner_map_fd() made a map without BTF the template"));
    }

    private static KernelResult Labelled(string label)
    {
        var kernel = CauseCapturedRun.On("6.1.192");
        return kernel with
        {
            Cases = [.. kernel.Cases.Where(c => c.Id.StartsWith("libbpf.", StringComparison.Ordinal))
            .Select(c => c with { Id = c.Id + label })]
        };
    }

    private static string? Cause(KernelResult kernel, string id) =>
        Samples.Explain([kernel])[0].Cases.Single(c => c.Id == id).Cause;

    /// <summary>What a rule by itself says of a case, put in place of the one with the example's id.</summary>
    private static (string? Cause, string? Source) Explain(string rule, KernelResult kernel, CaseResult result)
    {
        var others = kernel.Cases.Where(c => c.Id != _examples[rule].Result.Id);
        var explained =
            Samples.Explain([kernel with { Cases = [.. others, result] }], [_rules[rule]])[0].Cases.Single(c =>
                c.Id == result.Id);
        return (explained.Cause, explained.Source);
    }

    private static Dictionary<string, (KernelResult Kernel, CaseResult Result)> FindExamples()
    {
        var explained = CauseCapturedRun.Default.Zip(Samples.Explain(CauseCapturedRun.Default))
            .SelectMany(k => k.First.Cases.Zip(k.Second.Cases), (kernel, c) =>
                (Kernel: kernel.First, Result: c.First, Why: (c.Second.Cause, c.Second.Source)))
            .ToLookup(x => x.Why, x => (x.Kernel, x.Result));
        return _rules.Values.Where(r => explained.Contains((r.Cause, r.Source)))
            .ToDictionary(r => r.Id, r =>
                explained[(r.Cause, r.Source)].First(x => r.Concerns(Samples.Probes.Parse(x.Result.Id))));
    }

    private static CaseResult Otherwise(CaseResult result) => result.Outcome switch
    {
        Outcome.Accept =>
            result with
            {
                Outcome = Outcome.Reject,
                Status = result.Want == Outcome.Reject ? CaseStatus.Pass
                : CaseStatus.Fail
            },
        _ => result with
        {
            Outcome = Outcome.Accept,
            Status = result.Want == Outcome.Accept ? CaseStatus.Pass
            : CaseStatus.Fail
        },
    };
}
