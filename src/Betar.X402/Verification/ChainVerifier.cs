
namespace Betar.X402.Verification;

/// <summary>Rows 9 and 10: is the token there, and would the transfer succeed; if not, why not.</summary>
public sealed class ChainVerifier(IChainProbe probe)
{
    public async ValueTask<VerificationOutcome> CheckAsync(SignedPayment payment, CancellationToken cancellationToken)
    {
        var code = await probe.HasCodeAsync(payment, cancellationToken);
        if (code.Status != ProbeStatus.Answered)
        {
            return VerificationReasons.ChainUnreachable;
        }

        if (!code.Value)
        {
            return VerificationReasons.AssetNotDeployed;
        }

        var simulation = await probe.SimulateAsync(payment, cancellationToken);
        return simulation switch
        {
            { Status: ProbeStatus.Unreachable } => VerificationReasons.ChainUnreachable,
            { Status: ProbeStatus.Answered, Value: true } => VerificationOutcome.Accepted,
            _ => await DiagnoseAsync(payment, cancellationToken),
        };
    }

    private async ValueTask<VerificationOutcome> DiagnoseAsync(SignedPayment payment, CancellationToken cancellationToken)
    {
        var used = await probe.IsNonceUsedAsync(payment, cancellationToken);
        if (used.Status != ProbeStatus.Answered)
        {
            return used.Status == ProbeStatus.Reverted ? VerificationReasons.Eip3009NotSupported : VerificationReasons.ChainUnreachable;
        }

        if (used.Value)
        {
            return VerificationReasons.NonceAlreadyUsed;
        }

        var domain = payment.Asset.Domain;
        if (Differs(await probe.TokenNameAsync(payment, cancellationToken), domain.Name))
        {
            return VerificationReasons.TokenNameMismatch;
        }

        if (Differs(await probe.TokenVersionAsync(payment, cancellationToken), domain.Version))
        {
            return VerificationReasons.TokenVersionMismatch;
        }

        var balance = await probe.BalanceAsync(payment, cancellationToken);
        return balance.Status == ProbeStatus.Answered && balance.Value < payment.Terms.Value
            ? VerificationReasons.InsufficientBalance
            : VerificationReasons.SimulationFailed;
    }

    private static bool Differs(ProbeAnswer<string> answer, string expected) =>
        answer.Status == ProbeStatus.Answered && !string.Equals(answer.Value, expected, StringComparison.Ordinal);
}
