using System.Net;
using System.Net.Sockets;
using Betar.Libp2p.Transports.Tcp;

namespace Betar.Libp2p.Tests.Transports.Tcp;

public sealed class TcpSendTests
{
    /// <summary>Left to itself the kernel takes megabytes here; the peer's own buffer is small, so that what is counted is ours.</summary>
    [Fact]
    public async Task A_peer_that_reads_nothing_makes_us_prepare_little()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 64 * 1024 };
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(listener.LocalEndPoint!);
        using var peer = await listener.AcceptAsync();
        var channel = new TcpChannel(socket);

        var taken = 0;
        ValueTask writing;
        while ((writing = channel.WriteAsync(new byte[16 * 1024], default)).IsCompletedSuccessfully)
            taken += 16 * 1024;

        Assert.InRange(taken, TcpChannel.UnsentBytes / 2, 4 * TcpChannel.UnsentBytes);
        channel.Abort();
        await Assert.ThrowsAnyAsync<IOException>(writing.AsTask);
    }
}
