using Betar.Blocks.Diagnostics;
using Betar.Blocks.Exchange;
using Betar.Blocks.Exchange.Wire;
using Betar.Blocks.Tests.Support;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Tests.Support;

namespace Betar.Blocks.Tests.Exchange;

/// <summary>What peers get of us.</summary>
public sealed class ServeTests
{
    private static readonly Block Small = Make.Block(1, 1024);
    private static readonly Block Large = Make.Block(2, 1025);

    [Fact]
    public void Who_asks_whether_a_small_block_is_here_gets_the_block() => Run([new WantEntry(Small.Cid, WantType.Have)], peer =>
    {
        Assert.Equal(Small.Data.ToArray(), Assert.Single(peer.Blocks));
        Assert.Empty(peer.Presences);
    });

    [Fact]
    public void Who_asks_whether_a_large_block_is_here_is_told_so() => Run([new WantEntry(Large.Cid, WantType.Have)], peer =>
    {
        Assert.Empty(peer.Blocks);
        Assert.Equal(new BlockPresence(Large.Cid, true), Assert.Single(peer.Presences));
    });

    [Fact]
    public void Who_wants_a_block_gets_it() => Run([new WantEntry(Large.Cid, WantType.Block)], peer => Assert.Equal(Large.Data.ToArray(), Assert.Single(peer.Blocks)));

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void Who_wants_to_know_is_told_what_is_not_here(bool sendDontHave, int presences) => Run(
        [new WantEntry(Make.Block(9).Cid, WantType.Block, sendDontHave)], peer =>
        {
            Assert.Equal(presences, peer.Presences.Count(presence => !presence.IsHere));
            Assert.Empty(peer.Blocks);
        });

    [Fact]
    public void A_name_that_holds_its_bytes_is_not_answered() =>
        Run([new WantEntry(Cid.Create(CidCodec.Raw, Multihash.Create(MultihashCode.Identity, "hi"u8)), WantType.Block)], peer => Assert.Empty(peer.Received));

