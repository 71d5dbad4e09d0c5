using Betar.X402.Facilitating;
using Betar.X402.Wire;

namespace Betar.X402.Http.Facilitating;

/// <summary>A facilitator that remembers what it settled for, for others to find.</summary>
public sealed class CatalogingFacilitator(IFacilitator inner, MemoryCatalog catalog) : IFacilitator
{
    public Task<VerifyResponse> VerifyAsync(FacilitatorCall call, CancellationToken cancellationToken) => inner.VerifyAsync(call, cancellationToken);

    public async Task<SettleResponse> SettleAsync(FacilitatorCall call, string? attempt, CancellationToken cancellationToken)
    {
        var response = await inner.SettleAsync(call, attempt, cancellationToken);
        if (response.Success)
        {
            catalog.TryAdd(call);
        }

        return response;
    }

    public async Task<SupportedKinds> SupportedAsync(CancellationToken cancellationToken)
    {
        var supported = await inner.SupportedAsync(cancellationToken);
        return supported with { Extensions = [.. supported.Extensions, MemoryCatalog.Bazaar] };
    }
}
