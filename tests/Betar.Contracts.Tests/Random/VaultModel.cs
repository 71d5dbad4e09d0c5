using Betar.Contracts.Tests.Support;
using Betar.Ethereum;

namespace Betar.Contracts.Tests.Random;

/// <summary>What the vault ought to do, said without a contract: who has how much, and why a step is refused.</summary>
internal sealed class VaultModel
{
    private const ulong MaxWindow = 90 * VaultDriver.Day;

    internal Dictionary<Address, ulong> Balances { get; } = [];

    internal List<ModelEscrow> Escrows { get; } = [];

    /// <summary>Applies the step when it is allowed; otherwise answers the refusal, and nothing has changed.</summary>
    internal string? Apply(Step step, ulong now)
    {
        var escrow = Escrows[step.Escrow];
        return step.Function switch
        {
            "deposit" => Deposit(escrow, step, now),
            "release" => Held(escrow) ?? By(step, escrow.Terms.Buyer) ?? Close(escrow, EscrowState.Released, escrow.Amount),
            "refund" => Held(escrow) ?? By(step, escrow.Terms.Seller) ?? Close(escrow, EscrowState.Refunded, 0),
            "showReceipt" => Show(escrow, step, now),
            "dispute" => Dispute(escrow, step, now),
            "resolve" => Resolve(escrow, step, now),
            _ => TimeOut(escrow, now),
        };
    }

    private string? Deposit(ModelEscrow escrow, Step step, ulong now)
    {
        var terms = escrow.Terms;
        if (escrow.State != EscrowState.None)
            return Wrong(escrow);
        if (terms.Deadline <= now || terms.Deadline > now + MaxWindow || terms.Amount.IsZero)
            return "BadTerms()";
        if (step.IsForged)
            return "Error(FiatTokenV2: invalid signature)";
        if (Balances[terms.Buyer] < escrow.Amount)
            return "Error(ERC20: transfer amount exceeds balance)";
        Balances[terms.Buyer] -= escrow.Amount;
        (escrow.State, escrow.Until) = (EscrowState.Open, terms.Deadline);
        return null;
    }

    private static string? Show(ModelEscrow escrow, Step step, ulong now)
    {
        if (escrow.State != EscrowState.Open)
            return Wrong(escrow);
        if (now >= escrow.Terms.Deadline)
            return $"TooLate({escrow.Terms.Deadline})";
        if (step.IsForged)
            return "InvalidReceipt()";
        (escrow.State, escrow.Receipted, escrow.Until) = (EscrowState.Delivered, true, now + escrow.Terms.DisputeWindow);
        return null;
    }

    private static string? Dispute(ModelEscrow escrow, Step step, ulong now)
    {
        if (escrow.State is not (EscrowState.Open or EscrowState.Delivered))
            return Wrong(escrow);
        if (By(step, escrow.Receipted ? escrow.Terms.Buyer : escrow.Terms.Seller) is { } refusal)
            return refusal;
        if (escrow.Terms.Arbiter.IsZero)
            return $"NotAllowed({step.By.Address})";
        if (now >= escrow.Until)
            return $"TooLate({escrow.Until})";
        (escrow.State, escrow.Until) = (EscrowState.Disputed, now + escrow.Terms.ArbiterWindow);
        return null;
    }

    private string? Resolve(ModelEscrow escrow, Step step, ulong now)
    {
        if (escrow.State != EscrowState.Disputed)
            return Wrong(escrow);
        if (By(step, escrow.Terms.Arbiter) is { } refusal)
            return refusal;
        if (now >= escrow.Until)
            return $"TooLate({escrow.Until})";
        return step.Amount > escrow.Amount ? $"AmountTooLarge({step.Amount})" : Close(escrow, EscrowState.Resolved, step.Amount);
    }

    private string? TimeOut(ModelEscrow escrow, ulong now)
    {
        if (Held(escrow) is { } refusal)
            return refusal;
        if (now < escrow.Until)
            return $"TooEarly({escrow.Until})";
        return escrow.Receipted ? Close(escrow, EscrowState.Released, escrow.Amount) : Close(escrow, EscrowState.Refunded, 0);
    }

    private string? Close(ModelEscrow escrow, EscrowState state, ulong toSeller)
    {
        Balances[escrow.Terms.Seller] += toSeller;
        Balances[escrow.Terms.Buyer] += escrow.Amount - toSeller;
        escrow.State = state;
        return null;
    }

    private static string? Held(ModelEscrow escrow) => escrow.IsHeld ? null : Wrong(escrow);

    private static string? By(Step step, Address allowed) => step.By.Address == allowed ? null : $"NotAllowed({step.By.Address})";

    private static string Wrong(ModelEscrow escrow) => $"WrongState({(int)escrow.State})";
}
