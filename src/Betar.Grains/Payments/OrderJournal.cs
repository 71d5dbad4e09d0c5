using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Abstractions.Payments;
using Betar.Storage.Ledger;
using Betar.X402;

namespace Betar.Grains.Payments;

/// <summary>
/// One order's place in the diagram, kept in the ledger wherever the ledger keeps such a place. Whoever else wrote meanwhile was right:
/// what they wrote is taken over.
/// </summary>
internal sealed class OrderJournal(ILedger ledger, string paymentId)
{
    private readonly PaymentKey _key = PaymentKey.TryParse(paymentId, out PaymentKey key)
        ? key
        : throw new InvalidOperationException($"'{paymentId}' is not a payment key.");

    /// <summary>Null while there is no such order.</summary>
    public OrderState? State { get; private set; }

    public NetworkId Network => _key.Network;

    public async Task LoadAsync() => State = OrderState.Fold(await ledger.ReadAsync(_key, CancellationToken.None));

    /// <summary>Takes the key; false when somebody has it, and then their order is loaded.</summary>
    public async Task<bool> TryReserveAsync(PaidOrder order)
    {
        AppendResult result = await ledger.AppendAsync(New(0, LedgerKind.Reserved, order, "", OrderState.Encode(order)), CancellationToken.None);
        if (result.Status == AppendStatus.Appended)
        {
            State = OrderState.Fold([result.Entry!])! with { At = PaymentMachine.Next(PaymentState.Quoted, PaymentEvent.KeyTaken) };
            return true;
        }
        RefuseAllButConflict(result);
        await LoadAsync();
        return false;
    }

    /// <summary>Only what the ledger says is known: whoever moved the order in memory may have gone on from there.</summary>
    public void ForgetMemory() => State = State! with { At = PaymentMachine.AfterCrash(State.Stage) };

    /// <param name="happened">What moves the order.</param>
    /// <param name="reference">A transaction's hash, or why.</param>
    /// <param name="output">The answer that is kept with "delivered".</param>
    /// <param name="failure">Instead of the answer, why there is none although the payment is kept.</param>
    /// <param name="usage">What the work used of models.</param>
    public async Task MoveAsync(PaymentEvent happened, string reference = "", string output = "", string? failure = null, TaskUsage? usage = null)
    {
        OrderState state = State!;
        PaymentState next = PaymentMachine.Next(state.At, happened);
        if (PaymentMachine.KindOf(next) is not { } kind || kind == state.Stage)
        {
            State = state with { At = next };
            return;
        }

        ReadOnlyMemory<byte> body = kind == LedgerKind.Delivered ? OrderState.Encode(new DeliveredBody(output, failure)) : default;
        LedgerAppend append = New(state.NextIndex, kind, state.Order, reference, body) with
        {
            Exchange = OrderExchanges.Of(state, paymentId, kind, failure ?? reference, output, usage),
        };
        AppendResult result = await ledger.AppendAsync(append, CancellationToken.None);
        if (result.Status == AppendStatus.Appended)
        {
            State = state.Then(result.Entry!) with { At = next };
            return;
        }
        RefuseAllButConflict(result);
        await LoadAsync();
    }

    /// <summary>Losing a race is expected; a closed ledger or an illegal step is a broken world, and nothing may go on.</summary>
    private void RefuseAllButConflict(AppendResult result)
    {
        if (result.Status != AppendStatus.Conflict)
            throw new InvalidOperationException($"The ledger did not take an entry of payment '{paymentId}': {result.Status}.");
    }

    private LedgerAppend New(int index, LedgerKind kind, PaidOrder order, string reference, ReadOnlyMemory<byte> body) =>
        new(_key, index, kind, order.AgentId, AtomicAmount.Parse(order.Value), reference, body);
}
