using Betar.Interop.Tests.Partner;
using Betar.Libp2p;

namespace Betar.Interop.Tests.Libp2p;

/// <summary><c>/tls/ws</c> with a certificate that the other side does not trust. The peer would be the right one; it is refused all the same.</summary>
public sealed class SecureWebSocketTests(PartnerFixture partner) : InteropCase(partner)
{
    private const string Listen = "/ip4/127.0.0.1/tcp/0/tls/ws";

    [Fact]
    public async Task We_refuse_a_server_that_we_do_not_trust()
    {
        using var stranger = ServerCertificate.Create();
        await using var ours = await OurHost.StartAsync(build: builder => builder.WithWebSocketRoots(stranger));
        await using var theirs = await Partner.StartAsync(new { listen = new[] { Listen }, ws = ServerCertificate.ForPartner });

        var refusal = await Assert.ThrowsAsync<Libp2pException>(() => ours.DialAsync(theirs.Address));

        Assert.Equal(Libp2pError.SecurityFailed, refusal.Code);
        Assert.Empty((await theirs.AskAsync("connections"))["connections"]!.AsArray());
    }

    [Fact]
    public async Task They_refuse_a_server_that_they_do_not_trust()
    {
        using var stranger = ServerCertificate.Create();
        await using var ours = await OurHost.StartAsync(Listen, build: builder => builder.WithWebSocketCertificate(stranger));
        await using var theirs = await Partner.StartAsync(new { trust = ServerCertificate.Pem });

        var refusal = await Assert.ThrowsAsync<PartnerException>(() => theirs.DialAsync(ours.Address));

        Assert.NotEqual("TimeoutError", refusal.Name);
        Assert.Empty(ours.Host.Connections);
    }
}
