using Betar.Ethereum;
using Betar.X402.Verification;

namespace Betar.X402.Schemes.Permit2;

/// <summary>Is the token there, and would the settlement succeed; if not, why not.</summary>
internal sealed class Permit2Chain(IChainClient chain)
{
    private static readonly AbiType Number = AbiType.Parse("uint256");
    private static readonly AbiFunction Permit2Of = new("PERMIT2", [], [new AbiParameter("", AbiType.Parse("address"))]);
    private static readonly AbiFunction Allowance = new(
        "allowance", [new AbiParameter("owner", AbiType.Parse("address")), new AbiParameter("spender", AbiType.Parse("address"))], [new AbiParameter("", Number)]);

    private static readonly AbiFunction NonceBitmap = new(
        "nonceBitmap", [new AbiParameter("owner", AbiType.Parse("address")), new AbiParameter("word", Number)], [new AbiParameter("", Number)]);

    internal async ValueTask<VerificationOutcome> CheckAsync(Permit2Payment payment, ContractCall settlement, Address? sender, CancellationToken cancellationToken)
    {
        try
        {
            if ((await chain.GetCodeAsync(payment.Terms.Token, cancellationToken)).Length == 0)
            {
                return VerificationReasons.AssetNotDeployed;
            }
        }
        catch (ChainUnavailableException)
        {
            return VerificationReasons.ChainUnreachable;
        }

        var simulation = await chain.CallAsync(settlement.ToCallRequest(sender), cancellationToken);
        return simulation.Status switch
        {
            // A call to an address without code succeeds, and moves nothing.
            RpcStatus.Value when await HasProxyAsync(settlement.To, cancellationToken) => VerificationOutcome.Accepted,
            RpcStatus.Value or RpcStatus.Error or RpcStatus.InvalidResponse => await DiagnoseAsync(payment, settlement.To, cancellationToken),
            _ => VerificationReasons.ChainUnreachable,
        };
    }

    private async ValueTask<VerificationOutcome> DiagnoseAsync(Permit2Payment payment, Address proxy, CancellationToken cancellationToken)
    {
        if (!await HasProxyAsync(proxy, cancellationToken))
        {
            return Permit2Reasons.ProxyNotDeployed;
        }

        var token = new Eip3009Token(chain, payment.Terms.Token);
        if ((await token.BalanceOfAsync(payment.Payer, cancellationToken)).TryGetValue(out var balance) && balance < payment.Offer.Amount.Units)
        {
            return Permit2Reasons.InsufficientBalance;
        }

        if (await ReadAsync(payment.Terms.Token, Allowance, [payment.Payer, Permit2Contracts.Permit2], cancellationToken) is UInt256 allowance
            && allowance < payment.Offer.Amount.Units)
        {
            return Permit2Reasons.AllowanceRequired;
        }

        return await IsUsedAsync(payment, cancellationToken) ? Permit2Reasons.NonceUsed : Permit2Reasons.SimulationFailed;
    }

    private async ValueTask<bool> HasProxyAsync(Address proxy, CancellationToken cancellationToken) =>
        await ReadAsync(proxy, Permit2Of, [], cancellationToken) is Address;

    // Permit2 keeps nonces as bits: the upper 248 of the number say which word, the lower 8 which bit.
    private async ValueTask<bool> IsUsedAsync(Permit2Payment payment, CancellationToken cancellationToken)
    {
        var word = UInt256.DivRem(payment.Terms.Nonce, 256, out var bit);
        if (await ReadAsync(Permit2Contracts.Permit2, NonceBitmap, [payment.Payer, word], cancellationToken) is not UInt256 bitmap)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[UInt256.Size];
        bitmap.WriteBigEndian(bytes);
        return (bytes[UInt256.Size - 1 - (int)(bit / 8)] >> (int)(bit % 8) & 1) == 1;
    }

    private async ValueTask<object?> ReadAsync(Address to, AbiFunction function, object[] arguments, CancellationToken cancellationToken)
    {
        var answer = await chain.CallAsync(new CallRequest(to, function.Encode(arguments)), cancellationToken);
        return answer.TryGetValue(out var bytes) && function.TryDecodeResult(bytes, out var values) ? values[0] : null;
    }
}
