using Betar.Ethereum;
using Betar.X402.Verification;

namespace Betar.X402.Schemes.Permit2;

/// <summary>Is the token there, and would the settlement succeed; if not, why not.</summary>
internal sealed class Permit2Chain(IChainClient chain)
{
    private static readonly AbiFunction Permit2Of = new("PERMIT2", [], [new AbiParameter("", AbiType.Parse("address"))]);

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

        var simulation = await chain.SimulateAsync(settlement.ToCallRequest(sender), cancellationToken);
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

        if (await Permit2Allowance.ReadAsync(chain, payment.Terms.Token, payment.Payer, cancellationToken) is { } allowance && allowance < payment.Offer.Amount)
        {
            return Permit2Reasons.AllowanceRequired;
        }

        var used = await Permit2Settle.Use(payment).IsUsedAsync(chain, cancellationToken);
        return used is { IsValue: true, Value: true } ? Permit2Reasons.NonceUsed : Permit2Reasons.SimulationFailed;
    }

    private async ValueTask<bool> HasProxyAsync(Address proxy, CancellationToken cancellationToken) =>
        await ReadAsync(proxy, Permit2Of, [], cancellationToken) is Address;

    private async ValueTask<object?> ReadAsync(Address to, AbiFunction function, object[] arguments, CancellationToken cancellationToken)
    {
        var answer = await chain.CallAsync(new CallRequest(to, function.Encode(arguments)), cancellationToken);
        return answer.TryGetValue(out var bytes) && function.TryDecodeResult(bytes, out var values) ? values[0] : null;
    }
}
