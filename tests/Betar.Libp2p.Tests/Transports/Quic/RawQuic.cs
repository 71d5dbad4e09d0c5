using System.Net;
using System.Net.Quic;
using System.Net.Security;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Security.Tls;

namespace Betar.Libp2p.Tests.Transports.Quic;

/// <summary>QUIC peers whose every choice the test makes.</summary>
[SupportedOSPlatform("linux")]
internal static class RawQuic
{
    public const string Libp2p = "libp2p";

    /// <summary>What a dialler takes of a stream that it does not read, besides the framework's own 64 KiB.</summary>
    private const int Window = 16 * 1024;

    public static X509Certificate2 Certificate(IdentityKey identity) => TlsCertificate.Create(identity, TimeProvider.System);

    /// <summary>Good for QUIC, and says nothing of an identity.</summary>
    public static X509Certificate2 Foreign()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = DateTimeOffset.UtcNow;
        return new CertificateRequest("CN=somebody", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddHours(-1), now.AddDays(1));
    }

    public static ValueTask<QuicConnection> DialAsync(
        Multiaddr address, X509Certificate2? certificate, string protocol = Libp2p, RemoteCertificateValidationCallback? check = null) =>
        QuicConnection.ConnectAsync(new QuicClientConnectionOptions
        {
            RemoteEndPoint = address.TryGetIpEndPoint(out var endPoint) ? endPoint : throw new ArgumentException("No end point.", nameof(address)),
            DefaultCloseErrorCode = 0,
            DefaultStreamErrorCode = 0,
            MaxInboundBidirectionalStreams = 100,
            InitialReceiveWindowSizes = new QuicReceiveWindowSizes { Connection = Window, LocallyInitiatedBidirectionalStream = Window },
            ClientAuthenticationOptions = new SslClientAuthenticationOptions
            {
                ApplicationProtocols = [new SslApplicationProtocol(protocol)],
                ClientCertificates = certificate is null ? null : [certificate],
                RemoteCertificateValidationCallback = check ?? ((_, shown, _, _) => shown is not null),
            },
        });

    public static ValueTask<QuicListener> ListenAsync(X509Certificate2 certificate, string protocol = Libp2p) =>
        QuicListener.ListenAsync(new QuicListenerOptions
        {
            ListenEndPoint = new IPEndPoint(IPAddress.Loopback, 0),
            ApplicationProtocols = [new SslApplicationProtocol(protocol)],
            ConnectionOptionsCallback = (_, _, _) => new(new QuicServerConnectionOptions
            {
                DefaultCloseErrorCode = 0,
                DefaultStreamErrorCode = 0,
                MaxInboundBidirectionalStreams = 100,
                ServerAuthenticationOptions = new SslServerAuthenticationOptions
                {
                    ApplicationProtocols = [new SslApplicationProtocol(protocol)],
                    ServerCertificate = certificate,
                },
            }),
        });

    public static async Task<QuicStream> OpenAsync(QuicConnection connection, params byte[] first)
    {
        var stream = await connection.OpenOutboundStreamAsync(QuicStreamType.Bidirectional);
        await stream.WriteAsync(first);
        return stream;
    }

    /// <summary>The code with which the other side breaks off what this waits for.</summary>
    public static async Task<(QuicError Error, long? Code)> BrokenAsync(Func<ValueTask> waiting)
    {
        var error = await Assert.ThrowsAsync<QuicException>(() => waiting().AsTask().WaitAsync(TimeSpan.FromSeconds(30)));
        return (error.QuicError, error.ApplicationErrorCode);
    }
}
