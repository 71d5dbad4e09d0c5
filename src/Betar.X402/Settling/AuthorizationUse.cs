using Betar.Ethereum;

namespace Betar.X402.Settling;

/// <summary>A nonce that a token counts, by which the chain can be asked what became of a payment.</summary>
public sealed record AuthorizationUse(Address Token, Address Authorizer, Hash32 Nonce);
