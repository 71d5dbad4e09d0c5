namespace Betar.Ethereum.Devnet;

/// <summary>The token's rules, in the token's order. A call is checked whole before any of it is applied.</summary>
internal static class TokenExecutor
{
    static readonly UInt256 _maxBalance = new(ulong.MaxValue >> 1, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue);

    /// <summary>Null when the call succeeds; otherwise the revert's reason, empty for a revert without one.</summary>
    internal static string? Check(TokenCall call, Address sender, ulong blockTime, IStateView state) => call.Method switch
    {
        TokenMethod.Unknown => TokenReverts.None,
        TokenMethod.TransferWithAuthorization => CheckTransferWithAuthorization(call, blockTime, state),
        TokenMethod.CancelAuthorization => CheckUnused(call, state) ?? TokenReverts.Of(call.Proof),
        TokenMethod.Transfer => CheckMove(sender, call.To, call.Value, state),
        TokenMethod.Mint => CheckMint(call, state),
        _ => null,
    };

    /// <summary>Only after <see cref="Check"/> found nothing.</summary>
    internal static void Apply(TokenCall call, Address sender, StateOverlay state)
    {
        switch (call.Method)
        {
            case TokenMethod.TransferWithAuthorization:
                state.EndAuthorization(new AuthorizationKey(call.From, call.Nonce));
                Move(call.From, call.To, call.Value, state);
                break;
            case TokenMethod.CancelAuthorization:
                state.EndAuthorization(new AuthorizationKey(call.From, call.Nonce));
                break;
            case TokenMethod.Transfer:
                Move(sender, call.To, call.Value, state);
                break;
            case TokenMethod.Mint:
                state.AddSupply(call.Value);
                state.SetBalance(call.To, state.BalanceOf(call.To) + call.Value);
                break;
        }
    }

    static string? CheckTransferWithAuthorization(TokenCall call, ulong blockTime, IStateView state)
    {
        UInt256 now = blockTime;
        if (now <= call.ValidAfter)
            return TokenReverts.NotYetValid;
        if (now >= call.ValidBefore)
            return TokenReverts.Expired;
        return CheckUnused(call, state)
            ?? TokenReverts.Of(call.Proof)
            ?? CheckMove(call.From, call.To, call.Value, state);
    }

    static string? CheckMint(TokenCall call, IStateView state) =>
        UInt256.TryAdd(state.Supply, call.Value, out _) ? CheckReceive(call.To, call.Value, state) : TokenReverts.SupplyTooLarge;

    static string? CheckUnused(TokenCall call, IStateView state) =>
        state.IsAuthorizationEnded(new AuthorizationKey(call.From, call.Nonce)) ? TokenReverts.UsedOrCanceled : null;

    static string? CheckMove(Address from, Address to, UInt256 value, IStateView state)
    {
        if (from.IsZero)
            return TokenReverts.FromZero;
        if (to.IsZero)
            return TokenReverts.ToZero;
        if (value > state.BalanceOf(from))
            return TokenReverts.ExceedsBalance;
        return from == to ? null : CheckReceive(to, value, state);
    }

    static string? CheckReceive(Address to, UInt256 value, IStateView state) =>
        !UInt256.TryAdd(state.BalanceOf(to), value, out var balance) || balance > _maxBalance ? TokenReverts.BalanceTooLarge : null;

    static void Move(Address from, Address to, UInt256 value, StateOverlay state)
    {
        state.SetBalance(from, state.BalanceOf(from) - value);
        state.SetBalance(to, state.BalanceOf(to) + value);
    }
}
