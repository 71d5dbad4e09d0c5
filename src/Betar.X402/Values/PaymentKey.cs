using System.Diagnostics.CodeAnalysis;
using Betar.Ethereum;

namespace Betar.X402;

/// <summary>
/// What makes a payment that payment. Nonces are unique per payer and token, not in the world, so the same nonce
/// of two payers is two payments.
/// </summary>
public readonly record struct PaymentKey(NetworkId Network, Address Asset, Address From, Nonce Nonce)
{
    // eip155:<20 digits>/<42>/<42>/<66>
    private const int MaxLength = 7 + 20 + 1 + 42 + 1 + 42 + 1 + 66;

    /// <summary>Only what <see cref="ToString"/> writes: all lower case.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out PaymentKey key)
    {
        key = default;
        if (text is null || text.Length > MaxLength || text.AsSpan().ContainsAnyInRange('A', 'Z'))
        {
            return false;
        }

        Span<Range> parts = stackalloc Range[5];
        var characters = text.AsSpan();
        if (characters.Split(parts, '/') != 4
            || !NetworkId.TryParse(characters[parts[0]], out var network)
            || !Address.TryParse(characters[parts[1]], out var asset)
            || !Address.TryParse(characters[parts[2]], out var from)
            || !Nonce.TryParse(characters[parts[3]], out var nonce))
        {
            return false;
        }

        key = new PaymentKey(network, asset, from, nonce);
        return true;
    }

    /// <summary>network/asset/from/nonce, all lower case: the key of the payment's grain and of its ledger entries.</summary>
    public override string ToString() => $"{Network}/{Asset.ToLowerHex()}/{From.ToLowerHex()}/{Nonce}";
}
