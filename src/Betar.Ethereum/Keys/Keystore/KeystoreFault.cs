namespace Betar.Ethereum.Keys;

/// <summary>Why a key file gives no key.</summary>
public enum KeystoreFault
{
    None = 0,

    /// <summary>Not a key file of version 3, or a member is missing or of another shape.</summary>
    Malformed,

    /// <summary>A cipher or a derivation that version 3 does not name.</summary>
    Unsupported,

    /// <summary>Opening it would take more memory or work than is allowed.</summary>
    TooExpensive,

    /// <summary>The password is not the one of this file, or the file was changed.</summary>
    WrongPassword,

    /// <summary>The file holds no private key of the curve, or that of another address than it names.</summary>
    NotAKey,
}
