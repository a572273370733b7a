using System.Globalization;

namespace Harness.Vm;

/// <summary>
/// Keeps what guests left that died before they had read their orders: another one is started in their place, and
/// writes the same files.
/// </summary>
/// <param name="unhealthy">What on a console says that its kernel is not well; <c>null</c> when nothing does.</param>
internal sealed class GivenUpGuests(VmSpec spec, Func<string, string?> unhealthy)
{
    private readonly List<GivenUpGuest> _all = [];

    public IReadOnlyList<GivenUpGuest> All => _all;

    /// <summary>Puts the guest's files aside where its kernel died or reset the machine.</summary>
    /// <param name="how">The guest was started.</param>
    /// <exception cref="IOException">The files cannot be moved.</exception>
    public void Add(VmEnd end, string how)
    {
        if (Death(end) is not { } death)
        {
            return;
        }
        var suffix = string.Create(CultureInfo.InvariantCulture, $".given-up-{_all.Count + 1}");
        _all.Add(new GivenUpGuest(
            $"{how}, it did not come to be asked: {death}", Move(spec.ConsoleFile), Move(spec.ChannelFile)));

        string Move(string file)
        {
            var aside = Path.ChangeExtension(file, suffix + Path.GetExtension(file));
            if (File.Exists(file))
            {
                File.Move(file, aside, overwrite: true);
            }
            return aside;
        }
    }

    /// <summary>What the guest died of; <c>null</c> for one that hangs, and for a QEMU that ended by itself.</summary>
    private string? Death(VmEnd end) => end.Ending == VmEnding.NotLaunched ? null
        : unhealthy(end.Console)
        ?? (end.Excess is { } excess ? $"the guest {excess}"
            : end.Ending == VmEnding.Exited && end.LauncherError.Trim().Length == 0 ? "it reset the machine"
            : null);
}