    [Theory]
    [InlineData(BitswapProtocol.V11, true)]
    [InlineData(BitswapProtocol.V10, false)]
    [InlineData(BitswapProtocol.Bare, false)]
    public void Peers_of_older_versions_are_answered_in_their_words(string protocol, bool prefixes) => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 0);
        await scene.One.PutAsync(Large);
        await using var old = await RawPeer.StartAsync(run, scene.Network, 9, protocol);
        await old.Host.ConnectAsync(scene.One.Host.Addresses[0]);

        await old.SendAsync(scene.One.Id, new BitswapMessage { Wants = [new WantEntry(Large.Cid, WantType.Block), new WantEntry(Make.Block(9).Cid, WantType.Block)] }, protocol);
        await run.Wait(TimeSpan.FromMilliseconds(200));

        var block = Assert.Single(Assert.Single(old.Received, message => message.Blocks.Count > 0).Blocks);
        Assert.Equal(Large.Data.ToArray(), block.Data.ToArray());
        Assert.Equal(prefixes, block.Prefix.Length > 0);
        Assert.Empty(old.Presences);
    });

    [Fact]
    public void Only_what_is_published_is_served() => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 0);
        await using var closed = await Node.StartAsync(run, scene.Network, 40, published: new Nothing());
        await closed.PutAsync(Small);
        await scene.One.ConnectAsync(closed.Host);

        var fetch = scene.One.FetchAsync(Small, closed.Id);
        await run.Wait(TimeSpan.FromSeconds(1));

        Assert.False(fetch.IsCompleted);
        Assert.Equal(0, closed.Of(scene.One.Id).BlocksSent);
    });

    [Fact]
    public void A_block_that_is_larger_than_is_sent_counts_as_not_here() => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 1, options => options.MaxBlockBytes = 1024);
        await scene.One.PutAsync(Large);
        await scene.Peers[0].WantAsync(scene.One.Id, new WantEntry(Large.Cid, WantType.Block));
        await run.Wait(TimeSpan.FromMilliseconds(200));
        Assert.Equal([new BlockPresence(Large.Cid, false)], scene.Peers[0].Presences);
        Assert.Empty(scene.Peers[0].Blocks);
    });

    [Fact]
    public void Who_waits_for_a_block_gets_it_when_it_comes() => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 3);
        await scene.Peers[0].WantAsync(scene.One.Id, new WantEntry(Large.Cid, WantType.Block));
        await scene.Peers[1].WantAsync(scene.One.Id, new WantEntry(Large.Cid, WantType.Have));
        await scene.Peers[2].WantAsync(scene.One.Id, new WantEntry(Small.Cid, WantType.Block));
        await run.Wait(TimeSpan.FromMilliseconds(200));

        await scene.One.PutAsync(Large);
        await scene.One.Exchange.AnnounceAsync([Large.Cid, Make.Block(77).Cid]);
        await run.Wait(TimeSpan.FromMilliseconds(200));

        Assert.Equal(Large.Data.ToArray(), Assert.Single(scene.Peers[0].Blocks));
        Assert.Contains(new BlockPresence(Large.Cid, true), scene.Peers[1].Presences);
        Assert.Empty(scene.Peers[2].Blocks);
        Assert.Equal([0, 0, 1], scene.Peers.Select(peer => scene.One.Of(peer.Id).Wants));
    });

    [Fact]
    public void Who_waits_in_a_fetch_gets_it_when_it_comes() => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 0);
        await using var other = await Node.StartAsync(run, scene.Network, 40);
        await scene.One.ConnectAsync(other.Host);
        var fetch = scene.One.FetchAsync(Large, other.Id);
        await run.Wait(TimeSpan.FromSeconds(2));

        await other.PutAsync(Large);
        await other.Exchange.AnnounceAsync([Large.Cid]);
        await run.Wait(TimeSpan.FromMilliseconds(200));

        Assert.NotNull(await fetch);
    });

    [Fact]
    public void A_cancel_takes_a_want_back() => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 1);
        var peer = scene.Peers[0];
        await peer.WantAsync(scene.One.Id, new WantEntry(Large.Cid, WantType.Block, false), new WantEntry(Small.Cid, WantType.Block, false));
        await peer.WantAsync(scene.One.Id, new WantEntry(Large.Cid, WantType.Block, Cancel: true));
        await run.Wait(TimeSpan.FromMilliseconds(200));
        Assert.Equal(1, scene.One.Of(peer.Id).Wants);

        await scene.One.PutAsync(Large);
        await scene.One.Exchange.AnnounceAsync([Large.Cid]);
        await run.Wait(TimeSpan.FromMilliseconds(200));

        Assert.Empty(peer.Received);
    });

    [Fact]
    public void A_full_list_replaces_all_wants() => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 1);
        var peer = scene.Peers[0];
        await peer.WantAsync(scene.One.Id, [.. Make.Blocks(5).Select(block => new WantEntry(block.Cid, WantType.Block))]);
        await run.Wait(TimeSpan.FromMilliseconds(100));
        Assert.Equal(5, scene.One.Of(peer.Id).Wants);

        await peer.SendAsync(scene.One.Id, new BitswapMessage { Full = true, Wants = [new WantEntry(Large.Cid, WantType.Block)] });
        await run.Wait(TimeSpan.FromMilliseconds(100));
        Assert.Equal(1, scene.One.Of(peer.Id).Wants);

        await peer.SendAsync(scene.One.Id, new BitswapMessage { Full = true });
        await run.Wait(TimeSpan.FromMilliseconds(100));
        Assert.Equal(0, scene.One.Of(peer.Id).Wants);
    });

    [Fact]
    public void A_peer_that_goes_is_forgotten() => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 1);
        var peer = scene.Peers[0];
        await peer.WantAsync(scene.One.Id, [.. Make.Blocks(5).Select(block => new WantEntry(block.Cid, WantType.Block))]);
        await run.Wait(TimeSpan.FromMilliseconds(100));

        await peer.Host.DisconnectAsync(scene.One.Id);
        await run.Wait(TimeSpan.FromMilliseconds(100));
        Assert.Empty(scene.One.Exchange.Peers);

        await scene.One.ConnectAsync(peer.Host);
        Assert.Equal(0, scene.One.Of(peer.Id).Wants);
    });

    [Fact]
    public void More_urgent_blocks_come_first_and_equal_ones_in_their_order() => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 1, options => options.TargetMessageBytes = 1);
        var blocks = Make.Blocks(4);
        Assert.True(await scene.One.Store.PutAsync(blocks, default));

        int[] priorities = [1, 3, -2, 3];
        await scene.Peers[0].WantAsync(scene.One.Id, [.. blocks.Select((block, i) => new WantEntry(block.Cid, WantType.Block, Priority: priorities[i]))]);
        await run.Wait(TimeSpan.FromMilliseconds(200));

        Assert.Equal([blocks[1].Data.ToArray(), blocks[3].Data.ToArray(), blocks[0].Data.ToArray(), blocks[2].Data.ToArray()], scene.Peers[0].Blocks);
        Assert.Equal([300, 200, 100, 0], scene.Peers[0].Received.Select(message => message.PendingBytes));
    });

    [Fact]
    public void A_want_for_the_block_replaces_the_question() => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 1);
        await scene.Peers[0].WantAsync(scene.One.Id, new WantEntry(Large.Cid, WantType.Have));
        await scene.Peers[0].WantAsync(scene.One.Id, new WantEntry(Large.Cid, WantType.Block));
        await run.Wait(TimeSpan.FromMilliseconds(100));
        Assert.Equal(1, scene.One.Of(scene.Peers[0].Id).Wants);

        await scene.One.PutAsync(Large);
        await scene.One.Exchange.AnnounceAsync([Large.Cid]);
        await run.Wait(TimeSpan.FromMilliseconds(100));
        Assert.Single(scene.Peers[0].Blocks);
    });

    /// <summary>The block comes while it is being looked for: the want is not forgotten.</summary>
    [Fact]
    public void A_block_that_comes_while_it_is_looked_for_is_served() => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 0);
        var late = new Late(Large);
        await using var other = await Node.StartAsync(run, scene.Network, 40, published: late);
        await scene.One.ConnectAsync(other.Host);
        var fetch = scene.One.FetchAsync(Large, other.Id);
        await run.Wait(TimeSpan.FromMilliseconds(200));
        Assert.True(late.IsAsked);

        await other.Exchange.AnnounceAsync([Large.Cid]);
        late.Answer.SetResult(null);
        await run.Wait(TimeSpan.FromSeconds(1));

        Assert.True(fetch.IsCompleted);
    });

    /// <summary>Says the first time, late, that it has nothing.</summary>
    private sealed class Late(Block block) : IPublishedBlocks
    {
        public TaskCompletionSource<int?> Answer { get; } = new();

        public bool IsAsked { get; private set; }

        public async ValueTask<int?> LengthAsync(Cid cid, CancellationToken cancellationToken)
        {
            if (IsAsked)
                return block.Data.Length;
            IsAsked = true;
            return await Answer.Task;
        }

        public ValueTask<ReadOnlyMemory<byte>?> FindAsync(Cid cid, CancellationToken cancellationToken) => ValueTask.FromResult<ReadOnlyMemory<byte>?>(block.Data);
    }

    private static void Run(WantEntry[] wants, Action<RawPeer> check) => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 1);
        await scene.One.PutAsync(Small);
        await scene.One.PutAsync(Large);
        await scene.Peers[0].WantAsync(scene.One.Id, wants);
        await run.Wait(TimeSpan.FromMilliseconds(200));
        check(scene.Peers[0]);
        Assert.Equal(0, scene.One.Hits(BlocksLimit.WantsPerPeer));
    });

    private sealed class Nothing : IPublishedBlocks
    {
        public ValueTask<int?> LengthAsync(Cid cid, CancellationToken cancellationToken) => ValueTask.FromResult<int?>(null);

        public ValueTask<ReadOnlyMemory<byte>?> FindAsync(Cid cid, CancellationToken cancellationToken) => throw new InvalidOperationException("It is not published.");
    }
}
