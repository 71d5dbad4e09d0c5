using Betar.Crypto;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Security.Noise;
using Betar.Libp2p.Tests.Support;

namespace Betar.Libp2p.Tests.Security.Noise;

/// <summary>One test for each check that a handshake has to make: a peer that does it wrong is refused, with its reason.</summary>
public sealed class NoiseHandshakeTests
{
    private const string Muxer = "/yamux/1.0.0";

    [Fact]
    public Task A_correct_peer_is_accepted() => ExpectFromDialerAsync(null, RawNoise.Right);

    [Fact]
    public Task A_signature_by_another_key_is_refused() => ExpectFromDialerAsync(
        Libp2pError.SecurityFailed, raw => raw.Payload(signer: RawNoise.Other));

    [Fact]
    public Task A_signature_of_another_session_key_is_refused() => ExpectFromDialerAsync(
        Libp2pError.SecurityFailed, raw => raw.Payload(signed: new byte[32]));

    [Fact]
    public Task A_signature_without_the_prefix_is_refused() => ExpectFromDialerAsync(
        Libp2pError.SecurityFailed, raw => raw.Payload(prefix: string.Empty));

    [Fact]
    public Task An_identity_key_that_is_none_is_refused() => ExpectFromDialerAsync(
        Libp2pError.SecurityFailed, raw => raw.Payload(identity: [8, 1, 18, 1, 0]));

    /// <summary>With the neutral point as the key, R = that point and S = 0 are a signature of everything.</summary>
    [Fact]
    public Task An_identity_under_which_everybody_can_sign_is_refused() => ExpectFromDialerAsync(
        Libp2pError.SecurityFailed,
        static _ => new NoisePayload(new byte[] { 8, 1, 0x12, 32, 1 }.Concat(new byte[31]).ToArray(), new byte[] { 1 }.Concat(new byte[63]).ToArray(), []).Encode());

    [Fact]
    public Task A_payload_without_identity_is_refused() => ExpectFromDialerAsync(
        Libp2pError.Malformed, static _ => []);

    [Fact]
    public Task A_payload_that_is_no_protobuf_is_refused() => ExpectFromDialerAsync(
        Libp2pError.Malformed, static _ => [0x0A, 0xFF, 0xFF]);

    [Fact]
    public Task Muxers_without_a_common_one_are_a_failure() => ExpectFromDialerAsync(
        Libp2pError.UnknownProtocol, raw => raw.Payload(muxers: ["/mplex/6.7.0"]));

    [Fact]
    public Task More_muxers_than_a_hundred_are_taken_as_none() => ExpectFromDialerAsync(
        null, raw => raw.Payload(muxers: [.. Enumerable.Repeat("/mplex/6.7.0", 101)]));

    [Fact]
    public Task The_retired_field_and_unknown_fields_are_ignored() => ExpectFromDialerAsync(
        null, raw => [.. RawNoise.Right(raw), 0x1A, 2, 1, 2, 0x2A, 1, 9, 0x30, 5]);

