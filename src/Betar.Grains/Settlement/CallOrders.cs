using System.Text;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Grains.Abstractions.Settlement;
using Betar.X402;
using Betar.X402.Settling;

namespace Betar.Grains.Settlement;

/// <summary>From a settlement of any scheme to the grains' shape of it, and back.</summary>
internal static class CallOrders
{
    /// <summary>
    /// What no nonce of the payer's tells from the same call made another time carries its key behind its arguments, where contracts do not
    /// look: so it is found on the chain after we have forgotten it.
    /// </summary>
    public static CallOrder Of(SettlementRequest request) => new()
    {
        Payment = request.Key.ToString(),
        To = request.Call.To.ToString(),
        Data = Convert.ToHexStringLower(request.Call.Data.Span) + (request.IsGuarded ? "" : TagOf(request.Key)),
        GasLimit = request.Call.GasLimit,
        ValidBefore = request.ValidBefore,
        Since = request.Since,
        Transfer = request.Transfer is { } transfer
            ? new ExpectedMove { Token = $"{transfer.Token}", From = $"{transfer.From}", To = $"{transfer.To}", Value = $"{transfer.Value}" }
            : null,
        Event = request.Event is { } expected
            ? new ExpectedLog { Contract = $"{expected.Contract}", Topic = $"{expected.Topic}", Subject = $"{expected.Subject}" }
            : null,
        Nonce = NonceOf(request),
        MayRepeat = request.MayRepeat,
    };

    public static SettlementRequest Of(CallOrder order) => new()
    {
        Key = PaymentKey.TryParse(order.Payment, out PaymentKey key) ? key : throw new FormatException("A call order without a payment's key."),
        Call = new ContractCall(Address.Parse(order.To), Convert.FromHexString(order.Data), order.GasLimit),
        ValidBefore = order.ValidBefore,
        Since = order.Since,
        Transfer = order.Transfer is { } move
            ? new ExpectedTransfer(Address.Parse(move.Token), Address.Parse(move.From), Address.Parse(move.To), AtomicAmount.Parse(move.Value))
            : null,
        Event = order.Event is { } log ? new ExpectedEvent(Address.Parse(log.Contract), Hash32.Parse(log.Topic), Hash32.Parse(log.Subject)) : null,
        Use = order.Nonce is { IsPermit: false } use ? new AuthorizationUse(Address.Parse(use.Contract), Address.Parse(use.Owner), Hash32.Parse(use.Nonce)) : null,
        Permit = order.Nonce is { IsPermit: true } permit
            ? new PermitUse(Address.Parse(permit.Contract), Address.Parse(permit.Owner), UInt256.Parse(permit.Nonce))
            : null,
        MayRepeat = order.MayRepeat,
    };

    private static UsedNonce? NonceOf(SettlementRequest request) => request switch
    {
        { Use: { } use } => new UsedNonce { Contract = $"{use.Token}", Owner = $"{use.Authorizer}", Nonce = $"{use.Nonce}" },
        { Permit: { } permit } => new UsedNonce { Contract = $"{permit.Contract}", Owner = $"{permit.Owner}", Nonce = $"{permit.Nonce}", IsPermit = true },
        _ => null,
    };

    private static string TagOf(PaymentKey key) => Convert.ToHexStringLower(Keccak256.Hash(Encoding.UTF8.GetBytes(key.ToString())));
}
