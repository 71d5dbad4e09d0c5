using Betar.Ethereum;
using Betar.X402.Networks;

namespace Betar.X402.Buying;

/// <summary>What a buyer is ready to sign, decided before it saw the seller's demand.</summary>
public sealed record OfferPolicy
{
    private const uint BasisPoints = 10_000;

    /// <summary>The tokens that we pay with, and their signing domains.</summary>
    public PaymentAssets Assets { get; init; } = PaymentAssets.Default;

    /// <summary>The network that this purchase is on.</summary>
    public NetworkId Network { get; init; } = NetworkId.BaseSepolia;

    /// <summary>The seller's account as the listing has it. Null only where the listing has none, which the buyer accepts by saying so.</summary>
    public required Address? Payee { get; init; }

    /// <summary>The price in the listing.</summary>
    public required AtomicAmount ListedPrice { get; init; }

    /// <summary>How far above the listed price an offer may be, in hundredths of a percent. 0 to 10,000; default 0.</summary>
    public uint ToleranceBasisPoints { get; init; }

    /// <summary>Never more than this, whatever was listed.</summary>
    public required AtomicAmount Cap { get; init; }

    /// <summary>Also a seller that says it keeps the payment when its work fails. Default false.</summary>
    public bool AcceptsKeep { get; init; }

    /// <summary>Shortest window worth signing. Default 10 s.</summary>
    public TimeSpan MinTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest time that a promise of ours may stay open. Default 10 minutes.</summary>
    public TimeSpan MaxTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The most that may be signed: the listed price with its tolerance, rounded down, but never above the cap.</summary>
    public AtomicAmount Limit
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(ToleranceBasisPoints, BasisPoints);
            if (!UInt256.TryMultiply(ListedPrice.Units, BasisPoints + ToleranceBasisPoints, out var scaled))
            {
                return Cap;
            }

            var tolerated = new AtomicAmount(UInt256.DivRem(scaled, BasisPoints, out _));
            return tolerated < Cap ? tolerated : Cap;
        }
    }
}
