using Betar.Ethereum;
using Betar.Grains.Abstractions.Settlement;
using Betar.X402.Settling;

namespace Betar.Grains.Settlement;

/// <summary>A call of any contract.</summary>
internal sealed class OrderedCall : IChainOrder
{
    private readonly CallFate _fate;
    private readonly SettlementRequest _request;

    public OrderedCall(CallOrder order, CallFate fate)
    {
        (_fate, _request) = (fate, CallOrders.Of(order));

        // The same payment for another amount is another call, whose end is its own.
        (Name, Subject) = ($"{order.Payment}/{order.Data}", order.Payment);
    }

    public string Name { get; }

    public string Subject { get; }

    public ContractCall Call => _request.Call;

    public bool IsGuarded => _request.IsGuarded;

    public bool IsTraceable => !_request.MayRepeat || _request is { Use: not null } or { Permit: not null };

    public Address? PlainPayer => null;

    /// <summary>The receipt is that of exactly this call, so only what it did is asked for.</summary>
    public bool IsDoneBy(TransactionReceipt receipt) => receipt.Succeeded && _request.IsProvenBy(receipt.Logs);

    public Task<SettlementResult> FindAsync() => _fate.FindAsync(_request);
}
