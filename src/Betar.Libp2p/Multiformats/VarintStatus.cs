namespace Betar.Libp2p.Multiformats;

public enum VarintStatus
{
    Done,

    /// <summary>The number goes on behind the end of the bytes.</summary>
    Incomplete,

    /// <summary>Longer than nine bytes, or written with a useless last byte.</summary>
    Bad,
}
