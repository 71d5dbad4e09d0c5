using Betar.Ethereum;
using Betar.X402.Networks;
using Betar.X402.Protocol;

namespace Betar.X402.Verification;

/// <summary>What a seller asks for, as values. Made once per agent, so that no payment pays for parsing it.</summary>
public sealed record PaymentOffer(PaymentAsset Asset, Address PayTo, AtomicAmount Amount, TimeSpan MaxTimeout)
{
    /// <summary>The original's validity window.</summary>
    public static readonly TimeSpan DefaultMaxTimeout = TimeSpan.FromSeconds(60);

    /// <summary>The payment of work that failed is kept; the demand says so.</summary>
    public bool KeepsFailed { get; init; }

    private const long MaxTimeoutSeconds = 24 * 60 * 60;

    /// <summary>
    /// Reads requirements that came from elsewhere; the network and the token must be on our list. The rows of the
    /// scheme that look at requirements alone are checked here.
    /// </summary>
    public static VerificationOutcome TryRead(PaymentRequirements? requirements, PaymentAssets assets, out PaymentOffer? offer)
    {
        offer = null;
        if (requirements is null)
        {
            return VerificationReasons.RequirementsMalformed;
        }

        if (requirements.Scheme != PaymentRequirements.ExactScheme)
        {
            return VerificationReasons.Scheme;
        }

        if (requirements.Extra is not { Name.Length: > 0, Version.Length: > 0 })
        {
            return VerificationReasons.MissingDomain;
        }

        return TryReadValues(requirements, assets, out offer);
    }

    public PaymentRequirements ToRequirements() => new()
    {
        Network = Asset.Network.ToString(),
        Amount = Amount.ToString(),
        Asset = Asset.Address.ToString(),
        PayTo = PayTo.ToString(),
        MaxTimeoutSeconds = (long)MaxTimeout.TotalSeconds,
        Extra = new PaymentExtra(Asset.Domain.Name, Asset.Domain.Version) { Refund = KeepsFailed ? PaymentExtra.Keep : "" },
    };

    private static VerificationOutcome TryReadValues(PaymentRequirements requirements, PaymentAssets assets, out PaymentOffer? offer)
    {
        offer = null;
        if (!NetworkId.TryParse(requirements.Network, out var network) || !assets.Accepts(network))
        {
            return VerificationReasons.NetworkNotAccepted;
        }

        if (!Address.TryParse(requirements.Asset, out var address) || !assets.TryFind(network, address, out var asset))
        {
            return VerificationReasons.AssetNotAccepted;
        }

        if (!Address.TryParse(requirements.PayTo, out var payTo)
            || !AtomicAmount.TryParse(requirements.Amount, out var amount)
            || requirements.MaxTimeoutSeconds is < 1 or > MaxTimeoutSeconds)
        {
            return VerificationReasons.RequirementsMalformed;
        }

        offer = new PaymentOffer(asset, payTo, amount, TimeSpan.FromSeconds(requirements.MaxTimeoutSeconds))
        {
            KeepsFailed = requirements.Extra!.Refund == PaymentExtra.Keep,
        };
        return VerificationOutcome.Accepted;
    }
}
