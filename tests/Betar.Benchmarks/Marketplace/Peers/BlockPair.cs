using System.Text.Json.Nodes;
using Betar.Benchmarks.Libp2p;
using Betar.Interop.Tests.Partner;

namespace Betar.Benchmarks.Marketplace.Peers;

/// <summary>Two processes of one kind that speak bitswap: the second wants what the first has.</summary>
internal sealed class BlockPair : IAsyncDisposable
{
    private const int Window = 64;

    private readonly PartnerProcess _giver;
    private readonly PartnerProcess _taker;
    private int _made;

    private BlockPair(PartnerProcess giver, PartnerProcess taker) => (_giver, _taker) = (giver, taker);

    public static Task<BlockPair> StartOursAsync() => StartAsync(() => Libp2pPeers.StartOurs(BlockPeer.Verb));

    public static Task<BlockPair> StartTheirsAsync() => StartAsync(() => PartnerProcess.StartJs("Blocks", "js"));

    /// <summary>Blocks that were never there before: how many seconds until the other has them all, 64 under way at a time.</summary>
    public async Task<double> MoveAsync(int count, int length)
    {
        JsonObject filled = await _giver.AskAsync("fill", 1, new { first = _made, count, length });
        _made += count;
        JsonObject moved = await _taker.AskAsync("wantAll", 1, new { cids = filled["cids"].Strings(), window = Window });
        return moved["bytes"]!.GetValue<long>() == (long)count * length
            ? moved["ms"]!.GetValue<double>() / 1_000
            : throw new InvalidOperationException($"{moved["bytes"]} bytes of {count} blocks came.");
    }

    public async ValueTask DisposeAsync()
    {
        await _taker.DisposeAsync();
        await _giver.DisposeAsync();
    }

    private static async Task<BlockPair> StartAsync(Func<PartnerProcess> start)
    {
        var pair = new BlockPair(start(), start());
        JsonObject giver = await pair._giver.AskAsync("start", null, new { options = new { } });
        await pair._taker.AskAsync("start", null, new { options = new { } });
        await pair._taker.AskAsync("dial", 1, new { address = giver["addresses"].Strings()[0] });
        return pair;
    }
}
