using Betar.Blocks.Diagnostics;
using Betar.Blocks.Exchange;
using Betar.Blocks.Exchange.Wire;
using Betar.Blocks.Tests.Support;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports.Memory;

namespace Betar.Blocks.Tests.Exchange;

public sealed class FetchTests
{
    private static readonly Block Some = Make.Block(1);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(1024 * 1024)]
    public void A_block_comes_from_the_peer_that_has_it(int length) => Simulated.Run(async run =>
    {
        var network = new MemoryNetwork(run.Time, 1);
        await using var one = await Node.StartAsync(run, network, 1);
        await using var two = await Node.StartAsync(run, network, 2);
        var block = await one.PutAsync(Make.Block(7, length));
        await two.ConnectAsync(one.Host);

        var fetched = await two.FetchAsync(block, one.Id);

        Assert.Equal(block.Cid, fetched!.Cid);
        Assert.Equal(block.Data.ToArray(), fetched.Data.ToArray());
        Assert.Equal((1, 0), (two.Of(one.Id).Delivered, two.Exchange.Fetching));
        Assert.Equal((1, length), (one.Of(two.Id).BlocksSent, one.Of(two.Id).BytesSent));
        // Whoever fetches decides whether to keep it.
        Assert.Equal(0, two.Store.Count);
    });

    [Fact]
    public void A_block_that_is_here_is_not_asked_for() => Simulated.Run(async run =>
    {
        var network = new MemoryNetwork(run.Time, 1);
        await using var one = await Node.StartAsync(run, network, 1);
        await using var raw = await RawPeer.StartAsync(run, network, 2);
        await one.ConnectAsync(raw.Host);
        await one.PutAsync(Some);

        Assert.Equal(Some.Data.ToArray(), (await one.FetchAsync(Some, raw.Id))!.Data.ToArray());
        await run.Wait(TimeSpan.FromSeconds(1));
        Assert.Empty(raw.Received);
    });

    [Fact]
    public void A_name_that_holds_its_bytes_needs_nobody() => Simulated.Run(async run =>
    {
        await using var one = await Node.StartAsync(run, new MemoryNetwork(run.Time, 1), 1);
        var cid = Cid.Create(CidCodec.Raw, Multihash.Create(MultihashCode.Identity, "hi"u8));

        Assert.Equal("hi"u8.ToArray(), (await one.Exchange.FetchAsync(cid, [], default))!.Data.ToArray());
    });

    [Fact]
    public void A_hash_that_cannot_be_checked_is_not_asked_for() => Simulated.Run(async run =>
    {
        await using var one = await Node.StartAsync(run, new MemoryNetwork(run.Time, 1), 1);
        var cid = Cid.Create(CidCodec.Raw, Multihash.Create((MultihashCode)0xb220, new byte[32]));

        Assert.Null(await one.Exchange.FetchAsync(cid, [], default));
        Assert.Equal(0, one.Exchange.Fetching);
    });

    [Fact]
    public void Many_who_wait_make_one_fetch() => Simulated.Run(async run =>
    {
        var network = new MemoryNetwork(run.Time, 1);
        await using var one = await Node.StartAsync(run, network, 1);
        await using var raw = await RawPeer.StartAsync(run, network, 2);
        await one.ConnectAsync(raw.Host);

        var fetches = Enumerable.Range(0, 50).Select(_ => one.FetchAsync(Some, raw.Id)).ToList();
        await run.Wait(TimeSpan.FromMilliseconds(100));
        Assert.Equal(1, one.Exchange.Fetching);
        await raw.SendAsync(one.Id, Some);

        Assert.All(await Task.WhenAll(fetches), block => Assert.Equal(Some.Data.ToArray(), block!.Data.ToArray()));
        Assert.Equal(Some.Cid, Assert.Single(raw.Wants).Cid);
    });

    [Fact]
    public void One_fetch_serves_every_name_of_the_same_bytes() => Simulated.Run(async run =>
    {
        var network = new MemoryNetwork(run.Time, 1);
        await using var one = await Node.StartAsync(run, network, 1);
        await using var raw = await RawPeer.StartAsync(run, network, 2);
        await one.ConnectAsync(raw.Host);
        Cid[] names = [Some.Cid, Cid.Create(CidCodec.DagPb, Some.Cid.Hash), Cid.CreateVersion0(Some.Cid.Hash)];

        var fetches = names.Select(name => one.Exchange.FetchAsync(name, [raw.Id], default).AsTask()).ToList();
        await run.Wait(TimeSpan.FromMilliseconds(100));
        await raw.SendAsync(one.Id, Some);

        Assert.Equal(names, (await Task.WhenAll(fetches)).Select(block => block!.Cid));
        Assert.Single(raw.Wants);
    });

    [Fact]
    public void Who_gives_up_leaves_the_fetch_to_the_others() => Simulated.Run(async run =>
    {
        var network = new MemoryNetwork(run.Time, 1);
        await using var one = await Node.StartAsync(run, network, 1);
        await using var raw = await RawPeer.StartAsync(run, network, 2);
        await one.ConnectAsync(raw.Host);
        using var patience = new CancellationTokenSource();

        var impatient = one.Exchange.FetchAsync(Some.Cid, [raw.Id], patience.Token).AsTask();
        var patient = one.FetchAsync(Some, raw.Id);
        await run.Wait(TimeSpan.FromMilliseconds(100));
        patience.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        await raw.SendAsync(one.Id, Some);
        Assert.NotNull(await patient);
        Assert.Empty(raw.Cancels);
    });

    [Fact]
    public void When_the_last_one_gives_up_the_peers_are_told() => Simulated.Run(async run =>
    {
        var network = new MemoryNetwork(run.Time, 1);
        await using var one = await Node.StartAsync(run, network, 1);
        await using var raw = await RawPeer.StartAsync(run, network, 2);
        await one.ConnectAsync(raw.Host);
        using var patience = new CancellationTokenSource();

        var fetch = one.Exchange.FetchAsync(Some.Cid, [raw.Id], patience.Token).AsTask();
        await run.Wait(TimeSpan.FromMilliseconds(100));
        patience.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetch);
        await run.Wait(TimeSpan.FromMilliseconds(100));

        Assert.Equal(Some.Cid, Assert.Single(raw.Cancels).Cid);
        Assert.Equal(0, one.Exchange.Fetching);
    });

    [Fact]
    public void Nobody_has_it_and_the_fetch_ends() => Simulated.Run(async run =>
    {
        var network = new MemoryNetwork(run.Time, 1);
        await using var one = await Node.StartAsync(run, network, 1);
        await using var two = await Node.StartAsync(run, network, 2);
        await one.ConnectAsync(two.Host);
        var before = run.Time.GetUtcNow();

        Assert.Null(await one.FetchAsync(Some, two.Id));

        Assert.InRange(run.Time.GetUtcNow() - before, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(2.1));
        Assert.Equal(1, one.Hits(BlocksLimit.FetchTimeout));
    });

    [Fact]
    public void So_many_are_fetched_at_once_and_the_others_wait_for_their_turn() => Simulated.Run(async run =>
    {
        var network = new MemoryNetwork(run.Time, 1);
        await using var one = await Node.StartAsync(run, network, 1, options => options.MaxFetches = 3);
        await using var raw = await RawPeer.StartAsync(run, network, 2);
        await one.ConnectAsync(raw.Host);
        var blocks = Make.Blocks(5);

        var fetches = blocks.Select(block => one.FetchAsync(block, raw.Id)).ToList();
        var joined = one.FetchAsync(blocks[4], raw.Id);
        await run.Wait(TimeSpan.FromMilliseconds(100));
        Assert.Equal((3, 3), (one.Exchange.Fetching, raw.Wants.Count()));

        await raw.SendAsync(one.Id, blocks[..3]);
        await run.Wait(TimeSpan.FromMilliseconds(100));
        await raw.SendAsync(one.Id, blocks[3..]);

        Assert.All(await Task.WhenAll([.. fetches, joined]), Assert.NotNull);
        Assert.Equal(5, raw.Wants.Count());
        // The places were given back: as many as before are free.
        var more = Make.Blocks(9)[5..].Select(block => one.FetchAsync(block, raw.Id)).ToList();
        await run.Wait(TimeSpan.FromMilliseconds(100));
        Assert.Equal(3, one.Exchange.Fetching);
    });

    [Fact]
    public void Whoever_waits_when_the_exchange_ends_gets_nothing() => Simulated.Run(async run =>
    {
        var network = new MemoryNetwork(run.Time, 1);
        var one = await Node.StartAsync(run, network, 1);
        var fetch = one.FetchAsync(Some);
        await one.DisposeAsync();
        Assert.Null(await fetch);
        Assert.Null(await one.FetchAsync(Some));
    });

    [Theory]
    [InlineData(BitswapProtocol.V11)]
    [InlineData(BitswapProtocol.V10)]
    [InlineData(BitswapProtocol.Bare)]
    public void A_peer_of_an_older_version_is_asked_in_its_words(string protocol) => Simulated.Run(async run =>
    {
        var network = new MemoryNetwork(run.Time, 1);
        await using var one = await Node.StartAsync(run, network, 1);
        await using var raw = await RawPeer.StartAsync(run, network, 2, protocol);
        var node = Betar.Blocks.Dag.DagPb.ToBlock(new([], new byte[] { 1 }));
        raw.OnMessage = (from, _) => raw.SendAsync(from, new BitswapMessage { Blocks = [new BlockPayload(CidPrefix.Of(node.Cid), node.Data)] }, protocol);
        await one.ConnectAsync(raw.Host);

        Assert.Equal(node.Data.ToArray(), (await one.FetchAsync(node, raw.Id))!.Data.ToArray());

        var want = Assert.Single(raw.Wants);
        Assert.Equal((WantType.Block, false), (want.Type, want.SendDontHave));
    });
}
