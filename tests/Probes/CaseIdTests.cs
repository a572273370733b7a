using Harness.Tests.Support;

namespace Harness.Tests.Probes;

public sealed class CaseIdTests
{
    [TestCase("raw.array_of_maps.array.struct.none", "struct.none", "")]
    [TestCase("raw.hash_of_maps.lru_hash.none.none.max_entries", "none.none.max_entries", "max_entries")]
    [TestCase("libbpf.array_of_maps.hash.struct.bytes.values.clang-14", "struct.bytes.values.clang-14",
        "values.clang-14")]
    public void An_id_is_taken_apart(string text, string question, string variant)
    {
        var id = Samples.Probes.Parse(text);
        Assert.That((id.Question, id.Rest, id.ToString()), Is.EqualTo((question, variant, text)));
        Assert.That(id.Layer, Is.EqualTo(text.Split('.')[0]));
    }

    [TestCase("")]
    [TestCase("raw")]
    [TestCase("raw.array_of_maps.array.struct")]
    public void What_is_of_another_form_is_kept_whole(string text)
    {
        var id = Samples.Probes.Parse(text);
        Assert.That((id.Layer, id.ToString()), Is.EqualTo((text, text)));
    }
}
