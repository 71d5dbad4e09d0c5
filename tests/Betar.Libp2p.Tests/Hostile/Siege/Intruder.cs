using System.Net;
using System.Net.Sockets;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Muxing;
using Betar.Libp2p.Negotiation;
using Betar.Libp2p.Security;
using Betar.Libp2p.Security.Noise;
using Betar.Libp2p.Transports;
using Betar.Libp2p.Transports.Tcp;

namespace Betar.Libp2p.Tests.Hostile.Siege;

/// <summary>A peer that has passed the handshake and from then on writes frames by hand.</summary>
internal sealed class Intruder : IDisposable
{
    private readonly ILink _link;

    private Intruder(ILink link) => _link = link;

    public static async Task<Intruder> EnterAsync(Battlefield field, CancellationToken cancellationToken, IPAddress? source = null)
    {
        var channel = new TcpChannel(await field.ConnectAsync(source ?? field.NewAddress(), cancellationToken));
        try
        {
            using var key = IdentityKey.Generate();
            using var noise = new NoiseSecurity(key, ["/yamux/1.0.0"], 4096, IdentityLimits.Default);
            var link = new PlainLink(channel);
            await MultistreamSelect.SelectAsync(link, [NoiseSecurity.Id], MultistreamOptions.Default, cancellationToken);
            return new Intruder((await noise.SecureAsync(link, true, field.Address.Peer, cancellationToken)).Link);
        }
        catch
        {
            channel.Abort();
            throw;
        }
    }

    public static byte[] Frame(YamuxFrameType type, YamuxFlags flags, uint id, uint length, params byte[] payload)
    {
        var frame = new byte[YamuxHeader.Size + payload.Length];
        new YamuxHeader(type, flags, id, length).Write(frame);
        payload.CopyTo(frame, YamuxHeader.Size);
        return frame;
    }

    public static byte[] Data(YamuxFlags flags, uint id, params byte[] payload) => Frame(YamuxFrameType.Data, flags, id, (uint)payload.Length, payload);

    /// <summary>The first frame of a stream for a protocol, with what is said at once.</summary>
    public static byte[] Open(uint id, string protocol, params byte[] payload) =>
        Data(YamuxFlags.Syn, id, [.. MultistreamMessage.Encode(MultistreamMessage.Header, protocol), .. payload]);

    public ValueTask SendAsync(byte[] bytes, CancellationToken cancellationToken) => _link.WriteAsync(bytes, cancellationToken);

    /// <summary>Throws away what comes, until the other side has had enough.</summary>
    public async Task ListenAsync(CancellationToken cancellationToken)
    {
        while (await _link.ReceiveAsync(cancellationToken) is { IsEmpty: false } received)
            _link.Consume(received.Length);
    }

    public void Dispose() => _link.Abort();
}
