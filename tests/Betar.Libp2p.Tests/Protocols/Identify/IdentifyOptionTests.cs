using Betar.Libp2p.Identity;
using Betar.Libp2p.Limits;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Muxing;
using Betar.Libp2p.Peers;
using Betar.Libp2p.Protocols;
using Betar.Libp2p.Protocols.Identify;
using Betar.Libp2p.Records;
using Betar.Libp2p.Tests.Support;

namespace Betar.Libp2p.Tests.Protocols.Identify;

/// <summary>Each limit of what peers say of themselves is the operator's: exactly as much as the option says is taken, and one more is not.</summary>
public sealed class IdentifyOptionTests
{
    private static readonly IReadOnlyDictionary<string, (Action<MessageLimitOptions> Set, Func<IdentityKey, int, byte[][]> Parts, string Limit)> Rows =
        new Dictionary<string, (Action<MessageLimitOptions>, Func<IdentityKey, int, byte[][]>, string)>
        {
            [nameof(MessageLimitOptions.IdentifyParts)] = (
                options => options.IdentifyParts = 3,
                (_, more) => [.. Enumerable.Repeat(Part(new IdentifyMessage { AgentVersion = "said" }), 3 + more)], IdentifyService.PartsLimit),
            [nameof(MessageLimitOptions.IdentifyPartBytes)] = (
                options => options.IdentifyPartBytes = 100,
                (_, more) => [Part(new IdentifyMessage { AgentVersion = "said", Protocols = ["/" + new string('x', 91 + more)] })], LengthPrefixed.LengthLimit),
            [nameof(MessageLimitOptions.ProtocolsPerPeer)] = (
                options => options.ProtocolsPerPeer = 5,
                (_, more) => [Part(new IdentifyMessage { AgentVersion = "said", Protocols = [.. Enumerable.Range(0, 5 + more).Select(i => "/" + i)] })], IdentifyReader.ProtocolsLimit),
            [nameof(MessageLimitOptions.ProtocolNameBytes)] = (
                options => options.ProtocolNameBytes = 20,
                (_, more) => [Part(new IdentifyMessage { AgentVersion = "said", Protocols = [new string('/', 20 + more)] })], IdentifyReader.TextLimit),
            [nameof(MessageLimitOptions.VersionBytes)] = (
                options => options.VersionBytes = 10,
                (_, more) => [Part(new IdentifyMessage { ProtocolVersion = new string('v', 10 + more), AgentVersion = "said" })], IdentifyReader.TextLimit),
            [nameof(MessageLimitOptions.SignedRecordBytes)] = (
                options => options.SignedRecordBytes = Record(77).Length,
                (_, more) => [Part(new IdentifyMessage { AgentVersion = "said", SignedPeerRecord = (byte[])[.. Record(77), .. new byte[more]] })], IdentifyReader.BytesLimit),
        };

    public static TheoryData<string> Options => [.. Rows.Keys];

    [Theory]
    [MemberData(nameof(Options))]
    public void So_much_is_taken(string option) => Push(option, 0, (pair, stranger, error) =>
    {
        Assert.Null(error);
        Assert.Equal("said", pair.Listener.GetPeerAsync(stranger).Result.AgentVersion);
        Assert.DoesNotContain(Rows[option].Limit, pair.Listener.LimitHits.Keys);
    });

    [Theory]
    [MemberData(nameof(Options))]
    public void And_one_more_is_not_and_is_counted(string option) => Push(option, 1, (pair, stranger, error) =>
    {
        Assert.Equal(Libp2pError.StreamReset, error);
        Assert.Empty(pair.Listener.GetPeerAsync(stranger).Result.AgentVersion);
        Assert.Equal(1, pair.Listener.LimitHits[Rows[option].Limit]);
        Assert.Single(pair.Listener.Connections);
    });

    /// <summary>A crowd that comes, says who it is and goes pushes out only itself.</summary>
    [Fact]
    public void A_crowd_that_really_connects_does_not_push_out_whom_we_dialled() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run, listener => listener.WithPeerStore(new MemoryPeerStore(6)));
        await using var friend = HostPair.Builder(pair.Network, 60).Listen("/memory/0").Build();
        await friend.StartAsync();
        await pair.Listener.ConnectAsync(friend.Addresses[0]);
        await run.Wait(TimeSpan.FromSeconds(1));
        await pair.Listener.DisconnectAsync(friend.PeerId);
        for (byte number = 100; number < 140; number++)
        {
            await using var stranger = HostPair.Builder(pair.Network, number).Build();
            await stranger.StartAsync();
            await stranger.ConnectAsync(pair.Address);
            await run.Wait(TimeSpan.FromSeconds(1));
        }

        var known = await pair.Listener.GetPeerAsync(friend.PeerId);
        Assert.Equal((PeerStanding.Reached, false), (known.Standing, known.IsConnected));
        Assert.Equal([friend.Addresses[0].WithoutPeer()], known.SignedAddresses);
        Assert.Equal(friend.PeerId, (await pair.Listener.ConnectAsync(friend.PeerId, [])).Peer);
        Assert.Equal(PeerStanding.Heard, (await pair.Listener.GetPeerAsync(Somebody.Id(100))).Standing);
    });

    private static void Push(string option, int more, Action<HostPair, PeerId, Libp2pError?> check) => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run, listener => listener.Configure(options =>
        {
            options.IdentifyPeers = false;
            Rows[option].Set(options.Messages);
        }));
        await using var stranger = await Stranger.ConnectAsync(run, pair);
        var stream = await stranger.OpenAsync(IdentifyService.PushId);
        foreach (var part in Rows[option].Parts(stranger.Key, more))
            await stream.WriteAsync(Prefixed(part), default);
        await stream.CloseWriteAsync(default);
        check(pair, stranger.Key.PeerId, await ErrorAsync(stream));
    });

    private static async Task<Libp2pError?> ErrorAsync(MuxedStream stream)
    {
        try
        {
            Assert.Equal(0, await stream.ReadAsync(new byte[1], default));
            return null;
        }
        catch (Libp2pException error)
        {
            return error.Code;
        }
    }

    private static byte[] Part(IdentifyMessage message) => Assert.Single(IdentifyWriter.Write(message));

    private static byte[] Record(byte number)
    {
        using var key = Somebody.Key(number);
        return new PeerRecord(key.PeerId, 1, [Multiaddr.Parse("/ip4/1.2.3.4/tcp/1")]).Seal(key).Encode();
    }

    private static byte[] Prefixed(byte[] part)
    {
        var prefix = new byte[Varint.MaxLength];
        return [.. prefix[..Varint.Write(prefix, (ulong)part.Length)], .. part];
    }
}
