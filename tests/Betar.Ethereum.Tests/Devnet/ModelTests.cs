using System.Text.Json.Nodes;
using Betar.Ethereum.Devnet;
using Betar.Ethereum.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Ethereum.Tests.Devnet;

/// <summary>Random lives of a chain beside a model of a few lines: after every step both must say the same.</summary>
public sealed class ModelTests
{
    /// <summary>What the chain should know, block by block.</summary>
    sealed class Model
    {
        readonly Stack<(Dictionary<string, long> Balances, HashSet<string> Used, ulong Nonce)> _blocks = new();

        internal Dictionary<string, long> Balances { get; private set; } = new() { ["payer"] = 0, ["seller"] = 0 };

        internal HashSet<string> Used { get; private set; } = [];

        internal ulong Nonce { get; private set; }

        internal int Height => _blocks.Count;

        internal void Begin() => _blocks.Push((new(Balances), [.. Used], Nonce));

        internal void Drop(int blocks)
        {
            for (; blocks > 0; blocks--)
                (Balances, Used, Nonce) = _blocks.Pop();
        }

        internal void Fund(long value)
        {
            Begin();
            Balances["payer"] += value;
        }

        internal bool Settle(string nonce, long value, bool forced, bool badSignature)
        {
            Begin();
            Nonce++;
            if (forced || badSignature || Used.Contains(nonce) || Balances["payer"] < value)
                return false;
            Used.Add(nonce);
            Balances["payer"] -= value;
            Balances["seller"] += value;
            return true;
        }

        internal bool Cancel(string nonce)
        {
            Begin();
            Nonce++;
            return Used.Add(nonce);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(20_260)]
    public async Task Chain_and_model_agree(int seed)
    {
        var random = new Random(seed);
        var model = new Model();
        var file = new MemoryFile();
        var time = new ManualTime();
        var chain = TestChain.Over(file, time: time);
        try
        {
            for (var step = 0; step < 250; step++)
            {
                var nonce = $"n{random.Next(40)}";
                switch (random.Next(12))
                {
                    case 0 or 1:
                        var gift = random.Next(1, 50);
                        await chain.FundAsync(TestKeys.PayerAddress, (ulong)gift);
                        model.Fund(gift);
                        break;
                    case 2:
                        var cancel = Eip3009Token.EncodeCancelAuthorization(
                            TestKeys.PayerAddress, TestKeys.NonceOf(nonce), TokenSigner.SignCancel(TestKeys.Payer, TestKeys.PayerAddress, nonce));
                        Agree(model.Cancel(nonce), await chain.SendSyncAsync(chain.Transaction(cancel, nonce: model.Nonce - 1)));
                        break;
                    case 3 when model.Height > 0:
                        var blocks = random.Next(1, Math.Min(model.Height, 4) + 1);
                        await chain.ResultAsync("devnet_setFault", $$"""[{"kind":"reorg","blocks":{{blocks}},"transactions":"vanish"}]""");
                        model.Drop(blocks);
                        break;
                    case 4:
                        await chain.DisposeAsync();
                        file = new MemoryFile(file.Synced);
                        chain = TestChain.Over(file, time: time);
                        break;
                    case 5:
                        time.Advance(TimeSpan.FromSeconds(random.Next(-3, 10)));
                        break;
                    default:
                        var value = random.Next(0, 60);
                        var forced = random.Next(8) == 0;
                        var bad = random.Next(8) == 0;
                        if (forced)
                            await chain.ResultAsync("devnet_setFault", """[{"kind":"revert"}]""");
                        var authorization = TokenSigner.Transfer(nonce, (ulong)value, signer: bad ? TestKeys.Seller : null);
                        Agree(model.Settle(nonce, value, forced, bad), await chain.SendSyncAsync(chain.Settlement(authorization, nonce: model.Nonce - 1)));
                        break;
                }

                await AgreeAsync(model, chain, nonce);
            }
        }
        finally
        {
            await chain.DisposeAsync();
        }
    }

    static void Agree(bool expected, JsonNode reply) =>
        Assert.Equal(expected ? "0x1" : "0x0", reply["result"]!["status"]!.GetValue<string>());

    static async Task AgreeAsync(Model model, TestChain chain, string nonce)
    {
        Assert.Equal((ulong)model.Height, await chain.HeightAsync());
        Assert.Equal(model.Nonce, await chain.NonceAsync());
        Assert.Equal((UInt256)(ulong)model.Balances["payer"], await chain.BalanceAsync(TestKeys.PayerAddress));
        Assert.Equal((UInt256)(ulong)model.Balances["seller"], await chain.BalanceAsync(TestKeys.SellerAddress));
        Assert.Equal(model.Used.Contains(nonce), await chain.IsUsedAsync(nonce));
        var status = (await chain.ResultAsync("devnet_status"))!;
        Assert.Equal(model.Balances.Values.Sum().ToString(null, null), status["supply"]!.GetValue<string>());
        Assert.Equal(model.Used.Count, status["authorizations"]!.GetValue<int>());
        Assert.Equal(0, status["pending"]!.GetValue<int>());
    }
}
