using Betar.Libp2p.Limits;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Protocols.Identify;
using Betar.Libp2p.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Libp2p.Tests.Protocols.Identify;

public sealed class IdentifyCodecTests
{
    private static readonly IdentifyMessage Full = new()
    {
        PublicKey = new byte[] { 8, 1 },
        ListenAddresses = [Multiaddr.Parse("/ip4/1.2.3.4/tcp/1"), Multiaddr.Parse("/ip4/1.2.3.4/tcp/2")],
        Protocols = ["/a", "/b"],
        ObservedAddress = Multiaddr.Parse("/ip4/4.3.2.1/tcp/9"),
        ProtocolVersion = "ipfs/0.1.0",
        AgentVersion = "agent",
        SignedPeerRecord = new byte[] { 1, 2, 3 },
    };

    private readonly MessageLimitOptions _limits = new();

    [Fact]
    public void Fields_have_the_numbers_of_the_network()
    {
        var part = Assert.Single(IdentifyWriter.Write(Full));

        Assert.Equal(
            "0a020801" + "12080401020304060001" + "12080401020304060002" + "1a022f61" + "1a022f62" + "22080404030201060009"
            + "2a0a" + "697066732f302e312e30" + "3205" + "6167656e74" + "4203010203",
            Convert.ToHexStringLower(part));
    }

    [Fact]
    public void A_message_reads_back()
    {
        var message = Read([.. IdentifyWriter.Write(Full)]);

        Assert.Equal(Full.PublicKey.ToArray(), message.PublicKey.ToArray());
        Assert.Equal(Full.ListenAddresses, message.ListenAddresses);
        Assert.Equal(Full.Protocols, message.Protocols);
        Assert.Equal(Full.ObservedAddress, message.ObservedAddress);
        Assert.Equal((Full.ProtocolVersion, Full.AgentVersion), (message.ProtocolVersion, message.AgentVersion));
        Assert.Equal(Full.SignedPeerRecord.ToArray(), message.SignedPeerRecord.ToArray());
    }

    [Fact]
    public void A_long_message_becomes_parts_that_others_read()
    {
        var message = Full with { Protocols = [.. Enumerable.Range(0, 1000).Select(i => "/protocol/number/" + i)] };

        var parts = IdentifyWriter.Write(message);

        Assert.InRange(parts.Count, 2, 10);
        Assert.All(parts, part => Assert.InRange(part.Length, 1, IdentifyWriter.MaxPart));
        Assert.Equal(message.Protocols, Read([.. parts]).Protocols);
    }

    [Fact]
    public void Of_parts_the_last_word_counts_and_lists_grow()
    {
        var message = Read(
            [.. IdentifyWriter.Write(new IdentifyMessage { AgentVersion = "old", Protocols = ["/a"], ProtocolVersion = "kept" })],
            [.. IdentifyWriter.Write(new IdentifyMessage { AgentVersion = "new", Protocols = ["/b"] })]);

        Assert.Equal(("new", "kept"), (message.AgentVersion, message.ProtocolVersion));
        Assert.Equal(["/a", "/b"], message.Protocols);
    }

    [Fact]
    public void Nothing_said_is_nothing_known()
    {
        var message = Read([[]]);
        Assert.True(message is { PublicKey.IsEmpty: true, ObservedAddress: null, AgentVersion: null, ProtocolVersion: null, SignedPeerRecord.IsEmpty: true });
        Assert.Empty(message.Protocols);
        Assert.Empty(message.ListenAddresses);
    }

    [Theory]
    [InlineData("120104")] // half an address
    [InlineData("1203b07701")] // of an unknown kind
    [InlineData("220104")] // half an observed address
    public void An_address_that_cannot_be_read_does_not_harm_the_rest(string hex) =>
        Assert.Equal("x", Read([Convert.FromHexString(hex), .. IdentifyWriter.Write(new IdentifyMessage { AgentVersion = "x" })]).AgentVersion);

    [Fact]
    public void Unknown_fields_are_passed_over() => Assert.Equal("x", Read([[0x38, 1, 0x4a, 1, 0xff, 0x32, 1, (byte)'x']]).AgentVersion);

