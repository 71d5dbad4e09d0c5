using System.Net.Sockets;
using Betar.Crypto;

namespace Betar.Node.Errors;

/// <summary>Turns what the world throws at a command (disk, rights, ports, libraries) into the refusal a person can act on.</summary>
public static class ExceptionTranslator
{
    private const int NoSpaceLeft = 28;
    private const int QuotaExceeded = 122;

    public static CliRefusal Translate(Exception exception) => exception switch
    {
        CliRefusedException refused => refused.Refusal,
        AggregateException { InnerExceptions.Count: 1 } one => Translate(one.InnerException!),
        NativeLibraryMissingException missing => ErrorCatalog.NativeLibraryMissing.Refuse(missing.Message) with { Cause = missing },
        UnauthorizedAccessException denied => ErrorCatalog.FileNotReadable.Refuse(denied.Message) with { Cause = denied },
        IOException full when IsDiskFull(full) => ErrorCatalog.DiskFull.Refuse(full.Message) with { Cause = full },
        IOException or SocketException when FindPort(exception) is { } socket =>
            ErrorCatalog.PortTaken.Refuse(exception.Message) with { Cause = socket },
        OperationCanceledException canceled => ErrorCatalog.Interrupted.Refuse("The command was stopped before its end") with { Cause = canceled },
        _ => StorageTranslator.TryTranslate(exception)
            ?? ErrorCatalog.Unexpected.Refuse($"{exception.GetType().Name}: {exception.Message}") with { Cause = exception },
    };

    public static bool IsDiskFull(IOException exception) => (exception.HResult & 0xFFFF) is NoSpaceLeft or QuotaExceeded
        || exception.Message.StartsWith("No space left on device", StringComparison.Ordinal);

    // A server wraps the socket's refusal, more than once.
    private static SocketException? FindPort(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is SocketException
                {
                    SocketErrorCode: SocketError.AddressAlreadyInUse or SocketError.AccessDenied or SocketError.AddressNotAvailable,
                } socket)
                return socket;
        }

        return null;
    }
}
