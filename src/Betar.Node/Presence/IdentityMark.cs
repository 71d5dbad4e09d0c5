using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Betar.Node.Errors;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Presence;

/// <summary>
/// Says to other processes of this machine that a node of this identity runs, in whatever folder: a name that the kernel gives to one process, and takes
/// back at its end, however it comes. Where the system has no such names, only <see cref="IdentityCheck"/> looks.
/// </summary>
internal sealed partial class IdentityMark : IDisposable
{
    // As Linux has them: the option that tells who is at the other end, as process, user and group.
    private const int SolSocket = 1;
    private const int PeerCredentials = 17;
    private const int CredentialBytes = 12;

    private readonly Socket? _name;

    private IdentityMark(Socket? name) => _name = name;

    /// <returns>The mark, or who has it.</returns>
    public static Checked<IdentityMark> Take(string peerId, ILogger log)
    {
        if (!OperatingSystem.IsLinux())
            return new IdentityMark(null);
        var name = new UnixDomainSocketEndPoint($"\0betar/{peerId}");
        while (true)
        {
            if (Bind(name) is { } socket)
                return new IdentityMark(socket);
            if (FindHolder(name) is not { } holder)
                continue;
            if (holder.User == OwnUser())
                return ErrorCatalog.IdentityElsewhere.Refuse($"A node of this peer id {peerId} runs on this machine already, as process {holder.Process.ToString(CultureInfo.InvariantCulture)}");

            // Whoever that is cannot read this user's key: the name alone says nothing.
            LogNotMarked(log);
            return new IdentityMark(null);
        }
    }

    public void Dispose() => _name?.Dispose();

    /// <returns>Null: somebody has it.</returns>
    private static Socket? Bind(UnixDomainSocketEndPoint name)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(name);
            socket.Listen();
            return socket;
        }
        catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            socket.Dispose();
            return null;
        }
    }

    /// <returns>Null: he has just given it back.</returns>
    private static (int Process, uint User)? FindHolder(UnixDomainSocketEndPoint name)
    {
        using var asking = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        Span<byte> other = stackalloc byte[CredentialBytes];
        try
        {
            asking.Connect(name);
            asking.GetRawSocketOption(SolSocket, PeerCredentials, other);
        }
        catch (SocketException gone) when (gone.SocketErrorCode is SocketError.ConnectionRefused or SocketError.ConnectionReset)
        {
            return null;
        }

        return (MemoryMarshal.Read<int>(other), MemoryMarshal.Read<uint>(other[4..]));
    }

    private static uint OwnUser()
    {
        foreach (string line in File.ReadLines("/proc/self/status"))
            if (line.StartsWith("Uid:", StringComparison.Ordinal))
                return uint.Parse(line.Split('\t')[2], CultureInfo.InvariantCulture);
        throw new InvalidDataException("The kernel does not say whose process this is.");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Another user of this machine has the name that says that a node of this identity runs here; a second one would not notice this one by it.")]
    private static partial void LogNotMarked(ILogger logger);
}