    [Fact]
    public void More_protocols_than_allowed()
    {
        _limits.ProtocolsPerPeer = 2;
        AssertRefused(new IdentifyMessage { Protocols = ["/a", "/b", "/c"] }, IdentifyReader.ProtocolsLimit);
        Assert.Equal(2, Read([.. IdentifyWriter.Write(new IdentifyMessage { Protocols = ["/a", "/b"] })]).Protocols.Count);
    }

    [Fact]
    public void A_protocol_with_a_long_name() =>
        AssertRefused(new IdentifyMessage { Protocols = [new string('x', 257)] }, IdentifyReader.TextLimit);

    [Fact]
    [Hits(IdentifyReader.TextLimit)]
    public void A_long_agent_version() => AssertRefused(new IdentifyMessage { AgentVersion = new string('x', 257) }, IdentifyReader.TextLimit);

    [Fact]
    public void A_long_protocol_version() => AssertRefused(new IdentifyMessage { ProtocolVersion = new string('x', 257) }, IdentifyReader.TextLimit);

    [Fact]
    public void A_long_key() => AssertRefused(new IdentifyMessage { PublicKey = new byte[2049] }, IdentifyReader.BytesLimit);

    [Fact]
    [Hits(IdentifyReader.BytesLimit)]
    public void A_long_signed_record() => AssertRefused(new IdentifyMessage { SignedPeerRecord = new byte[(8 * 1024) + 1] }, IdentifyReader.BytesLimit);

    [Fact]
    public void More_addresses_than_are_kept_are_left_out()
    {
        var many = Enumerable.Range(1, 40).Select(port => Multiaddr.Parse($"/ip4/1.2.3.4/tcp/{port}")).ToArray();
        Assert.Equal(many.Take(32), Read([.. IdentifyWriter.Write(new IdentifyMessage { ListenAddresses = many })]).ListenAddresses);
    }

    [Fact]
    public void An_address_longer_than_allowed_is_left_out()
    {
        _limits.AddressBytes = 10;
        var message = Read([.. IdentifyWriter.Write(new IdentifyMessage { ListenAddresses = [Multiaddr.Parse("/dns4/a.example/tcp/1"), Multiaddr.Parse("/ip4/1.2.3.4/tcp/1")] })]);
        Assert.Equal([Multiaddr.Parse("/ip4/1.2.3.4/tcp/1")], message.ListenAddresses);
    }

    [Theory]
    [InlineData("32")]
    [InlineData("3205")]
    [InlineData("3202ffff")] // not UTF-8
    [InlineData("0b")]
    public void What_is_no_message_is_refused(string hex)
    {
        var reader = new IdentifyReader(_limits);
        Assert.False(reader.TryAdd(Convert.FromHexString(hex)));
        Assert.Null(reader.Limit);
    }

    [Fact]
    public void Random_parts_are_taken_or_refused_and_never_more_than_the_limits()
    {
        var random = new Random(TestSeed.Value);
        var good = IdentifyWriter.Write(Full)[0];
        _limits.ProtocolsPerPeer = 3;
        for (var i = 0; i < 20_000; i++)
        {
            var reader = new IdentifyReader(_limits);
            for (var part = random.Next(4); part >= 0; part--)
            {
                var bytes = (byte[])good.Clone();
                for (var change = random.Next(3); change >= 0; change--)
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                reader.TryAdd(bytes.AsSpan(0, random.Next(bytes.Length + 1)));
            }

            Assert.InRange(reader.Message.Protocols.Count, 0, 3);
            Assert.InRange(reader.Message.ListenAddresses.Count, 0, 32);
        }
    }

    private IdentifyMessage Read(params byte[][] parts)
    {
        var reader = new IdentifyReader(_limits);
        foreach (var part in parts)
            Assert.True(reader.TryAdd(part));
        return reader.Message;
    }

    private IdentifyMessage Read(byte[][] first, byte[][] second) => Read([.. first, .. second]);

    private void AssertRefused(IdentifyMessage message, string limit)
    {
        var reader = new IdentifyReader(_limits);
        Assert.False(IdentifyWriter.Write(message).All(part => reader.TryAdd(part)));
        Assert.Equal(limit, reader.Limit);
    }
}
