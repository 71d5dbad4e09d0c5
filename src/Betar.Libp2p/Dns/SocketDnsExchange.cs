using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Betar.Libp2p.Scheduling;

namespace Betar.Libp2p.Dns;

/// <summary>
/// UDP and TCP. Each question has a socket and so a port of its own, and takes datagrams of the asked server only; what does not fit the
/// question is passed over, since anybody may have sent it.
/// </summary>
internal sealed class SocketDnsExchange(DnsOptions options) : IDnsExchange
{
    public const string AnswerLimit = "dns.answer_bytes";
    private const int MaxStrayDatagrams = 32;

    public ValueTask<DnsResponse?> AskAsync(IPEndPoint server, DnsQuery query, bool overTcp, CancellationToken cancel) =>
        overTcp ? OverTcpAsync(server, query, cancel) : OverUdpAsync(server, query, cancel);

    private async ValueTask<DnsResponse?> OverUdpAsync(IPEndPoint server, DnsQuery query, CancellationToken cancel)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, cancel);
        await socket.SendAsync(query.Encode(), cancel);
        var buffer = new byte[DnsQuery.DatagramLength];
        for (var stray = 0; stray < MaxStrayDatagrams; stray++)
        {
            var length = await socket.ReceiveAsync(buffer, cancel);
            if (DnsResponse.TryParse(buffer.AsSpan(0, length), query, options.MaxRecords, out var response))
                return response;
        }

        return null;
    }

    private async ValueTask<DnsResponse?> OverTcpAsync(IPEndPoint server, DnsQuery query, CancellationToken cancel)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server, cancel);
        var question = query.Encode();
        var framed = new byte[sizeof(ushort) + question.Length];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)question.Length);
        question.CopyTo(framed, sizeof(ushort));
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(framed, cancel);
        var head = new byte[sizeof(ushort)];
        if (await stream.ReadFullyAsync(head, cancel) < head.Length)
            return null;
        int length = BinaryPrimitives.ReadUInt16BigEndian(head);
        if (length > options.MaxAnswerBytes)
            throw Libp2pException.Exceeded(AnswerLimit, "The answer of a name server is too long.");
        var answer = new byte[length];
        return await stream.ReadFullyAsync(answer.AsMemory(0, length), cancel) == length
            && DnsResponse.TryParse(answer, query, options.MaxRecords, out var response) ? response : null;
    }
}
