using Betar.Cluster.Tests.Support;
using Betar.Ethereum;
using Betar.Grains.Abstractions.Payments;
using Betar.Grains.Payments;
using Betar.Grains.Settlement;
using Betar.Storage.Ledger;
using Betar.X402;

namespace Betar.Cluster.Tests.Model;

/// <summary>Some steps in a world, and after each of them all that must hold; at the end everything is brought to its end.</summary>
internal sealed class ModelSequence(ModelWorld world, int seed)
{
    private const int Payers = 3;
    private const int DrainRounds = 12;

    private static readonly ModelAction[] s_often = [ModelAction.Buy, ModelAction.Buy, ModelAction.ShowAgain, ModelAction.Resume, ModelAction.Mine, ModelAction.Crash];

    private readonly List<ModelPayment> _payments = [];
    private readonly Address[] _payers = [.. Enumerable.Range(0, Payers).Select(i => AddressOf(seed, i))];

    public IReadOnlyList<ModelPayment> Payments => _payments;

    public static ModelStep[] Steps(int seed, int count)
    {
        var random = new Random(seed);
        ModelAction[] all = Enum.GetValues<ModelAction>();
        return [new(ModelAction.Fund, 0, 5), new(ModelAction.Fund, 1, 5), .. Enumerable.Range(0, count).Select(_ => new ModelStep(
            random.Next(2) == 0 ? s_often[random.Next(s_often.Length)] : all[random.Next(all.Length)], random.Next(1_000), random.Next(1_000)))];
    }

    public async Task RunAsync(IEnumerable<ModelStep> steps)
    {
        ModelBooks before = await ModelBooks.ReadAsync(world);
        foreach (ModelStep step in steps)
        {
            await DoAsync(step);
            await new ModelChecks(world, _payments).HoldAsync(before);
        }
        await DrainAsync();
        await new ModelChecks(world, _payments).EndAsync(before);
    }

    private async Task DoAsync(ModelStep step)
    {
        ModelChain chain = world.Chain;
        ModelPayment? payment = _payments.Count == 0 ? null : _payments[step.A % _payments.Count];
        Address payer = _payers[step.A % Payers];
        switch (step.Action)
        {
            case ModelAction.Buy: await ShowAsync(Sign(step)); break;
            case ModelAction.ShowAgain when payment is not null: await ShowAsync(payment); break;
            case ModelAction.ShowElsewhere when payment?.Kind is not null: await ShowElsewhereAsync(payment); break;
            case ModelAction.Resume when payment?.Kind is not null: await CallAsync(payment, () => Session(payment).Resume()); break;
            case ModelAction.Crash: world.Faults.ThrowOnce(FaultPoint.All[step.A % FaultPoint.All.Count]); break;
            case ModelAction.Fund: chain.State.Give(payer, 1_000 * (1 + step.B % 5)); break;
            case ModelAction.EmptyPockets: chain.State.Give(payer, -long.MaxValue); break;
            case ModelAction.Cancel when payment is not null: chain.State.Cancel(payment.Key.From, payment.Key.Nonce.Value); break;
            case ModelAction.FrontRun when payment is not null: Front(payment.Order); break;
            case ModelAction.SpendElsewhere when payment is not null: Front(payment.Order with { To = _payers[0].ToString() }); break;
            case ModelAction.Mine: chain.Mine(1 + step.A % 3); break;
            case ModelAction.Reorganise: chain.Reorganise(1 + step.A % (ModelWorld.Confirmations - 1), vanish: step.B % 2 == 0); break;
            case ModelAction.Silence: chain.Silent = true; break;
            case ModelAction.Speak: chain.Heal(); break;
            case ModelAction.FillBlocks: chain.Full = true; break;
            case ModelAction.LoseAnswer: chain.LoseNextAnswer = true; break;
            case ModelAction.Swallow: chain.SwallowNext = true; break;
            case ModelAction.Revert: chain.RevertNext = true; break;
            case ModelAction.GasUp: world.Fees.TooExpensive = true; break;
            case ModelAction.GasDown: world.Fees.TooExpensive = false; break;
            case ModelAction.DrainRefunds: chain.State.Give(world.Refunds.Address, -long.MaxValue); break;
            case ModelAction.FundRefunds: chain.State.Give(world.Refunds.Address, 1_000 * (1 + step.B % 10)); break;
            case ModelAction.PassTime: world.Clock.Advance(TimeSpan.FromSeconds(step.A % 40)); break;
        }
    }

