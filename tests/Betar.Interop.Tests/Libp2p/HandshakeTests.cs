using System.Security.Cryptography;
using Betar.Interop.Tests.Partner;

namespace Betar.Interop.Tests.Libp2p;

public sealed class HandshakeTests(PartnerFixture partner) : InteropCase(partner)
{
    [Theory]
    [MemberData(nameof(Way.All), MemberType = typeof(Way))]
    public async Task Both_come_to_the_same_connection_and_bytes_pass_both_ways(Way way)
    {
        await using var pair = await ConnectAsync(way);

        var ours = Assert.Single(pair.Ours.Host.Connections);
        var theirs = (await pair.Theirs.AskAsync("connections"))["connections"]![0]!.AsObject();
        Assert.Equal((way.SecurityProtocol, "/yamux/1.0.0", !way.WeDial), (ours.Security, ours.Muxer, ours.Inbound));
        Assert.Equal((way.SecurityProtocol, "/yamux/1.0.0", pair.Ours.PeerId), (theirs.Text("encryption"), theirs.Text("multiplexer"), theirs.Text("peer")));
        Assert.Equal(pair.Theirs.PeerId, ours.Peer.ToString());
        Assert.Equal(way.OurEarly && way.TheirEarly, ours.EarlyMuxer);
        Assert.True((await pair.Theirs.AskAsync("echo", new { peer = pair.Ours.PeerId, length = 200_000, seed = 5 })).Is("same"));
        await EchoAsync(pair, 200_000);
    }

    private async Task EchoAsync(Pair pair, int length)
    {
        var sent = Pattern.Create(length, 9);
        await using var stream = await pair.Ours.Host.OpenStreamAsync(pair.TheirId, [Served.Echo], Patience);
        var reading = Served.ReadAllAsync(stream, Patience);
        await stream.WriteAsync(sent, Patience);
        await stream.CloseWriteAsync(Patience);

        Assert.Equal(SHA256.HashData(sent), SHA256.HashData(await reading));
    }
}
