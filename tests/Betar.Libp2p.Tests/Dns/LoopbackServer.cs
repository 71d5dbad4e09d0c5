using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Betar.Libp2p.Dns;

namespace Betar.Libp2p.Tests.Dns;

/// <summary>A name server on the loopback: one port for UDP and TCP, each message answered by a function, over UDP perhaps with several datagrams.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly Socket _udp;
    private readonly TcpListener _tcp;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public LoopbackServer(Func<DnsQuery, byte[][]> overUdp, Func<DnsQuery, byte[]>? overTcp = null)
    {
        (_udp, _tcp) = Bind();
        _serving = Task.WhenAll(ServeUdpAsync(overUdp), ServeTcpAsync(overTcp));
    }

    public IPEndPoint EndPoint => (IPEndPoint)_udp.LocalEndPoint!;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _serving;
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException)
        {
            // That is how it ends.
        }

        _tcp.Stop();
        _udp.Dispose();
        _stop.Dispose();
    }

    // The port that TCP got may be taken for UDP; another one is not.
    private static (Socket, TcpListener) Bind()
    {
        while (true)
        {
            var tcp = new TcpListener(IPAddress.Loopback, 0);
            tcp.Start();
            var udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                udp.Bind(tcp.LocalEndpoint);
                return (udp, tcp);
            }
            catch (SocketException)
            {
                udp.Dispose();
                tcp.Stop();
            }
        }
    }

    private async Task ServeUdpAsync(Func<DnsQuery, byte[][]> answer)
    {
        var buffer = new byte[2048];
        while (true)
        {
            var received = await _udp.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
            foreach (var datagram in answer(Read(buffer.AsSpan(0, received.ReceivedBytes))))
                await _udp.SendToAsync(datagram, received.RemoteEndPoint, _stop.Token);
        }
    }

    private async Task ServeTcpAsync(Func<DnsQuery, byte[]>? answer)
    {
        while (true)
        {
            using var client = await _tcp.AcceptTcpClientAsync(_stop.Token);
            var stream = client.GetStream();
            var head = new byte[2];
            await stream.ReadExactlyAsync(head, _stop.Token);
            var question = new byte[BinaryPrimitives.ReadUInt16BigEndian(head)];
            await stream.ReadExactlyAsync(question, _stop.Token);
            await stream.WriteAsync(answer!(Read(question)), _stop.Token);
        }
    }

    private static DnsQuery Read(ReadOnlySpan<byte> question)
    {
        var at = DnsQuery.HeaderLength;
        Assert.True(DnsName.TryDecode(question, ref at, out var name));
        return new DnsQuery(BinaryPrimitives.ReadUInt16BigEndian(question), name, (DnsRecordType)BinaryPrimitives.ReadUInt16BigEndian(question[at..]), question[11] == 1);
    }
}
