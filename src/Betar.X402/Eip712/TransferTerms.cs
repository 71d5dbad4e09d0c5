using Betar.Ethereum;

namespace Betar.X402.Eip712;

/// <summary>The members of TransferWithAuthorization as values.</summary>
public readonly record struct TransferTerms(
    Address From, Address To, AtomicAmount Value, UInt256 ValidAfter, UInt256 ValidBefore, Nonce Nonce);
