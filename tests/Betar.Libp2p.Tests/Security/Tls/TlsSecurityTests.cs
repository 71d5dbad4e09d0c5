using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Security;
using Betar.Libp2p.Security.Tls;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports;

namespace Betar.Libp2p.Tests.Security.Tls;

/// <summary>Handshakes with a peer that uses TLS its own way.</summary>
public sealed class TlsSecurityTests : IDisposable
{
    private const string Muxer = "/yamux/1.0.0";
    private readonly IdentityKey _mine = IdentityKey.Generate();
    private readonly IdentityKey _theirs = IdentityKey.Generate();

    [Theory]
    [InlineData(new[] { Muxer }, new[] { Muxer }, Muxer)]
    [InlineData(new string[0], new[] { Muxer }, null)]
    [InlineData(new[] { Muxer }, new string[0], null)]
    [InlineData(new[] { "/mplex/6.7.0", Muxer }, new[] { Muxer }, Muxer)]
    public async Task The_muxer_is_agreed_on_in_the_handshake_or_left_open(string[] dialer, string[] listener, string? muxer)
    {
        var (left, right) = await ConnectAsync(dialer, listener);

        Assert.Equal((muxer, muxer), (left.Muxer, right.Muxer));
        Assert.Equal(_theirs.PeerId, left.RemotePeer);
        Assert.Equal(_mine.PeerId, right.RemotePeer);
        await left.Link.WriteAsync("over"u8.ToArray(), default);
        Assert.Equal("over"u8.ToArray(), (await right.Link.ReceiveAsync(default)).ToArray());
    }

    [Fact]
    public async Task A_listener_that_is_somebody_else_is_refused()
    {
        var refused = await Assert.ThrowsAsync<Libp2pException>(() => ConnectAsync([Muxer], [Muxer], expected: _mine.PeerId));

        Assert.Equal(Libp2pError.WrongPeer, refused.Code);
    }

    [Fact]
    public async Task A_client_without_a_certificate_is_refused()
    {
        Assert.Equal(Libp2pError.SecurityFailed, await RefusalOfClientAsync(static options => options.ClientCertificates = null));
    }

    [Fact]
    public async Task A_client_of_an_older_TLS_is_refused()
    {
        using var certificate = TlsCertificate.Create(_theirs, TimeProvider.System);
#pragma warning disable SYSLIB0039, CA5398
        Assert.Equal(Libp2pError.SecurityFailed, await RefusalOfClientAsync(options =>
        {
            options.EnabledSslProtocols = SslProtocols.Tls12;
            options.ClientCertificates = [certificate];
        }));
#pragma warning restore SYSLIB0039, CA5398
    }

    [Fact]
    public async Task A_client_with_a_certificate_of_no_identity_is_refused()
    {
        using var key = ECDsa.Create();
        using var certificate = new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));

        Assert.Equal(Libp2pError.SecurityFailed, await RefusalOfClientAsync(options => options.ClientCertificates = [certificate]));
    }

    [Fact]
    public async Task A_client_that_sends_a_second_certificate_is_refused()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var middleKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var leafKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var root = Authority("CN=root", rootKey).CreateSelfSigned(now.AddDays(-3), now.AddDays(3));
        using var middle = Authority("CN=middle", middleKey).Create(root, now.AddDays(-2), now.AddDays(2), [1]).CopyWithPrivateKey(middleKey);
        using var leaf = new CertificateRequest("CN=leaf", leafKey, HashAlgorithmName.SHA256)
            .Create(middle, now.AddDays(-1), now.AddDays(1), [2]).CopyWithPrivateKey(leafKey);
        var context = SslStreamCertificateContext.Create(leaf, [middle, root], offline: true);

        var refused = await RefusedClientAsync(options => options.ClientCertificateContext = context);

        Assert.Equal(Libp2pError.SecurityFailed, refused.Code);
        Assert.Contains("does not come alone", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_no_TLS_are_refused()
    {
        var (up, down) = Channels.Pair();
        using var security = new TlsSecurity(_mine, [Muxer], IdentityLimits.Default, TimeProvider.System);
        var accepting = security.SecureAsync(new PlainLink(down), false, null, default).AsTask();

        await up.WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray(), default);

        Assert.Equal(Libp2pError.SecurityFailed, (await Assert.ThrowsAsync<Libp2pException>(() => accepting)).Code);
    }

    public void Dispose()
    {
        _mine.Dispose();
        _theirs.Dispose();
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request;
    }

    private async Task<Libp2pError> RefusalOfClientAsync(Action<SslClientAuthenticationOptions> change) => (await RefusedClientAsync(change)).Code;

    private async Task<Libp2pException> RefusedClientAsync(Action<SslClientAuthenticationOptions> change)
    {
        var (up, down) = Channels.Pair();
        using var security = new TlsSecurity(_mine, [Muxer], IdentityLimits.Default, TimeProvider.System);
        var accepting = security.SecureAsync(new PlainLink(down), false, null, default).AsTask();
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = string.Empty,
            ApplicationProtocols = [new SslApplicationProtocol("libp2p")],
            EnabledSslProtocols = SslProtocols.Tls13,
            RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null,
        };
        change(options);
        await using var client = new SslStream(new ChannelStream(up));
        var dialing = client.AuthenticateAsClientAsync(options);
        var refused = await Assert.ThrowsAsync<Libp2pException>(() => accepting);
        down.Abort();
        await Record.ExceptionAsync(() => dialing);
        return refused;
    }

    private async Task<(SecuredLink Left, SecuredLink Right)> ConnectAsync(string[] dialer, string[] listener, PeerId? expected = null)
    {
        var (up, down) = Channels.Pair();
        using var left = new TlsSecurity(_mine, dialer, IdentityLimits.Default, TimeProvider.System);
        using var right = new TlsSecurity(_theirs, listener, IdentityLimits.Default, TimeProvider.System);
        var accepting = right.SecureAsync(new PlainLink(down), false, null, default).AsTask();
        var dialing = left.SecureAsync(new PlainLink(up), true, expected ?? _theirs.PeerId, default).AsTask();
        try
        {
            return (await dialing, await accepting);
        }
        finally
        {
            if (dialing.IsFaulted)
            {
                up.Abort();
                await Record.ExceptionAsync(() => accepting);
            }
        }
    }
}
