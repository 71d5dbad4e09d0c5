using Betar.Ethereum;

namespace Betar.X402.Verification;

/// <summary>What a seller demands beyond its offer.</summary>
public sealed class VerificationOptions
{
    /// <summary>An authorisation must stay valid at least this long, or settling it may come too late. Default 6 s.</summary>
    public TimeSpan ExpiryMargin { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>
    /// How far beyond the offer's time-out an authorisation may reach, for clocks that differ. Default 15 s. Very
    /// long windows keep an unsettled promise alive.
    /// </summary>
    public TimeSpan WindowTolerance { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Longest text of any field of a payment. Default 1024 characters; a right one has at most 132.</summary>
    public int MaxFieldLength { get; init; } = 1024;

    /// <summary>
    /// Whether payments whose nonce the payer chose are taken ("preemptive"). Default false: such a payment is not
    /// bound to its request, so whoever sees it first can spend it on another.
    /// </summary>
    public bool AllowFirstUse { get; init; }

    /// <summary>Payers that are refused. Default none.</summary>
    public IPayerBlockList BlockList { get; init; } = NobodyBlocked.Instance;

    /// <summary>
    /// Whose signatures are taken beside those of keys, over HTTP and by facilitators. Default null: nobody's. With it a chain is asked before
    /// each payment whether the payer is a contract, and then the contract decides.
    /// </summary>
    public SignatureCheckOptions? Wallets { get; init; }

    /// <summary>How long the chain is waited for about a wallet's signature. Default 3 s; a wallet is somebody else's code.</summary>
    public TimeSpan WalletTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Characters of a signature's text: a wallet's may be longer than any other field.</summary>
    internal int MaxSignatureLength => Wallets is { } wallets ? Math.Max(MaxFieldLength, 2 + (2 * wallets.MaxSignatureBytes)) : MaxFieldLength;

    /// <summary>Every fault at once; empty when the options can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>(Wallets?.Validate() ?? []);
        if (WalletTimeout <= TimeSpan.Zero || WalletTimeout > TimeSpan.FromMinutes(1))
        {
            faults.Add($"WalletTimeout is {WalletTimeout}; it must be longer than zero and at most a minute.");
        }

        if (ExpiryMargin < TimeSpan.Zero || ExpiryMargin > TimeSpan.FromMinutes(5))
        {
            faults.Add($"ExpiryMargin is {ExpiryMargin}; it must be 0 to 5 minutes.");
        }

        if (WindowTolerance < TimeSpan.Zero || WindowTolerance > TimeSpan.FromMinutes(10))
        {
            faults.Add($"WindowTolerance is {WindowTolerance}; it must be 0 to 10 minutes.");
        }

        if (MaxFieldLength is < 132 or > 65536)
        {
            faults.Add($"MaxFieldLength is {MaxFieldLength}; it must be 132 to 65536.");
        }

        return faults;
    }
}
