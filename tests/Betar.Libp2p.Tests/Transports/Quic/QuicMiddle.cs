using System.Net;
using System.Net.Sockets;
using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Tests.Transports.Quic;

/// <summary>Carries packets between one dialler and a listener, and shows the first answer.</summary>
internal sealed class QuicMiddle : IDisposable
{
    private readonly UdpClient _front = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly UdpClient _back = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly TaskCompletionSource<byte[]> _firstAnswer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IPEndPoint? _dialer;

    private QuicMiddle(IPEndPoint listener, bool passAnswers)
    {
        _ = ForthAsync(listener);
        _ = BackAsync(passAnswers);
    }

    public Multiaddr Address => Multiaddr.Parse($"/ip4/127.0.0.1/udp/{((IPEndPoint)_front.Client.LocalEndPoint!).Port}/quic-v1");

    public Task<byte[]> FirstAnswer => _firstAnswer.Task;

    public static QuicMiddle Between(Multiaddr listener, bool passAnswers) =>
        new(listener.TryGetIpEndPoint(out var endPoint) ? endPoint : throw new ArgumentException("No end point.", nameof(listener)), passAnswers);

    /// <summary>A packet with a long header, of the type that asks for a token.</summary>
    public static bool IsRetry(byte[] packet) => (packet[0] & 0xF0) == 0xF0;

    public void Dispose()
    {
        _front.Dispose();
        _back.Dispose();
    }

    private async Task ForthAsync(IPEndPoint listener)
    {
        try
        {
            while (true)
            {
                var packet = await _front.ReceiveAsync();
                _dialer = packet.RemoteEndPoint;
                await _back.SendAsync(packet.Buffer, listener);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is over.
        }
    }

    private async Task BackAsync(bool passAnswers)
    {
        try
        {
            while (true)
            {
                var packet = await _back.ReceiveAsync();
                _firstAnswer.TrySetResult(packet.Buffer);
                if (passAnswers)
                    await _front.SendAsync(packet.Buffer, _dialer!);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is over.
        }
    }
}
