namespace Betar.Ethereum.Devnet;

/// <summary>Nonces are unique per payer, not in the world.</summary>
internal readonly record struct AuthorizationKey(Address Authorizer, Hash32 Nonce);
