using System.Globalization;
using Betar.Grains.Abstractions.Buying;
using Betar.Grains.Abstractions.Results;
using Betar.Grains.Trading;

namespace Betar.Cluster.Tests.Workflows;

/// <summary>
/// One purchase. Its agent's id is "KIND-PRICE-NAME": ok delivers, slow is heard only when its payment is shown again, flaky takes nothing at its
/// first attempt, refund gives its first payment back, no never works, owes never pays back, silent is never heard after it was paid.
/// </summary>
internal sealed class FakePurchase(TradeOrder order, int attempt)
{
    private int _asked;
    private bool _refusedForGood;

    public TradeOrder Order => order;

    public string Kind => order.Agent.Split('-')[0];

    public ulong Price => ulong.Parse(order.Agent.Split('-')[1], CultureInfo.InvariantCulture);

    /// <summary>Signed for, and not given back.</summary>
    public bool IsPaid { get; private set; }

    public bool WasSigned { get; private set; }

    public static string Said(string agent, string input) => $"{agent}({input})";

    public PurchaseResult Ask()
    {
        lock (this)
        {
            _asked++;
            return Kind switch
            {
                "no" => Unpaid(retryable: false),
                "flaky" when attempt == 1 => Unpaid(retryable: true),
                "refund" when attempt == 1 => Refunded(),
                "owes" => Signed(PurchaseStage.RefundOwed),
                "silent" => Signed(PurchaseStage.PaymentSigned),
                "slow" when _asked == 1 => Signed(PurchaseStage.PaymentSigned),
                _ => Signed(PurchaseStage.Delivered) with { Output = Said(order.Agent, order.Input), Refusal = null },
            };
        }
    }

    /// <summary>Whoever stops waiting: nothing is signed any more, unless it was.</summary>
    public PurchaseResult GivenUp()
    {
        lock (this)
            return WasSigned ? Ask() : Unpaid(retryable: true);
    }

    private PurchaseResult Signed(PurchaseStage stage)
    {
        Assert.False(_refusedForGood);
        (IsPaid, WasSigned) = (true, true);
        return Result(stage);
    }

    private PurchaseResult Refunded()
    {
        WasSigned = true;
        return Result(PurchaseStage.Refunded);
    }

    private PurchaseResult Unpaid(bool retryable)
    {
        _refusedForGood = !retryable;
        return new PurchaseResult
        {
            PurchaseId = order.PurchaseId, Stage = PurchaseStage.New,
            Refusal = new Refusal { Code = RefusalCodes.ExecutionFailed, Message = "no", Retryable = retryable },
        };
    }

    private PurchaseResult Result(PurchaseStage stage) => new()
    {
        PurchaseId = order.PurchaseId, Stage = stage, Amount = $"{Price}", PaymentKey = $"key-{order.PurchaseId}", PayTo = "0xpayee", TransactionHash = "0xhash",
        Refusal = new Refusal { Code = RefusalCodes.SellerUnreachable, Message = "not heard", Retryable = true },
    };
}
