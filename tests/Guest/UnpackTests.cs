using System.Text;
using CliWrap;
using Harness.Guest;
using Harness.Processes;
using Harness.Tests.Boot;
using Harness.Tests.Support;

namespace Harness.Tests.Guest;

/// <summary>How a guest that waited unpacks its programs (bpf/init/unpack.c), on this machine.</summary>
public sealed class UnpackTests
{
    private const string Main = """
        #include <errno.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <sys/stat.h>

        #include "unpack.h"

        int main(void)
        {
            static char archive[1 << 16];
            const char *wrong;

            umask(022);
            wrong = unpack(archive, fread(archive, 1, sizeof(archive), stdin));
            printf("%s %s", wrong ? wrong : "whole", errno ? strerror(errno) : "");
            return 0;
        }
        """;

    private TemporaryDirectory _directory = null!;
    private string _unpack = "";

    [SetUp]
    public async Task Compile_it()
    {
        _directory = new TemporaryDirectory();
        var init = Path.Combine(RealRun.Repository.Path, "bpf", "init");
        _unpack = _directory["unpack"];
        await new Command("gcc").WithArguments(["-D_GNU_SOURCE", $"-I{init}", "-o", _unpack,
            _directory.Write("main.c", Main), Path.Combine(init, "unpack.c")]).RunAsync(CancellationToken.None);
    }

    [TearDown]
    public void Remove_it() => _directory.Dispose();

    /// <summary>The archive's names are below the root directory, in which this test's directory is.</summary>
    private string Here => _directory.Path[1..];

    [Test]
    public async Task Files_have_the_modes_of_the_archive_whatever_the_umask_is()
    {
        var said = await UnpackAsync(new CpioArchive()
            .AddDirectory($"{Here}/guest", Octal("1777"))
            .AddFile($"{Here}/guest/all", "text"u8.ToArray(), Octal("4777"))
            .AddFile($"{Here}/guest/none", [], Octal("400"))
            .AddDirectory(Here).ToArray());
        Assert.That(said, Does.StartWith("whole"));
        Assert.That(new[] { "", "all", "none" }.Select(name => Mode(_directory["guest", name])),
            Is.EqualTo(new[] { "1777", "4777", "400" }));
        Assert.That(File.ReadAllText(_directory["guest", "all"]), Is.EqualTo("text"));
    }

    [Test]
    public async Task A_link_leads_where_the_archive_says()
    {
        var link = new CpioArchive().AddFile($"{Here}/link", "a/target"u8.ToArray(), Octal("777")).ToArray();
        Assert.That(await UnpackAsync(WithMode(link, "0000A1FF")), Does.StartWith("whole"));
        Assert.That(new FileInfo(_directory["link"]).LinkTarget, Is.EqualTo("a/target"));
    }

    [Test]
    public async Task What_it_does_not_know_is_no_success()
    {
        var fifo = new CpioArchive().AddFile($"{Here}/fifo", [], Octal("777")).ToArray();
        Assert.That(await UnpackAsync(WithMode(fifo, "000011FF")), Is.EqualTo($"{Here}/fifo Operation not supported"));
    }

    [Test]
    public async Task A_device_that_is_there_stays()
    {
        Assert.That(await UnpackAsync(new CpioArchive().AddCharacterDevice("dev/null", 5, 1).ToArray()),
            Does.StartWith("whole"));
        Assert.That(File.ReadAllText("/dev/null"), Is.Empty);
    }

    private static uint Octal(string digits) => Convert.ToUInt32(digits, 8);

    private static string Mode(string path) => Convert.ToString((int)File.GetUnixFileMode(path), 8);

    /// <summary>The archive, whose first entry has another mode.</summary>
    private static byte[] WithMode(byte[] archive, string mode) =>
        [.. archive[..14], .. Encoding.ASCII.GetBytes(mode), .. archive[22..]];

    private async Task<string> UnpackAsync(byte[] archive)
    {
        var result = await new Command(_unpack).WithStandardInputPipe(PipeSource.FromBytes(archive))
            .TryRunAsync(CancellationToken.None);
        return result.StandardOutput;
    }
}
