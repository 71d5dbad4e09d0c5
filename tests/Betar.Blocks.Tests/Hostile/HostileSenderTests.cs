using Betar.Blocks.Diagnostics;
using Betar.Blocks.Exchange.Wire;
using Betar.Blocks.Tests.Support;
using Betar.Libp2p.Tests.Support;

namespace Betar.Blocks.Tests.Hostile;

/// <summary>Peers that answer with harm.</summary>
public sealed class HostileSenderTests
{
    private static readonly Block Some = Make.Block(1, 5000);

    [Fact]
    public void Unrequested_blocks() => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 1);
        var hostile = scene.Peers[0];
        for (var message = 0; message < 10; message++)
            await hostile.SendAsync(scene.One.Id, Make.Blocks(100, 1000));
        await run.Wait(TimeSpan.FromSeconds(1));

        Assert.Equal(1000, scene.One.Hits(BlocksLimit.Unrequested));
        Assert.Equal((1000, 0), (scene.One.Of(hostile.Id).Unrequested, scene.One.Of(hostile.Id).Delivered));
        Assert.Equal(0, scene.One.Store.Count);
    });

    [Fact]
    public void Unrequested_blocks_among_those_that_are_wanted() => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 1);
        var fetch = scene.One.FetchAsync(Some, scene.Peers[0].Id);
        await run.Wait(TimeSpan.FromMilliseconds(100));

        await scene.Peers[0].SendAsync(scene.One.Id, Make.Block(7), Some, Some, Make.Block(8));

        Assert.Equal(Some.Data.ToArray(), (await fetch)!.Data.ToArray());
        await run.Wait(TimeSpan.FromMilliseconds(100));
        Assert.Equal((1, 3), (scene.One.Of(scene.Peers[0].Id).Delivered, scene.One.Of(scene.Peers[0].Id).Unrequested));
    });

    [Fact]
    public void Wrong_hash() => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 2);
        var (liar, honest) = (scene.Peers[0], scene.Peers[1]);
        var forged = new BlockPayload(CidPrefix.Of(Some.Cid), Make.Block(2, 5000).Data);
        liar.OnMessage = (from, _) => liar.SendAsync(from, new BitswapMessage { Blocks = [forged] });
        honest.OnMessage = (from, message) => message.Wants.Any(want => !want.Cancel) ? honest.SendAsync(from, Some) : Task.CompletedTask;

        var fetched = await scene.One.FetchAsync(Some, liar.Id);

        Assert.Equal(Some.Data.ToArray(), fetched!.Data.ToArray());
        Assert.Equal((0, 1), (scene.One.Of(liar.Id).Delivered, scene.One.Of(honest.Id).Delivered));
        Assert.True(scene.One.Hits(BlocksLimit.Unrequested) > 0);
    });

    [Fact]
    public void Wrong_prefix() => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 1);
        var fetch = scene.One.FetchAsync(Some, scene.Peers[0].Id);
        await run.Wait(TimeSpan.FromMilliseconds(100));

        await scene.Peers[0].SendAsync(scene.One.Id, new BitswapMessage
        {
            Blocks = [new BlockPayload(new byte[] { 1, 0x55, 0, 0 }, Some.Data), new BlockPayload(new byte[] { 9 }, Some.Data), new BlockPayload(CidPrefix.Of(Some.Cid), Some.Data)],
        });

        Assert.NotNull(await fetch);
        Assert.Equal(2, scene.One.Hits(BlocksLimit.BadName));
    });

    [Theory]
    [InlineData(1024 * 1024, true)]
    [InlineData((1024 * 1024) + 1, false)]
    public void Giant_block(int length, bool taken) => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 1);
        var giant = Make.Block(3, length);
        var fetch = scene.One.FetchAsync(giant, scene.Peers[0].Id);
        await run.Wait(TimeSpan.FromMilliseconds(100));

        await scene.Peers[0].SendAsync(scene.One.Id, giant);
        await run.Wait(TimeSpan.FromMilliseconds(500));

        Assert.Equal(taken, fetch.IsCompleted);
        Assert.Equal(taken ? 0 : 1, scene.One.Hits(BlocksLimit.BlockBytes));
    });

    [Fact]
    public void Presence_liar() => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 9);
        var (liars, honest) = (scene.Peers.SkipLast(1).ToList(), scene.Peers[^1]);
        foreach (var liar in liars)
            liar.OnMessage = (from, message) => liar.SendAsync(from, new BitswapMessage { Presences = [.. message.Wants.Select(want => new BlockPresence(want.Cid, true))] });
        var blocks = Make.Blocks(20, 2000);
        honest.OnMessage = (from, message) => message.Wants.Any(want => want is { Cancel: false, Type: WantType.Block })
            ? honest.SendAsync(from, [.. blocks.Where(block => message.Wants.Any(want => want is { Cancel: false, Type: WantType.Block } && want.Cid.Equals(block.Cid)))])
            : honest.SendAsync(from, new BitswapMessage { Presences = [.. message.Wants.Select(want => new BlockPresence(want.Cid, true))] });
        var before = run.Time.GetUtcNow();

        Assert.NotNull(await scene.One.FetchAsync(blocks[0], [.. liars.Select(liar => liar.Id)]));
        Assert.InRange(run.Time.GetUtcNow() - before, TimeSpan.Zero, TimeSpan.FromSeconds(25));

        // From then on the one that delivers is the one that is asked.
        before = run.Time.GetUtcNow();
        foreach (var block in blocks.Skip(1))
            Assert.NotNull(await scene.One.FetchAsync(block));
        Assert.InRange(run.Time.GetUtcNow() - before, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    });

    [Fact]
    public void Presences_for_what_nobody_wants_change_nothing() => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 1);
        await scene.Peers[0].SendAsync(scene.One.Id, new BitswapMessage { Presences = [.. Make.Blocks(500).Select(block => new BlockPresence(block.Cid, true))] });
        await run.Wait(TimeSpan.FromMilliseconds(500));
        Assert.Empty(scene.Peers[0].Received);
        Assert.Equal(0, scene.One.Exchange.Fetching);
    });

    [Fact]
    public void A_peer_that_takes_no_messages_is_given_up() => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 2, options => options.SendTimeout = TimeSpan.FromSeconds(2));
        var (stuck, honest) = (scene.Peers[0], scene.Peers[1]);
        stuck.Reading = new TaskCompletionSource().Task;
        honest.OnMessage = (from, message) => message.Wants.Any(want => !want.Cancel) ? honest.SendAsync(from, Some) : Task.CompletedTask;

        // More wants than its window holds.
        var many = Make.Blocks(1020, 8).Select(block => scene.One.Exchange.FetchAsync(block.Cid, [stuck.Id], default).AsTask()).ToList();
        Assert.NotNull(await scene.One.FetchAsync(Some, stuck.Id));
        Assert.All(many, fetch => Assert.False(fetch.IsCompletedSuccessfully && fetch.Result is not null));
    });

    [Fact]
    public void A_flood_for_ten_minutes_leaves_nothing_behind() => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 1);
        var hostile = scene.Peers[0];
        for (var second = 0; second < 600; second += 5)
        {
            await hostile.SendAsync(scene.One.Id, Make.Block(second, 100_000), Make.Block(second + 1, 100_000));
            await hostile.WantAsync(scene.One.Id, [.. Enumerable.Range(second * 100, 100).Select(number => new WantEntry(Make.Block(number, 8).Cid, WantType.Block))]);
            await run.Wait(TimeSpan.FromSeconds(5));
        }

        Assert.Equal((0, 0L), (scene.One.Store.Count, scene.One.Store.Bytes));
        Assert.Equal(1024, scene.One.Of(hostile.Id).Wants);
        Assert.Equal(240, scene.One.Hits(BlocksLimit.Unrequested));
        await hostile.Host.DisconnectAsync(scene.One.Id);
        await run.Wait(TimeSpan.FromSeconds(1));
        Assert.Empty(scene.One.Exchange.Peers);
    });
}
