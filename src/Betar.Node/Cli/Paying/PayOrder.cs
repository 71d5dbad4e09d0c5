using Betar.Crypto;
using Betar.Ethereum;
using Betar.X402;
using Betar.X402.Networks;

namespace Betar.Node.Cli.Paying;

/// <summary>What somebody wants to buy for how much, decided before anybody is asked.</summary>
internal sealed record PayOrder
{
    /// <summary>How long one purchase may take.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    public required AtomicAmount Max { get; init; }

    /// <summary>What is paid with.</summary>
    public required PaymentAsset Asset { get; init; }

    /// <summary>The network's name here.</summary>
    public required string Network { get; init; }

    /// <summary>The wallet's name, for people.</summary>
    public required string Wallet { get; init; }

    /// <summary>Who may be paid; null: whom the seller names, or named before.</summary>
    public Address? PayTo { get; init; }

    /// <summary>For one intent there is one payment.</summary>
    public required string Intent { get; init; }

    public string? Body { get; init; }

    /// <summary>A seller that keeps the payment when its work fails is paid too.</summary>
    public bool AcceptKeep { get; init; }

    /// <summary>Nobody is asked.</summary>
    public bool Yes { get; init; }

    /// <summary>What to do when it is not known how it ended.</summary>
    public string Again => $"run it again with --intent {Intent}: what was signed is used again, and never another";
}
