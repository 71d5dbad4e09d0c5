using Betar.X402.Facilitating;
using Betar.X402.Wire;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Facilitating;

/// <summary>One line for each settlement: who paid whom, how it ended, in which transaction. Never a signature.</summary>
internal sealed partial class LoggingFacilitator(IFacilitator inner, ILogger<LoggingFacilitator> log) : IFacilitator
{
    public Task<VerifyResponse> VerifyAsync(FacilitatorCall call, CancellationToken cancellationToken) => inner.VerifyAsync(call, cancellationToken);

    public async Task<SettleResponse> SettleAsync(FacilitatorCall call, string? attempt, CancellationToken cancellationToken)
    {
        SettleResponse response = await inner.SettleAsync(call, attempt, cancellationToken);
        string payer = response.Payer ?? "somebody", payee = call.Requirement.PayTo, amount = response.Amount ?? call.Requirement.Amount;
        if (response.Success)
            LogSettled(log, payer, payee, amount, call.Requirement.Network, response.Transaction);
        else if (response.IsPending)
            LogPending(log, payer, payee, amount, call.Requirement.Network, response.ErrorMessage ?? "");
        else
            LogRefused(log, payer, payee, amount, call.Requirement.Network, response.ErrorReason ?? "", response.ErrorMessage ?? "");
        return response;
    }

    public Task<SupportedKinds> SupportedAsync(CancellationToken cancellationToken) => inner.SupportedAsync(cancellationToken);
}
