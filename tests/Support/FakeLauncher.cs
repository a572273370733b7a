using CliWrap;
using Harness.Processes;
using Harness.Vm;

namespace Harness.Tests.Support;

/// <summary>
/// Stands in for virtme-run: a kernel "image" is a piece of shell that says what its guest does, in the words below.
/// Everything that the harness relies on is taken from the arguments, as virtme-run and QEMU would.
/// </summary>
internal sealed class FakeLauncher
{
    private const string Script = """
        #!/bin/bash
        # Words of a guest: none (as the proof of KVM wants), whole, or header [PLANNED], a, b, end [COUNT]; say TEXT (console), complain TEXT (standard error),
        # hang, and whatever bash knows. $accel, $image, $parameters, $nonce and $here are given.
        here=$(dirname "$0")
        while (($#)); do
            case $1 in
                --kimg) image=$2 ;;
                --kopt) parameters+=" $2" ;;
                harness.nonce=*) nonce=${1#*=} ;;
                q35,accel=*) accel=${1#*accel=} ;;
                file,id=harness-console,path=*) console=${1#*path=} ;;
                file,id=harness-channel,path=*) channel=${1#*path=} channel=${channel%,mux=on} ;;
            esac
            shift
        done
        say() { echo "$*" >>"$console"; }
        complain() { echo "$*" >&2; }
        line() { echo "$*" >>"$channel"; }
        header() {
            line "KTAP version 1"
            line "# prober protocol=1 nonce=$nonce release=6.1.0-fake machine=x86_64 cases=${1:-2}"
            line "1..${1:-2}"
        }
        a() { line "ok 1 raw.a # want=accept outcome=accept"; }
        b() { line "ok 2 raw.b # want=reject outcome=reject step=update errno=EINVAL"; }
        end() { line "# end nonce=$nonce count=${1:-2}"; }
        whole() { header; a; b; end; }
        none() { header 0; end 0; }
        hang() { exec sleep 600; }
        echo "${image##*/} $accel" >>"$here/launched"
        : >"$console"
        : >"$channel"
        . "$image"
        """;

    private readonly string _directory;

    public FakeLauncher(string directory)
    {
        _directory = directory;
        Path = System.IO.Path.Combine(directory, "virtme-run");
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path, Script);
        File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Path { get; }

    public VirtualMachine Machine => new(Path);

    /// <summary>A command of which this launcher boots the kernels, and whose cache is its own.</summary>
    /// <param name="cacheHome">What <c>XDG_CACHE_HOME</c> is to it.</param>
    public Command Serve(Command command, string cacheHome) => command
        .WithEnvironmentVariable("PATH", $"{_directory}:{Environment.GetEnvironmentVariable("PATH")}")
        .WithEnvironmentVariable("XDG_CACHE_HOME", cacheHome);

    /// <summary>The images launched and under which accelerator, in order: <c>6.1.5 tcg</c>.</summary>
    public IReadOnlyList<string> Launched =>
        System.IO.Path.Combine(_directory, "launched") is var path && File.Exists(path) ? File.ReadAllLines(path) : [];

    /// <summary>A kernel whose guest does this.</summary>
    public string Image(string name, string guest)
    {
        var path = System.IO.Path.Combine(_directory, name);
        File.WriteAllText(path, guest + "\n");
        return path;
    }
}
