using Betar.X402.Facilitating;
using Betar.X402.Wire;

namespace Betar.X402.Http.Tests.Support;

/// <summary>A real facilitator that a test can make say something else.</summary>
internal sealed class SwitchFacilitator(IFacilitator real) : IFacilitator
{
    internal Func<FacilitatorCall, SettleResponse?>? Settling { get; set; }

    internal Func<FacilitatorCall, VerifyResponse?>? Verifying { get; set; }

    internal List<string?> Attempts { get; } = [];

    public async Task<VerifyResponse> VerifyAsync(FacilitatorCall call, CancellationToken cancellationToken) =>
        Verifying?.Invoke(call) ?? await real.VerifyAsync(call, cancellationToken);

    public async Task<SettleResponse> SettleAsync(FacilitatorCall call, string? attempt, CancellationToken cancellationToken)
    {
        lock (Attempts)
            Attempts.Add(attempt);
        return Settling?.Invoke(call) ?? await real.SettleAsync(call, attempt, cancellationToken);
    }

    public Task<SupportedKinds> SupportedAsync(CancellationToken cancellationToken) => real.SupportedAsync(cancellationToken);
}