    /// <summary>The keys that lead to the all-zero secret.</summary>
    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")]
    [InlineData("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    public async Task A_key_that_leads_to_no_secret_is_refused(string key)
    {
        await using var raw = new RawNoise(sessionDials: false);

        await raw.SendAsync(Convert.FromHexString(key));

        Assert.Equal(Libp2pError.SecurityFailed, await raw.RefusalAsync());
    }

    [Fact]
    public async Task A_message_that_is_too_short_is_refused()
    {
        await using var raw = new RawNoise(sessionDials: false);

        await raw.SendAsync(new byte[31]);

        Assert.Equal(Libp2pError.SecurityFailed, await raw.RefusalAsync());
    }

    [Fact]
    public async Task A_message_longer_than_the_limit_is_refused_by_its_length_alone()
    {
        await using var raw = new RawNoise(sessionDials: false);

        await raw.SendRawAsync([0x10, 0x01]);

        Assert.Equal(Libp2pError.LimitExceeded, await raw.RefusalAsync());
    }

    [Fact]
    public async Task A_tag_that_does_not_fit_is_refused_without_an_answer()
    {
        await using var raw = new RawNoise(sessionDials: true);
        raw.Handshake.Read(await raw.ReceiveAsync());
        var message = raw.Handshake.Write(RawNoise.Right(raw));
        message[^1] ^= 1;

        await raw.SendAsync(message);

        Assert.Equal(Libp2pError.SecurityFailed, await raw.RefusalAsync());
        Assert.Equal(0, raw.WaitingBytes);
    }

    [Fact]
    public async Task A_hidden_key_that_was_changed_is_refused()
    {
        await using var raw = new RawNoise(sessionDials: true);
        raw.Handshake.Read(await raw.ReceiveAsync());
        var message = raw.Handshake.Write(RawNoise.Right(raw));
        message[40] ^= 1;

        await raw.SendAsync(message);

        Assert.Equal(Libp2pError.SecurityFailed, await raw.RefusalAsync());
    }

    [Fact]
    public async Task A_listener_who_is_not_the_dialled_peer_is_refused_before_we_show_ourselves()
    {
        await using var raw = new RawNoise(sessionDials: true, expected: RawNoise.Other.PeerId);
        raw.Handshake.Read(await raw.ReceiveAsync());

        await raw.SendAsync(raw.Handshake.Write(RawNoise.Right(raw)));

        Assert.Equal(Libp2pError.WrongPeer, await raw.RefusalAsync());
        Assert.Equal(0, raw.WaitingBytes);
    }

    [Fact]
    public async Task A_peer_that_ends_midway_is_a_closed_connection()
    {
        await using var raw = new RawNoise(sessionDials: false);

        await raw.SendRawAsync([0, 32, 1, 2, 3]);
        await raw.HangUpAsync();

        Assert.Equal(Libp2pError.ConnectionClosed, await raw.RefusalAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_empty_muxer_list_on_one_side_leaves_the_choice_to_negotiation(bool theirs)
    {
        await using var raw = new RawNoise(sessionDials: false, muxers: theirs ? [Muxer] : []);
        await raw.SendAsync(raw.Handshake.Write([]));
        raw.Handshake.Read(await raw.ReceiveAsync());
        await raw.SendAsync(raw.Handshake.Write(raw.Payload(muxers: theirs ? [] : [Muxer])));

        Assert.Null((await raw.Session).Muxer);
    }

    /// <summary>All identity types take part in the handshake.</summary>
    [Theory]
    [InlineData(KeyType.Ed25519)]
    [InlineData(KeyType.Secp256k1)]
    public async Task Identities_of_other_types_are_accepted(KeyType type)
    {
        using var identity = IdentityKey.Generate(type);
        await using var raw = new RawNoise(sessionDials: false);
        await raw.SendAsync(raw.Handshake.Write([]));
        raw.Handshake.Read(await raw.ReceiveAsync());
        await raw.SendAsync(raw.Handshake.Write(raw.Payload(signer: identity, identity: identity.PublicKey.Encoded.ToArray())));

        Assert.Equal(identity.PeerId, (await raw.Session).RemotePeer);
    }

    private static async Task ExpectFromDialerAsync(Libp2pError? refusal, Func<RawNoise, byte[]> payload)
    {
        await using var raw = new RawNoise(sessionDials: false);
        await raw.SendAsync(raw.Handshake.Write([]));
        raw.Handshake.Read(await raw.ReceiveAsync());
        await raw.SendAsync(raw.Handshake.Write(payload(raw)));
        if (refusal is null)
            Assert.Equal(RawNoise.Identity.PeerId, (await raw.Session).RemotePeer);
        else
            Assert.Equal(refusal, await raw.RefusalAsync());
    }
}
