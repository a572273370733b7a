namespace Harness.Vm;

/// <summary>The rights that QEMU has on this machine.</summary>
internal enum QemuRights
{
    /// <summary>Those of the harness.</summary>
    All,

    /// <summary>Those of the harness, and no way to more (PR_SET_NO_NEW_PRIVS).</summary>
    Fewer,

    /// <summary>Those of a user whom no other VM shares and who owns nothing; no capability.</summary>
    OwnUser,

    /// <summary>The same, and those of the group that may use KVM.</summary>
    OwnUserInGroup,
}
