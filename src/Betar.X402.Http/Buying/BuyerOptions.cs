using Betar.Ethereum;
using Betar.X402.Networks;
using Betar.X402.Wire;

namespace Betar.X402.Http.Buying;

/// <summary>What a paying client may do on its own.</summary>
public sealed class BuyerOptions
{
    /// <summary>Most for one request, in the token's smallest units.</summary>
    public required AtomicAmount MaxPerRequest { get; init; }

    /// <summary>Tokens that are paid with. Default: USDC on Base Sepolia.</summary>
    public PaymentAssets Assets { get; init; } = PaymentAssets.Default;

    /// <summary>Payees that are known for a server (scheme://host:port). Default none: the first payee that a server names is pinned.</summary>
    public IReadOnlyDictionary<string, Address> Payees { get; init; } = new Dictionary<string, Address>();

    /// <summary>Whether a server without a known payee is paid at all. Default true; its first payee is then the only one.</summary>
    public bool TrustFirstPayee { get; init; } = true;

    /// <summary>Whether payments go over http to other machines. Default false: whoever listens could use them first.</summary>
    public bool AllowPlainHttp { get; init; }

    /// <summary>Whether sellers are paid that say they keep the payment when their work fails. Default false.</summary>
    public bool AcceptsKeep { get; init; }

    /// <summary>Longest window that is signed. Default 10 minutes.</summary>
    public TimeSpan MaxTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Largest request that can be sent twice. Default 1 MiB; a longer one is sent without being able to pay.</summary>
    public int MaxRequestLength { get; init; } = 1024 * 1024;

    /// <summary>Bounds of what servers answer. Default: those of the wire.</summary>
    public WireLimits Limits { get; init; } = new();

    /// <summary>Every fault at once; empty when the options can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>(Limits.Validate());
        if (MaxTimeout < TimeSpan.FromSeconds(10) || MaxTimeout > TimeSpan.FromHours(24))
        {
            faults.Add($"MaxTimeout is {MaxTimeout}; it must be 10 seconds to 24 hours.");
        }

        if (MaxRequestLength is < 0 or > 64 * 1024 * 1024)
        {
            faults.Add($"MaxRequestLength is {MaxRequestLength}; it must be 0 to 64 MiB.");
        }

        return faults;
    }
}