    private ModelPayment Sign(ModelStep step)
    {
        Address payer = _payers[step.A % Payers];
        Hash32 nonce = NonceOf(seed, _payments.Count);
        string agent = step.B % 2 == 0 ? ModelWorld.Repeatable : ModelWorld.Careful;
        string input = $"{(step.B % 10 < 7 ? "ok" : "fail")} {payer} {nonce}";
        ulong until = (ulong)world.Clock.GetUtcNow().ToUnixTimeSeconds() + 60;
        var key = new PaymentKey(NetworkId.BaseSepolia, X402.Networks.PaymentAsset.BaseSepoliaUsdc.Address, payer, new Nonce(nonce));
        var payment = new ModelPayment(new PaidOrder
        {
            AgentId = agent, CorrelationId = "c", Peer = "peer", Caller = "peer", Input = input, Network = key.Network.ToString(),
            Asset = key.Asset.ToString(), From = payer.ToString(), To = world.PayTo.ToString(), Value = $"{1_000 * (1 + step.B % 3)}",
            ValidAfter = 0, ValidBefore = until, Nonce = nonce.ToString(),
            Signature = nonce.ToString()[2..] + new string('1', 64) + "1b", Fingerprint = nonce.ToString(),
        }, key);
        _payments.Add(payment);
        return payment;
    }

    private Task ShowAsync(ModelPayment payment) => CallAsync(payment, () => Session(payment).Pay(payment.Order, null));

    private async Task ShowElsewhereAsync(ModelPayment payment)
    {
        PaymentAnswer answer = await Session(payment).Pay(payment.Order with { Fingerprint = "another" }, null);
        Assert.Equal(PaymentEnd.Refused, answer.End);
        Assert.Equal(Grains.Abstractions.Results.RefusalCodes.PaymentConflict, answer.Code);
    }

    /// <summary>A call that may die where a fault is armed; an answer that is an end is the same for ever.</summary>
    private async Task CallAsync(ModelPayment payment, Func<Task<PaymentAnswer>> call)
    {
        world.Faults.Thrown = null;
        try
        {
            PaymentAnswer answer = await call();
            if (payment.End is { } end)
                Assert.Equal(end, answer);
            if (answer.End is PaymentEnd.Delivered or PaymentEnd.Refunded or PaymentEnd.Refused)
                payment.End = answer;
        }
        catch (Exception) when (world.Faults.Thrown is not null)
        {
            payment.Interruptions++;
            payment.Interrupted |= world.Faults.Thrown is FaultPoint.AfterSettled or FaultPoint.AfterExecute;
        }
    }

    /// <summary>Time passes until nothing can be used any more, everything is well, and recovery looks as often as it takes.</summary>
    private async Task DrainAsync()
    {
        world.Faults.Release();
        world.Fees.TooExpensive = false;
        world.Chain.Heal();
        world.Chain.State.Give(world.Refunds.Address, 1_000_000);
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        for (int round = 0; round < DrainRounds; round++)
        {
            world.Chain.Mine(ModelWorld.Confirmations);
            foreach (ModelPayment payment in _payments.Where(payment => payment.Kind is not null && payment.End is null))
                await CallAsync(payment, () => Session(payment).Resume());
            if (_payments.TrueForAll(payment => payment.Kind is null || payment.End is not null))
                return;
        }
    }

    private void Front(PaidOrder order)
    {
        ContractCall call = new Eip3009Token(world.Chain, Address.Parse(order.Asset)).Settle(new SignedTransferAuthorization(
            Address.Parse(order.From), Address.Parse(order.To), UInt256.Parse(order.Value), order.ValidAfter, order.ValidBefore,
            Hash32.Parse(order.Nonce), Convert.FromHexString(order.Signature)));
        ulong nonce = world.Chain.State.Nonce(Address.FromKey(world.Stranger));
        world.Chain.State.Front(ModelTransfer.Of(call.Data.Span), call.ToTransaction(84532, nonce, UInt256.Zero, UInt256.Zero).Sign(world.Stranger));
    }

    private IPaymentSessionGrain Session(ModelPayment payment) => world.Grains.GetGrain<IPaymentSessionGrain>(payment.Id);

    private static Address AddressOf(int seed, int number) => new(Crypto.Keccak256.Hash(System.Text.Encoding.UTF8.GetBytes($"payer {seed} {number}")).AsSpan(12));

    private static Hash32 NonceOf(int seed, int number) => new(Crypto.Keccak256.Hash(System.Text.Encoding.UTF8.GetBytes($"nonce {seed} {number}")));
}
