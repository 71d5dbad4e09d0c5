namespace Betar.Libp2p.Identity;

/// <summary>The kinds of identity keys; the numbers are those of the wire.</summary>
public enum KeyType
{
    Rsa = 0,
    Ed25519 = 1,
    Secp256k1 = 2,
    Ecdsa = 3,
}
