using System.Text.Json;
using Betar.X402.Extensions;
using Betar.X402.Protocol;
using Betar.X402.Wire;

namespace Betar.X402.Http.Selling;

/// <summary>What is asked for a resource, and whether a payment answers it.</summary>
internal sealed class OfferBook(SellerOptions options)
{
    private readonly JsonElement _domain = Extra(options, []);
    private readonly JsonElement _keeping = Extra(options, new() { ["refund"] = PaymentExtra.Keep });

    internal PaymentDemand Demand(PaidResource resource, string url, string? error = null) => new()
    {
        Error = error ?? PaymentDemand.DefaultError,
        Resource = new ResourceInfo { Url = url, Description = resource.Description ?? "", MimeType = resource.MimeType ?? "" },
        Accepts = [Exact(resource), .. resource.AlsoAccepts],
        Extensions = resource.Naming == PurchaseNaming.Off ? null : PaymentIdentifier.Declaration(resource.Naming == PurchaseNaming.Required),
    };

    /// <summary>The same for buyers of version 1; null where the chain has no name there.</summary>
    internal PaymentDemand? V1Demand(PaidResource resource, PaymentDemand demand) =>
        V1Networks.Has(options.Asset.Network) ? demand with { Version = WireVersions.First, Accepts = [Exact(resource)] } : null;

    /// <summary>The offer that the payment names; version 1 names only scheme and network.</summary>
    internal Requirement? Find(PaidResource resource, PaymentPayload payment)
    {
        var exact = Exact(resource);
        if (payment.Accepted is { } accepted)
        {
            return ((Requirement[])[exact, .. resource.AlsoAccepts]).FirstOrDefault(offer => offer.IsEchoedBy(accepted));
        }

        return exact.Scheme == payment.Scheme && exact.Network == payment.Network ? exact : null;
    }

    private Requirement Exact(PaidResource resource) => new()
    {
        Scheme = Requirement.Exact,
        Network = options.Asset.Network.ToString(),
        Amount = resource.Price.ToString(),
        Asset = options.Asset.Address.ToString(),
        PayTo = options.PayTo.ToString(),
        MaxTimeoutSeconds = (long)(options.MaxTimeout.Ticks / TimeSpan.TicksPerSecond),
        Extra = resource.KeepsFailed ? _keeping : _domain,
    };

    private static JsonElement Extra(SellerOptions options, Dictionary<string, string> more) => JsonSerializer.SerializeToElement(
        new Dictionary<string, string> { ["name"] = options.Asset.Domain.Name, ["version"] = options.Asset.Domain.Version }.Concat(more).ToDictionary());
}
