namespace Betar.Ethereum.Devnet;

/// <summary>What the signature of an authorisation is worth. Kept in the chain's file: do not renumber.</summary>
internal enum AuthorizationProof : byte
{
    Unchecked = 0,
    Valid = 1,
    WrongLength = 2,
    HighS = 3,
    WrongV = 4,
    Unrecoverable = 5,
    WrongSigner = 6,
}
