using System.Net;
using System.Net.Sockets;
using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Transports.Tcp;

internal sealed class TcpChannel : IByteChannel
{
    /// <summary>
    /// What the kernel takes ahead of what the peer lets it send. Without a bound it takes megabytes for each peer that reads nothing, all of them
    /// encrypted and copied for nobody, while those who read wait.
    /// </summary>
    internal const int UnsentBytes = 256 * 1024;

    private const int LinuxTcpLevel = 6;
    private const int LinuxNotSentLowWater = 25;
    private readonly Socket _socket;
    private readonly NetworkStream _stream;

    public TcpChannel(Socket socket)
    {
        _socket = socket;
        socket.NoDelay = true;
        if (OperatingSystem.IsLinux())
            socket.SetRawSocketOption(LinuxTcpLevel, LinuxNotSentLowWater, BitConverter.GetBytes(UnsentBytes));
        _stream = new NetworkStream(socket, ownsSocket: true);
        Local = Multiaddr.FromEndPoint(TcpTransport.Plain((IPEndPoint)socket.LocalEndPoint!));
        Remote = Multiaddr.FromEndPoint(TcpTransport.Plain((IPEndPoint)socket.RemoteEndPoint!));
    }

    public Multiaddr Local { get; }

    public Multiaddr Remote { get; }

    public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) => _stream.ReadAsync(buffer, cancellationToken);

    public ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken) => _stream.WriteAsync(data, cancellationToken);

    /// <summary>Closes with a reset, so that nothing lingers.</summary>
    public void Abort()
    {
        if (_socket.SafeHandle.IsClosed)
            return;
        try
        {
            _socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is closed already, by the other side or by another thread, and that is what is wanted.
        }

        // Without a time-out given, closing would shut the connection down in order first.
        _socket.Close(timeout: 0);
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
