using System.Net.Security;
using System.Net.WebSockets;
using System.Security.Authentication;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Transports.Tcp;

namespace Betar.Libp2p.Transports.WebSocket;

/// <summary>WebSocket over TCP, with TLS when there is a certificate: the way in for browsers.</summary>
internal sealed class WebSocketTransport(WebSocketOptions options) : IByteTransport
{
    public string Name => "websocket";

    public bool CanDial(Multiaddr address) => WebSocketAddress.TryRead(address, out var read) && read.EndPoint.Port != 0;

    public bool CanListen(Multiaddr address) =>
        WebSocketAddress.TryRead(address, out var read) && read.ServerName is null && (!read.Tls || options.Certificate is not null);

    public async ValueTask<IByteChannel> DialAsync(Multiaddr address, CancellationToken cancellationToken)
    {
        if (!WebSocketAddress.TryRead(address, out var target))
            throw new Libp2pException(Libp2pError.NotDialable, $"{address} is no address of a WebSocket.");
        var tcp = new TcpChannel(await TcpTransport.ConnectAsync(target.EndPoint, address, cancellationToken));
        var channel = Wrap(tcp, target.Tls, token => DialAsync(tcp, target, token));
        await channel.OpenAsync(cancellationToken);
        return channel;
    }

    public ValueTask<ITransportListener> ListenAsync(Multiaddr address, CancellationToken cancellationToken)
    {
        if (!WebSocketAddress.TryRead(address, out var target) || !CanListen(address))
            throw new Libp2pException(Libp2pError.NotDialable, $"Cannot listen at {address}: it is no WebSocket address, or TLS lacks a certificate.");
        var tcp = new TcpListener(TcpTransport.Listen(target.EndPoint, address));
        return new ValueTask<ITransportListener>(new WebSocketListener(tcp, target.Tls, channel => Wrap(channel, target.Tls, token => AcceptAsync(channel, target.Tls, token))));
    }

    private static WebSocketChannel Wrap(IByteChannel below, bool tls, Func<CancellationToken, ValueTask<System.Net.WebSockets.WebSocket>> handshake) =>
        new(below, WebSocketAddress.Of(below.Local, tls), WebSocketAddress.Of(below.Remote, tls), handshake);

    private static System.Net.WebSockets.WebSocket Create(ILink link, bool isServer) =>
        System.Net.WebSockets.WebSocket.CreateFromStream(
            new ChannelStream(link), new WebSocketCreationOptions { IsServer = isServer, KeepAliveInterval = Timeout.InfiniteTimeSpan });

    private async ValueTask<System.Net.WebSockets.WebSocket> DialAsync(IByteChannel tcp, WebSocketAddress target, CancellationToken cancellationToken)
    {
        var link = new PlainLink(target.Tls ? await SecureAsync(tcp, target, cancellationToken) : tcp);
        await WebSocketHandshake.DialAsync(link, target.Host, options.MaxHead, cancellationToken);
        return Create(link, isServer: false);
    }

    private async ValueTask<System.Net.WebSockets.WebSocket> AcceptAsync(IByteChannel tcp, bool tls, CancellationToken cancellationToken)
    {
        var link = new PlainLink(tls ? await SecureAsync(tcp, null, cancellationToken) : tcp);
        await WebSocketHandshake.AcceptAsync(link, options.MaxHead, cancellationToken);
        return Create(link, isServer: true);
    }

    /// <summary>Target null: we are the server.</summary>
    private async ValueTask<IByteChannel> SecureAsync(IByteChannel tcp, WebSocketAddress? target, CancellationToken cancellationToken)
    {
        var tls = new SslStream(new ChannelStream(tcp));
        try
        {
            if (target is null)
            {
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = options.Certificate }, cancellationToken);
            }
            else
            {
                await tls.AuthenticateAsClientAsync(
                    new SslClientAuthenticationOptions
                    {
                        TargetHost = target.ServerName ?? target.EndPoint.Address.ToString(),
                        CertificateChainPolicy = options.ServerPolicy(),
                    },
                    cancellationToken);
            }

            return new StreamChannel(tls, tcp);
        }
        catch (AuthenticationException e)
        {
            await tls.DisposeAsync();
            throw new Libp2pException(Libp2pError.SecurityFailed, "The TLS handshake failed.", e);
        }
    }
}
