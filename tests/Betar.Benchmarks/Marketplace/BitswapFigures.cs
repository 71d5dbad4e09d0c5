using Betar.Benchmarks.Harness;
using Betar.Benchmarks.Marketplace.Peers;

namespace Betar.Benchmarks.Marketplace;

/// <summary>Large and small blocks between two processes of ours, and between two of helia's bitswap in the same round.</summary>
internal static class BitswapFigures
{
    public const string Part = "bitswap";

    private const int Mebibyte = 1024 * 1024;
    private const int Small = 512;

    public static async Task AddAsync(BenchContext context)
    {
        context.Say("starting two processes of ours and two of helia's bitswap");
        await using BlockPair ours = await BlockPair.StartOursAsync(), theirs = await BlockPair.StartTheirsAsync();
        int large = context.Repetitions(48, 4), small = context.Repetitions(2_000, 200);
        await CompareAsync(context, "bitswap.large", "MiB/s", large, Mebibyte, ours, theirs, $"{large} blocks of 1 MiB a round, 64 under way; loopback");
        await CompareAsync(context, "bitswap.small", "blocks/s", small, Small, ours, theirs, $"{small} blocks of {Small} bytes a round, 64 under way; loopback");
    }

    private static async Task CompareAsync(BenchContext context, string id, string unit, int count, int length, BlockPair ours, BlockPair theirs, string note)
    {
        context.Say(id);
        List<double> our = [], their = [];
        for (int round = -1; round < context.RoundCount; round++)
        {
            double mine = count / await ours.MoveAsync(count, length), others = count / await theirs.MoveAsync(count, length);
            if (round < 0)
                continue;
            our.Add(mine);
            their.Add(others);
        }

        context.Add(id, unit, our, null, new Baseline("helia", Figure.Median(their)), note);
        context.Add($"{id}.ratio", "× helia", [.. our.Zip(their, (cs, js) => cs / js)], Goal.AtLeast(1.5), null, note);
    }
}
