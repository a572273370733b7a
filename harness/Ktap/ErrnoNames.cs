using System.Globalization;
using System.Text.RegularExpressions;

namespace Harness.Ktap;

/// <summary>
/// The names of errors in reports: those of bpf/shared/errno_names.c, and numbers of errors without a name. A library
/// that a probe uses may have errors of its own beside the system's, named <c>LIBRARY_ERRNO__NAME</c>.
/// </summary>
public static partial class ErrnoNames
{
    /// <summary>The largest errno that a system call can return (MAX_ERRNO in include/linux/err.h).</summary>
    private const int Largest = 4095;

    /// <summary>
    /// The regular expression of errors that are not the system's: numbers past the last one with a name, EHWPOISON,
    /// and names of a library's own errors.
    /// </summary>
    public const string OtherPattern = OtherStart + "$";

    // 524 is ENOTSUPP, which only the kernel has.
    private const string OtherStart =
        "^(?!524$)(?:13[4-9]|1[4-9][0-9]|[2-9][0-9]{2}|[1-3][0-9]{3}|40[0-8][0-9]|409[0-5]"
        + "|[A-Z][A-Z0-9]*_ERRNO__[A-Z0-9]+)";

    private static readonly HashSet<string> _names = new(StringComparer.Ordinal)
    {
        "EPERM", "ENOENT", "ESRCH", "EINTR", "EIO", "ENXIO", "E2BIG", "ENOEXEC", "EBADF", "ECHILD", "EAGAIN",
        "ENOMEM", "EACCES", "EFAULT", "ENOTBLK", "EBUSY", "EEXIST", "EXDEV", "ENODEV", "ENOTDIR", "EISDIR", "EINVAL",
        "ENFILE", "EMFILE", "ENOTTY", "ETXTBSY", "EFBIG", "ENOSPC", "ESPIPE", "EROFS", "EMLINK", "EPIPE", "EDOM",
        "ERANGE", "EDEADLK", "ENAMETOOLONG", "ENOLCK", "ENOSYS", "ENOTEMPTY", "ELOOP", "ENOMSG", "EIDRM", "ECHRNG",
        "EL2NSYNC", "EL3HLT", "EL3RST", "ELNRNG", "EUNATCH", "ENOCSI", "EL2HLT", "EBADE", "EBADR", "EXFULL",
        "ENOANO", "EBADRQC", "EBADSLT", "EBFONT", "ENOSTR", "ENODATA", "ETIME", "ENOSR", "ENONET", "ENOPKG",
        "EREMOTE", "ENOLINK", "EADV", "ESRMNT", "ECOMM", "EPROTO", "EMULTIHOP", "EDOTDOT", "EBADMSG", "EOVERFLOW",
        "ENOTUNIQ", "EBADFD", "EREMCHG", "ELIBACC", "ELIBBAD", "ELIBSCN", "ELIBMAX", "ELIBEXEC", "EILSEQ",
        "ERESTART", "ESTRPIPE", "EUSERS", "ENOTSOCK", "EDESTADDRREQ", "EMSGSIZE", "EPROTOTYPE", "ENOPROTOOPT",
        "EPROTONOSUPPORT", "ESOCKTNOSUPPORT", "EOPNOTSUPP", "EPFNOSUPPORT", "EAFNOSUPPORT", "EADDRINUSE",
        "EADDRNOTAVAIL", "ENETDOWN", "ENETUNREACH", "ENETRESET", "ECONNABORTED", "ECONNRESET", "ENOBUFS", "EISCONN",
        "ENOTCONN", "ESHUTDOWN", "ETOOMANYREFS", "ETIMEDOUT", "ECONNREFUSED", "EHOSTDOWN", "EHOSTUNREACH",
        "EALREADY", "EINPROGRESS", "ESTALE", "EUCLEAN", "ENOTNAM", "ENAVAIL", "EISNAM", "EREMOTEIO", "EDQUOT",
        "ENOMEDIUM", "EMEDIUMTYPE", "ECANCELED", "ENOKEY", "EKEYEXPIRED", "EKEYREVOKED", "EKEYREJECTED",
        "EOWNERDEAD", "ENOTRECOVERABLE", "ERFKILL", "EHWPOISON", "ENOTSUPP",
    };

    /// <summary>By name, sorted.</summary>
    public static IEnumerable<string> All => _names.Order(StringComparer.Ordinal);

    /// <summary>Whether a prober can have written this.</summary>
    public static bool IsKnown(string errno) => CanBeExpected(errno) || IsNumber(errno);

    /// <summary>
    /// Whether a result can have this errno: a number that has a name does not stand in any.
    /// </summary>
    public static bool CanBeExpected(string errno) => _names.Contains(errno) || Other().IsMatch(errno);

    [GeneratedRegex(OtherStart + @"\z", RegexOptions.CultureInvariant)]
    private static partial Regex Other();

    private static bool IsNumber(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is > 0 and <= Largest;
}
