using static Harness.Tests.Matrix.Generated.YamlNode;

namespace Harness.Tests.Matrix.Generated;

/// <summary>
/// Matrices and files of expectations: good ones, with mutations of every kind that a schema can speak of.
/// </summary>
/// <param name="config">The name of a file that is there, for the key <c>config</c>.</param>
/// <param name="expectations">The name of a file of expectations that is there.</param>
internal sealed class MatrixGenerator(int seed, string config, string expectations)
{
    private readonly Random _random = new(seed);

    private Pools Pool => field ??= new Pools(_random);

    public string Matrix()
    {
        var keys = new List<(string, YamlNode)> { ("kernels", List(1, 3, Entry)) };
        Maybe(keys, "mirror", () => Good("mirror"));
        Maybe(keys, "security_mirror", () => Good("mirror"));
        Maybe(keys, "timeout", () => Good("timeout"));
        Maybe(keys, "toolchains", () => new Sequence([Raw("clang"), Raw("clang-19")]));
        Maybe(keys, "libbpf", () => new Sequence([Raw("machine"), Raw("\"1.5\"")]));
        Maybe(keys, "probes", () => List(1, 2, Probe));
        Maybe(keys, "expectations_file", () => Raw(expectations));
        Maybe(keys, "expectations", () => List(0, 2, Expectation));
        return Mutated(new Mapping(keys));
    }

    public string Expectations() => _random.Next(100) == 0
        ? Pool.Any(["", "~", "# nothing\n", "[]", "text"])
        : Mutated(new Mapping([("expectations", List(0, 3, Expectation))]));

    /// <summary>One of two is left as it is.</summary>
    private string Mutated(Mapping root)
    {
        for (var mutations = Math.Max(0, _random.Next(6) - 2); mutations > 0; mutations--)
        {
            Mutate(root);
        }
        return root + "\n";
    }

    private YamlNode Entry() => _random.Next(3) switch
    {
        0 => new Mapping([("debian", Debian())]),
        1 => new Mapping(_random.Next(2) == 0
            ? [("image", Raw($"images/{Pool.GoodName()}"))]
            : [("image", Raw("'images/a b'")), ("name", Raw(Pool.GoodName())), ("version", Good("version"))]),
        _ => new Mapping([("git", Git()), .. _random.Next(2) == 0 ? [] : new[] { ("name", Raw(Pool.GoodName())) }]),
    };

    private YamlNode Probe()
    {
        if (_random.Next(3) == 0)
        {
            return Good("probe");
        }
        var isProgram = _random.Next(2) == 0;
        var keys = new List<(string, YamlNode)>
        {
            isProgram ? ("exec", Raw(config)) : ("probe", Good("probe")),
        };
        if (isProgram)
        {
            Maybe(keys, "name", () => Raw(Pool.GoodName()));
            Maybe(keys, "args", () => List(0, 2, () => Good("args")));
            Maybe(keys, "files", () => new Sequence([Raw(expectations)]));
            Maybe(keys, "env", () => List(0, 2, () => Good("env")));
            Maybe(keys, "timeout", () => Good("timeout"));
            Maybe(keys, "expect", () => Good("expect"));
        }
        Maybe(keys, "cases", () => new Sequence([Raw("'raw.*'")]));
        Maybe(keys, "expectations", () => List(0, 1, Expectation));
        return new Mapping(keys);
    }

    private Mapping Debian()
    {
        var keys = new List<(string, YamlNode)>
        {
            ("suites", List(1, 2, () => Good("suites"))),
            ("flavour", Good("flavour")),
        };
        if (_random.Next(3) == 0)
        {
            keys.Add(("versions", List(1, 2, () => Good("debian versions"))));
            return new Mapping(keys);
        }
        Maybe(keys, "from", () => Raw(Pool.Any(["5.10", "\"5.10\"", "6", "6.1.170"])));
        Maybe(keys, "to", () => Raw(Pool.Any(["7.0", "\"6.12\"", "7"])));
        Maybe(keys, "pick", () => Good("pick"));
        return new Mapping(keys);
    }

    private Mapping Git()
    {
        var keys = new List<(string, YamlNode)>
        {
            ("dir", Raw("../linux")),
            ("revs", List(1, 2, () => Raw(Pool.GoodRevision()))),
        };
        Maybe(keys, "config", () => Raw(config));
        Maybe(keys, "make_args", () => new Sequence([Raw("LLVM=1")]));
        return new Mapping(keys);
    }

    private YamlNode Expectation()
    {
        List<(string, YamlNode)> keys = _random.Next(4) switch
        {
            0 => [("kernel_status", Good("kernel_status"))],
            1 => [("complaints", new Sequence([Raw("'WARNING: *'")]))],
            _ => [("cases", new Sequence([Raw("'raw.*'")])), ("status", Raw(Pool.Any(["fail", "skip", "flaky"])))],
        };
        if (keys.Count == 2 && keys[1].Item2.ToString() != "flaky")
        {
            Maybe(keys, "step", () => Good("step"));
            Maybe(keys, "errno", () => Good("errno"));
        }
        Maybe(keys, "kernels", () => new Sequence([Raw("'debian-*'")]));
        Maybe(keys, "versions", () => Good("condition"));
        keys.Add((Pool.Any(["cause", "source"]), Raw("because")));
        Maybe(keys, "workaround", () => Raw("none"));
        return new Mapping(keys);
    }

