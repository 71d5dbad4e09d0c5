namespace Betar.Ethereum.Keys;

/// <summary>What a key file says, before anybody has opened it.</summary>
internal sealed record KeystoreDocument(
    Address? Address, KeyDerivation Derivation, byte[] Salt, byte[] Counter, byte[] Ciphertext, byte[] Mac);
