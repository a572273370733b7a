using Harness.Yaml;

namespace Harness.Tests.Yaml;

/// <summary>Mappings whose keys are put together at run time are as strict as those of a type.</summary>
public sealed class YamlFormTests
{
    private static readonly YamlForm _form = YamlForm.Of<Toy>(
        new YamlKey("name", typeof(string), ""), new YamlKey("sizes", typeof(List<int>), ""));

    [Test]
    public void Values_are_read_as_their_types_and_left_out_ones_are_none()
    {
        var toy = Parse("sizes: [1, 2]\nname:\n");
        Assert.That(toy.Get<List<int>>("sizes"), Is.EqualTo(new[] { 1, 2 }));
        Assert.That((toy.Get<string>("name"), toy.Keys.Count), Is.EqualTo(((string?)null, 1)));
    }

    [Test]
    public void An_anchor_is_known_in_every_part()
    {
        var document = YamlDocument<Toys>.Parse("t.yaml", "all:\n  - sizes: &s [3]\n  - sizes: *s\n", _form);
        var sizes = document.Content.All!.Select(toy => toy.Get<List<int>>("sizes")!.Single());
        Assert.That(sizes, Is.EqualTo(new[] { 3, 3 }));
    }

    [TestCase("colour: red\n", "t.yaml:1:1: unknown key 'colour'")]
    [TestCase("name: a\nname: b\n", "t.yaml:2:1: Duplicate key name")]
    [TestCase("name: a\nsizes: 1\n", "t.yaml:2:8: the value is of the wrong type")]
    [TestCase("- name: a\n", "t.yaml:1:1: the value is of the wrong type")]
    [TestCase("toy\n", "t.yaml:1:1: the value is of the wrong type")]
    public void What_does_not_fit_is_refused_with_its_place(string text, string problem) =>
        Assert.That(() => Parse(text), Throws.TypeOf<YamlFileException>().With.Message.StartWith(problem));

    [Test]
    public void Two_parts_cannot_contribute_the_same_key()
    {
        var key = new YamlKey("name", typeof(string), "");
        Assert.That(() => YamlForm.Of<Toy>(key, key), Throws.ArgumentException.With.Message.Contains("'name'"));
    }

    private static Toy Parse(string text) => YamlDocument<Toy>.Parse("t.yaml", text, _form).Content;

    private sealed class Toy : YamlMapping;

    private sealed class Toys
    {
        public List<Toy>? All { get; set; }
    }
}