    private void Mutate(Mapping root)
    {
        var at = Pool.Any(Mappings(root, "").ToList());
        var keys = at.Node.Keys;
        var index = keys.Count == 0 ? -1 : _random.Next(keys.Count);
        switch (_random.Next(9))
        {
            case 0 when index >= 0:
                keys.RemoveAt(index);
                break;
            case 1:
                keys.Add((Pool.Any(["colour", "Kernels", "5", "~", "kernels ", "<<"]), Raw("x")));
                break;
            case 2 when index >= 0 && !IsAboutFiles(keys[index].Key):
                keys[index] = (keys[index].Key, Raw(Pool.Junk()));
                break;
            case 3:
                AddKey(at.Node, at.Kind);
                break;
            case 4 when index >= 0 && keys[index].Value is Sequence list:
                list.Items.Clear();
                break;
            case 5 when index >= 0 && keys[index] is { Key: not "kernels", Value: Sequence { Items.Count: > 0 } list }:
                list.Items.Add(list.Items[0].Copy());
                break;
            case 6 when index >= 0:
                keys.Add((keys[index].Key, keys[index].Value.Copy())); // Twice the same key.
                break;
            case 7 when index >= 0 && keys[index].Value is Sequence list && !keys[index].Key.StartsWith("kernels")
                && !IsAboutFiles(keys[index].Key):
                var item = Raw(Pool.Any(["~", "text", "7", "[]", "{}", "''"]));
                list.Items.Insert(_random.Next(list.Items.Count + 1), item);
                break;
            case >= 7 when index >= 0:
                keys[index] = (keys[index].Key, Near(keys[index].Key, at.Kind, keys[index].Value));
                break;
        }
    }

    /// <summary>Adds a key that may belong to another kind of mapping.</summary>
    private void AddKey(Mapping node, string kind)
    {
        var key = Pool.Any<string>(kind switch
        {
            "kernels" => ["image", "name", "version", "debian", "git"],
            "probes" =>
                ["probe", "cases", "expectations", "exec", "name", "args", "files", "env", "timeout", "expect"],
            "debian" => ["from", "to", "pick", "versions"],
            "git" => ["make_args", "config"],
            "expectations" => ["cases", "status", "kernel_status", "complaints", "step", "errno", "cause", "versions"],
            _ => ["timeout", "mirror", "toolchains", "libbpf", "expectations", "probes"],
        });
        if (node.Keys.All(known => known.Key != key))
        {
            node.Keys.Add((key, Near(key, kind, Raw("~"))));
        }
    }

    /// <summary>A value that is right for the key, or nearly.</summary>
    private YamlNode Near(string key, string kind, YamlNode before) => (kind, key) switch
    {
        (_, "config" or "expectations_file") => Raw(Pool.Any(["~", "''", "' '", "5", "\"a\\0b\"", "[]"])),
        ("kernels", "debian" or "git" or "image" or "name") when _random.Next(3) == 0 => Raw("~"),
        ("kernels", "debian") => Debian(),
        ("kernels", "git") => Git(),
        (_, "image") => Raw(_random.Next(3) == 0 ? Pool.Path() : Pool.Any(["a b", "images/", Pool.GoodName()])),
        (_, "dir") => Raw(Pool.Path()),
        (_, "name") => Raw(before is Scalar && _random.Next(2) == 0 ? Pool.GoodName() : Pool.Name()),
        (_, "exec") => Raw(Pool.Any([config, "~", "''", "7"])),
        (_, "files") => new Sequence([Raw(expectations + Pool.Of("place"))]),
        (_, "args" or "env") => List(0, 2, () => Raw(Pool.Of(key))),
        ("probes", "probe") when _random.Next(3) == 0 => Raw("~"),
        (_, "probes") => new Sequence([Raw(Pool.Of("probe"))]),
        ("debian", "versions") => List(1, 2, () => Raw(Pool.Of("debian versions"))),
        ("expectations", "versions") => Raw(Pool.Of("condition")),
        (_, "from" or "to") => Raw(Pool.Version()),
        (_, "revs") => List(1, 2, () => Raw(Pool.Revision())),
        ("expectations", "kernels") or (_, "cases" or "complaints") => List(1, 2, () => Raw(Pool.Glob())),
        (_, "cause" or "source" or "workaround") => Raw(Pool.Text()),
        (_, "suites" or "make_args" or "toolchains") => List(1, 3, () => Raw(Pool.Of(key))),
        (_, "libbpf") => new Sequence([Raw(Pool.Any(["machine", "\"1.5\""])), Raw(Pool.Of(key))]),
        (_, "mirror" or "security_mirror") => Raw(Pool.Of("mirror")),
        (_, "timeout" or "flavour" or "pick" or "version" or "probe"
            or "expect" or "status" or "kernel_status" or "step" or "errno") =>
            Raw(Pool.Of(key)),
        _ => before,
    };

    /// <summary>All mappings, each with the key under which it stands.</summary>
    private static IEnumerable<(Mapping Node, string Kind)> Mappings(YamlNode node, string kind) => node switch
    {
        Mapping map => map.Keys.SelectMany(key => Mappings(key.Value, key.Key)).Prepend((map, kind)),
        Sequence list => list.Items.SelectMany(item => Mappings(item, kind)),
        _ => [],
    };

    /// <summary>Whether a value names a file that must be there, which is nothing that a schema can say.</summary>
    private static bool IsAboutFiles(string key) => key is "config" or "expectations_file" or "exec" or "files";

    private Sequence List(int least, int most, Func<YamlNode> item) =>
        new([.. Enumerable.Range(0, _random.Next(least, most + 1)).Select(_ => item())]);

    private void Maybe(List<(string Key, YamlNode Value)> keys, string key, Func<YamlNode> value)
    {
        if (_random.Next(3) == 0)
        {
            keys.Add((key, value()));
        }
    }

    private static Scalar Good(string key) => Raw(Pools.GoodOf(key));

    private static Scalar Raw(string text) => new(text);
}
