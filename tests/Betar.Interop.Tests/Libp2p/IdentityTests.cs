using System.Buffers;
using System.Security.Cryptography;
using Betar.Interop.Tests.Partner;
using Betar.Libp2p;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Protobuf;

namespace Betar.Interop.Tests.Libp2p;

/// <summary>Who is who, for every kind of key that both know, and what happens when it is somebody else.</summary>
public sealed class IdentityTests(PartnerFixture partner) : InteropCase(partner)
{
    [Theory]
    [InlineData(KeyType.Ed25519)]
    [InlineData(KeyType.Secp256k1)]
    [InlineData(KeyType.Rsa)]
    public async Task They_accept_our_key(KeyType type)
    {
        using var key = Create(type);
        await using var ours = await OurHost.StartAsync(build: builder => builder.WithIdentity(key));
        await using var theirs = await Partner.StartAsync();

        var connection = await theirs.DialAsync(ours.Address);

        Assert.Equal(key.PeerId.ToString(), connection.Text("peer"));
        Assert.Equal(key.PeerId.ToString(), (await theirs.AskAsync("identify", new { peer = ours.PeerId })).Text("peer"));
    }

    [Theory]
    [InlineData("Ed25519")]
    [InlineData("secp256k1")]
    [InlineData("RSA")]
    public async Task We_accept_their_key(string keyType)
    {
        await using var ours = await OurHost.StartAsync();
        await using var theirs = await Partner.StartAsync(new { keyType });

        var connection = await ours.DialAsync(theirs.Address);

        Assert.Equal(theirs.PeerId, connection.Peer.ToString());
        Assert.True((await ours.Host.IdentifyAsync(connection.Peer)).HasSignedRecord);
    }

    [Fact]
    public async Task We_refuse_who_is_not_the_dialled_peer()
    {
        using var other = IdentityKey.Generate();
        await using var ours = await OurHost.StartAsync();
        await using var theirs = await Partner.StartAsync();

        var refusal = await Assert.ThrowsAsync<Libp2pException>(() => ours.DialAsync(theirs.Address.Replace(theirs.PeerId, other.PeerId.ToString(), StringComparison.Ordinal)));

        Assert.Equal(Libp2pError.WrongPeer, refusal.Code);
        Assert.Empty(ours.Host.Connections);
    }

    [Fact]
    public async Task They_refuse_us_when_they_dialled_somebody_else()
    {
        using var other = IdentityKey.Generate();
        await using var ours = await OurHost.StartAsync();
        await using var theirs = await Partner.StartAsync();

        var refusal = await Assert.ThrowsAsync<PartnerException>(() => theirs.DialAsync(ours.Address.Replace(ours.PeerId, other.PeerId.ToString(), StringComparison.Ordinal)));

        Assert.NotEqual("TimeoutError", refusal.Name);
        Assert.Empty((await theirs.AskAsync("connections"))["connections"]!.AsArray());
    }

    // New identities are never RSA; old ones are.
    private static IdentityKey Create(KeyType type)
    {
        if (type != KeyType.Rsa)
            return IdentityKey.Generate(type);
        using var rsa = RSA.Create(2048);
        var message = new ArrayBufferWriter<byte>();
        var writer = new ProtoWriter(message);
        writer.WriteVarint(1, (ulong)type);
        writer.WriteBytes(2, rsa.ExportRSAPrivateKey());
        return IdentityKey.TryDecode(message.WrittenSpan, out var key) ? key : throw new InvalidOperationException("The key is not taken.");
    }
}
