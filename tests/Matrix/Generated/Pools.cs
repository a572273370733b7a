namespace Harness.Tests.Matrix.Generated;

/// <summary>
/// Values for the keys of a matrix and of expectations: good ones, and ones that are nearly so. None of them is wrong
/// for a reason that a schema cannot say.
/// </summary>
internal sealed class Pools(Random random)
{
    private static readonly string[] _globs =
    [
        "raw.*", "'raw.{a,b}'", "'[a-c]*'", "'{a,{b,{c,d}}}'", "'[]a]'", "'[!]a]'", "'['", "'[a'", "'{a'", "'a}'",
        "'{a,{b,{c,{d}}}}'", "'[{a,b}]'", "'{[a,b],c}'", "'{[ab],c}'", "'[[:alpha:]]'", "'[[]'", "'a\\b'", "''", "' '",
        "~", "6.1", "'6.1'", "true", "'[!]'", "'[]'", "'a,b'", "'{}'", "'[a{]'", "'WARNING: * at x'",
    ];

    private static readonly string[] _versions =
    [
        "5.10", "\"5.10\"", "6", "\"6\"", "v6.1", "6.1.170", "7.3-rc4", "7.3~rc4", "six", "6.1.x", "\"6.1 \"", "\"\"",
        "9999999999.1", "-6.1", "0.9", "7.0", "1000",
        "'6.9999999999'", "6.1rc1", "~",
    ];

    private static readonly string[] _texts =
        ["because", "'a commit'", "''", "' '", "42", "\"42\"", "true", "~", "yes"];

    private static readonly string[] _paths = ["images/a", "''", "' '", "\"a\\0b\"", "5", "~", "/"];

    private static readonly string[] _junk =
    [
        "~", "null", "\"\"", "true", "False", "42", "-1", "0", "-0.5", "1e300", ".inf", ".nan", "text", "' '", "'30'",
        "[]", "{}", "[~]", "[[]]", "{a: b}", "[a, a]", "yes", "2026-11-27", "0x1000", "1_000", "\"a\\nb\"", "[1]",
        "123456789012345678901234567890",
    ];

    private static readonly Dictionary<string, string[]> _byKey = new()
    {
        ["mirror"] =
        [
            "http://host/debian", "https://user@host:80/debian/", "http://[::1]:8080/d", "file:///srv/debian", "here",
            "/srv/debian", "ftp://host/debian", "http://", "'http://host/a b'", "http://host:99999/", "http://-a/",
            "''", "~", "http://a..b/", "file:///", "'http://host/?q'",
        ],
        ["timeout"] =
        [
            "30", "12.5", "\"30\"", "0", "-1", "86400", "86401", "1e300", ".inf", ".nan", "soon", "0x1e", "1e-300", "~",
        ],
        ["suites"] = ["bookworm", "'bookworm-security'", "''", "' '", "12", "~", "true"],
        ["flavour"] = ["cloud-amd64", "''", "' '", "64", "~"],
        ["pick"] = ["newest", "oldest-and-newest", "oldest_and_newest", "oldest_and-newest", "latest", "All", "1", "~"],
        ["debian versions"] =
        [
            "6.1.192-2", "7.3~rc7-1~exp1", "6.12.43-1~bpo12+1", "trixie", "6.1", "'6.1'", "1:6.1-1", "6.1-", "6.1-a_b",
            "9999999999.1-1", "~", "''", "v6.1-1", "6-1",
        ],
        ["make_args"] = ["LLVM=1", "''", "' '", "1", "~", "-j4"],
        ["version"] =
            ["6.1.192", "6.1.192-2", "v6.6-rc3", "6", "\"6\"", "new", "6.1", "9999999999.1", "''", "~", "6a", "-1"],
        ["toolchains"] = ["clang", "clang-19", "gcc", "clang-", "clang-1000", "\"clang\\n\"", "''", "~", "19"],
        ["libbpf"] = ["machine", "\"1.5\"", "\"0.3\"", "1.5", "1.x", "\"1\"", "''", "~", "'1.5.1'"],
        ["probe"] = ["inner-maps", "inner_maps", "object", "''", "~", "7", "true", "{}", "[]"],
        ["args"] = ["-v", "''", "' '", "\"a\\0b\"", "7", "true", "~"],
        ["env"] = ["A=1", "a_1=", "A", "=1", "'A B=1'", "1A=1", "\"A=\\0\"", "7", "~"],
        ["expect"] = ["0", "255", "256", "-1", "1.0", "1.5", "'0'", "1e300", ".nan", "~"],
        ["place"] =
        [
            ":more/x", ":/etc/x", ":", ":/", ":a/../x", ":..", ":...", ":a//b", ":/proc", ":/proc/x", ":/process",
            ":a:b", ":proc/x",
        ],
        ["status"] = ["pass", "fail", "skip", "error", "flaky", "fails", "Pass", "1", "~", "''"],
        ["kernel_status"] = ["boot_failed", "crashed", "boot-failed", "not_run", "boot failed", "~", "0"],
        ["step"] = ["template", "update", "object_open", "updaet", "''", "~", "1", "Update"],
        ["errno"] =
            ["EINVAL", "ENOTSUPP", "EINVALID", "einval", "22", "\"22\"", "\"512\"", "\"524\"", "\"4096\"", "''", "~"],
        ["condition"] =
        [
            "'>=6.1 <6.2'", "'<6'", "'>=5.15 <6.2, 6.12'", "6.1", "6", "'6.1, '", "'= 6.1'", "'> =6.1'", "'>=6.1<6.2'",
            "new", "'>=v6.1'", "''", "'6.1.x'", "~", "-1", "'6.1 6.2'", "'=>6.1'", "'>=9999999999.1'", "true", "0.5",
        ],
    };

    private int _unique;

    public string Junk() => Any(_junk);

    public string Glob() => Any(_globs);

    public string Version() => Any(_versions);

    public string Text() => Any(_texts);

    public string Path() => Any(_paths);

    public string Of(string key) => Any(_byKey[key]);

    /// <summary>The first value of a key is a good one.</summary>
    public static string GoodOf(string key) => _byKey[key][0];

    /// <summary>A kernel's name, which no other kernel of the matrix has when it is a good one.</summary>
    public string Name() => random.Next(8) switch
    {
        0 => Any(["'.a'", "-a", "'a b'", "ä", "''", "~", "a/b"]),
        1 => Any(["7", "true", "1e5"]),
        2 => new string('n', 129),
        _ => $"kernel-{_unique++}",
    };

    /// <summary>A revision that no other entry names when it is a good one.</summary>
    public string Revision() => random.Next(8) switch
    {
        0 => Any(["''", "' '", "~", "true"]),
        1 => $"{_unique++ + 1000000}",
        2 => new string('r', 125),
        _ => $"v6.{_unique++}",
    };

    public string GoodName() => $"good-{_unique++}";

    public string GoodRevision() => $"v5.{_unique++}";

    public T Any<T>(IReadOnlyList<T> values) => values[random.Next(values.Count)];
}
