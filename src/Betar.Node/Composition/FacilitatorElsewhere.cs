using Betar.Node.Configuration;
using Betar.Node.Errors;
using Betar.X402.Facilitating;
using Betar.X402.Networks;
using Betar.X402.Wire;

namespace Betar.Node.Composition;

/// <summary>Somebody's facilitator, which brings this node's payments onto the chain.</summary>
internal static class FacilitatorElsewhere
{
    /// <summary>A settlement, a look at the chain and the work have to fit into a stream's budget.</summary>
    private static readonly TimeSpan SettleTimeout = TimeSpan.FromSeconds(12);

    private static readonly TimeSpan QuestionTimeout = TimeSpan.FromSeconds(5);

    /// <summary>One that is not there now may come: until then nothing is sold. One that says it cannot is refused.</summary>
    public static async Task<Checked<IFacilitator>> OpenAsync(
        Uri address, HttpClient http, PaymentAsset asset, NodeContext context, CancellationToken cancellationToken)
    {
        var facilitator = new HttpFacilitator(
            http, new HttpFacilitatorOptions { Address = address, SettleTimeout = SettleTimeout, VerifyTimeout = QuestionTimeout }, context.Time);
        try
        {
            SupportedKinds kinds = await facilitator.SupportedAsync(cancellationToken);
            return kinds.Has(WireVersions.Current, Requirement.Exact, asset.Network.ToString())
                ? facilitator
                : ErrorCatalog.BadNetwork.Refuse($"The facilitator at {address} does not settle on {asset.Network}", "name another facilitator, or settle here by leaving --facilitator, and facilitator in agents.yaml, out");
        }
        catch (FacilitatorUnavailableException)
        {
            return facilitator;
        }
    }
}
