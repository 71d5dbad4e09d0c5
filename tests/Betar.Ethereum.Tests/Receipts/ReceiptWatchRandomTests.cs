using Betar.Ethereum.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Ethereum.Tests.Receipts;

/// <summary>Random chains: what is called confirmed is that deep, what is called replaced has an heir that deep, nothing else is final.</summary>
public sealed class ReceiptWatchRandomTests
{
    const int Sequences = 400;
    const int Steps = 60;

    [Fact]
    public async Task Whatever_a_chain_does_what_is_final_is_true_on_it()
    {
        var seen = new HashSet<ReceiptState>();
        for (var sequence = 0; sequence < Sequences; sequence++)
        {
            try
            {
                await RunAsync(new Random(TestSeed.Value + sequence), seen);
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"seed {TestSeed.Value}, sequence {sequence}", fault);
            }
        }

        Assert.Equal(Enum.GetValues<ReceiptState>().Order(), seen.Order());
    }

    static async Task RunAsync(Random random, HashSet<ReceiptState> seen)
    {
        var chain = new ModelChain();
        var sent = ReceiptWatchTests.Transaction();
        var heir = ReceiptWatchTests.Transaction(value: 1);
        var confirmations = random.Next(1, 5);
        var watch = new ReceiptWatch(
            chain, WatchedTransaction.Of(sent), new ReceiptWatchOptions { Confirmations = confirmations, MissingLooks = random.Next(1, 4) });
        Hash32? included = null;
        for (var step = 0; step < Steps; step++)
        {
            Disturb(chain, random, sent, heir);
            var sighting = await watch.LookAsync(default);
            chain.Silent.Clear();
            seen.Add(sighting.State);
            switch (sighting.State)
            {
                case ReceiptState.Confirmed:
                    Assert.True(await DepthAsync(chain, sent) >= confirmations);
                    break;
                case ReceiptState.Included:
                    Assert.InRange(await DepthAsync(chain, sent), 1, confirmations - 1);
                    break;
                case ReceiptState.Replaced:
                    Assert.True(await DepthAsync(chain, heir) >= 1 && await DepthAsync(chain, sent) == 0);
                    break;
                case ReceiptState.Dropped:
                    Assert.True(await DepthAsync(chain, heir) == 0 && await DepthAsync(chain, sent) == 0);
                    break;
                case ReceiptState.Reorganised:
                    Assert.Equal(included, sighting.LostBlock);
                    break;
            }

            included = sighting.Receipt?.BlockHash ?? (sighting.State is ReceiptState.Unavailable ? included : watch.LastBlock);
        }
    }

    static void Disturb(ModelChain chain, Random random, SignedTransaction sent, SignedTransaction heir)
    {
        var free = chain.GetTransactionCountAsync(sent.Sender, BlockTag.Latest, default).Result == 0;
        switch (random.Next(12))
        {
            case 0 or 1 when free:
                chain.Mine(sent);
                break;
            case 2 when free:
                chain.Mine(heir);
                break;
            case 3:
                chain.Pool(sent);
                break;
            case 4:
                chain.Drop(sent);
                break;
            case 5 when chain.Head.Number > 2:
                chain.Reorganise(random.Next(1, 3), keep: random.Next(2) == 0);
                chain.Mine();
                break;
            case 6:
                string[] methods = ["eth_getTransactionReceipt", "eth_getBlockByNumber", "eth_getTransactionCount", "eth_getTransactionByHash"];
                chain.Silent.Add(methods[random.Next(methods.Length)]);
                break;
            default:
                chain.Mine();
                break;
        }
    }

    static async Task<int> DepthAsync(ModelChain chain, SignedTransaction transaction) =>
        await chain.GetReceiptAsync(transaction.Hash, default) is { } receipt ? (int)(chain.Head.Number - receipt.BlockNumber + 1) : 0;
}
