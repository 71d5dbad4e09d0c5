using Betar.Libp2p.Identity;
using Betar.Libp2p.Security;
using Betar.Libp2p.Security.Noise;
using Betar.Libp2p.Security.Tls;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports.Memory;

namespace Betar.Libp2p.Tests.Security;

/// <summary>Whole hosts with every kind of identity on either side, over both securities: who answers is who was dialled, and nobody else.</summary>
public sealed class IdentityKindTests
{
    public static TheoryData<KeyType, KeyType, string> Kinds()
    {
        var kinds = new TheoryData<KeyType, KeyType, string>();
        foreach (var security in new[] { NoiseSecurity.Id, TlsSecurity.Id })
        {
            foreach (var type in Enum.GetValues<KeyType>())
            {
                kinds.Add(type, KeyType.Ed25519, security);
                if (type != KeyType.Ed25519)
                    kinds.Add(KeyType.Ed25519, type, security);
            }

            kinds.Add(KeyType.Rsa, KeyType.Ecdsa, security);
            kinds.Add(KeyType.Ecdsa, KeyType.Secp256k1, security);
            kinds.Add(KeyType.Secp256k1, KeyType.Rsa, security);
        }

        return kinds;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Two_identities_of_any_kind_know_each_other(KeyType dialer, KeyType listener, string security)
    {
        using var mine = Identities.New(dialer);
        using var theirs = Identities.New(listener);
        await using var pair = await StartAsync(mine, theirs, security);

        var connection = await pair.Dialer.ConnectAsync(pair.Address);
        var identified = await pair.Dialer.IdentifyAsync(theirs.PeerId);

        Assert.Equal((theirs.PeerId, security, true), (connection.Peer, connection.Security, connection.EarlyMuxer));
        Assert.Equal(mine.PeerId, Assert.Single(pair.Listener.Connections).Peer);
        Assert.True(identified.HasSignedRecord);
        Assert.Equal([pair.Address.WithoutPeer()], identified.Info.SignedAddresses);
    }

    [Theory]
    [InlineData(KeyType.Rsa, NoiseSecurity.Id)]
    [InlineData(KeyType.Ecdsa, NoiseSecurity.Id)]
    [InlineData(KeyType.Secp256k1, NoiseSecurity.Id)]
    [InlineData(KeyType.Rsa, TlsSecurity.Id)]
    [InlineData(KeyType.Ecdsa, TlsSecurity.Id)]
    [InlineData(KeyType.Secp256k1, TlsSecurity.Id)]
    public async Task Somebody_else_of_the_same_kind_is_not_taken(KeyType kind, string security)
    {
        using var mine = Identities.New(KeyType.Ed25519);
        using var theirs = Identities.New(kind);
        await using var pair = await StartAsync(mine, theirs, security);
        using var wanted = kind == KeyType.Rsa ? Identities.NewRsa3072() : Identities.New(kind);

        var error = await Assert.ThrowsAsync<Libp2pException>(() => pair.Dialer.ConnectAsync(pair.Address.WithoutPeer().WithPeer(wanted.PeerId)));

        Assert.Equal(Libp2pError.WrongPeer, error.Code);
        Assert.Empty(pair.Dialer.Connections);
    }

    [Theory]
    [InlineData(NoiseSecurity.Id)]
    [InlineData(TlsSecurity.Id)]
    public async Task An_rsa_identity_beyond_the_host_s_own_limit_is_not_let_in(string security)
    {
        using var mine = Identities.NewRsa3072();
        using var theirs = Identities.New(KeyType.Ed25519);
        await using var pair = await StartAsync(mine, theirs, security, options => options.Connections.RsaMaxBits = 2048);

        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            await pair.Dialer.ConnectAsync(pair.Address);
            // Over TLS a dialer is done before the listener has looked.
            await pair.Dialer.IdentifyAsync(theirs.PeerId);
        });

        await pair.Listener.StopAsync();
        Assert.Equal(1, pair.Listener.LimitHits[IdentityLimits.RsaLimit]);
    }

    [Theory]
    [InlineData(2040)]
    [InlineData(1024)]
    [InlineData(8200)]
    [InlineData(12_000)]
    [Hits(IdentityLimits.RsaLimit)]
    public void Nor_one_of_a_size_that_is_never_taken(int bits)
    {
        var refused = Assert.Throws<Libp2pException>(() => IdentityLimits.Default.Read(Identities.RsaShape(bits)));
        Assert.Equal((Libp2pError.LimitExceeded, IdentityLimits.RsaLimit), (refused.Code, refused.Limit));
    }

    [Theory]
    [InlineData(2048)]
    [InlineData(8192)]
    public void The_smallest_and_the_largest_are_taken(int bits) => Assert.Equal(KeyType.Rsa, IdentityLimits.Default.Read(Identities.RsaShape(bits)).Type);

    [Fact]
    public void What_is_no_key_is_no_question_of_size()
    {
        var refused = Assert.Throws<Libp2pException>(() => IdentityLimits.Default.Read([8, 0, 18, 1, 0]));
        Assert.Equal((Libp2pError.SecurityFailed, null), (refused.Code, refused.Limit));
    }

    [Theory]
    [InlineData(2047, 8192)]
    [InlineData(2048, 8193)]
    [InlineData(4096, 3072)]
    public void Limits_outside_of_what_is_safe_are_faults_of_the_options(int least, int most)
    {
        var options = new Libp2pOptions { Connections = { RsaMinBits = least, RsaMaxBits = most } };
        Assert.StartsWith("Connections.RsaMinBits", Assert.Single(options.Validate()), StringComparison.Ordinal);
    }

    private static Task<HostPair> StartAsync(IdentityKey mine, IdentityKey theirs, string security, Action<Libp2pOptions>? listener = null) => HostPair.StartAsync(
        new MemoryNetwork(TimeProvider.System, 1),
        builder => builder.WithIdentity(theirs).Configure(options =>
        {
            options.Securities = [security];
            listener?.Invoke(options);
        }),
        builder => builder.WithIdentity(mine).Configure(options => (options.Securities, options.IdentifyPeers) = ([security], false)));
}
