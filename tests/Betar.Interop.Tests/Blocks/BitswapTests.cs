using Betar.Interop.Tests.Partner;
using Betar.Libp2p.Multiformats;

namespace Betar.Interop.Tests.Blocks;

[Collection(BlocksCollection.Name)]
public sealed class BitswapTests(BlocksFixture partner)
{
    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(1024)]
    [InlineData(1032)]
    [InlineData(1024 * 1024)]
    public async Task Ours_gets_a_block_of_js(int length)
    {
        await using var pair = await BlockPair.StartAsync(partner);
        var block = BlockPair.Pattern(1, length);
        Assert.Equal(block.Cid.ToString(), (await pair.FillAsync(1, 1, length))["cids"].Strings()[0]);

        var fetched = await pair.FetchAsync(block.Cid, pair.Other);

        Assert.Equal(block.Data.ToArray(), fetched!.Data.ToArray());
    }

    [Theory]
    [InlineData(8)]
    [InlineData(1024)]
    [InlineData(1032)]
    [InlineData(1024 * 1024)]
    public async Task Js_gets_a_block_of_ours(int length)
    {
        await using var pair = await BlockPair.StartAsync(partner);
        var block = BlockPair.Pattern(2, length);
        Assert.True(await pair.Store.PutAsync([block], default));

        var answer = await pair.AskAsync("want", new { cid = block.Cid.ToString() });

        Assert.Equal(block.Data.ToArray(), answer.Bytes("data"));
    }

    [Fact]
    public async Task Without_any_idea_who_has_it_js_is_found()
    {
        await using var pair = await BlockPair.StartAsync(partner);
        var cids = (await pair.FillAsync(1, 3, 64 * 1024))["cids"].Strings();

        var blocks = await Task.WhenAll(cids.Select(cid => pair.FetchAsync(Cid.Parse(cid))));

        Assert.All(blocks, Assert.NotNull);
    }

    [Fact]
    public async Task Many_blocks_go_both_ways_at_once()
    {
        await using var pair = await BlockPair.StartAsync(partner);
        var theirs = (await pair.FillAsync(1000, 300, 512))["cids"].Strings();
        var ours = Enumerable.Range(5000, 300).Select(number => BlockPair.Pattern(number, 512)).ToList();
        Assert.True(await pair.Store.PutAsync(ours, default));

        var wanted = pair.AskAsync("wantAll", new { cids = ours.Select(block => block.Cid.ToString()) });
        var fetched = await Task.WhenAll(theirs.Select(cid => pair.FetchAsync(Cid.Parse(cid), pair.Other)));

        Assert.Equal(theirs, fetched.Select(block => block!.Cid.ToString()));
        Assert.Equal(300 * 512, (await wanted).Int("bytes"));
    }

    [Fact]
    public async Task Who_waits_gets_a_block_that_comes_later()
    {
        await using var pair = await BlockPair.StartAsync(partner);
        var (theirs, ours) = (BlockPair.Pattern(7, 4000), BlockPair.Pattern(8, 4000));

        var fetch = pair.FetchAsync(theirs.Cid, pair.Other);
        var want = pair.AskAsync("want", new { cid = ours.Cid.ToString() });
        await pair.AskAsync("wanting", new { peer = pair.Host.PeerId.ToString(), cid = theirs.Cid.ToString() });
        await pair.AskAsync("put", new { data = Convert.ToHexStringLower(theirs.Data.Span) });
        Assert.True(await pair.Store.PutAsync([ours], default));
        await pair.Exchange.AnnounceAsync([ours.Cid], default);

        Assert.NotNull(await fetch);
        Assert.Equal(ours.Data.ToArray(), (await want).Bytes("data"));
    }
}
