using Betar.Ethereum;
using Betar.X402.Networks;
using Betar.X402.Wire;

namespace Betar.X402.Http.Selling;

/// <summary>How a web server sells.</summary>
public sealed class SellerOptions
{
    /// <summary>The account that gets the money.</summary>
    public required Address PayTo { get; init; }

    /// <summary>The token that prices are in. Default: USDC on Base Sepolia.</summary>
    public PaymentAsset Asset { get; init; } = PaymentAsset.BaseSepoliaUsdc;

    /// <summary>How long a signed payment may stay open. Default 60 s.</summary>
    public TimeSpan MaxTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>When the money moves. Default: after the work.</summary>
    public PaymentFlow Flow { get; init; } = PaymentFlow.Authorization;

    /// <summary>Largest body of a paid request. Default 1 MiB: all of it is part of what was paid for.</summary>
    public int MaxRequestLength { get; init; } = 1024 * 1024;

    /// <summary>Largest answer of a paid handler. Default 8 MiB: all of it is kept until the buyer has it.</summary>
    public int MaxAnswerLength { get; init; } = 8 * 1024 * 1024;

    /// <summary>How long a buyer should wait before it asks for a pending settlement again. Default 5 s.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether signed receipts name the transaction: who is shown one can follow payer and payee on the chain then. Default false.</summary>
    public bool ReceiptsNameTransactions { get; init; }

    /// <summary>
    /// Least of what was paid and not used that goes back; what is less is kept, because bringing it back costs about as much. In the token's smallest
    /// units; default 1,000.
    /// </summary>
    public AtomicAmount LeastRest { get; init; } = 1_000;

    /// <summary>Bounds of headers. Default: those of the wire.</summary>
    public WireLimits Limits { get; init; } = new();

    /// <summary>Every fault at once; empty when the options can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>(Limits.Validate());
        if (PayTo.IsZero)
        {
            faults.Add("PayTo is the zero address.");
        }

        if (MaxTimeout < TimeSpan.FromSeconds(10) || MaxTimeout > TimeSpan.FromHours(24))
        {
            faults.Add($"MaxTimeout is {MaxTimeout}; it must be 10 seconds to 24 hours.");
        }

        if (MaxRequestLength is < 0 or > 64 * 1024 * 1024)
        {
            faults.Add($"MaxRequestLength is {MaxRequestLength}; it must be 0 to 64 MiB.");
        }

        if (MaxAnswerLength is < 1 or > 64 * 1024 * 1024)
        {
            faults.Add($"MaxAnswerLength is {MaxAnswerLength}; it must be 1 to 64 MiB.");
        }

        if (RetryAfter < TimeSpan.FromSeconds(1) || RetryAfter > TimeSpan.FromHours(1))
        {
            faults.Add($"RetryAfter is {RetryAfter}; it must be a second to an hour.");
        }

        return faults;
    }
}
