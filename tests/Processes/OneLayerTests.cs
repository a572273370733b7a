using System.Diagnostics;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using CliWrap;
using Harness.Cli;
using Harness.Tests.Boot;

namespace Harness.Tests.Processes;

/// <summary>Every external program runs through CliWrap and the layer on top of it.</summary>
public sealed partial class OneLayerTests
{
    [Test]
    public void No_source_starts_a_program_by_itself() =>
        Assert.That(Sources().Where(file => StartsProcess().IsMatch(File.ReadAllText(file))), Is.Empty);

    [Test]
    public void No_code_knows_the_runtimes_own_processes() =>
        Assert.That(ReferencedTypes(), Has.None.EqualTo(typeof(Process)).And.None.EqualTo(typeof(ProcessStartInfo)));

    /// <summary>CliWrap's own ways to run a command miss children that are ended by id only.</summary>
    [Test]
    public void Commands_are_executed_in_one_room() =>
        Assert.That(Sources().Where(file => !IsIn(file, "Processes"))
            .Where(file => ExecutesByCliWrap().IsMatch(File.ReadAllText(file))), Is.Empty);

    /// <summary>CliWrap takes one string, too, and that is split at blanks.</summary>
    [Test]
    public void Arguments_are_lists()
    {
        var given = CalledOfCommands().Where(method => method.Name == nameof(Command.WithArguments))
            .Select(method => method.GetParameters()[0].ParameterType).Distinct();
        Assert.That(given, Is.EqualTo(new[] { typeof(IEnumerable<string>) }));
    }

    private static IEnumerable<string> Sources()
    {
        var root = Path.Combine(RealRun.Repository.Path, "harness");
        return Directory.EnumerateFiles(root, "*.*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".razor" && !IsIn(file, "bin") && !IsIn(file, "obj"));
    }

    private static bool IsIn(string file, string folder) =>
        file.Contains($"/harness/{folder}/", StringComparison.Ordinal);

    private static List<Type> ReferencedTypes()
    {
        var module = typeof(Entry).Module;
        return
        [
            .. Tokens(reader => reader.TypeReferences.Select(type => (EntityHandle)type)).Select(module.ResolveType),
        ];
    }

    /// <summary>The methods of <see cref="Command"/> that the harness calls.</summary>
    private static List<System.Reflection.MethodBase> CalledOfCommands()
    {
        var module = typeof(Entry).Module;
        // Members of generic types cannot be resolved out of their context; Command is none.
        return
        [
            .. Tokens(reader => reader.MemberReferences.Where(member =>
                    reader.GetMemberReference(member) is { Parent.Kind: HandleKind.TypeReference } reference
                    && reference.GetKind() == MemberReferenceKind.Method).Select(member => (EntityHandle)member))
                .Select(module.ResolveMethod).OfType<System.Reflection.MethodBase>()
                .Where(method => method.DeclaringType == typeof(Command)),
        ];
    }

    private static int[] Tokens(Func<MetadataReader, IEnumerable<EntityHandle>> choose)
    {
        using var file = new PEReader(File.OpenRead(typeof(Entry).Assembly.Location));
        return [.. choose(file.GetMetadataReader()).Select(handle => MetadataTokens.GetToken(handle))];
    }

    [GeneratedRegex(@"\bProcess\.Start\b|\bnew (System\.Diagnostics\.)?Process\b|\bProcessStartInfo\b")]
    private static partial Regex StartsProcess();

    [GeneratedRegex(@"\bExecuteAsync\(|\bExecuteBufferedAsync\(|\bListenAsync\(|\bObserve\(|\busing CliWrap\.")]
    private static partial Regex ExecutesByCliWrap();
}
