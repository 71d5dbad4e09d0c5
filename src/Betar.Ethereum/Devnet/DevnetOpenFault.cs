namespace Betar.Ethereum.Devnet;

/// <summary>Why a devnet chain did not open.</summary>
public enum DevnetOpenFault
{
    /// <summary>The options are out of range, or name a chain that carries value.</summary>
    InvalidOptions,

    /// <summary>Another process has the file open.</summary>
    InUse,

    /// <summary>The file cannot be made, read or written.</summary>
    NotAccessible,

    /// <summary>The file is none of a devnet chain.</summary>
    NotADevnetFile,

    /// <summary>A later version of this program wrote the file.</summary>
    NewerVersion,

    /// <summary>Something in the middle of the file is damaged.</summary>
    Corrupt,

    /// <summary>The file belongs to another chain id or another token.</summary>
    OtherChain,
}
