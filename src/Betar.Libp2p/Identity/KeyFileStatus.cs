namespace Betar.Libp2p.Identity;

public enum KeyFileStatus
{
    Read,
    Missing,

    /// <summary>Others than the owner may read or write the file.</summary>
    Exposed,

    /// <summary>Not the bytes of one private key.</summary>
    Malformed,
}
