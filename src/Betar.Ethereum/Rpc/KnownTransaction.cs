using Betar.Crypto;

namespace Betar.Ethereum;

/// <summary>A transaction that a node holds or has seen in a block.</summary>
/// <param name="BlockNumber">Null while it waits.</param>
public sealed record KnownTransaction(Hash32 Hash, Address From, ulong Nonce, ulong? BlockNumber)
{
    /// <summary>Null for a creation, or where the node does not say.</summary>
    public Address? To { get; init; }

    /// <summary>Keccak-256 of what was sent along; null where the node does not say.</summary>
    public Hash32? DataHash { get; init; }

    /// <summary>Whether it makes exactly this call.</summary>
    public bool Makes(ContractCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return To == call.To && DataHash == new Hash32(Keccak256.Hash(call.Data.Span));
    }
}
